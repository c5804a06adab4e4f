import assert from "node:assert/strict";
import { checkFaults } from "./check_faults.ts";
import type { Notebook } from "./notebook_file.ts";

const notebook = (shown: string): Notebook => ({
  cells: [{
    cell_type: "code",
    id: "one",
    source: "",
    metadata: {},
    outputs: [{ output_type: "display_data", data: { "text/plain": shown } }],
  }],
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
});

Deno.test("checkFaults() wants solutions right, and exercises wrong with help", () => {
  assert.deepEqual(checkFaults(notebook("✓ one: Right.\n✓ a"), "solutions"), []);
  assert.match(checkFaults(notebook("✗ one: Not yet.\n✗ a\n→ b"), "solutions").join(), /"one" is not solved: ✗ one/);
  assert.deepEqual(checkFaults(notebook("✗ one: Not yet.\n→ b"), "exercises"), []);
  assert.match(checkFaults(notebook("✓ one: Right.\n✓ a"), "exercises").join(), /leave something to do/);
  assert.match(checkFaults(notebook("✗ one: Not yet."), "exercises").join(), /without a word of help/);
  assert.match(checkFaults(notebook("✓ two: Right."), "solutions").join(), /"one" is not checked/);
  assert.match(checkFaults(notebook("hello"), "exercises").join(), /"one" is not checked/);
});
