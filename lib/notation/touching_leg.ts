/** A leg whose foot rests against the other leg, as in yoga's tree and ballet's passé. */
import {
  add,
  along,
  type Frame,
  type Joints,
  lerp,
  RADIUS,
  reject,
  scale,
  SEGMENT,
  type Side,
  sign,
  solveReach,
  sub,
  unit,
} from "../skeleton/mod.ts";
import { ballOf, type SolvedLeg } from "./leg.ts";
import type { TouchingLeg } from "./spec.ts";
import { directionOf, NotationError } from "./words.ts";

/** Where the foot is along the other leg: the bone, and the share of it from its upper end. */
const PLACES: Readonly<Record<string, readonly [bone: "thigh" | "shank", share: number]>> = {
  thigh: ["thigh", 0.6],
  knee: ["thigh", 0.93],
  shin: ["shank", 0.45],
  ankle: ["shank", 0.85],
};
/** From under the ankle to the middle of the sole (m). */
const MIDDLE = 0.045;

/** The bone that a sole rests against: which it is, the point of its middle line, and the way down along it. */
export function soleRest(touch: TouchingLeg["touch"], joints: Joints) {
  const one: Side = touch.startsWith("left") ? "left" : "right";
  const [bone, share] = PLACES[touch.slice(one.length + 1)] ?? ["thigh", 0.9];
  const [from, to] = bone === "thigh"
    ? [joints[`${one}_hip`], joints[`${one}_knee`]]
    : [joints[`${one}_knee`], joints[`${one}_ankle`]];
  return { bone, point: lerp(from, to, share), down: unit(sub(to, from)) };
}

/**
 * A leg whose sole rests on the inside of the other leg, the toes along it.
 *
 * @param joints the body's, the other leg in place. @param frame what the knee's direction word is about.
 * @throws {NotationError} when the place is on the same leg.
 */
export function touchingLeg(side: Side, leg: TouchingLeg, joints: Joints, frame: Frame): SolvedLeg {
  if (leg.touch.startsWith(side)) {
    throw new NotationError(`Cannot put the ${side} foot on "${leg.touch}": it is a part of that same leg`);
  }
  const { bone, point, down } = soleRest(leg.touch, joints);
  const inside = unit(reject(scale(frame.x, sign(side)), down));
  const sole = along(point, inside, bone === "thigh" ? RADIUS.thigh : RADIUS.shank);
  const target = along(along(sole, inside, SEGMENT.ankleHeight), down, -MIDDLE);
  const pole = leg.knee === undefined
    ? add(scale(frame.x, sign(side)), scale(frame.z, 0.6))
    : directionOf(leg.knee, frame, side);
  const { middle, end, miss } = solveReach(joints[`${side}_hip`], target, SEGMENT.thigh, SEGMENT.shank, pole);
  return { knee: middle, ankle: end, ball: ballOf(end, down, inside), miss };
}
