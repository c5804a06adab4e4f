import assert from "node:assert/strict";
import { BONE_LENGTH, distance, type Joint, JOINTS, PARENT, type Pose, verify } from "../skeleton/mod.ts";
import { compose, type Composed, type ComposedPose } from "./compose.ts";
import { MOST_DEVIATION } from "./deviation.ts";
import { mirrorNotation, mirrorPose } from "./mirror.ts";
import { solve } from "./solve.ts";
import { LANDMARKS } from "./landmarks.ts";
import { BASES, type Notation } from "./spec.ts";
import { DIRECTIONS, LEVELS } from "./words.ts";

const WORDS = [
  "place high",
  "place low",
  ...Object.keys(DIRECTIONS).flatMap((d) => Object.keys(LEVELS).map((level) => `${d} ${level}`)),
];

function assertComposed({ pose, contacts, airborne, deviations }: ComposedPose, what: string) {
  assert.deepEqual(verify(pose, { contacts, airborne }), [], what);
  for (const joint of JOINTS) {
    const parent = PARENT[joint];
    if (parent === null) continue;
    const error = Math.abs(distance(pose.joints[joint], pose.joints[parent]) - BONE_LENGTH[joint]);
    assert.ok(error < 1e-9, `${what}: ${joint} is ${error} m off`);
  }
  for (const { message, amount, most } of deviations) assert.ok(amount <= most, `${what}: ${message}, at most ${most}`);
}

/** Every result is verified or refused with a reason; says how many of each there are. */
function assertAll(notations: readonly Notation[]) {
  const count = { composed: 0, changed: 0, refused: [] as string[] };
  for (const notation of notations) {
    const what = JSON.stringify(notation);
    const result = compose(notation);
    if (result.kind === "refused") {
      assert.ok(result.reasons.length > 0 && result.reasons.every((reason) => reason !== ""), what);
      count.refused.push(what);
    } else {
      assertComposed(result, what);
      count.composed++;
      if (result.changes.length > 0) count.changed++;
    }
  }
  return count;
}

function reasons(notation: Notation): string {
  const result = compose(notation);
  assert.equal(result.kind, "refused", JSON.stringify(notation));
  return result.kind === "refused" ? result.reasons.join("\n") : "";
}

/** How far a part is from asked, in its unit; 0 where it is not told. */
const amountOf = ({ deviations }: ComposedPose, of: string): number =>
  deviations.find(({ part }) => part === of)?.amount ?? 0;

const poseOf = (result: Composed): Pose | undefined => result.kind === "composed" ? result.pose : undefined;

function assertSamePose(a: Pose | undefined, b: Pose | undefined, what: string) {
  assert.ok(a && b, what);
  for (const joint of JOINTS) assert.ok(distance(a.joints[joint], b.joints[joint]) < 1e-6, `${what}: ${joint}`);
}

const pairs = WORDS.flatMap((left_arm) => WORDS.map((right_arm): Notation => ({ left_arm, right_arm })));

Deno.test("compose() holds every direction word of every arm and leg by itself", () => {
  for (const limb of ["left_arm", "right_arm", "left_leg", "right_leg"] as const) {
    const { refused } = assertAll(WORDS.map((word) => ({ [limb]: word })));
    assert.deepEqual(refused, [], limb);
  }
});

Deno.test("compose() holds every pair of the arms' direction words, but for 1 % that it refuses with a reason", () => {
  const { composed, changed, refused } = assertAll(pairs);
  assert.equal(composed + refused.length, WORDS.length ** 2);
  console.log(`${pairs.length} pairs: ${changed} projected, ${refused.length} refused`);
  assert.ok(refused.length <= pairs.length * 0.01, `${refused.length} refused: ${refused.join(" ")}`);
  // Of words alone, 282 pairs go through the body or beyond a joint's range: there is something to project.
  assert.ok(changed > 250, String(changed));
});

