/** Arms: by direction words, or by a place that the hand touches. */
import {
  add,
  allowedDepth,
  along,
  angle,
  armCapsules,
  armMotions,
  type Capsule,
  cross,
  depth,
  type Frame,
  type Hand,
  length,
  type Part,
  RANGE,
  reject,
  rotate,
  rotateTowards,
  scale,
  SEGMENT,
  type Side,
  sign,
  solveReach,
  sub,
  trunkCapsules,
  unit,
  type Vec3,
} from "../skeleton/mod.ts";
import { type Anatomy, isOnArm, type Place, placeOf } from "./landmarks.ts";
import type { ArmNotation, Notation, TouchNotation } from "./spec.ts";
import { directionOf, NotationError } from "./words.ts";

/** An arm in place. */
export interface SolvedArm {
  readonly elbow: Vec3;
  readonly wrist: Vec3;
  readonly hand: Hand;
  /** Pairs of parts that touch on purpose. */
  readonly contacts: readonly (readonly [Part, Part])[];
  /** How far (m) the hand stays from the place that it should touch. */
  readonly miss: number;
}

/** How far (m) the middle of a flat hand stands off what it touches. */
const HAND_THICKNESS = 0.02;
/** The bend of the wrist (degrees) that is still comfortable. */
const WRIST_COMFORT = 50;

const PALMS: Record<NonNullable<Notation["left_palm"]>, (f: Frame, m: number) => Vec3> = {
  in: (f, m) => scale(f.x, -m),
  out: (f, m) => scale(f.x, m),
  up: (f) => f.y,
  down: (f) => scale(f.y, -1),
  forward: (f) => f.z,
  back: (f) => scale(f.z, -1),
};

/**
 * An arm whose bones point where words say.
 *
 * @param frame what the words are about. @param hanging whether the arm hangs by itself: a little off the body, and bent.
 */
export function directArm(
  side: Side,
  arm: Exclude<ArmNotation, TouchNotation>,
  spec: Notation,
  shoulder: Vec3,
  frame: Frame,
): SolvedArm {
  const m = sign(side);
  const words = typeof arm === "string" ? { upper: arm } : arm;
  let upper = directionOf(words.upper, frame, side);
  let lower = directionOf(words.lower ?? words.upper, frame, side);
  if (arm === "place low") {
    upper = unit(along(upper, frame.x, 0.17 * m));
    lower = unit(along(along(lower, frame.x, 0.07 * m), frame.z, 0.12));
  }
  const elbow = along(shoulder, upper, SEGMENT.upperArm);
  const wrist = along(elbow, lower, SEGMENT.forearm);
  const word = spec[`${side}_hand`];
  const direction = word === undefined ? lower : directionOf(word, frame, side);
  const palmWord = spec[`${side}_palm`] ?? (Math.abs(direction[1]) > 0.8 ? "in" : "down");
  const wishes = [PALMS[palmWord](frame, m), frame.z, scale(frame.x, -m)];
  const palm = unit(wishes.map((wish) => reject(wish, direction)).find((v) => length(v) > 0.2) ?? frame.z);
  return { elbow, wrist, hand: { direction, palm }, contacts: [], miss: 0 };
}

/** Straightens a hand that bends the wrist further than it goes. */
export function limitHand(forearm: Vec3, hand: Hand): Hand {
  const most = RANGE["wrist bend"][1] - 2;
  if (angle(forearm, hand.direction) <= most) return hand;
  const direction = rotateTowards(forearm, hand.direction, most);
  return { direction, palm: unit(reject(hand.palm, direction)) };
}

/**
 * An arm whose hand lies on a place: among the ways to lay the hand and swivel the elbow, the one that bends least,
 * stays nearest to where the elbow should point and goes through nothing.
 *
 * @param hint where the elbow should point. @param obstacles what else the arm must not go through.
 * @param over whether the wrist may lift off, the fingers staying, to clear an arm below.
 */
