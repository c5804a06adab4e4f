import assert from "node:assert/strict";
import { mirrorPose } from "../notation/mod.ts";
import { BONE_LENGTH, JOINTS, type Pose, rotate, sub, unit, type Vec3 } from "../skeleton/mod.ts";
import { analyzePose } from "./analyze_pose.ts";
import { symmetryOf } from "./symmetry.ts";
import { smallLibrary } from "./testing.ts";

const moved = (pose: Pose, by: Vec3, degrees = 0): Pose => ({
  joints: Object.fromEntries(JOINTS.map((joint) => {
    const [x, y, z] = rotate(pose.joints[joint], [0, 1, 0], degrees);
    return [joint, [x + by[0], y + by[1], z + by[2]]];
  })) as unknown as Pose["joints"],
});

Deno.test("every pose of the library is valid, is nearest to itself wherever it stands, and is told in both languages", async () => {
  const { poses } = await smallLibrary();
  for (const { id, pose, airborne } of poses) {
    assert.deepEqual(analyzePose(pose, poses, { airborne }).errors, [], id);
    // Without its hands and gaze as well.
    const analysis = analyzePose(moved(pose, [3, 0, -2]), poses, { airborne });
    assert.deepEqual(analysis.errors, [], id);
    assert.ok(analysis.valid);
    assert.ok(analysis.nearest.distance < 1e-6, `${id} ${analysis.nearest.id}`);
    assert.match(analysis.caption.en, /[a-z]{3}/);
    assert.match(analysis.caption.ru, /[а-я]{3}/);
    assert.ok(analysis.balance.balanced || airborne, id);
  }
});

Deno.test("each error comes with its joint and with advice in both languages that mends it", async () => {
  const { poses, pose } = await smallLibrary();
  const standing = pose("standing")?.pose;
  assert.ok(standing);
  const { left_elbow, left_wrist } = standing.joints;
  const direction = unit(sub(left_wrist, left_elbow));
  const far: Vec3 = [left_wrist[0] + direction[0], left_wrist[1] + direction[1] * 0.5, left_wrist[2] + direction[2]];
  const long = analyzePose({ joints: { ...standing.joints, left_wrist: far } }, poses);
  assert.deepEqual([long.valid, long.errors[0]?.code, long.errors[0]?.joint], [false, "bone_length", "left_wrist"]);
  const [advice] = long.advice;
  assert.match(advice?.en ?? "", /Move left_wrist \d+ cm nearer to left_elbow/);
  assert.match(advice?.ru ?? "", /Придвиньте left_wrist на \d+ см к left_elbow/);
  const by = Number(advice?.en.match(/\d+/)?.[0]) / 100;
  const length = Math.hypot(...sub(far, left_elbow));
  assert.ok(Math.abs(length - by - BONE_LENGTH.left_wrist) < 0.006);

  const sunk = analyzePose(moved(standing, [0, -0.3, 0]), poses);
  assert.ok(sunk.errors.some(({ code, joint }) => code === "floor" && joint === "left_foot"));
  assert.equal(sunk.advice.length, sunk.errors.length);
  const floating = moved(standing, [0, 0.3, 0]);
  assert.deepEqual(analyzePose(floating, poses).errors.map(({ code }) => code), ["floating"]);
  assert.match(analyzePose(floating, poses).advice[0]?.en ?? "", /Lower the whole figure by 3\d cm/);
  assert.ok(analyzePose(floating, poses, { airborne: true }).valid);
  assert.equal(analyzePose(floating, poses).balance.margin, null);
});

Deno.test("symmetry is 0 for a figure that equals its mirror image, wherever it stands and faces", async () => {
  const { pose, poses } = await smallLibrary();
  const [both, one] = [pose("arms_side")?.pose, pose("right_arm_side")?.pose];
  assert.ok(both && one);
  for (const degrees of [0, 40, 180]) {
    const symmetry = symmetryOf(moved(both, [1, 0, 2], degrees));
    assert.ok(symmetry.symmetric && symmetry.distance < 1e-3, String(degrees));
    const other = symmetryOf(moved(one, [1, 0, 2], degrees));
    assert.ok(!other.symmetric && other.arms > 0.3 && other.legs < 0.1, JSON.stringify(other));
  }
  for (const { id, pose } of poses) {
    const [a, b] = [symmetryOf(pose), symmetryOf(mirrorPose(pose))];
    assert.ok(Math.abs(a.distance - b.distance) < 1e-9, id);
  }
});

Deno.test("any joints within ten metres can be analysed", async () => {
  const { poses } = await smallLibrary();
  const everywhere = (at: (i: number) => Vec3): Pose => ({
    joints: Object.fromEntries(JOINTS.map((joint, i) => [joint, at(i)])) as unknown as Pose["joints"],
  });
  const places: ((i: number) => Vec3)[] = [
    () => [0, 0, 0],
    () => [10, -10, 10],
    (i) => [i % 2 ? 10 : -10, i % 3 ? 10 : -10, i % 5],
  ];
  for (const at of places) {
    const analysis = analyzePose(everywhere(at), poses);
    assert.ok(!analysis.valid);
    assert.doesNotMatch(JSON.stringify(analysis), /null,|NaN/);
  }
});