Deno.test("compose() verifies or refuses whatever is asked of whatever base", () => {
  // Numerical Recipes' linear congruential generator: the same notations each time.
  let seed = 5;
  const random = () => (seed = (seed * 1664525 + 1013904223) >>> 0) / 2 ** 32;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const limb = () => random() < 0.5 ? pick(WORDS) : { upper: pick(WORDS), lower: pick(WORDS) };
  const arm = () => random() < 0.3 ? { touch: pick(LANDMARKS) } : limb();
  const notations = Array.from({ length: 100 }, (): Notation => ({
    base: pick(BASES),
    left_arm: arm(),
    right_arm: arm(),
    ...(random() < 0.4 && { left_leg: limb() }),
    ...(random() < 0.2 && { right_leg: limb() }),
    ...(random() < 0.3 && { torso: { lean: `${pick(["forward", "back", "left"])} ${Math.floor(random() * 60)}` } }),
  }));
  const { composed, changed } = assertAll(notations);

  assert.ok(composed >= 40 && changed >= 28, `${composed} composed, ${changed} of them changed`);
});

/** The composed body, and the one that words alone make. */
function composedOf(notation: Notation): { found: ComposedPose; asked: Pose } {
  const found = compose(notation);
  assert.ok(found.kind === "composed", `${JSON.stringify(notation)}: ${JSON.stringify(found)}`);
  assertComposed(found, JSON.stringify(notation));
  return { found, asked: solve(notation).pose };
}

const moved = ({ found, asked }: ReturnType<typeof composedOf>, joint: Joint): number =>
  distance(found.pose.joints[joint], asked.joints[joint]);

Deno.test("compose() keeps hands and feet that carry where they are, whatever else moves", () => {
  for (
    const [notation, carries] of [
      [{ base: "all_fours", left_arm: "across middle" }, ["right_wrist", "left_knee", "right_knee"]],
      [{ base: "plank", left_leg: "back low" }, ["left_wrist", "right_wrist", "right_foot"]],
      [{ base: "plank", left_arm: { touch: "right_shoulder" } }, ["right_wrist", "left_foot", "right_foot"]],
      [{ base: "side_plank_left", right_arm: "across middle" }, ["left_wrist", "left_foot"]],
      [{ base: "seat", knees: 90, left_arm: "across middle", right_arm: "across middle" }, ["left_foot", "right_foot"]],
      [{ base: "floor", left_leg: { knee: 80 }, right_leg: "side middle" }, ["left_foot"]],
      [{ base: "lying_back", left_leg: { knee: 100 }, right_leg: "side middle" }, ["left_foot"]],
    ] as [Notation, Joint[]][]
  ) {
    const composed = composedOf(notation);
    assert.ok(composed.found.changes.length > 0, JSON.stringify(notation));
    for (const joint of carries) assert.ok(moved(composed, joint) < 0.01, `${JSON.stringify(notation)}: ${joint}`);
  }
});

Deno.test("compose() sets a lying body down again when a limb under it has moved", () => {
  for (
    const notation of [
      { base: "lying_back", left_leg: "back low" },
      { base: "lying_back", right_leg: "back-side low" },
    ] as Notation[]
  ) {
    const { found, asked } = composedOf(notation);
    assert.ok(found.pose.joints.pelvis[1] < asked.joints.pelvis[1] - 0.02, JSON.stringify(notation));
  }
});

Deno.test("compose() keeps a foot that rests against the other leg there", () => {
  const { found } = composedOf({
    left_leg: { touch: "right_knee" },
    left_arm: "across middle",
    torso: { lean: "right 50" },
  });
  assert.ok(found.changes.length > 0);
  assert.ok(amountOf(found, "left foot") <= MOST_DEVIATION.foot);
  assert.match(reasons({ left_leg: { touch: "left_knee" } }), /same leg/);
});

Deno.test("compose() lets hands hang that rest on thighs by the base alone, where those are out of reach", () => {
  const { found } = composedOf({ base: "seat", left_leg: "place low" });
  assert.ok(found.pose.joints.left_wrist[1] < found.pose.joints.left_elbow[1]);
});

