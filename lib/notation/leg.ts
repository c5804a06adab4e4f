/** Legs: free ones by direction words, standing ones by where their feet are. */
import {
  add,
  along,
  angle,
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
import type { LegNotation, Notation } from "./spec.ts";
import { directionOf } from "./words.ts";

/** A leg in place. */
export interface SolvedLeg {
  readonly knee: Vec3;
  readonly ankle: Vec3;
  readonly ball: Vec3;
}

/** The plantar flexion (degrees) that each word for a foot means. */
const PLANTAR: Record<NonNullable<Notation["left_foot"]>, number> = { pointed: 60, flexed: 0, flat: 0, relaxed: 25 };

/** The ball of a foot, from the ankle and the sole's directions. */
const ballOf = (ankle: Vec3, forward: Vec3, up: Vec3): Vec3 =>
  along(along(ankle, forward, SEGMENT.ball), up, -SEGMENT.ankleHeight);

/** A leg that directions hold in the air. */
export type FreeLeg = Extract<LegNotation, string | { upper: string }>;

/** Whether a leg is held in the air; else it stands, and says at most how it steps and bends. */
export const isFree = (leg: LegNotation | undefined): leg is FreeLeg =>
  typeof leg === "string" || (typeof leg === "object" && "upper" in leg);

/**
 * A leg whose bones point where words say.
 *
 * @param frame the body's frame that the words are about. @param usual how the foot is held unless said.
 */
export function freeLeg(
  side: Side,
  leg: FreeLeg,
  spec: Notation,
  hip: Vec3,
  frame: Frame,
  usual: NonNullable<Notation["left_foot"]>,
): SolvedLeg {
  const words = typeof leg === "string" ? { upper: leg } : leg;
  const upper = directionOf(words.upper, frame, side);
  const lower = directionOf(words.lower ?? words.upper, frame, side);
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
  const plantar = PLANTAR[spec[`${side}_foot`] ?? usual];
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
 * @param stance changed: its `lift` grows.
 * @returns the leg, and how far (m) the foot stays out of reach.
 */
export function standingLeg(hip: Vec3, stance: Stance, mayLift: boolean): SolvedLeg & { miss: number } {
  const pole = along(stance.forward, UP, 0.2);
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