function reachPlace(
  side: Side,
  shoulder: Vec3,
  place: Place,
  hint: Vec3,
  body: Pick<Anatomy, "chest">,
  obstacles: readonly Capsule[],
  over: boolean,
): SolvedArm & { cost: number } {
  const m = sign(side);
  const fingers = unit(reject(place.fingers, place.normal));
  const centre = along(place.point, place.normal, HAND_THICKNESS);
  const palm = scale(place.normal, -1);
  const own: Part = `${side}_hand`;

  // What an arm's three parts may touch depends on the parts alone.
  const hurdles = (["upper_arm", "forearm", "hand"] as const).map((limb) => {
    const part: Part = `${side}_${limb}`;
    return obstacles.filter((obstacle) => part !== own || !place.parts.includes(obstacle.part))
      .map((obstacle) => ({ obstacle, allowed: allowedDepth(part, obstacle.part) - 0.004 }));
  });

  /** One way to lay the hand; the cost is only begun once it is as much as `most`. */
  const attempt = (turned: number, swivel: number, lifted: number, most: number) => {
    const flat = rotate(fingers, place.normal, turned);
    const direction = rotateTowards(flat, palm, lifted);
    const share = 0.5 + lifted / 100;
    const reach = solveReach(
      shoulder,
      along(centre, direction, -SEGMENT.hand * share),
      SEGMENT.upperArm,
      SEGMENT.forearm,
      hint,
    );
    const elbow = add(shoulder, rotate(sub(reach.middle, shoulder), sub(reach.end, shoulder), swivel));
    const wrist = reach.end;
    const [upper, lower] = [unit(sub(elbow, shoulder)), unit(sub(wrist, elbow))];
    const hand = limitHand(lower, { direction, palm: unit(reject(palm, direction)) });
    const bend = angle(lower, direction);
    let cost = Math.abs(turned) * 0.004 + lifted * 0.01 + Math.abs(swivel) * 0.006 + reach.miss * 200 +
      Math.max(0, bend - WRIST_COMFORT) * 0.02 + Math.max(0, bend - 78) * 0.1;
    // An elbow above the shoulder is work: only a hand up there asks for it.
    if (centre[1] < shoulder[1] + 0.05) cost += Math.max(0, upper[1]) * 2;
    for (const [motion, value] of armMotions(side, body, upper, lower)) {
      const [min, max] = RANGE[motion];
      cost += Math.max(0, min + 2 - value, value - max + 2) * 0.06;
    }
    const hinge = cross(upper, lower);
    if (length(hinge) > 0.34) {
      cost += Math.max(0, angle(scale(hinge, m), reject(hand.palm, lower)) - RANGE["forearm rotation"][1] + 2) * 0.06;
    }
    armCapsules(side, shoulder, elbow, wrist, hand.direction).forEach((capsule, i) => {
      for (const { obstacle, allowed } of hurdles[i] ?? []) {
        if (cost >= most) return;
        cost += Math.max(0, depth(capsule, obstacle) - allowed) * 150;
      }
    });
    return { elbow, wrist, hand, miss: reach.miss, cost, turned, swivel, lifted };
  };

  let best = attempt(0, 0, 0, Infinity);
  const consider = (turned: number, swivel: number, lifted: number) => {
    const next = attempt(turned, swivel, lifted, best.cost - 1e-12);
    if (next.cost < best.cost - 1e-12) best = next;
  };
  for (const lifted of over ? [0, 20, 40] : [0]) {
    for (let turned = -90; turned <= 90; turned += 30) {
      for (let swivel = -105; swivel <= 105; swivel += 15) consider(turned, swivel, lifted);
    }
  }
  for (const by of [10, 5, 2.5]) {
    const { turned, swivel, lifted } = best;
    for (const a of [-by, 0, by]) {
      for (const b of [-by, 0, by]) consider(turned + a, swivel + b, lifted);
    }
  }
  return { ...best, contacts: place.parts.map((part) => [own, part] as const) };
}

/**
 * An arm whose hand touches a named place.
 *
 * @param frame what the elbow's direction word is about. @param others capsules of the other arm and of legs.
 */
export function touchArm(
  side: Side,
  arm: TouchNotation & { touch: Exclude<TouchNotation["touch"], "floor"> },
  body: Anatomy,
  frame: Frame,
  others: readonly Capsule[],
): SolvedArm {
  const m = sign(side);
  if (isOnArm(arm.touch, side)) {
    throw new NotationError(`Cannot lay the ${side} hand on "${arm.touch}": it is a part of that same arm`);
  }
  const place = placeOf(arm.touch, side, body);
  const usual = unit(along(along(scale(frame.y, -0.7), frame.x, 0.65 * m), frame.z, 0.15));
  const hint = arm.elbow === undefined ? place.elbow ?? usual : directionOf(arm.elbow, frame, side);
  return reachPlace(
    side,
    body.joints[`${side}_shoulder`],
    place,
    hint,
    body,
    [...trunkCapsules(body), ...others],
    arm.over ?? false,
  );
}
