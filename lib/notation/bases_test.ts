/** Every way to hold the body that the notation has words for: an example each, and each verifies. */
import assert from "node:assert/strict";
import { bodyOf, distance, JOINTS, lowPoints, verify } from "../skeleton/mod.ts";
import { mirrorNotation, mirrorPose } from "./mirror.ts";
import { type Notation, notationSchema } from "./spec.ts";
import { solve } from "./solve.ts";

const EXAMPLES: Readonly<Record<string, Notation>> = {
  all_fours: { base: "all_fours" },
  bird_dog: { base: "all_fours", right_arm: "forward middle", left_leg: "back middle" },
  fours_forearms: {
    base: "all_fours",
    right_arm: { touch: "floor", with: "forearm" },
    left_arm: { touch: "floor", with: "forearm" },
  },
  cow: { base: "all_fours", torso: { lean: "back 25", from: "waist" }, head: ["up 30"] },
  cat: { base: "all_fours", torso: { lean: "forward 35", from: "waist" } },
  lying_left: { base: "lying_left" },
  lying_left_leg_up: { base: "lying_left", right_leg: "side low" },
  back_knees_bent: { base: "lying_back", knees: 90 },
  back_leg_up: { base: "lying_back", left_leg: { knee: 90 }, right_leg: "forward middle" },
  back_legs_up: { base: "lying_back", right_leg: "forward middle", left_leg: "forward middle" },
  knees_to_chest: {
    base: "lying_back",
    right_leg: { upper: "forward 35", lower: "place low" },
    left_leg: { upper: "forward 35", lower: "place low" },
    right_arm: { touch: "right_knee" },
    left_arm: { touch: "left_knee" },
  },
  glute_bridge: { base: "lying_back", knees: 85, hips: "up 28" },
  crunch: {
    base: "lying_back",
    knees: 90,
    torso: { lean: "forward 35" },
    right_arm: { touch: "head_back" },
    left_arm: { touch: "head_back" },
  },
  dead_bug: {
    base: "lying_back",
    right_arm: "place high",
    left_arm: "forward middle",
    right_leg: { upper: "forward middle", lower: "place low" },
    left_leg: "forward -75",
  },
  superman: {
    base: "lying_front",
    torso: { lean: "back 22", from: "waist" },
    right_arm: "back 75",
    left_arm: "back 75",
    right_leg: "back -70",
    left_leg: "back -70",
  },
  sphinx: {
    base: "lying_front",
    torso: { lean: "back 36" },
    right_arm: { touch: "floor", with: "forearm" },
    left_arm: { touch: "floor", with: "forearm" },
  },
  cobra: {
    base: "lying_front",
    torso: { lean: "back 45" },
    right_arm: { touch: "floor", at: "forward" },
    left_arm: { touch: "floor", at: "forward" },
  },
  on_heels: { base: "kneeling", knees: 150, right_arm: { touch: "right_thigh" }, left_arm: { touch: "left_thigh" } },
  half_kneel: { base: "kneeling", left_leg: { step: "forward" } },
  childs_pose: {
    base: "kneeling",
    knees: 150,
    torso: { lean: "forward 115" },
    right_arm: { touch: "floor", at: "forward long" },
    left_arm: { touch: "floor", at: "forward long" },
  },
  camel: { base: "kneeling", knees: 78, torso: { lean: "back 38" } },
  legs_wide: { base: "floor", right_leg: "forward-side -2", left_leg: "forward-side -2" },
  bent_feet: {
    base: "floor",
    knees: 100,
    torso: { lean: "back 15" },
    right_arm: { touch: "floor", at: "back-side" },
    left_arm: { touch: "floor", at: "back-side" },
  },
  v_sit: {
    base: "floor",
    torso: { lean: "back 30", from: "hips" },
    right_leg: "forward 35",
    left_leg: "forward 35",
    right_arm: "forward middle",
    left_arm: "forward middle",
  },
  fold: { base: "floor", torso: { lean: "forward 70" }, right_arm: "forward -25", left_arm: "forward -25" },
  chair_forward: { base: "seat", torso: { lean: "forward 40" } },
  chair_leg_out: { base: "seat", right_leg: { knee: 8 } },
  tiptoe: { heels: "up" },
  tiptoe_arms: { heels: "up", feet: "together", right_arm: "place high", left_arm: "place high" },
  tiptoe_one: { left_leg: { upper: "forward middle", lower: "place low" }, heels: "up" },
  forward_bend: {
    torso: { lean: "forward 138" },
    right_arm: { touch: "floor", with: "fingertips", at: "forward" },
    left_arm: { touch: "floor", with: "fingertips", at: "forward" },
  },
  cross_legged: {
    base: "floor",
    legs: "left over right",
    right_arm: { touch: "right_knee" },
    left_arm: { touch: "left_knee" },
  },
  butterfly: {
    base: "floor",
    legs: "soles together",
    right_arm: { touch: "right_knee" },
    left_arm: { touch: "left_knee" },
  },
  chair_crossed: {
    base: "seat",
    legs: "left over right",
    right_arm: { touch: "left_knee" },
    left_arm: { touch: "left_thigh" },
  },
  lying_right: { base: "lying_right" },
  hug_knees: {
    base: "floor",
    knees: 108,
    torso: { lean: "back 14", from: "hips" },
    right_arm: { touch: "right_shin" },
    left_arm: { touch: "left_shin" },
  },
  one_bent: { base: "floor", left_leg: { knee: 95 }, left_arm: { touch: "left_knee" } },
  fold_toes: {
    base: "floor",
    torso: { lean: "forward 80" },
    right_arm: { touch: "right_foot" },
    left_arm: { touch: "left_foot" },
  },
  bend_shins: { torso: { lean: "forward 120" }, right_arm: { touch: "right_shin" }, left_arm: { touch: "left_shin" } },
  windmill: { feet: "wide", torso: { lean: "forward 132" }, right_arm: { touch: "left_shin" }, left_arm: "side high" },
  plank_forearms: {
    base: "plank",
    right_arm: { touch: "floor", with: "forearm" },
    left_arm: { touch: "floor", with: "forearm" },
  },
  push_up_low: {
    base: "plank",
    right_arm: { upper: "side -20", lower: "forward middle" },
    left_arm: { upper: "side -20", lower: "forward middle" },
  },
  push_up_on_knees: {
    base: "plank",
    right_leg: { upper: "place low", lower: "back 20" },
    left_leg: { upper: "place low", lower: "back 20" },
  },
  plank_leg_up: { base: "plank", left_leg: "back -65" },
  downward_dog: {
    base: "plank",
    torso: { lean: "forward 85" },
    right_arm: "forward 8",
    left_arm: "forward 8",
    right_foot: "flat",
    left_foot: "flat",
  },
  side_plank: { base: "side_plank_left" },
  side_plank_forearm: {
    base: "side_plank_right",
    right_arm: { touch: "floor", with: "forearm" },
    left_arm: { touch: "left_hip" },
  },
  reverse_plank: { base: "reverse_plank" },
  tabletop: {
    base: "reverse_plank",
    right_leg: { upper: "forward -70", lower: "back middle" },
    left_leg: { upper: "forward -70", lower: "back middle" },
    right_foot: "flat",
    left_foot: "flat",
  },
  tree: { left_leg: { touch: "right_knee" }, right_arm: { touch: "above_head" }, left_arm: { touch: "above_head" } },
  tree_thigh: { right_leg: { touch: "left_thigh" }, right_arm: "side middle", left_arm: "side middle" },
  passe: { right_leg: { touch: "left_shin" }, right_arm: "side middle", left_arm: "side middle" },
  overhead_clap: { right_arm: { touch: "above_head" }, left_arm: { touch: "above_head" } },
  cover_eyes: { right_arm: { touch: "right_eye" }, left_arm: { touch: "left_eye" } },
  cover_ears: { right_arm: { touch: "right_ear" }, left_arm: { touch: "left_ear" } },
  cover_cheeks: { right_arm: { touch: "right_cheek" }, left_arm: { touch: "left_cheek" } },
  salute_temple: { right_arm: { touch: "right_temple" }, feet: "together" },
  hands_on_back: { right_arm: { touch: "back" }, left_arm: { touch: "back" } },
  warrior_3: {
    torso: { lean: "forward 80", from: "hips" },
    right_leg: "back middle",
    right_arm: "forward middle",
    left_arm: "forward middle",
  },
  airplane: {
    torso: { lean: "forward 80", from: "hips" },
    right_leg: "back middle",
    right_arm: "side middle",
    left_arm: "side middle",
  },
  side_lunge: {
    right_leg: { step: "side 0.8", knee: 95 },
    torso: { lean: "forward 30" },
    right_arm: "forward middle",
    left_arm: "forward middle",
  },
  goddess: {
    feet: "wide",
    right_leg: { knee: 80, toes: "forward-side" },
    left_leg: { knee: 80, toes: "forward-side" },
    right_arm: { upper: "side middle", lower: "place high" },
    left_arm: { upper: "side middle", lower: "place high" },
  },
  arabesque: {
    torso: { lean: "forward 40", from: "hips" },
    right_leg: "back -25",
    right_foot: "pointed",
    right_arm: "side middle",
    left_arm: "forward 15",
  },
  leg_side: { right_leg: "side -50", right_arm: "side middle", left_arm: "side middle" },
  leg_back: { right_leg: "back -65", right_arm: "forward middle", left_arm: "forward middle" },
  knee_to_elbow: {
    left_leg: { upper: "forward 25", lower: "place low" },
    torso: { lean: "forward 25", twist: "left 25" },
    right_arm: { touch: "left_knee" },
    left_arm: { touch: "head_back" },
  },
  mountain_climber: { base: "plank", right_leg: { upper: "forward 30", lower: "back -55" }, right_foot: "pointed" },
  shoulder_tap: { base: "plank", right_leg: "side -75", left_leg: "side -75", right_arm: { touch: "left_shoulder" } },
  candle: {
    base: "lying_back",
    hips: "up 40",
    right_leg: "forward 55",
    left_leg: "forward 55",
    right_arm: { touch: "right_hip_back", elbow: "back low" },
    left_arm: { touch: "left_hip_back", elbow: "back low" },
  },
  hand_over_hand: { right_arm: { touch: "belly" }, left_arm: { touch: "right_hand_back" } },
  hands_on_heart: { right_arm: { touch: "heart" }, left_arm: { touch: "right_hand_back" } },
  quad_stretch: {
    right_leg: { upper: "back -78", lower: "back 65" },
    right_arm: { touch: "right_ankle" },
    left_arm: "forward middle",
  },
  quad_foot: {
    right_leg: { upper: "back -70", lower: "back 75" },
    right_arm: { touch: "right_foot", elbow: "back middle" },
    left_arm: "side middle",
  },
  warrior_1: { right_leg: { step: "forward long", knee: 80 }, right_arm: "place high", left_arm: "place high" },
  warrior_2: {
    right_leg: { step: "side 0.9", knee: 60, toes: "forward-side" },
    right_arm: "side middle",
    left_arm: "side middle",
    head: ["right 75"],
  },
  curtsey: {
    right_leg: { step: "back-across 0.65", heel: "up" },
    left_leg: { knee: 50 },
    right_arm: "side low",
    left_arm: "side low",
  },
  cross_step: { right_leg: { step: "forward-across 0.5" }, right_arm: "side middle", left_arm: "side middle" },
  side_step: {
    right_leg: { step: "side short" },
    left_leg: { heel: "up" },
    weight: "right",
    right_arm: { touch: "right_hip" },
    left_arm: { touch: "left_hip" },
  },
  first_position: { right_leg: { toes: "forward-side" }, left_leg: { toes: "forward-side" } },
  standing_fold_hands: {
    knees: 55,
    torso: { lean: "forward 142" },
    right_arm: { touch: "floor", at: "forward" },
    left_arm: { touch: "floor", at: "forward" },
  },
};

