/** Legs: free ones by direction words, standing ones by where their feet are. */
import {
  add,
  along,
  angle,
  between,
  cross,
  dot,
  type Frame,
  reject,
  rotate,
  scale,
  SEGMENT,
  type Side,
  solveReach,
  sub,
  unit,
  type Vec3,
} from "../skeleton/mod.ts";
import type { FreeLeg, Notation } from "./spec.ts";
import { directionOf } from "./words.ts";

/** A leg in place. */
export interface SolvedLeg {
  readonly knee: Vec3;
  readonly ankle: Vec3;
  readonly ball: Vec3;
  /** How far (m) the foot stays from where it should be; absent where it need not be anywhere. */
  readonly miss?: number;
}

/** How a foot is held. */
export type FootWord = NonNullable<Notation["left_foot"]>;

/** The plantar flexion (degrees) that each word for a foot means; `flat` is as level as the ankle allows. */
const PLANTAR: Record<Exclude<FootWord, "flat">, number> = { pointed: 60, flexed: 0, relaxed: 25 };
const MOST_PLANTAR = 60;

/** The ball of a foot, from the ankle and the sole's directions. */
export const ballOf = (ankle: Vec3, forward: Vec3, up: Vec3): Vec3 =>
  along(along(ankle, forward, SEGMENT.ball), up, -SEGMENT.ankleHeight);

/**
 * A leg whose bones point where words say.
 *
 * @param frame the body's frame that the words are about. @param foot how the foot is held.
 */
export function freeLeg(
  side: Side,
  leg: FreeLeg,
  hip: Vec3,
  frame: Frame,
  foot: FootWord,
): SolvedLeg {
  const words = typeof leg === "string" ? { upper: leg } : leg;
  const upper = directionOf(words.upper, frame, side);
  const lower = directionOf(words.lower ?? words.upper, frame, side);
  return legAlong(upper, lower, hip, frame, foot);
}

/**
 * A leg that kneels: its shank lies on the floor, pointing back, and its thigh stands on the knee.
 *
 * @param bend of the knee in degrees: 90 is upright, more sits back.
 */
export function kneelingLeg(bend: number, hip: Vec3, frame: Frame, foot: FootWord): SolvedLeg {
  return legAlong(between(frame.z, frame.y, bend - 180), scale(frame.z, -1), hip, frame, foot);
}

/** How far the toes point down from the shank for a sole that is level with the floor, as far as the ankle goes. */
function levelled(lower: Vec3, neutral: Vec3): number {
  const level = Math.atan2(-neutral[1], lower[1]) * 180 / Math.PI;
  const turns = [level, level + 180, level - 180];
  const nearest = turns.reduce((a, b) => Math.abs(b) < Math.abs(a) ? b : a);
  return Math.max(-MOST_DORSIFLEXION, Math.min(MOST_PLANTAR, nearest));
}

/** A leg whose bones point along two directions, the toes off the shank the way the knee bends. */
export function legAlong(upper: Vec3, lower: Vec3, hip: Vec3, frame: Frame, foot: FootWord): SolvedLeg {
  const knee = along(hip, upper, SEGMENT.thigh);
  const ankle = along(knee, lower, SEGMENT.shank);
  // The toes point the way the knee does: off the shank's line, or up where the leg points forward.
  const ahead = angle(upper, lower) > 12
    ? upper
    : Math.abs(dot(frame.z, lower)) > 0.8
    ? scale(frame.y, Math.sign(dot(frame.z, lower)))
    : frame.z;
  const neutral = unit(reject(ahead, lower));
  const left = cross(scale(lower, -1), neutral);
  const plantar = foot === "flat" ? levelled(lower, neutral) : PLANTAR[foot];
  return {
    knee,
    ankle,
    ball: ballOf(ankle, rotate(neutral, left, plantar), rotate(scale(lower, -1), left, plantar)),
  };
}

/** Where a standing foot is: its ball on the floor, where it points, and how far the heel is lifted (degrees). */
export interface Stance {
  readonly ball: Vec3;
  readonly forward: Vec3;
  lift: number;
}

const UP: Vec3 = [0, 1, 0];
const MOST_DORSIFLEXION = 38;
const MOST_LIFT = 65;
/** How far (degrees) the heel is lifted on tiptoe. */
export const TIPTOE = 40;

/** The ankle over a standing foot. */
export function ankleOver({ ball, forward, lift }: Stance): Vec3 {
  const flat = along(scale(forward, -SEGMENT.ball), UP, SEGMENT.ankleHeight);
  return add(ball, rotate(flat, cross(UP, forward), lift));
}

/** The point of the floor that a standing foot carries best. */
export const pressurePoint = ({ ball, forward, lift }: Stance): Vec3 => along(ball, forward, lift > 3 ? 0.01 : -0.065);

/**
 * Stands a leg on its foot; the heel lifts where the knee's bend or the distance asks for it.
 *
 * @param stance changed: its `lift` grows. @param pole where the knee points.
 */
export function standingLeg(
  hip: Vec3,
  stance: Stance,
  mayLift: boolean,
  pole = along(stance.forward, UP, 0.2),
): SolvedLeg {
  for (;;) {
    const target = ankleOver(stance);
    const { middle: knee, end: ankle, miss } = solveReach(hip, target, SEGMENT.thigh, SEGMENT.shank, pole);
    const axis = cross(UP, stance.forward);
    const sole = rotate(stance.forward, axis, stance.lift);
    const dorsiflexion = 90 - angle(sole, sub(knee, ankle));
    if (stance.lift >= MOST_LIFT || !((mayLift && dorsiflexion > MOST_DORSIFLEXION) || miss > 0.003)) {
      return { knee, ankle, ball: ballOf(ankle, sole, rotate(UP, axis, stance.lift)), miss };
    }
    stance.lift += 1;
  }
}
