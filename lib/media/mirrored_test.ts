import assert from "node:assert/strict";
import { mirrored } from "./mirrored.ts";
import { macarena } from "./testdata/motions.ts";

Deno.test("a mirrored motion exchanges left and right at every time, and mirrored twice is the same", async () => {
  const motion = await macarena();
  const mirror = mirrored(motion);
  for (let time = 0; time < motion.seconds; time += 0.37) {
    const [x, y, z] = motion.poseAt(time).joints.right_wrist;
    assert.deepEqual(mirror.poseAt(time).joints.left_wrist, [-x, y, z]);
    assert.deepEqual(mirrored(mirror).poseAt(time).joints, motion.poseAt(time).joints);
  }
  assert.deepEqual(mirrored(mirror).keys, motion.keys);
});
