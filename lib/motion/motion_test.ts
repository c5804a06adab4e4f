import assert from "node:assert/strict";
import { loadLibrary } from "../library/mod.ts";
import { mirrorPose } from "../notation/mod.ts";
import { bodyOf, distance, JOINTS, type Pose, REST, sub } from "../skeleton/mod.ts";
import { createMotion, type Key, measureMotion, type Motion, motionOf } from "./mod.ts";

const library = await loadLibrary();

/** Every choreography's motion: its moves are planned once, whichever test asks first. */
const motions = library.choreographies.map((dance) => ({ id: dance.id, motion: motionOf(library, dance) }));

function poseOf(id: string): Pose {
  const found = library.pose(id);
  assert.ok(found, `the library has no pose ${id}`);
  return found.pose;
}

const keyOf = (id: string, beats = 1): Key => {
  const found = library.pose(id);
  assert.ok(found, `the library has no pose ${id}`);
  return { pose: found.pose, beats, contacts: found.contacts, airborne: found.airborne };
};

/** How far (m) the joints of two poses are apart at most, the pelvises laid on each other. */
const apart = (a: Pose, b: Pose): number =>
  Math.max(
    ...JOINTS.map((joint) => distance(sub(a.joints[joint], a.joints.pelvis), sub(b.joints[joint], b.joints.pelvis))),
  );

/** The fastest (cm in a sixtieth of a second) that joints are: kicks at 160 beats a minute, a hop half round, the rest. */
const FASTEST: Record<string, number> = {
  cancan: 60,
  lezginka: 36,
  running_in_place: 45,
  javelin_throw: 45,
  hopak: 38,
};

/** Frames a second that are looked at: fewer than `deno task motion` looks at, in every dance. */
const FPS = 12;

Deno.test("every choreography: bones keep their lengths, feet stand, no joint leaves its range, nothing goes through anything, the loop closes", () => {
  for (const dance of motions) {
    const measures = measureMotion(dance.motion, FPS);
    assert.ok(measures.boneError <= 1e-6, `${dance.id}: a bone is off by ${measures.boneError} m`);
    assert.ok(
      measures.skate <= 1,
      `${dance.id}: a foot slides ${measures.skate.toFixed(1)} mm until ${measures.skateAt.toFixed(2)} s`,
    );
    assert.equal(measures.limitFrames, 0, `${dance.id}: ${measures.limitWhat}`);
    assert.equal(measures.penetrationFrames, 0, `${dance.id}: ${measures.penetrationWhat}`);
    assert.ok(measures.floor < 0.56, `${dance.id}: ${measures.floor} cm under the floor`);
    assert.equal(measures.loopGap, 0, `${dance.id}: the loop's ends are ${measures.loopGap} m apart`);
    assert.ok(
      measures.fastest <= (FASTEST[dance.id] ?? 32),
      `${dance.id}: a joint goes ${measures.fastest.toFixed(1)} cm in a sixtieth of a second`,
    );
  }
});

Deno.test("a foot on its edge stays on ball and heel until it leaves the floor, and no joint leaves its range", () => {
  const motion = createMotion([keyOf("side_plank_left", 2), keyOf("side_plank_right", 2)], { bpm: 50 });
  const start = bodyOf(motion.poseAt(0)).feet.left;
  const moments = Array.from({ length: 60 }, (_, i) => motion.poseAt(motion.seconds / 2 * i / 60));
  const left = moments.map((pose) => bodyOf(pose).feet.left);
  const leaves = left.findIndex(({ ball, heel }) => ball[1] > start.ball[1] + 1e-3 && heel[1] > start.heel[1] + 1e-3);
  assert.ok(leaves > 20, `the foot leaves at moment ${leaves}`);
  for (const { ball, heel } of left.slice(0, leaves)) {
    assert.ok(distance(ball, start.ball) < 1e-3, `the ball goes from ${start.ball} to ${ball}`);
    assert.ok(distance(heel, start.heel) < 1e-3, `the heel goes from ${start.heel} to ${heel}`);
  }
  assert.equal(measureMotion(motion, 60).limitFrames, 0);
});

