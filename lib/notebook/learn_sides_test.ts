import assert from "node:assert/strict";
import { readLearnedSides, SIDED_TEXTS } from "./learn_sides.ts";

Deno.test("the kept run of the adapter has what Step 3 shows: mirror images come apart, the loss falls, more is right", async () => {
  const { mirrors, losses, rightFirst, machine } = await readLearnedSides();
  assert.deepEqual(mirrors.map(({ text }) => text), SIDED_TEXTS);
  for (const { text, before, after } of mirrors) assert.ok(after < before && before <= 1, text);
  assert.ok((losses.at(-1)?.loss ?? NaN) < (losses[0]?.loss ?? NaN));
  assert.ok(rightFirst.after > rightFirst.before && rightFirst.queries > 100);
  assert.ok(machine.cores > 0);
});
