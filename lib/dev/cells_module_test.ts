import assert from "node:assert/strict";
import { cellsModule } from "./cells_module.ts";

const same = (specifier: string) => specifier;

Deno.test("cellsModule() keeps every line of a cell, and knows where it came from", () => {
  const { code, origins } = cellsModule(["const a = 1;\na + 1", "// two\na * 2"], same);
  const lines = code.split("\n");
  assert.equal(lines.length, origins.length + 1, "a line that ends the file has no origin");
  const at = (text: string) => origins[lines.indexOf(text)];
  assert.deepEqual(at("const a = 1;"), { cell: 1, line: 1 });
  assert.deepEqual(at("a + 1"), { cell: 1, line: 2 });
  assert.deepEqual(at("a * 2"), { cell: 2, line: 2 });
});

Deno.test("cellsModule() hoists imports, each binding once, and leaves their lines empty", () => {
  const { code, origins } = cellsModule([
    'import { a, type B } from "lib";\na();',
    'import {\n  a,\n  c as d,\n} from "lib";\nimport "node:path";\nd();',
  ], same);
  const lines = code.split("\n");
  const imports = lines.filter((line) => line.startsWith("import"));
  assert.deepEqual(imports, [
    'import { a } from "lib";',
    'import { type B } from "lib";',
    'import { c as d } from "lib";',
    'import "node:path";',
  ]);
  assert.deepEqual(origins[lines.indexOf('import { c as d } from "lib";')], { cell: 2, line: 1 });
  assert.deepEqual(origins[lines.indexOf("d();")], { cell: 2, line: 6 });
});

Deno.test("cellsModule() understands default, namespace and type-only imports", () => {
  const { code } = cellsModule([
    'import assert, { equal } from "node:assert";\nimport * as path from "node:path";\nimport type { Pose } from "lib";',
  ], same);
  assert.deepEqual(code.split("\n").filter((line) => line.startsWith("import")), [
    'import assert from "node:assert";',
    'import { equal } from "node:assert";',
    'import * as path from "node:path";',
    'import { type Pose } from "lib";',
  ]);
});

Deno.test("cellsModule() rebases relative specifiers only, static and dynamic", () => {
  const { code } = cellsModule(
    ['import { a } from "../lib/mod.ts";\nconst b = await import("./b.ts");\nimport c from "lib";'],
    (specifier) => `../../notebooks/${specifier}`,
  );
  assert.match(code, /import \{ a \} from "\.\.\/\.\.\/notebooks\/\.\.\/lib\/mod\.ts";/);
  assert.match(code, /await import\("\.\.\/\.\.\/notebooks\/\.\/b\.ts"\)/);
  assert.match(code, /import c from "lib";/);
});

Deno.test("cellsModule() refuses one name for two imports, naming both cells", () => {
  assert.throws(
    () => cellsModule(['import { a } from "lib";', 'import { a } from "zod";'], same),
    { name: "SyntaxError", message: /cell 2.*"a".*cell 1/ },
  );
});