for (const [name, notation] of Object.entries(EXAMPLES)) {
  Deno.test(`solve() finds a body that verifies: ${name}`, () => {
    const { pose, notes, ...solved } = solve(notationSchema.parse(notation));
    assert.deepEqual([...notes, ...verify(pose, solved).map(({ message }) => message)], []);
  });
}

Deno.test("every example mirrored in words is the mirrored body", () => {
  for (const [name, notation] of Object.entries(EXAMPLES)) {
    // The heart is on the left, whoever looks into the mirror.
    if (name === "hands_on_heart") continue;
    const mirrored = mirrorPose(solve(notation).pose);
    const again = solve(mirrorNotation(notation)).pose;
    for (const joint of JOINTS) {
      const gap = distance(mirrored.joints[joint], again.joints[joint]);
      assert.ok(gap < 1e-6, `${name}: ${joint} ${gap}`);
    }
  }
});

Deno.test("hands and knees, or hands and feet, share the floor", () => {
  for (const base of ["all_fours", "plank", "reverse_plank", "side_plank_left", "side_plank_right"] as const) {
    const points = lowPoints(bodyOf(solve({ base }).pose));
    const lowest = (of: RegExp) => Math.min(...points.filter((p) => of.test(p.joint)).map(({ height }) => height));
    assert.ok(Math.abs(lowest(/wrist/)) < 0.006, `${base}: hands ${lowest(/wrist/)}`);
    assert.ok(Math.abs(lowest(/knee|ankle|foot/)) < 0.006, `${base}: feet ${lowest(/knee|ankle|foot/)}`);
  }
});

Deno.test("words that a base cannot follow are refused and say where they can", () => {
  assert.throws(() => solve({ hips: "up 20" }), /up 20.*lying_back/);
  assert.throws(() => solve({ legs: "left over right" }), /left over right.*standing.*floor/);
  assert.throws(() => solve({ torso: { from: "hips" } }), /hips.*lean/);
});
