/** Legs of who sits, lies or kneels whose feet are on the floor: the hips are given, the feet follow. */
import { along, SEGMENT, type Side, sign, type Vec3 } from "../skeleton/mod.ts";
import { type SolvedLeg, standingLeg } from "./leg.ts";
import type { Notation, StandingLeg } from "./spec.ts";
import { HALF_STANCE, legReach, stanceOf, stepOf } from "./stand.ts";

const UP: Vec3 = [0, 1, 0];
/** The bend (degrees) of a knee that has none said. */
const USUAL_BEND = 90;

/**
 * A leg whose foot stands on the floor as far from the hip as its knee's bend asks for.
 *
 * @param hip where the leg hangs, over the floor (m).
 */
export function footOnFloor(side: Side, leg: StandingLeg | undefined, spec: Notation, hip: Vec3): SolvedLeg {
  const { by, far } = stepOf(leg, side);
  const drop = hip[1] - SEGMENT.ankleHeight;
  const reach = legReach(leg?.knee ?? spec.knees ?? USUAL_BEND);
  const away = far ?? Math.sqrt(Math.max(0, reach * reach - drop * drop));
  const [x, , z] = along(hip, by, away);
  const ankle: Vec3 = leg?.step === undefined ? [sign(side) * HALF_STANCE[spec.feet ?? "apart"], 0, z] : [x, 0, z];
  return standingLeg(hip, stanceOf(spec, side, leg, ankle), true, UP);
}
