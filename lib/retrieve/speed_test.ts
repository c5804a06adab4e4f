import assert from "node:assert/strict";
import { createRetriever, RETRIEVERS } from "./mod.ts";
import movements from "./testdata/movements.json" with { type: "json" };

const { descriptions, queries } = movements;

/** Documents with different, natural descriptions: every two movements joined are one. */
function documents(count: number, each: number) {
  return Array.from({ length: count }, (_, i) => ({
    id: `pose_${i}`,
    descriptions: Array.from({ length: each }, (_, j) => {
      const at = i * each + j;
      const rest = descriptions[(at * 7 + Math.floor(at / descriptions.length)) % descriptions.length] ?? "";
      return `${descriptions[at % descriptions.length]}, ${rest.split(" ").slice(0, 3).join(" ")}`;
    }),
  }));
}

/** The least of several runs, in milliseconds: what the work takes when nothing else runs. */
async function fastest(runs: number, work: () => Promise<unknown>): Promise<number> {
  let least = Infinity;
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    await work();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

for (const name of RETRIEVERS) {
  Deno.test(`${name} indexes 1000 descriptions in under 100 ms`, async () => {
    const poses = documents(125, 8);
    assert.ok(await fastest(6, () => createRetriever(name, poses)) < 100);
  });

  Deno.test(`${name} answers a query over 250 poses of 8 descriptions in under 1 ms`, async () => {
    const retriever = await createRetriever(name, documents(250, 8));
    const all = () => Promise.all(queries.map((query) => retriever.search(query, 5)));
    assert.ok(await fastest(6, all) / queries.length < 1);
  });
}
