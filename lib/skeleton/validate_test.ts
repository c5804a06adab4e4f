import assert from "node:assert/strict";
import { JOINTS, REST } from "./skeleton.ts";
import { validate } from "./validate.ts";

const rounded = (metres: number) =>
  Object.fromEntries(JOINTS.map((joint) => [joint, REST[joint].map((value) => Math.round(value / metres) * metres)]));
const codes = (joints: Record<string, readonly number[]>) => [
  ...new Set(validate({ joints }).faults.map(({ code }) => code)),
];

Deno.test("a figure at rest is valid to the centimetre, and not to ten", () => {
  assert.deepEqual(validate({ joints: rounded(0.01) }).faults, []);
  assert.ok(codes(rounded(0.1)).includes("bone_length"));
});

Deno.test("each joint that is missing, unknown or no place is named; then there is no pose", () => {
  const { left_wrist: _, ...rest } = REST;
  const { faults, pose } = validate({
    joints: { ...rest, tail: [0, 1, 0], left_foot: [NaN, 0, 0], head: [0, 1e308, 0] },
  });
  assert.deepEqual(faults.map(({ code, joint }) => `${code} ${joint}`), [
    "missing_joint left_wrist",
    "unknown_joint tail",
    "not_a_place head",
    "not_a_place left_foot",
  ]);
  assert.equal(pose, undefined);
});

Deno.test("a joint too many is a fault of a pose that is whole", () => {
  const { faults, pose } = validate({ joints: { ...REST, tail: [0, 1, 0] } });
  assert.deepEqual(faults.map(({ code }) => code), ["unknown_joint"]);
  assert.deepEqual(pose?.joints.head, REST.head);
});

Deno.test("all joints in one point, or at the far ends of what is read, break bones and nothing else", () => {
  for (const at of [[0, 0, 0], [0.01, 0.02, 0.03], [10, 10, 10], [-10, -10, -10]]) {
    assert.ok(codes(Object.fromEntries(JOINTS.map((joint) => [joint, at]))).includes("bone_length"));
  }
  const scattered = JOINTS.map((joint, i) => [joint, [i % 2 ? 10 : -10, i % 3 ? 10 : -10, i % 5 ? 10 : -10]]);
  assert.ok(codes(Object.fromEntries(scattered)).includes("bone_length"));
});

Deno.test("who floats must be meant to be in the air", () => {
  const joints = Object.fromEntries(JOINTS.map((joint) => [joint, [REST[joint][0], REST[joint][1] + 0.3, 0]]));
  for (const joint of ["left_foot", "right_foot"] as const) joints[joint]?.splice(2, 1, REST[joint][2]);
  assert.deepEqual(validate({ joints }).faults.map(({ code }) => code), ["floating"]);
  assert.deepEqual(validate({ joints }, { airborne: true }).faults, []);
});

Deno.test("hands that are not given are no fault, wherever the guess would put them", () => {
  const leaning = { ...REST, left_elbow: [0.196, 0.32, 0.2], left_wrist: [0.196, 0.08, 0.2] } as const;
  assert.deepEqual(validate({ joints: leaning }).faults.filter(({ joint }) => joint === "left_wrist"), []);
  const under = { ...leaning, left_wrist: [0.196, -0.1, 0.2] } as const;
  assert.ok(validate({ joints: under }).faults.some(({ code, joint }) => code === "floor" && joint === "left_wrist"));
  const hand = { direction: [0, -1, 0], palm: [0, 0, -1] } as const;
  const given = validate({ joints: leaning, hands: { left: hand, right: hand } });
  assert.ok(given.faults.some(({ code, joint }) => code === "floor" && joint === "left_wrist"));
});
