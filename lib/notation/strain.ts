/** What a body strains: motions beyond their range, parts inside each other, flesh under the floor. */
import {
  allowedDepth,
  angle,
  axialRotation,
  type Body,
  type Capsule,
  capsulesOf,
  cross,
  depth,
  hipRotation,
  type Joint,
  type JointMotion,
  length,
  lowPoints,
  motionsOf,
  type Part,
  RANGE,
  scale,
  type Side,
  SIDES,
  sign,
  sub,
  toFrame,
  unit,
  type Vec3,
} from "../skeleton/mod.ts";

/** Pairs of parts that touch on purpose. */
type Contacts = readonly (readonly [Part, Part])[];

/** Two parts deeper in each other than they may be (m). */
interface Overlap {
  readonly parts: readonly [Part, Part];
  readonly excess: number;
}

/** The pairs of capsules that may not be in each other, by their places in the list that `capsulesOf` gives. */
export type Pairs = readonly { readonly a: number; readonly b: number; readonly allowed: number }[];

/**
 * The pairs worth looking at.
 *
 * @param contacts what touches on purpose. @param moves whether a part moves; pairs of which neither does are left out.
 */
export function pairsOf(body: Body, contacts: Contacts, moves: (part: Part) => boolean = () => true): Pairs {
  const parts = capsulesOf(body).map(({ part }) => part);
  const touching = new Set(contacts.flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]));
  return parts.flatMap((p, a) =>
    parts.slice(a + 1).flatMap((q, i) => {
      const allowed = allowedDepth(p, q);
      if (allowed === Infinity || touching.has(`${p} ${q}`) || !(moves(p) || moves(q))) return [];
      return [{ a, b: a + 1 + i, allowed }];
    })
  );
}

/** How far (m) a pair of capsules is beyond what it may be; not above 0 where it is not. */
const excessOf = (capsules: readonly Capsule[], { a, b, allowed }: Pairs[number]): number => {
  const [p, q] = [capsules[a], capsules[b]];
  return p && q ? depth(p, q) - allowed : 0;
};

/** The parts of a body that are too deep in each other, deepest first. */
export function overlapsOf(body: Body, contacts: Contacts): Overlap[] {
  const capsules = capsulesOf(body);
  return pairsOf(body, contacts).flatMap((pair): Overlap[] => {
    const excess = excessOf(capsules, pair);
    const [p, q] = [capsules[pair.a], capsules[pair.b]];
    return excess > 0 && p && q ? [{ parts: [p.part, q.part], excess }] : [];
  }).sort((x, y) => y.excess - x.excess);
}

/** Joints in the order that their motions are told in. */
const MOTIONS: readonly string[] = [
  ...["spine trunk flexion", "spine trunk side bend", "spine trunk rotation"],
  ...["head neck rotation", "head neck flexion", "neck neck side bend"],
  ...SIDES.flatMap((side) => [
    `${side}_elbow elbow flexion`,
    `${side}_shoulder shoulder extension`,
    `${side}_shoulder shoulder cross-body adduction`,
    `${side}_wrist wrist bend`,
    `${side}_wrist forearm rotation`,
    `${side}_hip hip flexion`,
    `${side}_hip hip abduction`,
    `${side}_knee knee flexion`,
    `${side}_ankle ankle dorsiflexion`,
  ]),
];
const ROW = new Map(MOTIONS.map((name, row) => [name, row]));

/** Degrees beyond a range, or 0. */
const beyond = (motion: JointMotion, value: number): number => {
  const [min, max] = RANGE[motion];
  return value < min ? min - value : value > max ? value - max : 0;
};

/** How far (degrees) inside its range a limb's turn about its own upper bone is to stay: a short lever tells it badly. */
const TURN_MARGIN = 1.5;

/**
 * Degrees by which a forearm or shank points off the side that shoulder or hip can turn its bend to. The range's own degrees
 * mean little while the limb is nearly straight, and are not counted below 20° of bend: times the sine of the bend they
 * are degrees of the lower bone's direction, and fade out without a step.
 */