Deno.test("every key pose on the floor is reached on its beat and held, whatever came before", () => {
  for (const dance of motions) {
    const { motion } = dance;
    for (const { at, pose, airborne, turn = 0 } of motion.keys) {
      // Who jumps is as high as the time allows; who turned, or rolled over, faces another way.
      if (airborne || turn !== 0 || Math.abs(pose.joints.neck[1] - pose.joints.pelvis[1]) < 0.3) continue;
      assert.ok(apart(motion.poseAt(at), pose) < 1e-5, `${dance.id}: ${pose.id} at ${at} s`);
      assert.ok(apart(motion.poseAt(at + 0.02), pose) < 1e-5, `${dance.id}: ${pose.id} is not held at ${at} s`);
    }
  }
});

Deno.test("poseAt() is a function of time alone, loops for ever, and what is no loop stays as it ends", () => {
  const keys = ["right_arm_forward", "arms_forward", "squat"].map((id) => keyOf(id));
  const motion = createMotion(keys, { bpm: 100 });
  const [t, again] = [1.234, motion.poseAt(1.234)];
  motion.poseAt(0.1);
  assert.deepEqual(motion.poseAt(t), again);
  assert.deepEqual(createMotion(keys, { bpm: 100 }).poseAt(t), again);
  for (const turns of [1, 5, -3]) assert.ok(apart(motion.poseAt(t + turns * motion.seconds), again) < 1e-9);
  const once = createMotion(keys, { bpm: 100, loop: false });
  assert.deepEqual(once.poseAt(99), once.poseAt(once.seconds));
  assert.deepEqual(once.poseAt(-1), once.poseAt(0));
  assert.ok(apart(once.poseAt(99), poseOf("squat")) < 1e-6);
});

Deno.test("one key stands still, and so do two equal ones", () => {
  for (const keys of [[keyOf("squat")], [keyOf("squat"), keyOf("squat")]]) {
    const motion = createMotion(keys, { bpm: 60 });
    for (let t = 0; t < 3; t += 0.1) assert.ok(apart(motion.poseAt(t), poseOf("squat")) < 1e-9);
  }
});

Deno.test("two equal keys stand still though something of them touches that may not", () => {
  // At rest the hands are in the thighs by some millimetres: to go round that would move them away and back.
  const motion = createMotion([1, 2].map(() => ({ pose: { joints: REST }, beats: 1 })), { bpm: 60 });
  for (let t = 0; t < 2; t += 0.1) assert.ok(apart(motion.poseAt(t), motion.poseAt(0)) < 1e-9, `${t}`);
});

Deno.test("an arm that hangs goes up at the side and in front, not through the body", () => {
  const motion = createMotion([keyOf("standing"), keyOf("arms_up")], { bpm: 60 });
  for (let t = 0; t < 2; t += 0.04) {
    const { left_wrist: wrist, left_shoulder: shoulder } = motion.poseAt(t).joints;
    assert.ok(wrist[0] > 0.15, `the left wrist is at ${wrist}`);
    if (Math.abs(wrist[1] - shoulder[1]) < 0.2) assert.ok(wrist[0] - shoulder[0] > 0.3 && wrist[2] > 0.05);
  }
});

Deno.test("mirrored keys make the mirrored motion", () => {
  const keys = ["standing", "right_arm_forward", "arms_up"].map((id) => keyOf(id));
  const motion = createMotion(keys, { bpm: 90 });
  const mirrored = createMotion(keys.map((key) => ({ ...key, pose: mirrorPose(key.pose) })), { bpm: 90 });
  for (let t = 0; t < motion.seconds; t += 0.05) {
    assert.ok(apart(mirrorPose(motion.poseAt(t)), mirrored.poseAt(t)) < 1e-6, `at ${t} s`);
  }
});

Deno.test("a jump falls freely: while it flies, the pelvis's height has the acceleration of gravity", () => {
  const dance = library.choreography("jumping_jacks");
  assert.ok(dance);
  const motion = motionOf(library, dance);
  const key = motion.keys.find(({ airborne }) => airborne);
  assert.ok(key);
  const h = 0.01;
  const height = (t: number) => motion.poseAt(t).joints.pelvis[1];
  const acceleration = (height(key.at + 2 * h) - 2 * height(key.at + h) + height(key.at)) / h ** 2;
  assert.ok(Math.abs(acceleration + 9.81) < 0.05, `${acceleration} m/s²`);
});

