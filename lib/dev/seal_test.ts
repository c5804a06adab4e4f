import assert from "node:assert/strict";
import { notebookPath, withNavigation } from "./course.ts";
import { makeEditions } from "./editions.ts";
import { type Notebook, parseNotebook, SEAL, stripNotebook } from "./notebook_file.ts";
import { isWrittenInto } from "./seal.ts";

const path = notebookPath("04_motion", "exercises", "en");
const blank = parseNotebook((await makeEditions()).texts.get(path) ?? "", path);

/** The notebook with its last cell otherwise. */
const changed = (change: object): Notebook => ({
  ...blank,
  cells: blank.cells.map((cell, i) => i === blank.cells.length - 1 ? { ...cell, ...change } : cell),
});

Deno.test("a generated notebook counts as written into once a cell is changed, added or taken away", () => {
  assert.equal(isWrittenInto(blank), false);
  assert.equal(isWrittenInto(changed({ source: ["await check(1)"] })), true);
  assert.equal(isWrittenInto(changed({ source: "await check(1)" })), true);
  assert.equal(isWrittenInto({ ...blank, cells: blank.cells.slice(1, -1) }), true);
  assert.equal(isWrittenInto({ ...blank, cells: [...blank.cells, ...blank.cells.slice(-1)] }), true);
  assert.equal(isWrittenInto({ ...blank, metadata: {} }), true, "nobody knows what it was");
});

Deno.test("running its cells, a formatter's lines and another navigation do not make it so", () => {
  const run = changed({ execution_count: 3, outputs: [{ output_type: "stream", text: "1" }], metadata: { a: 1 } });
  assert.equal(isWrittenInto(run), false);
  assert.equal(isWrittenInto(stripNotebook(run)), false);
  assert.ok(SEAL in stripNotebook(run).metadata);
  const joined = blank.cells.map((cell) => ({ ...cell, source: [cell.source].flat().join("") }));
  assert.equal(isWrittenInto({ ...blank, cells: joined }), false);
  assert.equal(isWrittenInto(withNavigation(blank, path, [], "ru")), false);
});
