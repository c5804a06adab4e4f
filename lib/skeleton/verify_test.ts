import assert from "node:assert/strict";
import { bodyOf } from "./body.ts";
import { limitViolations, motionsOf, RANGE } from "./limits.ts";
import type { Pose } from "./pose.ts";
import { type Joint, REST } from "./skeleton.ts";
import { add, angle, rotate, sub, type Vec3 } from "./vec.ts";
import { distinct, verify } from "./verify.ts";

/** At rest the hands lie against the thighs. */
const contacts = (["left", "right"] as const).flatMap((side) => [
  [`${side}_hand`, `${side}_thigh`] as const,
  [`${side}_forearm`, "seat"] as const,
]);

/** The rest pose with some joints moved. */
const moved = (by: Partial<Record<Joint, Vec3>>): Pose => ({
  joints: { ...REST, ...Object.fromEntries(Object.entries(by).map(([j, v]) => [j, add(REST[j as Joint], v)])) },
});

/** The rest pose with a limb turned about a joint. */
function turned(joint: Joint, children: readonly Joint[], axis: Vec3, degrees: number): Pose {
  const entries = children.map((c) => [c, add(REST[joint], rotate(sub(REST[c], REST[joint]), axis, degrees))]);
  return { joints: { ...REST, ...Object.fromEntries(entries) } };
}

const codes = (pose: Pose, options = {}) => [...new Set(verify(pose, { contacts, ...options }).map((f) => f.code))];

Deno.test("verify() finds nothing wrong with the rest pose", () => {
  assert.deepEqual(verify({ joints: REST }, { contacts }), []);
});

Deno.test("verify() reports a bone a millimetre too long, and forgives it from outside", () => {
  const pose = moved({ left_wrist: [0, -0.001, 0] });
  assert.deepEqual(codes(pose), ["bone_length"]);
  assert.match(verify(pose, { contacts })[0]?.message ?? "", /left_elbow to left_wrist is 24\.9 cm long, not 24\.8 cm/);
  assert.deepEqual(codes(pose, { tolerance: "outside" }), []);
});

Deno.test("verify() reports feet under the floor and bodies that float", () => {
  const all = (by: Vec3) => moved(Object.fromEntries(Object.keys(REST).map((joint) => [joint, by])));
  assert.deepEqual(codes(all([0, -0.02, 0])), ["floor"]);
  assert.deepEqual(codes(all([0, 0.02, 0])), ["floating"]);
  assert.deepEqual(codes(all([0, 0.02, 0]), { airborne: true }), []);
});

Deno.test("verify() reports a knee and an elbow that bend the wrong way", () => {
  assert.ok(codes(turned("left_knee", ["left_ankle", "left_foot"], [1, 0, 0], -40)).includes("range_of_motion"));
  assert.ok(!codes(turned("left_knee", ["left_ankle", "left_foot"], [1, 0, 0], 40)).includes("range_of_motion"));
  assert.ok(codes(turned("left_elbow", ["left_wrist"], [1, 0, 0], 60)).includes("range_of_motion"));
  assert.ok(!codes(turned("left_elbow", ["left_wrist"], [1, 0, 0], -60)).includes("range_of_motion"));
});

Deno.test("verify() reports an arm in the chest unless the two are a contact", () => {
  const pose = turned("left_shoulder", ["left_elbow", "left_wrist"], [0, 0, 1], -30);
  assert.ok(codes(pose).includes("penetration"));
});

Deno.test("motionsOf() measures each motion by its own sign", () => {
  const value = (pose: Pose, joint: Joint, motion: string) =>
    motionsOf(bodyOf(pose)).find((m) => m[0] === joint && m[1] === motion)?.[2] ?? NaN;
  const near = (a: number, b: number) => assert.ok(Math.abs(a - b) < 0.5, `${a} is not ${b}`);
  const leg = (side: string) => [`${side}_knee`, `${side}_ankle`, `${side}_foot`] as Joint[];
  near(value(turned("left_hip", leg("left"), [1, 0, 0], -50), "left_hip", "hip flexion"), 50);
  near(value(turned("left_hip", leg("left"), [0, 0, 1], 30), "left_hip", "hip abduction"), 30);
  near(value(turned("right_hip", leg("right"), [0, 0, 1], -30), "right_hip", "hip abduction"), 30);
  near(value(turned("left_ankle", ["left_foot"], [1, 0, 0], -20), "left_ankle", "ankle dorsiflexion"), 20);
  near(value({ joints: REST, gaze: [Math.sin(0.5), 0, Math.cos(0.5)] }, "head", "neck rotation"), 0.5 * 180 / Math.PI);
  // A forearm across the belly is inwards, one held outwards is outwards, on both sides.
  for (const [side, sign] of [["left", 1], ["right", -1]] as const) {
    const elbow = REST[`${side}_elbow`];
    const rotation = (to: Vec3) =>
      value({ joints: { ...REST, [`${side}_wrist`]: add(elbow, to) } }, `${side}_shoulder`, "shoulder rotation");
    near(rotation([-0.2482 * sign, 0, 0]), 90);
    near(rotation([0.2482 * sign, 0, 0]), -90);
    near(rotation([0, 0, 0.2482]), 0);
  }
});

Deno.test("limitViolations() starts where the range and its tolerance end", () => {
  const [, most] = RANGE["hip abduction"];
  const leg: Joint[] = ["left_knee", "left_ankle", "left_foot"];
  const at = (degrees: number, tolerance?: number) =>
    limitViolations(bodyOf(turned("left_hip", leg, [0, 0, 1], degrees)), tolerance).length;
  assert.equal(at(most), 0);
  assert.equal(at(most + 1), 1);
  assert.equal(at(most + 4, 5), 0);
});

Deno.test("distinct() tells poses by joints, palms and gaze", () => {
  const rest: Pose = { joints: REST };
  assert.equal(distinct(rest, moved({ left_wrist: [0, 0, 0.03] })), false);
  assert.equal(distinct(rest, moved({ left_wrist: [0, 0, 0.05] })), true);
  assert.equal(distinct(rest, { joints: REST, gaze: rotate([0, 0, 1], [0, 1, 0], 16) }), true);
  assert.equal(distinct(rest, { joints: REST, gaze: rotate([0, 0, 1], [0, 1, 0], 10) }), false);
  const { left, right } = bodyOf(rest).hands;
  const palm = rotate(left.palm, left.direction, 35);
  assert.ok(angle(palm, left.palm) > 30);
  assert.equal(distinct(rest, { joints: REST, hands: { left: { ...left, palm }, right } }), true);
});
