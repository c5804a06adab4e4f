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
  other,
  type Pose,
  SEGMENT,
  segmentDistance,
  type Side,
  toFrame,
  type Vec3,
} from "../skeleton/mod.ts";
import { type Landmark, placeOf } from "./landmarks.ts";
import { touchOf } from "./project_task.ts";
import { carry, type Limb, type LimbName, LIMBS, lineOf, shapeOf, sideOf } from "./shape.ts";
import type { Notation } from "./spec.ts";

/** A joint that was turned so that a body can hold what was asked. */
export interface JointChange {
  readonly joint: Joint;
  /** How far what hangs on the joint was turned against what the joint hangs on; degrees. */
  readonly degrees: number;
}

/** How far a part of the body stays from what was asked. */
export interface Deviation {
  /** As in `left upper arm`, `right leg` (hip to ankle), `trunk`, `left hand` (from the place that it touches). */
  readonly part: string;
  readonly amount: number;
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
 * and is read as doing so by its forearm and hand. A hand (8 cm broad) still covers what lies 4 cm beside its middle; two
 * hands on one place are to lie over each other, not beside it.
 */
export const MOST_DEVIATION = { upper: 50, lower: 35, line: 35, trunk: 40, head: 45, hand: 4, sharedHand: 3 } as const;

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

/** How far (cm) the notes of a solved notation say that a hand stays from its place. */
function notedMiss(notes: readonly string[], side: Side): number {
  const found = notes.map((note) => note.match(/^(left|right) hand stays ([\d.]+) cm from/));
  return Number(found.find((match) => match?.[1] === side)?.[2] ?? 0);
}

/** How far (cm) a hand is from the place that it is to touch. */
function handMiss(side: Side, touch: Landmark, notes: readonly string[], asked: Body, found: Body): number {
  const wrist = found.joints[`${side}_wrist`];
  const noted = notedMiss(notes, side);
  // Where on the floor is the solver's choice: what counts is that the hand stays there.
  if (touch === "floor") return noted + distance(asked.joints[`${side}_wrist`], wrist) * 100;
  const { point } = placeOf(touch, side, found);
  const { direction } = found.hands[side];
  const from = along(wrist, direction, SEGMENT.hand * HEEL);
  const apart = segmentDistance(from, along(wrist, direction, SEGMENT.hand), point, point);
  return Math.max(0, apart - ON) * 100;
}

/**
 * How far each part of a body is from what was asked, the furthest first; what is within half a degree is left out.
 *
 * @param notes what the solver could not do. @param asked the solved body. @param found the one to compare.
 */
export function deviationsOf(spec: Notation, notes: readonly string[], asked: Pose, found: Pose): Deviation[] {
  const before = bodyOf(asked);
  const after = asked === found ? before : bodyOf(found);
  const [a, b] = [shapeOf(before), shapeOf(after)];
  const far: Deviation[] = [];
  const bone = (part: string, of: (limb: Limb) => Vec3, limb: LimbName, most: number) =>
    far.push(deviation(part, angle(of(a.limbs[limb]), of(b.limbs[limb])), "degrees", most, spec[limb] !== undefined));
  for (const limb of LIMBS) {
    const side = sideOf(limb);
    const arm = limb.endsWith("arm");
    // What is held by its end is told by how far that is from its place; legs that stand follow the pelvis.
    const touch = arm ? touchOf(spec, side) : undefined;
    if (touch !== undefined) {
      const shared = touch !== "floor" && touch === touchOf(spec, other(side));
      const hand = shared ? MOST_DEVIATION.sharedHand : MOST_DEVIATION.hand;
      far.push(
        deviation(
          `${side} hand`,
          handMiss(side, touch, notes, before, after),
          "centimetres",
          hand,
          true,
        ),
      );
    } else if (arm || typeof spec[limb] === "string" || "upper" in Object(spec[limb]) || !isUpright(spec)) {
      bone(`${side} ${arm ? "upper arm" : "thigh"}`, ({ upper }) => upper, limb, MOST_DEVIATION.upper);
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

/** Whether legs that no direction holds stand. */
const isUpright = ({ base = "standing" }: Notation) => base === "standing";
