import assert from "node:assert/strict";
import { type Pose, REST } from "../skeleton/mod.ts";
import type { Picture } from "./canvas.ts";
import { drawPose } from "./draw_pose.ts";
import { difference } from "./testdata/compare.ts";

const pose: Pose = { joints: REST };

/** Pixels darker than light grey in rows from `top`. */
function ink({ width, pixels }: Picture, top: number): number {
  let count = 0;
  for (let i = top * width * 4; i < pixels.length; i += 4) if ((pixels[i] ?? 255) < 160) count++;
  return count;
}

Deno.test("drawPose() draws on white, square unless told otherwise", async () => {
  const picture = await drawPose(pose, { width: 120 });
  assert.deepEqual([picture.width, picture.height, picture.pixels.length], [120, 120, 120 * 120 * 4]);
  assert.deepEqual([...picture.pixels.subarray(0, 4)], [255, 255, 255, 255]);
  assert.equal((await drawPose(pose, { width: 120, height: 90 })).height, 90);
});

Deno.test("drawPose() writes a caption in Latin and Cyrillic under the figure", async () => {
  const plain = await drawPose(pose, { width: 240, height: 260 });
  const bottom = ink(plain, 245);
  for (const caption of ["both arms up", "обе руки вверх"]) {
    const picture = await drawPose(pose, { width: 240, height: 260, caption });
    assert.ok(ink(picture, 240) > bottom + 60, caption);
  }
});

Deno.test("drawPose() cuts a long caption short inside the picture", async () => {
  const picture = await drawPose(pose, { width: 200, caption: "очень длинное описание ".repeat(20) });
  const right = Array.from({ length: 200 }, (_, y) => picture.pixels[(y * 200 + 197) * 4]);
  assert.ok(right.every((value) => value === 255));
});

Deno.test("drawPose() takes the pose's own view unless another is given", async () => {
  const side = await drawPose({ ...pose, view: 60 }, { width: 120 });
  assert.ok(difference(side, await drawPose(pose, { width: 120 })).share > 0.02);
  assert.equal(difference(side, await drawPose(pose, { width: 120, view: 60 })).mean, 0);
  assert.equal(
    difference(await drawPose(pose, { width: 120 }), await drawPose({ ...pose, view: 60 }, { width: 120, view: 0 }))
      .mean,
    0,
  );
});

Deno.test("drawPose() draws the same picture every time", async () => {
  assert.equal(difference(await drawPose(pose), await drawPose(pose)).mean, 0);
});

Deno.test("drawPose() draws a stool under one who sits", async () => {
  const seated = await drawPose({ ...pose, seat: 0.45 }, { width: 240 });
  assert.ok(difference(seated, await drawPose(pose, { width: 240 })).share > 0.005);
});
