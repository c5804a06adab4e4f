import assert from "node:assert/strict";
import {
  angle,
  bodyOf,
  BONE_LENGTH,
  centreOfMass,
  distance,
  JOINTS,
  lowPoints,
  PARENT,
  type Pose,
  SIDES,
  sub,
} from "../skeleton/mod.ts";
import { mirrorNotation, mirrorPose } from "./mirror.ts";
import { BASES, type Notation, notationSchema } from "./spec.ts";
import { solve } from "./solve.ts";
import { LANDMARKS, placeOf } from "./landmarks.ts";
import { DIRECTIONS, LEVELS } from "./words.ts";

const DIRECTION_WORDS = [
  "place high",
  "place low",
  ...Object.keys(DIRECTIONS).flatMap((d) => Object.keys(LEVELS).map((level) => `${d} ${level}`)),
];

/** A hand does not reach its own arm. */
const OWN_ARM = /^right_(upper_arm|elbow|hand|hand_back)$/;

function assertBones(pose: Pose, what: string) {
  for (const joint of JOINTS) {
    const parent = PARENT[joint];
    if (parent === null) continue;
    const error = Math.abs(distance(pose.joints[joint], pose.joints[parent]) - BONE_LENGTH[joint]);
    assert.ok(error < 1e-9, `${what}: ${joint} is ${error} m off`);
  }
}

Deno.test("solve() keeps every bone's length, for every direction word of every limb and every base", () => {
  for (const word of DIRECTION_WORDS) {
    for (const limb of ["left_arm", "right_arm", "left_leg", "right_leg"] as const) {
      assertBones(solve({ [limb]: word }).pose, `${limb} ${word}`);
    }
  }
  for (const base of BASES) assertBones(solve({ base }).pose, base);
  for (const touch of LANDMARKS.filter((name) => !OWN_ARM.test(name))) {
    assertBones(solve({ right_arm: { touch } }).pose, touch);
  }
});

Deno.test("solve() points a straight arm exactly where its word says", () => {
  const { joints } = solve({ right_arm: "side high", left_arm: { upper: "side middle", lower: "place high" } }).pose;
  assert.ok(angle(sub(joints.right_wrist, joints.right_shoulder), [-1, 1, 0]) < 1e-6);
  assert.ok(angle(sub(joints.left_elbow, joints.left_shoulder), [1, 0, 0]) < 1e-6);
  assert.ok(angle(sub(joints.left_wrist, joints.left_elbow), [0, 1, 0]) < 1e-6);
});

Deno.test("solve() stands every base on the floor, and airborne ones above it", () => {
  for (const base of BASES) {
    const { pose } = solve({ base });
    const lowest = Math.min(...lowPoints(bodyOf(pose)).map(({ height }) => height));
    if (base === "airborne") assert.ok(Math.abs(lowest - 0.25) < 1e-9, `${base} ${lowest}`);
    else assert.ok(Math.abs(lowest) < 0.005, `${base} ${lowest}`);
  }
});

Deno.test("solve() keeps the centre of mass over the feet that stand", () => {
  const poses: Notation[] = [
    {},
    { feet: "wide" },
    { knees: 100, torso: { lean: "forward 40" }, left_arm: "forward middle", right_arm: "forward middle" },
    { left_leg: { upper: "forward middle", lower: "place low" } },
    { torso: { lean: "forward 60" } },
    { weight: "left", feet: "wide" },
  ];
  for (const notation of poses) {
    const body = bodyOf(solve(notation).pose);
    const [x, , z] = centreOfMass(body);
    const standing = SIDES.filter((side) => body.feet[side].ball[1] < 0.01);
    const points = standing.flatMap((side) => [body.feet[side].heel, body.feet[side].toe]);
    const inside = (value: number, axis: 0 | 2, margin: number) => {
      const values = points.map((p) => p[axis]);
      return value > Math.min(...values) - margin && value < Math.max(...values) + margin;
    };
    assert.ok(inside(x, 0, 0.03) && inside(z, 2, 0), `${JSON.stringify(notation)}: ${x} ${z}`);
  }
});

Deno.test("solve() lays the palm on the place that it touches, or says by how much it misses", () => {
  for (const touch of LANDMARKS) {
    if (touch === "floor" || /_hand(_back)?$/.test(touch) || OWN_ARM.test(touch)) continue;
    const { pose, notes } = solve({ right_arm: { touch } });
    const body = bodyOf(pose);
    const { point } = placeOf(touch, "right", body);
    const wrist = pose.joints.right_wrist;
    const palm = [0, 1, 2].map((i) => (wrist[i] ?? 0) + (body.hands.right.direction[i] ?? 0) * 0.0918);
    const gap = distance(palm as unknown as typeof point, point);
    assert.ok(notes.length > 0 || gap < 0.06, `${touch}: ${gap}`);
  }
  assert.throws(() => solve({ right_arm: { touch: "right_elbow" } }), /right_elbow.*same arm/);
  const far = solve({ right_arm: { touch: "left_knee" } });
  assert.match(far.notes.join(), /right hand stays \d+\.\d cm from left_knee/);
});

Deno.test("solve() sways the hips to the side that the word names", () => {
  const middle = (n: Notation) => solve(n).pose.joints.pelvis[0];
  assert.ok(middle({ hips: "left 8" }) > 0.03);
  assert.ok(middle({ hips: "right 8" }) < -0.03);
});

Deno.test("mirroring the notation is mirroring the body, and twice is the same", () => {
  const poses: Notation[] = [
    { right_arm: "forward middle", right_palm: "up" },
    { right_arm: { touch: "left_shoulder" }, left_arm: "side high" },
    { torso: { lean: "left 20", twist: "right 15" }, head: ["left 20", "tilt-right 10"] },
    { left_leg: { upper: "forward middle", lower: "place low" }, right_arm: "across low" },
    { right_leg: { step: "forward long", knee: 90 } },
    { hips: "left 8", weight: "left" },
  ];
  for (const notation of poses) {
    assert.deepEqual(mirrorNotation(mirrorNotation(notation)), notation);
    const mirrored = mirrorPose(solve(notation).pose);
    const again = solve(mirrorNotation(notation)).pose;
    for (const joint of JOINTS) {
      const gap = distance(mirrored.joints[joint], again.joints[joint]);
      assert.ok(gap < 1e-6, `${JSON.stringify(notation)}: ${joint} ${gap}`);
    }
  }
});

Deno.test("notationSchema refuses what is not in the notation", () => {
  for (
    const wrong of [
      { right_arm: "forwards middle" },
      { right_arm: { touch: "tail" } },
      { right_arm: { upper: "side middle", elbow: "side low" } },
      { knees: 200 },
      { torso: { lean: "sideways" } },
      { base: "floating" },
      { third_arm: "place low" },
    ]
  ) assert.equal(notationSchema.safeParse(wrong).success, false, JSON.stringify(wrong));
});

Deno.test("solve() refuses a key that there isn't, and says which one may be meant", () => {
  const refused = (spec: unknown, message: RegExp) => assert.throws(() => solve(spec as Notation), message);
  refused({ rigth_arm: "forward middle" }, /key "rigth_arm" of a pose: is "right_arm" meant\?/);
  refused({ right_arm: { toch: "head_top" } }, /key "toch" of right_arm: is "touch" meant\?/);
  refused({ left_leg: { upper: "forward middle", lowr: "place low" } }, /"lowr" of left_leg/);
  refused({ torso: { sway: "left" } }, /"sway" of torso: its keys are lean, from, twist/);
});
