/** How far a body is from what was asked, joint by joint and limb by limb. */
import {
  along,
  angle,
  type Body,
  bodyOf,
  distance,
  type Frame,
  type Joint,
  JOINTS,
  length,
  other,
  type Pose,
  SEGMENT,
  segmentDistance,
  type Side,
  SIDES,
  sub,
  toFrame,
  type Vec3,
} from "../skeleton/mod.ts";
import { armWords, isOnFoot, placeTouched } from "./bases.ts";
import { isOnArm, type Landmark, placeOf } from "./landmarks.ts";
import type { Miss } from "./miss.ts";
import { type FootRest, footRest } from "./project_task.ts";
import { carry, type Limb, type LimbName, LIMBS, lineOf, shapeOf, sideOf } from "./shape.ts";
import type { Solved } from "./solve.ts";
import { type Notation, touchOf } from "./spec.ts";
import { soleRest } from "./touching_leg.ts";

/** A joint that was turned so that a body can hold what was asked. */
export interface JointChange {
  /** The joint that was turned. */
  readonly joint: Joint;
  /** How far what hangs on the joint was turned against what the joint hangs on; degrees. */
  readonly degrees: number;
}

/** How far a part of the body stays from what was asked. */
export interface Deviation {
  /** As in `left upper arm`, `right leg` (hip to ankle), `trunk`, `left hand` (from the place that it touches). */
  readonly part: string;
  /** How far it stays away, in `unit`. */
  readonly amount: number;
  /** Centimetres for a hand that touches a place, degrees for the rest. */
  readonly unit: "degrees" | "centimetres";
  /** The most that is still the same pose, in that unit; more is refused. */
  readonly most: number;
  /** As in `left upper arm 12° from asked`, or `from usual` where nothing was asked of it. */
  readonly message: string;
}

/**
 * The most that a part may be from what was asked; degrees, and for hands centimetres. The next direction word is 45° away.
 * A limb reads by its lower bone and by the line from its root to its end: those stop well short of the next word. The upper
 * bone may give way a little further: an arm cannot point straight across the chest (its range ends 45° in front of that),
 * and is read as doing so by its forearm and hand; a thigh's range ends 60° in front of it. A hand (8 cm broad) still covers what lies 4 cm beside its middle; two
 * hands on one place are to lie over each other, not beside it.
 */
export const MOST_DEVIATION = {
  upper: 50,
  thigh: 60,
  lower: 35,
  line: 35,
  trunk: 40,
  head: 45,
  hand: 4,
  sharedHand: 3,
  foot: 4,
} as const;

/** What is less than this (degrees) is not told. */
const TOLD = 0.5;

/** Which joints of a body were turned. */
export function changesOf(asked: Body, found: Body): JointChange[] {
  const [before, after] = [shapeOf(asked), shapeOf(found)];
  const relative = (from: Frame, to: Frame, a: Vec3, b: Vec3) => angle(toFrame(from, a), toFrame(to, b));
  const frames = (a: Frame, b: Frame, c: Frame, d: Frame) =>
    Math.max(relative(a, b, c.x, d.x), relative(a, b, c.y, d.y), relative(a, b, c.z, d.z));
  const world: Frame = { x: [1, 0, 0], y: [0, 1, 0], z: [0, 0, 1] };
  const degrees: Partial<Record<Joint, number>> = {
    pelvis: frames(world, world, before.pelvis, after.pelvis),
    spine: frames(before.pelvis, after.pelvis, before.chest, after.chest),
    neck: relative(before.chest, after.chest, before.crown, after.crown),
    head: relative(before.chest, after.chest, before.gaze, after.gaze),
  };
  for (const limb of LIMBS) {
    const side = sideOf(limb);
    const [a, b] = [before.limbs[limb], after.limbs[limb]];
    const arm = limb.endsWith("arm");
    const [root, middle, end]: readonly Joint[] = arm
      ? [`${side}_shoulder`, `${side}_elbow`, `${side}_wrist`]
      : [`${side}_hip`, `${side}_knee`, `${side}_ankle`];
    if (root === undefined || middle === undefined || end === undefined) continue;
    degrees[root] = arm
      ? relative(before.chest, after.chest, a.upper, b.upper)
      : relative(before.pelvis, after.pelvis, a.upper, b.upper);
    degrees[middle] = angle(carry(a.lower, a.upper, b.upper), b.lower);
    const [tipBefore, tipAfter] = arm
      ? [before.hands[side].direction, after.hands[side].direction]
      : [before.feet[side], after.feet[side]];
    degrees[end] = angle(carry(tipBefore, a.lower, b.lower), tipAfter);
  }
  return JOINTS.flatMap((joint) => {
    const by = degrees[joint] ?? 0;
    return by > TOLD ? [{ joint, degrees: by }] : [];
  });
}

function deviation(part: string, amount: number, unit: Deviation["unit"], most: number, asked: boolean): Deviation {
  const from = asked ? "asked" : "usual";
  const told = unit === "degrees" ? `${amount.toFixed(0)}° from ${from}` : `${amount.toFixed(1)} cm from its place`;
  return { part, amount, unit, most, message: `${part} ${told}` };
}

