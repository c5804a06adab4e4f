/**
 * Ranges of motion, and which joints of a body leave them.
 *
 * The table was fixed before any pose was checked against it. Single-joint ranges are those of the American Academy of
 * Orthopaedic Surgeons, *Joint Motion* (1965), as tabled by Norkin & White, *Measurement of Joint Motion* (2016),
 * appendix B. Where people stand on the joint or move several at once, the combined range takes its place:
 * ankle dorsiflexion under load (weight-bearing lunge, Bennell et al. 1998: about 40°), knee flexion in deep squats and
 * kneeling (Hemmerich et al. 2006: 157°), hip flexion with the pelvis's tilt, shoulder rotation with the arm at the side
 * or with the shoulder blade's help (Namdari et al. 2012: 102° ± 8° inwards), gaze with the upper neck.
 */
import type { Body } from "./body.ts";
import { type Joint, type Joints, type Side, SIDES, sign } from "./skeleton.ts";
import { angle, cross, dot, type Frame, length, reject, rotate, scale, sub, toFrame, unit, type Vec3 } from "./vec.ts";

/** A motion of a joint outside its range; degrees. */
export interface LimitViolation {
  /** The joint that moves. */
  readonly joint: Joint;
  /** Which of its motions, a key of {@linkcode RANGE}. */
  readonly motion: string;
  /** The angle found. */
  readonly degrees: number;
  /** The least that the range allows. */
  readonly min: number;
  /** The most that the range allows. */
  readonly max: number;
}

/** Ranges in degrees. */
export const RANGE = {
  "elbow flexion": [0, 150],
  "wrist bend": [0, 80],
  "forearm rotation": [0, 95],
  "shoulder extension": [-180, 60],
  "shoulder cross-body adduction": [-95, 135],
  "shoulder rotation": [-100, 110],
  "hip flexion": [-30, 135],
  "hip abduction": [-30, 55],
  "hip rotation": [-50, 60],
  "knee flexion": [0, 157],
  "ankle dorsiflexion": [-65, 40],
  "trunk flexion": [-30, 80],
  "trunk side bend": [-35, 35],
  "trunk rotation": [-45, 45],
  "neck rotation": [-80, 80],
  "neck flexion": [-75, 60],
  "neck side bend": [-45, 45],
} as const satisfies Record<string, readonly [number, number]>;

/** The name of a joint's motion that has a range. */
export type JointMotion = keyof typeof RANGE;

const degrees = (radians: number) => radians * 180 / Math.PI;
const arcsine = (x: number) => degrees(Math.asin(Math.max(-1, Math.min(1, x))));

/**
 * How far a two-bone limb is turned about its upper bone, from where the shortest arc from hanging would leave it.
 *
 * @param upper direction of the upper bone. @param lower of the lower one, bent off it.
 * @param down where the limb hangs at rest. @param ahead where the lower bone bends to, at rest.
 * @returns degrees, right-handed about `upper`.
 */
export function axialRotation(upper: Vec3, lower: Vec3, down: Vec3, ahead: Vec3): number {
  const axis = cross(down, upper);
  const reference = reject(length(axis) < 1e-6 ? ahead : rotate(ahead, axis, angle(down, upper)), upper);
  const bend = reject(lower, upper);
  return degrees(Math.atan2(dot(cross(reference, bend), upper), dot(reference, bend)));
}

/** The shoulder's and elbow's motions, for the arm's two directions. */
export function armMotions(side: Side, body: Pick<Body, "chest">, upper: Vec3, lower: Vec3): [JointMotion, number][] {
  const { chest } = body;
  const down = scale(chest.y, -1);
  const [x, , z] = toFrame(chest, upper);
  const elevation = angle(upper, down);
  const flexion = angle(upper, lower);
  const motions: [JointMotion, number][] = [["elbow flexion", flexion]];
  if (elevation > 25 && elevation < 150) {
    motions.push(["shoulder extension", arcsine(-z)]);
    if (z > 0) motions.push(["shoulder cross-body adduction", degrees(Math.atan2(z, x * sign(side)))]);
  }
  // Near overhead the reference arc flips, and any rotation can be reached another way round.
  if (flexion > 20 && elevation < 120) {
    motions.push(["shoulder rotation", sign(side) * axialRotation(upper, lower, down, chest.z)]);
  }
  return motions;
}

/**
 * How far the thigh is turned about itself: from the axis that is perpendicular to it and to the line of the hips, as
 * the International Society of Biomechanics measures it (Wu et al. 2002, *J. Biomech.* 35, hip), and as the table does:
 * AAOS reads rotation off the shank of who sits, 0 where it hangs, however far the knees are apart.
 *
 * @param thigh direction from hip to knee. @param shank from knee to ankle, bent off it.
 * @returns degrees, the shank outwards positive.
 */
