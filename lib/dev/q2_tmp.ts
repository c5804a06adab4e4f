import { compose, notationOf, parse } from "../notation/mod.ts";
import { loadLibrary } from "../library/mod.ts";
const { poses } = await loadLibrary();
const m = new Map<string,string[]>(); let n=0;
for (const p of poses) for (const l of ["ru","en"] as const) for (const text of p.describe[l]) {
  const q = parse(text); if (!q.understood) continue; n++;
  const c = compose(notationOf(q.slots)); if (c.kind!=="refused") continue;
  const k = c.reasons[0]?.replace(/"[^"]*"/g,'"…"').slice(0,70) ?? "?"; m.set(k,[...(m.get(k)??[]), p.id+": "+text+" ⇒ "+JSON.stringify(notationOf(q.slots))]);
}
console.log(n, [...m.values()].reduce((a,b)=>a+b.length,0));
for (const [k,v] of [...m].sort((a,b)=>b[1].length-a[1].length)) console.log(v.length,k,"\n     ",v.slice(0,3).join("\n      "));