Deno.test("compose() leaves who sits on a stool there when both legs are lifted", () => {
  const composed = composedOf({ base: "seat", left_leg: "forward middle", right_leg: "forward middle" });
  assert.ok(moved(composed, "pelvis") < 1e-9);
});

Deno.test("compose() of the mirrored notation is the mirrored body, projected or not", () => {
  const notations: Notation[] = [
    ...pairs.filter(({ left_arm, right_arm }) => left_arm !== right_arm).filter((_, i) => i % 9 === 0),
    ...WORDS.map((left_leg) => ({ left_leg })),
    { right_arm: { touch: "left_elbow" }, left_arm: "across middle" },
    { right_arm: { touch: "left_shoulder" }, left_arm: "across low", torso: { twist: "left 30" } },
    { torso: { lean: "left 60" }, right_leg: "side middle" },
  ];
  for (const notation of notations) {
    const [result, mirrored] = [compose(notation), compose(mirrorNotation(notation))];
    const what = JSON.stringify(notation);
    assert.equal(result.kind, mirrored.kind, what);
    const pose = poseOf(result);
    if (pose) assertSamePose(mirrorPose(pose), poseOf(mirrored), what);
  }
});

Deno.test("compose() leaves a body that verifies as solve() made it", () => {
  for (const notation of [{}, { right_arm: "side high" }, { base: "seat" }, { knees: 60 }] as Notation[]) {
    const result = compose(notation);
    assert.ok(result.kind === "composed" && result.changes.length === 0, JSON.stringify(notation));
    assertSamePose(result.pose, solve(notation).pose, JSON.stringify(notation));
  }
});

Deno.test("compose() tells which joints it turned, and how far each limb is from what was asked", () => {
  const result = compose({ right_arm: "across middle" });
  assert.ok(result.kind === "composed");
  assert.ok(result.changes.some(({ joint, degrees }) => joint === "right_shoulder" && degrees > 20));
  assert.match(result.deviations.map(({ message }) => message).join("\n"), /^right upper arm \d+° from asked$/m);
  // The arm reads as across: its hand is nearer to that than to any other word.
  assert.ok(amountOf(result, "right forearm") < 22.5);
});

Deno.test("compose() tips the pelvis for a leg that the hip alone does not raise, and keeps the balance", () => {
  for (const word of ["back middle", "side middle", "back high"]) {
    const result = compose({ left_leg: word, left_arm: "side middle", right_arm: "side middle" });
    assert.ok(result.kind === "composed", word);
    assertComposed(result, word);
    assert.ok(result.changes.some(({ joint }) => joint === "pelvis"), word);
    assert.ok(amountOf(result, "left leg") < 25, word);
  }
});

Deno.test("compose() sits a kneeling body back where it leans too far forward to stay up", () => {
  const result = compose({ base: "kneeling", torso: { lean: "forward 45" } });
  assert.ok(result.kind === "composed");
  assertComposed(result, "kneeling");
});

Deno.test("compose() lets a hand follow the arm that it lies on", () => {
  for (const touch of ["left_elbow", "left_hand"] as const) {
    const result = compose({ left_arm: "across low", right_arm: { touch } });
    assert.ok(result.kind === "composed", touch);
    assertComposed(result, touch);
    assert.ok(amountOf(result, "right hand") <= MOST_DEVIATION.hand, touch);
  }
});

Deno.test("compose() bends trunk and head no further than they go", () => {
  for (
    const notation of [
      { torso: { twist: "left 70" } },
      { torso: { lean: "back 60" } },
      { head: ["left 110"] },
      { head: ["down 80", "tilt-left 60"] },
      { head: ["left 110"], left_arm: { touch: "left_cheek" } },
    ] as Notation[]
  ) {
    const result = compose(notation);
    assert.ok(result.kind === "composed", JSON.stringify(notation));
    assertComposed(result, JSON.stringify(notation));
    assert.ok(result.deviations.some(({ part }) => part === "trunk" || part === "head"), JSON.stringify(notation));
  }
});

