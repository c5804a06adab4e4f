import assert from "node:assert/strict";
import { REST } from "../skeleton/mod.ts";
import { drawOutsideAnimation } from "./outside_animation.ts";

Deno.test("drawOutsideAnimation() makes a GIF of valid figures, broken ones and none", async () => {
  const keys = [{ joints: REST }, { joints: { ...REST, head: [0, 5, 0] } }, { joints: {} }]
    .map((pose, i) => ({ pose, seconds: 0.5, caption: `фигура ${i + 1}` }));
  const seen: number[] = [];
  const gif = await drawOutsideAnimation(keys, { size: 100, onProgress: (done) => seen.push(done) });
  assert.equal(new TextDecoder().decode(gif.subarray(0, 6)), "GIF89a");
  assert.deepEqual(seen, [1, 2, 3]);
  assert.equal(new DataView(gif.buffer).getUint16(6, true), 100);
  assert.ok(new DataView(gif.buffer).getUint16(8, true) > 120, "room for captions");
});

Deno.test("drawOutsideAnimation() refuses nothing at all, and stops when aborted", async () => {
  await assert.rejects(drawOutsideAnimation([]), /at least one pose/);
  const keys = [{ pose: { joints: {} }, seconds: 1 }];
  await assert.rejects(drawOutsideAnimation(keys, { signal: AbortSignal.abort(new Error("enough")) }), /enough/);
});
