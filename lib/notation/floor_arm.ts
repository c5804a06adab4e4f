/** Arms that carry or rest on the floor: on the palm, the fingertips or the forearm. */
import {
  along,
  type Frame,
  type Hand,
  RADIUS,
  type Reach,
  reject,
  scale,
  SEGMENT,
  type Side,
  sign,
  solveReach,
  sub,
  unit,
  type Vec3,
} from "../skeleton/mod.ts";
import { limitHand, type SolvedArm } from "./arm.ts";
import type { TouchNotation } from "./spec.ts";
import { directionOf } from "./words.ts";

/** Heights (m) of the wrist and of a fingertip's middle when the hand lies on the floor. */
const FLAT_WRIST = 0.03;
const FINGER = 0.014;
/** An arm that carries is nearly straight (m). */
const CARRYING = (SEGMENT.upperArm + SEGMENT.forearm) * 0.985;
/** The height (m) of the wrist over which an arm stands: the palm's heel lifts where the wrist does not bend as far. */
const WRIST_UNDER_ARM = 0.034;

/** How far (m) from under the shoulder a hand is laid, where the arm is not too short. */
const USUAL_DISTANCE = 0.26;
const DISTANCE: Record<string, number> = { short: 0.15, long: CARRYING };

/** How high (m) a shoulder is over the floor on which its arm stands. */
export function shoulderHeight(arm: TouchNotation): number {
  switch (arm.with) {
    case "forearm":
      return RADIUS.forearm + SEGMENT.upperArm;
    case "fingertips":
      return SEGMENT.hand + FINGER + CARRYING;
    default:
      return WRIST_UNDER_ARM + CARRYING;
  }
}

/**
 * An arm that props the body on the floor.
 *
 * @param room upright, turned as the body is. @param floor the height of the floor in the same frame (m).
 * @param usual which way of the shoulder the hand is, unless said.
 */
export function floorArm(
  side: Side,
  arm: TouchNotation,
  shoulder: Vec3,
  room: Frame,
  floor: number,
  usual: "side" | "forward",
): SolvedArm {
  const [at = usual, far] = (arm.at ?? usual).split(" ");
  const outwards = directionOf(`${at} middle`, room, side);
  if (arm.with === "forearm") return forearmOnFloor(side, arm, shoulder, room, floor);
  const most = far === undefined ? USUAL_DISTANCE : DISTANCE[far] ?? Number(far);
  // Fingers point outwards, but straight ahead where the hand is in front.
  const flat = unit(reject(at === "forward" ? outwards : along(outwards, room.x, 0.6 * sign(side)), room.y));
  const down = scale(room.y, -1);
  const lay = (height: number) => {
    const drop = Math.max(0, shoulder[1] - floor - height);
    const out = Math.min(most, Math.sqrt(Math.max(0, CARRYING * CARRYING - drop * drop)));
    const target = along([shoulder[0], floor + height, shoulder[2]], outwards, out);
    const reach = reachOver(side, shoulder, target, arm, room, floor);
    const forearm = unit(sub(reach.end, reach.middle));
    const hand: Hand = arm.with === "fingertips"
      ? limitHand(forearm, { direction: down, palm: scale(room.z, -1) })
      : limitHand(forearm, { direction: flat, palm: down });
    return { reach, hand };
  };
  // Where the wrist does not bend far enough, its heel comes up and the fingers stay down.
  let height = FLAT_WRIST;
  let { reach, hand } = lay(height);
  for (let i = 0; i < 12; i++) {
    height = (height + Math.max(FLAT_WRIST, FINGER - hand.direction[1] * SEGMENT.hand)) / 2;
    ({ reach, hand } = lay(height));
  }
  return { elbow: reach.middle, wrist: reach.end, hand, contacts: [], miss: reach.miss };
}

/** Reaches for the floor with the elbow behind and outside the arm, or higher where it would be under the floor. */
function reachOver(side: Side, shoulder: Vec3, target: Vec3, arm: TouchNotation, room: Frame, floor: number): Reach {
  const behind = along(scale(room.z, -1), room.x, 0.4 * sign(side));
  const hints = [arm.elbow === undefined ? behind : directionOf(arm.elbow, room, side), room.x, room.y];
  const reaches = hints.map((hint, i) =>
    solveReach(shoulder, target, SEGMENT.upperArm, SEGMENT.forearm, i === 1 ? scale(hint, sign(side)) : hint)
  );
  const over = reaches.find(({ middle }) => middle[1] > floor + RADIUS.forearm);
  return over ?? reaches.at(-1) as Reach;
}

/** The elbow stands under the shoulder as nearly as its height allows, the forearm lies forward. */
function forearmOnFloor(side: Side, arm: TouchNotation, shoulder: Vec3, room: Frame, floor: number): SolvedArm {
  const height = floor + RADIUS.forearm;
  const direction = directionOf(`${arm.at?.split(" ")[0] ?? "forward"} middle`, room, side);
  const drop = Math.min(SEGMENT.upperArm, Math.max(0, shoulder[1] - height));
  const away = unit(reject(arm.elbow === undefined ? direction : directionOf(arm.elbow, room, side), room.y));
  const elbow = along(
    along(shoulder, room.y, -drop),
    away,
    Math.sqrt(Math.max(0, SEGMENT.upperArm * SEGMENT.upperArm - drop * drop)),
  );
  return {
    elbow,
    wrist: along(elbow, direction, SEGMENT.forearm),
    hand: { direction, palm: scale(room.y, -1) },
    contacts: [],
    miss: Math.abs(elbow[1] - height),
  };
}