Deno.test("compose() takes legs that hang straight down for standing ones", () => {
  const standing = solve({}).pose;
  for (const notation of [{ left_leg: "place low" }, { left_leg: "place low", right_leg: "place low" }]) {
    assertSamePose(poseOf(compose(notation)), standing, JSON.stringify(notation));
  }
});

Deno.test("compose() refuses what contradicts itself, and says what would be right", () => {
  assert.match(
    reasons({ left_leg: "forward middle", right_leg: "side middle" }),
    /both legs cannot be raised while standing \(left leg "forward middle", right leg "side middle"\).*"airborne"/,
  );
  assert.match(
    reasons({ knees: 150, left_leg: "forward middle" }),
    /knees 150.*left leg "forward middle" is straight.*"right_leg": \{"knee": 150\}/,
  );
  assert.match(reasons({ weight: "left", left_leg: "side low" }), /left foot cannot carry the weight/);
  assert.match(reasons({ left_arm: { touch: "left_elbow" } }), /left hand on "left_elbow".*that same arm/);
});

Deno.test("compose() refuses what no body reaches or has room for, and says which limb and why", () => {
  assert.match(reasons({ right_arm: { touch: "left_knee" } }), /right hand stays \d+\.\d cm from left_knee/);
  const both = reasons({ left_arm: { touch: "left_shoulder" }, right_arm: { touch: "left_shoulder" } });
  assert.match(both, /both hands are asked to be on "left_shoulder", where only one has room/);
  assert.match(both, /hand \d+\.\d cm away, at most 3 cm/);
  const mouth = reasons({ left_arm: { touch: "mouth" }, right_arm: { touch: "mouth" } });
  assert.match(mouth, /both hands are asked to be on "mouth", where only one has room/);
  assert.equal(compose({ left_arm: { touch: "mouth", over: true }, right_arm: { touch: "mouth" } }).kind, "composed");
  const behind = reasons({ right_arm: { upper: "across middle", lower: "back-side middle" } });
  assert.match(behind, /right arm "across middle" then "back-side middle" goes through the chest/);
  assert.match(behind, /the nearest that a body can hold is too far off: right arm \d+° away, at most 35°/);
  assert.match(reasons({ base: "lying_back", left_arm: "back middle" }), /left arm "back middle" needs shoulder ext/);
  assert.match(
    reasons({ base: "kneeling", left_leg: "back middle", left_arm: "side middle" }),
    /left leg "back middle" needs hip flexion -90°, and that goes from -30° to 135°/,
  );
});

Deno.test("compose() of a fine notation costs little more than to solve and verify it; a projected one ≤ 100 ms, a refusal ≤ 150 ms", () => {
  const timed = (run: () => unknown) => {
    const times = Array.from({ length: 9 }, () => {
      const start = performance.now();
      run();
      return performance.now() - start;
    });
    return Math.min(...times);
  };
  const fine: Notation = { right_arm: "side high", left_arm: { touch: "left_hip" } };
  const solved = timed(() => {
    const { pose, contacts } = solve(fine);
    verify(pose, { contacts });
  });
  const composed = timed(() => compose(fine));
  assert.ok(composed < solved * 1.5 + 1, `${composed} ms, solved and verified in ${solved} ms`);
  for (const word of ["across low", "across middle", "across high", "back middle"]) {
    const ms = timed(() => compose({ left_arm: word, right_arm: word }));
    assert.ok(ms <= 100, `${word}: ${ms} ms`);
  }
  for (const base of ["plank", "reverse_plank", "side_plank_left", "all_fours"] as const) {
    const refused: Notation = { base, left_arm: "back high", right_arm: "back-across high", left_leg: "back high" };
    assert.equal(compose(refused).kind, "refused", base);
    const ms = timed(() => compose(refused));
    assert.ok(ms <= 150, `${base}: refused in ${ms} ms`);
  }
});
