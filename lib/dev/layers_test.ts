import assert from "node:assert/strict";
import { dirname, join, normalize, sep } from "node:path";
import { sourceFiles } from "./source_files.ts";

/** A folder imports only from itself and from those before it; lib/mod.ts re-exports them. */
const ORDER =
  "text assets skeleton notation describe library retrieve motion draw media llm agent api notebook mod.ts cli cli.ts dev"
    .split(" ");

/** The static and dynamic imports of a module that are relative or `lib` itself. */
const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*["'](\.{1,2}\/[^"']+|lib)["']/g;

/** Which part of lib a file belongs to. */
const partOf = (path: string) => path.split(sep)[1] ?? "";

/** Every import in a module's text that reaches a folder below its own, as a sentence. */
function importsFromBelow(path: string, text: string): string[] {
  const code = text.replace(/^\s*\*.*$/gm, "");
  return [...code.matchAll(IMPORT)].flatMap(([, specifier = ""]) => {
    const target = specifier === "lib" ? join("lib", "mod.ts") : normalize(join(dirname(path), specifier));
    if (!target.startsWith(`lib${sep}`)) return [];
    const isBelow = ORDER.indexOf(partOf(target)) > ORDER.indexOf(partOf(path));
    return isBelow ? [`${path} imports ${target}, which is below it`] : [];
  });
}

Deno.test("a folder of lib imports only from folders above it", async () => {
  const faults: string[] = [];
  for (const path of await sourceFiles("lib", [".ts"])) {
    if (!ORDER.includes(partOf(path))) faults.push(`${path} is in no folder of the layout: ${ORDER.join(" ")}`);
    faults.push(...importsFromBelow(path, await Deno.readTextFile(path)));
  }
  assert.deepEqual(faults, []);
});

Deno.test("an import from below is seen, whether static, dynamic, of types or of lib itself", () => {
  const path = join("lib", "text", "a.ts");
  assert.equal(importsFromBelow(path, 'import { b } from "../draw/mod.ts";').length, 1);
  assert.equal(importsFromBelow(path, 'export type { B } from "../draw/mod.ts";').length, 1);
  assert.equal(importsFromBelow(path, 'const b = await import("../llm/mod.ts");').length, 1);
  assert.equal(importsFromBelow(path, 'import { b } from "lib";').length, 1);
  assert.equal(importsFromBelow(path, 'import { b } from "./b.ts";\n * import { c } from "lib";').length, 0);
  assert.equal(importsFromBelow(join("lib", "draw", "a.ts"), 'import { b } from "../text/mod.ts";').length, 0);
});