Deno.test("a hand on the hip stays there while the hips sway", () => {
  const ids = ["hip_sway_right_hands_on_hips", "hip_sway_left_hands_on_hips"];
  const motion = createMotion(ids.map((id) => keyOf(id)), { bpm: 60 });
  const gap = (t: number) => {
    const { left_wrist, pelvis } = motion.poseAt(t).joints;
    return distance(left_wrist, pelvis);
  };
  const [a, b] = [gap(0), gap(1)];
  for (let t = 0; t < 2; t += 0.05) {
    assert.ok(gap(t) > Math.min(a, b) - 0.03 && gap(t) < Math.max(a, b) + 0.03, `${gap(t)} m at ${t} s`);
  }
});

Deno.test("createMotion() turns the whole figure as keys say", () => {
  const motion = createMotion([{ ...keyOf("standing"), turn: 0 }, { ...keyOf("standing"), turn: 90 }], { bpm: 60 });
  const facing = (t: number) => {
    const { left_hip, right_hip } = motion.poseAt(t).joints;
    return Math.atan2(right_hip[2] - left_hip[2], left_hip[0] - right_hip[0]) * 180 / Math.PI;
  };
  assert.ok(Math.abs(facing(0)) < 1e-6);
  assert.ok(Math.abs(facing(1) - 90) < 1e-6);
  assert.ok(facing(0.7) > 20 && facing(0.7) < 80);
});

Deno.test("createMotion() refuses what is no motion, naming the key and the value", () => {
  const key = keyOf("standing");
  assert.throws(() => createMotion([], { bpm: 100 }), /at least one key pose/);
  assert.throws(() => createMotion([key, { ...key, beats: 0 }], { bpm: 100 }), /key 1 lasts .* not 0/);
  assert.throws(() => createMotion([{ ...key, beats: -1, caption: "hop" }], { bpm: 100 }), /key 0 \("hop"\).* not -1/);
  assert.throws(() => createMotion([{ ...key, beats: NaN }], { bpm: 100 }), /not NaN/);
  assert.throws(() => createMotion([{ ...key, turn: Infinity }], { bpm: 100 }), /turns by .* not Infinity/);
  assert.throws(() => createMotion([key], { bpm: 0 }), /bpm .* not 0/);
  const slip: object = { bmp: 100 };
  assert.throws(() => createMotion([key], slip as { bpm: number }), /unknown option "bmp": did you mean "bpm"\?/);
  const nobody: object = { beats: 1 };
  assert.throws(() => createMotion([key, nobody as typeof key], { bpm: 100 }), /key 1 has no pose/);
  assert.throws(() => createMotion([key], { bpm: 100, hold: 1 }), /hold .* not 1/);
  const joints = { ...REST, left_knee: [0, NaN, 0] as const };
  assert.throws(() => createMotion([key, { pose: { joints }, beats: 1 }], { bpm: 100 }), /key 1 has left_knee at/);
  const gaze = [0, NaN, 1] as const;
  assert.throws(() => createMotion([{ pose: { joints: REST, gaze }, beats: 1 }], { bpm: 100 }), /key 0 has a hand or/);
  assert.throws(() => createMotion([key], { bpm: 100 }).poseAt(NaN), /pose at NaN/);
});

Deno.test("10,000 keys: frames cost the same at the end as at the start", () => {
  const ids = ["standing", "arms_up", "arms_forward", "half_squat"].map((id) => keyOf(id));
  const keys = Array.from({ length: 10_000 }, (_, i) => ids[i % ids.length] as Key);
  const motion: Motion = createMotion(keys, { bpm: 120 });
  const time = (from: number) => {
    const start = performance.now();
    for (let i = 0; i < 500; i++) motion.poseAt(from + i * 0.04);
    return performance.now() - start;
  };
  time(100);
  const [early, late] = [time(200), time(motion.seconds - 100)];
  assert.ok(late < 8 * early + 50, `${early} ms at the start, ${late} ms at the end`);
});
