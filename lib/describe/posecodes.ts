/**
 * Posecodes: what is true of a pose, computed from its joints and hands, after PoseScript (Delmas et al., ECCV 2022,
 * section 4). Directions are in the words of the notation, so that a fact of a pose and a word of a file can be compared.
 */
import {
  along,
  angle,
  type Body,
  bodyOf,
  distance,
  type Frame,
  frameFrom,
  type Pose,
  reject,
  scale,
  SEGMENT,
  type Side,
  SIDES,
  sign,
  sub,
  toFrame,
  unit,
  type Vec3,
} from "../skeleton/mod.ts";
import { elevationOf, headOf, leanOf, twistOf } from "./angles.ts";
import { followsBody, NOTABLE, type Posture, postureOf, type Support, supportOf, UP } from "./posture.ts";
import { DIRECTIONS, isOnArm, type Landmark, LANDMARKS, placeOf } from "../notation/mod.ts";

/** A direction and level in the notation's words: `"forward middle"`, `"place high"`. */
export type DirectionWords = string;

/** How far a hinge is bent. */
export type Bend = "straight" | "slight" | "bent" | "right_angle" | "sharp";

/** Where a palm faces. `in`: towards the body's middle. */
export type Facing = "up" | "down" | "forward" | "back" | "in" | "out";

/** One fact of a pose. Left and right are the figure's own; degrees are rounded to whole ones. */
export type Posecode =
  | { readonly kind: "limb"; readonly limb: `${Side}_${"arm" | "leg"}`; readonly direction: DirectionWords }
  | {
    readonly kind: "bone";
    readonly bone: `${Side}_${"upper_arm" | "forearm" | "thigh" | "shank"}`;
    readonly direction: DirectionWords;
  }
  | {
    readonly kind: "bend";
    readonly joint: `${Side}_${"elbow" | "knee"}`;
    readonly bend: Bend;
    readonly degrees: number;
  }
  | { readonly kind: "contact"; readonly hand: Side; readonly place: Landmark }
  | { readonly kind: "palm"; readonly hand: Side; readonly facing: Facing }
  | { readonly kind: "lean"; readonly way: "forward" | "back" | "left" | "right"; readonly degrees: number }
  | { readonly kind: "twist"; readonly way: Side; readonly degrees: number }
  | {
    readonly kind: "head";
    readonly way: "left" | "right" | "up" | "down" | "tilt-left" | "tilt-right";
    readonly degrees: number;
  }
  | { readonly kind: "support"; readonly by: readonly Support[] }
  | { readonly kind: "feet"; readonly stance: "together" | "apart" | "wide" | "stepped" }
  /** Both heels are lifted off the floor that the balls of the feet stand on. */
  | { readonly kind: "tiptoe" }
  | { readonly kind: "posture"; readonly posture: Posture };

/** A limb bent by less than this (degrees) counts as straight, after the first step of PoseScript's bend categories. */
const STRAIGHT = 22.5;
const BENDS: readonly (readonly [most: number, bend: Bend])[] = [
  [STRAIGHT, "straight"],
  [50, "slight"],
  [75, "bent"],
  [105, "right_angle"],
  [180, "sharp"],
];
/** A palm nearer than this (m) to a place touches it. */
const TOUCH = 0.06;

/** The words for a direction: the nearest of the eight around, at the nearest level. */
export function wordsOf(direction: Vec3, frame: Frame, side: Side): DirectionWords {
  const [x, y, z] = toFrame(frame, unit(direction));
  const elevation = elevationOf(y);
  if (Math.abs(elevation) > 67.5) return elevation > 0 ? "place high" : "place low";
  const level = elevation > 22.5 ? "high" : elevation < -22.5 ? "low" : "middle";
  const length = Math.hypot(x, z);
  let [best, most] = ["forward", -Infinity];
  for (const [word, [away, ahead]] of Object.entries(DIRECTIONS)) {
    const near = (x * sign(side) * away + z * ahead) / (length * Math.hypot(away, ahead));
    if (near > most) [best, most] = [word, near];
  }
  return `${best} ${level}`;
}

/** The frames that the words for limbs are about: lean does not carry the arms' directions, a twist does. */
function wordFrames(body: Body, lying: boolean): { arms: Frame; legs: Frame } {
  if (lying) return { arms: body.chest, legs: body.pelvis };
  const upright = (f: Frame) => frameFrom(UP, reject(f.x, UP));
  return { arms: upright(body.chest), legs: upright(body.pelvis) };
}

const bendOf = (degrees: number): Bend => BENDS.find(([most]) => degrees <= most)?.[1] ?? "sharp";

function armCodes(side: Side, body: Body, frame: Frame): Posecode[] {
  const j = body.joints;
  const upper = sub(j[`${side}_elbow`], j[`${side}_shoulder`]);
  const lower = sub(j[`${side}_wrist`], j[`${side}_elbow`]);
  return limbCodes(side, "arm", upper, lower, frame, ["upper_arm", "forearm"], "elbow");
}

function limbCodes(
  side: Side,
  limb: "arm" | "leg",
  upper: Vec3,
  lower: Vec3,
  frame: Frame,
  bones: readonly ["upper_arm", "forearm"] | readonly ["thigh", "shank"],
  joint: "elbow" | "knee",
): Posecode[] {
  const degrees = angle(upper, lower);
  const bend = bendOf(degrees);
  const bent: Posecode = { kind: "bend", joint: `${side}_${joint}`, bend, degrees: Math.round(degrees) };
  if (bend === "straight") {
    // The whole limb's direction, which a slight bend does not change.
    const whole = along(unit(upper), unit(lower), 1);
    return [{ kind: "limb", limb: `${side}_${limb}`, direction: wordsOf(whole, frame, side) }, bent];
  }
  return [
    { kind: "bone", bone: `${side}_${bones[0]}`, direction: wordsOf(upper, frame, side) },
    { kind: "bone", bone: `${side}_${bones[1]}`, direction: wordsOf(lower, frame, side) },
    bent,
  ];
}