/** Where a flat hand touches: from its heel, a quarter of its length from the wrist, to the fingertips. */
const HEEL = 0.25;
/** How far (m) the middle of a hand that lies on a place is from it: half the hand's thickness, as the solver lays it. */
const ON = 0.02;

/** The most (cm) that a hand may be from its place. */
export function mostOf(spec: Notation, side: Side): number {
  const place = placeTouched(spec, side);
  const shared = place !== undefined && place !== "floor" && place === placeTouched(spec, other(side));
  // A hand that is over the other one is as far from the place as that one is thick.
  const over = SIDES.some((one) => touchOf(armWords(spec, one))?.over);
  return shared && !over ? MOST_DEVIATION.sharedHand : MOST_DEVIATION.hand;
}

/** How far (m) a flat hand is from covering a place of its body. */
function gapOf(side: Side, place: Exclude<Landmark, "floor">, body: Body): number {
  const wrist = body.joints[`${side}_wrist`];
  const { point } = placeOf(place, side, body);
  const { direction } = body.hands[side];
  const heel = along(wrist, direction, SEGMENT.hand * HEEL);
  return Math.max(0, segmentDistance(heel, along(wrist, direction, SEGMENT.hand), point, point) - ON);
}

/** How far (m) a hand is from its place. */
function handOff(side: Side, place: Landmark, asked: Body, found: Body): number {
  // Where on the floor is the solver's choice: what counts is that the hand stays there.
  if (place === "floor") return distance(asked.joints[`${side}_wrist`], found.joints[`${side}_wrist`]);
  // Hands on each other's arms are laid as near as both can be: that counts where it was.
  const laid = isOnArm(place) ? gapOf(side, place, asked) : 0;
  return Math.max(0, gapOf(side, place, found) - laid);
}

/** How far (m) a foot has moved along the leg that it rests against, or off it. */
function footMoved(side: Side, rest: FootRest, asked: Body, found: Body): number {
  const from = ({ joints }: Body) => sub(joints[`${side}_ankle`], soleRest(rest, joints).point);
  return asked === found ? 0 : Math.abs(length(from(found)) - length(from(asked)));
}

/**
 * How far each part of a body is from what was asked, the furthest first; what is within half a degree is left out.
 *
 * @param solved what was asked. @param found the body to compare.
 */
export function deviationsOf(spec: Notation, { pose: asked, misses }: Solved, found: Pose): Deviation[] {
  const before = bodyOf(asked);
  const after = asked === found ? before : bodyOf(found);
  const missed = (end: Miss["end"], side: Side) =>
    misses.find((miss) => miss.end === end && miss.side === side)?.metres ?? 0;
  const [a, b] = [shapeOf(before), shapeOf(after)];
  const far: Deviation[] = [];
  const bone = (part: string, of: (limb: Limb) => Vec3, limb: LimbName, most: number) =>
    far.push(deviation(part, angle(of(a.limbs[limb]), of(b.limbs[limb])), "degrees", most, spec[limb] !== undefined));
  for (const limb of LIMBS) {
    const side = sideOf(limb);
    const arm = limb.endsWith("arm");
    // What is held by its end is told by how far that is from its place; legs that stand follow the pelvis.
    const place = arm ? placeTouched(spec, side) : undefined;
    const rest = arm ? undefined : footRest(spec, side);
    if (place !== undefined) {
      const by = missed("hand", side) + handOff(side, place, before, after);
      far.push(deviation(`${side} hand`, by * 100, "centimetres", mostOf(spec, side), true));
    } else if (rest !== undefined) {
      const by = missed("foot", side) + footMoved(side, rest, before, after);
      far.push(deviation(`${side} foot`, by * 100, "centimetres", MOST_DEVIATION.foot, true));
    } else if (arm || !isOnFoot(spec, side)) {
      bone(
        `${side} ${arm ? "upper arm" : "thigh"}`,
        ({ upper }) => upper,
        limb,
        MOST_DEVIATION[arm ? "upper" : "thigh"],
      );
      bone(`${side} ${arm ? "forearm" : "shank"}`, ({ lower }) => lower, limb, MOST_DEVIATION.lower);
      bone(limb.replace("_", " "), (bones) => lineOf(limb, bones), limb, MOST_DEVIATION.line);
    }
  }
  const turn = (p: Frame, q: Frame) => Math.max(angle(p.x, q.x), angle(p.y, q.y), angle(p.z, q.z));
  far.push(deviation("trunk", turn(a.chest, b.chest), "degrees", MOST_DEVIATION.trunk, spec.torso !== undefined));
  far.push(deviation("head", angle(a.gaze, b.gaze), "degrees", MOST_DEVIATION.head, spec.head !== undefined));
  return far.filter(({ amount, unit }) => amount > (unit === "degrees" ? TOLD : 0.1))
    .sort((p, q) => q.amount / q.most - p.amount / p.most);
}