export function hipRotation(side: Side, pelvis: Frame, thigh: Vec3, shank: Vec3): number {
  const behind = cross(pelvis.x, thigh);
  const bend = reject(shank, thigh);
  return sign(side) * degrees(Math.atan2(dot(cross(behind, bend), thigh), dot(behind, bend)));
}

const boneOf = (joints: Joints) => (from: Joint, to: Joint) => unit(sub(joints[to], joints[from]));

/** The motions of an arm and its hand that have a range, in degrees. */
export function armMotionsOf(
  side: Side,
  body: Pick<Body, "joints" | "chest" | "hands">,
): [Joint, JointMotion, number][] {
  const bone = boneOf(body.joints);
  const upper = bone(`${side}_shoulder`, `${side}_elbow`);
  const lower = bone(`${side}_elbow`, `${side}_wrist`);
  const hand = body.hands[side];
  const result: [Joint, JointMotion, number][] = armMotions(side, body, upper, lower).map(([motion, value]) => [
    motion === "elbow flexion" ? `${side}_elbow` : `${side}_shoulder`,
    motion,
    value,
  ]);
  result.push([`${side}_wrist`, "wrist bend", angle(lower, hand.direction)]);
  if (angle(upper, lower) > 20) {
    // With a straight elbow the shoulder turns the palm too; bent, the forearm alone does, about neutral (thumb up).
    const hinge = scale(cross(upper, lower), sign(side));
    result.push([`${side}_wrist`, "forearm rotation", angle(hinge, reject(hand.palm, lower))]);
  }
  return result;
}

function legMotionsOf(side: Side, { joints, pelvis, feet }: Body): [Joint, JointMotion, number][] {
  const bone = boneOf(joints);
  const thigh = bone(`${side}_hip`, `${side}_knee`);
  const shank = bone(`${side}_knee`, `${side}_ankle`);
  const result: [Joint, JointMotion, number][] = [];
  const [x, y, z] = toFrame(pelvis, thigh);
  if (Math.hypot(y, z) > 0.3) result.push([`${side}_hip`, "hip flexion", degrees(Math.atan2(z, -y))]);
  result.push([`${side}_hip`, "hip abduction", arcsine(x * sign(side))]);
  const kneeFlexion = angle(thigh, shank);
  result.push([`${side}_knee`, "knee flexion", kneeFlexion]);
  if (kneeFlexion > 20) {
    result.push([`${side}_hip`, "hip rotation", hipRotation(side, pelvis, thigh, shank)]);
  }
  const foot = feet[side];
  result.push([`${side}_ankle`, "ankle dorsiflexion", 90 - angle(foot.forward, scale(shank, -1))]);
  return result;
}

/** Every motion of a body that has a range, in degrees. */
export function motionsOf(body: Body): [Joint, JointMotion, number][] {
  const { chest, pelvis, head } = body;
  const trunk = toFrame(pelvis, chest.y);
  const twist = toFrame(pelvis, chest.z);
  const gaze = toFrame(chest, head.z);
  const crown = toFrame(chest, head.y);
  return [
    ["spine", "trunk flexion", degrees(Math.atan2(trunk[2], trunk[1]))],
    ["spine", "trunk side bend", arcsine(trunk[0])],
    ["spine", "trunk rotation", degrees(Math.atan2(twist[0], twist[2]))],
    ["head", "neck rotation", degrees(Math.atan2(gaze[0], gaze[2]))],
    ["head", "neck flexion", -arcsine(gaze[1])],
    ["neck", "neck side bend", arcsine(crown[0])],
    ...SIDES.flatMap((side) => [...armMotionsOf(side, body), ...legMotionsOf(side, body)]),
  ];
}

/**
 * The motions that leave their range.
 *
 * @param tolerance degrees beyond the range that still pass: 0.5 for our own poses, 5 for poses from outside.
 */
export function limitViolations(body: Body, tolerance = 0.5): LimitViolation[] {
  return violationsAmong(motionsOf(body), tolerance);
}

/** Those motions, of any that have a range, that leave it. */
export function violationsAmong(
  motions: readonly [Joint, JointMotion, number][],
  tolerance: number,
): LimitViolation[] {
  return motions.flatMap(([joint, motion, value]) => {
    const [min, max] = RANGE[motion];
    if (value >= min - tolerance && value <= max + tolerance) return [];
    return [{ joint, motion, degrees: value, min, max }];
  });
}