/** The place that a palm lies on, if any: the nearest one that it faces. */
function contactOf(side: Side, body: Body): Landmark | undefined {
  const { direction, palm } = body.hands[side];
  const wrist = body.joints[`${side}_wrist`];
  let [best, least]: [Landmark | undefined, number] = [undefined, TOUCH];
  for (const name of LANDMARKS) {
    if (name === "floor" || name === "above_head" || isOnArm(name, side)) continue;
    const place = placeOf(name, side, body);
    if (angle(palm, scale(place.normal, -1)) > 75) continue;
    // The middle of the palm, or the fingers where the wrist is lifted off.
    const gap = Math.min(
      ...[0.5, 0.7, 0.85].map((share) => distance(along(wrist, direction, SEGMENT.hand * share), place.point)),
    );
    if (gap < least) [best, least] = [name, gap];
  }
  return best;
}

function facingOf(side: Side, body: Body, frame: Frame): Facing {
  const [x, y, z] = toFrame(frame, body.hands[side].palm);
  const away = x * sign(side);
  const values: readonly (readonly [Facing, number])[] = [
    ["up", y],
    ["down", -y],
    ["forward", z],
    ["back", -z],
    ["out", away],
    ["in", -away],
  ];
  return values.reduce((a, b) => b[1] > a[1] ? b : a)[0];
}

function trunkCodes(body: Body, legs: Frame, lying: boolean): Posecode[] {
  const codes: Posecode[] = [];
  if (!lying) {
    const { forward, left } = leanOf(body, legs);
    if (Math.abs(forward) > NOTABLE) {
      codes.push({ kind: "lean", way: forward > 0 ? "forward" : "back", degrees: Math.round(Math.abs(forward)) });
    }
    if (Math.abs(left) > NOTABLE) {
      codes.push({ kind: "lean", way: left > 0 ? "left" : "right", degrees: Math.round(Math.abs(left)) });
    }
  }
  const twist = twistOf(body);
  if (Math.abs(twist) > NOTABLE) {
    codes.push({ kind: "twist", way: twist > 0 ? "left" : "right", degrees: Math.round(Math.abs(twist)) });
  }
  return [...codes, ...headCodes(body)];
}

function headCodes(body: Body): Posecode[] {
  const { turn, nod, tilt } = headOf(body);
  const found: readonly (readonly [number, "left" | "up" | "tilt-left", "right" | "down" | "tilt-right"])[] = [
    [turn, "left", "right"],
    [nod, "up", "down"],
    [tilt, "tilt-left", "tilt-right"],
  ];
  return found.filter(([value]) => Math.abs(value) > NOTABLE + 8).map(([value, plus, minus]) => ({
    kind: "head",
    way: value > 0 ? plus : minus,
    degrees: Math.round(Math.abs(value)),
  }));
}

function feetCode(body: Body, by: readonly Support[]): Posecode[] {
  if (!by.includes("left_foot") || !by.includes("right_foot") || by.length > 2) return [];
  const [x, , z] = toFrame(frameFrom(UP, reject(body.pelvis.x, UP)), sub(body.feet.left.heel, body.feet.right.heel));
  const stance = Math.abs(z) > 0.25 ? "stepped" : x > 0.42 ? "wide" : x > 0.13 ? "apart" : "together";
  return [{ kind: "feet", stance }];
}

/** How high (m) a heel is over the ball of its foot on tiptoe. */
const TIPTOE = 0.05;

function tiptoeCode({ feet }: Body, by: readonly Support[]): Posecode[] {
  if (by.length === 0 || by.some((part) => !part.endsWith("_foot"))) return [];
  const lifted = SIDES.filter((side) => by.includes(`${side}_foot`)).every((side) => feet[side].heel[1] > TIPTOE);
  return lifted ? [{ kind: "tiptoe" }] : [];
}

/**
 * Everything that holds of a pose.
 *
 * @param pose joints in metres, with or without hands.
 * @returns facts in a fixed order: posture, support, feet, trunk, head, arms with hands, legs.
 */
export function posecodes(pose: Pose): Posecode[] {
  const body = bodyOf(pose);
  const by = supportOf(body);
  const posture = postureOf(body, by);
  const lying = followsBody(posture);
  const frames = wordFrames(body, lying);
  const j = body.joints;
  const hand = (side: Side): Posecode => {
    const place = contactOf(side, body);
    return place === undefined
      ? { kind: "palm", hand: side, facing: facingOf(side, body, frames.arms) }
      : { kind: "contact", hand: side, place };
  };
  return [
    { kind: "posture", posture },
    { kind: "support", by },
    ...feetCode(body, by),
    ...tiptoeCode(body, by),
    ...trunkCodes(body, frames.legs, lying),
    ...SIDES.flatMap((side) => [...armCodes(side, body, frames.arms), hand(side)]),
    ...SIDES.flatMap((side) =>
      limbCodes(
        side,
        "leg",
        sub(j[`${side}_knee`], j[`${side}_hip`]),
        sub(j[`${side}_ankle`], j[`${side}_knee`]),
        frames.legs,
        ["thigh", "shank"],
        "knee",
      )
    ),
  ];
}