function turnedTooFar({ joints: j, chest, pelvis }: Body, side: Side, arm: boolean): number {
  const [a, b, c] = arm
    ? [j[`${side}_shoulder`], j[`${side}_elbow`], j[`${side}_wrist`]]
    : [j[`${side}_hip`], j[`${side}_knee`], j[`${side}_ankle`]];
  const [upper, lower] = [unit(sub(b, a)), unit(sub(c, b))];
  const down = scale(chest.y, -1);
  if (arm && angle(upper, down) >= 120) return 0;
  const [min, max] = RANGE[arm ? "shoulder rotation" : "hip rotation"];
  const value = arm ? sign(side) * axialRotation(upper, lower, down, chest.z) : hipRotation(side, pelvis, upper, lower);
  return Math.max(0, min + TURN_MARGIN - value, value - max + TURN_MARGIN) * length(cross(upper, lower));
}

/** Degrees by which an upper arm that goes across the body passes behind it: the table only tells of the front. */
function behind(body: Body, side: Side): number {
  const { joints: j, chest } = body;
  const upper: Vec3 = unit(sub(j[`${side}_elbow`], j[`${side}_shoulder`]));
  const elevation = angle(upper, scale(chest.y, -1));
  const [x, , z] = toFrame(chest, upper);
  if (elevation <= 25 || elevation >= 150 || z > 0 || x * sign(side) >= 0) return 0;
  return 360 + Math.atan2(z, x * sign(side)) * 180 / Math.PI - RANGE["shoulder cross-body adduction"][1];
}

/** Whether an upper arm is asked to be in front of the chest's plane, or in it. */
export function inFront(body: Body, side: Side): boolean {
  const { joints: j, chest } = body;
  return toFrame(chest, unit(sub(j[`${side}_elbow`], j[`${side}_shoulder`])))[2] > -0.1;
}

/** How far (m) inside what may be parts keep from each other, and how far under the floor nothing goes. */
const CLEAR_MARGIN = 0.0015;
export const FLOOR_TOLERANCE = 0.004;
/** Degrees beyond a range that still verify. */
const LIMIT_TOLERANCE = 0.5;
/** One millimetre too deep weighs as much as one degree too far. */
const MILLIMETRES = 1000;

/**
 * The strain of a body as a list of numbers, the same length every time: degrees and millimetres beyond what may be.
 *
 * @param pairs from `pairsOf`. @param front the sides whose upper arm keeps in front.
 */
export function strainOf(body: Body, pairs: Pairs, front: readonly Side[]): number[] {
  const strain = new Array<number>(MOTIONS.length).fill(0);
  for (const [joint, motion, value] of motionsOf(body)) {
    const row = ROW.get(`${joint} ${motion}`);
    if (row !== undefined) strain[row] = beyond(motion, value);
  }
  for (const side of SIDES) {
    strain.push(
      front.includes(side) ? behind(body, side) : 0,
      turnedTooFar(body, side, true),
      turnedTooFar(body, side, false),
    );
  }
  const capsules = capsulesOf(body);
  for (const pair of pairs) strain.push(Math.max(0, excessOf(capsules, pair) + CLEAR_MARGIN) * MILLIMETRES);
  for (const { height } of lowPoints(body)) strain.push(Math.max(0, -height - FLOOR_TOLERANCE) * MILLIMETRES);
  return strain;
}

/** Motions with what they are (degrees), each of its joint. */
export type Limits = readonly { readonly joint: Joint; readonly motion: JointMotion; readonly value: number }[];

/** The motions of a body that leave their range, with what they are (degrees). */
export const beyondLimits = (body: Body): Limits =>
  motionsOf(body).filter(([, motion, value]) => beyond(motion, value) > LIMIT_TOLERANCE)
    .map(([joint, motion, value]) => ({ joint, motion, value }));
