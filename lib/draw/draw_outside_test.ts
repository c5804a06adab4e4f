import assert from "node:assert/strict";
import { add, type Joint, JOINTS, REST, type Vec3 } from "../skeleton/mod.ts";
import { fitPoints } from "./camera.ts";
import type { Picture } from "./canvas.ts";
import { drawOutside } from "./draw_outside.ts";
import { drawPose } from "./draw_pose.ts";
import { drawOutsideSheet } from "./sheet.ts";

const rest: Record<string, readonly number[]> = { ...REST };
const shifted = (x: number, y: number, z: number) =>
  Object.fromEntries(JOINTS.map((joint) => [joint, add(REST[joint], [x, y, z])])) as Record<Joint, Vec3>;
const without = (...names: string[]) =>
  Object.fromEntries(Object.entries(rest).filter(([joint]) => !names.includes(joint)));

/** How many pixels of a picture are red, pale red of small letters too. */
function red({ pixels }: Picture): number {
  let found = 0;
  for (let i = 0; i < pixels.length; i += 4) {
    const [r = 0, g = 0, b = 0] = pixels.subarray(i, i + 3);
    if (r > g + 60 && r > b + 60) found++;
  }
  return found;
}

Deno.test("drawOutside() draws a valid pose as drawPose() does", async () => {
  const options = { width: 120, caption: "rest" };
  assert.deepEqual(await drawOutside({ joints: rest }, options), await drawPose({ joints: REST }, options));
});

Deno.test("drawOutside() marks in red what is wrong, and nothing else", async () => {
  const right = await drawOutside({ joints: shifted(0, 0.6, 0), airborne: true }, { width: 120 });
  assert.deepEqual(right, await drawPose({ joints: shifted(0, 0.6, 0) }, { width: 120 }));
  const wrong = {
    "a long forearm": { ...rest, left_wrist: [0.9, 1.4, 0.2] },
    "a figure in the air": shifted(0, 0.6, 0),
    "a figure under the floor": shifted(0, -0.4, 0),
    "no head": without("head"),
    "an arm that bends back": { ...rest, left_wrist: [0.196, 1.1, -0.247] },
    "everything in one place": Object.fromEntries(JOINTS.map((joint) => [joint, [0, 1, 0]])),
    "a joint that hangs on nothing": { pelvis: [0, 1, 0], left_wrist: [0.5, 1.4, 0] },
  };
  for (const [what, joints] of Object.entries(wrong)) {
    const picture = await drawOutside({ joints }, { width: 240 });
    assert.ok(red(picture) > 15, `${what}: ${red(picture)}`);
  }
  const long = await drawOutside({ joints: wrong["a long forearm"] }, { width: 240 });
  const longer = await drawOutside({ joints: { ...rest, left_wrist: [1.2, 1.6, 0.2] } }, { width: 240 });
  assert.ok(red(longer) > red(long));
});

Deno.test("drawOutside() draws whatever comes: no joint, 300 joints, places that are none, far away", async () => {
  const many = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`joint_${i}`, [i, i, i]]));
  const anything: Record<string, readonly number[]>[] = [
    {},
    many,
    { ...rest, ...many },
    { ...rest, head: [NaN, Infinity, 0] },
    { ...rest, head: [1e308, 0, 0] },
    { ...rest, head: [] },
    { ...rest, head: [9.9, 9.9, -9.9], left_foot: [-9.9, -9.9, 9.9] },
    { __proto__: [0, 0, 0] } as never,
  ];
  for (const joints of anything) {
    const picture = await drawOutside({ joints }, { width: 100 });
    assert.ok(red(picture) > 0, JSON.stringify(joints).slice(0, 80));
  }
});

Deno.test("fitPoints() has every point in the picture, and figures at their usual size wherever they stand", () => {
  let seed = 1;
  const random = () => (seed = seed * 16807 % 2147483647) / 2147483647;
  for (let i = 0; i < 200; i++) {
    const size = 10 ** (random() * 2 - 1);
    const points = Array.from({ length: 18 }, (): Vec3 => {
      const place = () => (random() - 0.5) * size;
      return [place(), place(), place()];
    });
    const { project } = fitPoints(points, { width: 240, height: 200 });
    for (const [x, y] of points.map(project)) assert.ok(x >= 0 && x <= 240 && y >= 0 && y <= 200, `${x} ${y}`);
  }
  const at = (x: number) => fitPoints(Object.values(shifted(x, 0, 0)), { width: 240, height: 240 });
  assert.equal(at(5).scale, at(0).scale);
});

Deno.test("drawOutsideSheet() lays out what is valid and what is not", async () => {
  const poses = [{ joints: rest }, { joints: without("head") }, { joints: {} }];
  const sheet = await drawOutsideSheet(poses, { size: 100, columns: 3, captions: ["a", "b", "c"] });
  assert.equal(sheet.width, 4 + 3 * 104);
});
