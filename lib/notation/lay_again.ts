/** A hand on the other arm, once that arm has moved. */
import { armCapsules, bodyOf, type Capsule, other, RADIUS, type Side, SIDES, verify } from "../skeleton/mod.ts";
import { touchArm } from "./arm.ts";
import { placeTouched } from "./bases.ts";
import { isOnArm } from "./landmarks.ts";
import { project } from "./project.ts";
import { solve, type Solved } from "./solve.ts";
import type { Notation } from "./spec.ts";

/** The side whose hand is asked to be on the other arm, which itself is told by directions. */
const layingSide = (spec: Notation): Side | undefined =>
  SIDES.find((side) => {
    const place = placeTouched(spec, side);
    return place !== undefined && isOnArm(place) && placeTouched(spec, other(side)) === undefined;
  });

/**
 * A body whose one hand is on its other arm: that arm is brought where a body can hold it first, then the hand is laid on
 * it anew, because it may come to lie the other way round.
 *
 * @returns the body as it was where no hand is on the other arm, or that arm alone does not verify.
 */
export function layAgain(spec: Notation, solved: Solved): Solved {
  const side = layingSide(spec);
  const arm = side && spec[`${side}_arm`];
  if (side === undefined || typeof arm !== "object" || !("touch" in arm) || arm.touch === "floor") return solved;
  const { left_arm, right_arm, ...rest } = spec;
  const asked = side === "left" ? right_arm : left_arm;
  const without: Notation = { ...rest, ...(asked !== undefined && { [`${other(side)}_arm`]: asked }) };
  const alone = solve(without);
  let pose = alone.pose;
  if (verify(pose, alone).length > 0) {
    const [first] = project(without, alone);
    if (first === undefined || verify(first.pose, alone).length > 0) return solved;
    pose = first.pose;
  }
  const body = bodyOf(pose);
  const { joints: j } = pose;
  const far = other(side);
  const obstacles: Capsule[] = [
    ...armCapsules(far, j[`${far}_shoulder`], j[`${far}_elbow`], j[`${far}_wrist`], body.hands[far].direction),
    ...SIDES.flatMap((leg): Capsule[] => [
      { part: `${leg}_thigh`, a: j[`${leg}_hip`], b: j[`${leg}_knee`], radius: RADIUS.thigh },
      { part: `${leg}_shank`, a: j[`${leg}_knee`], b: j[`${leg}_ankle`], radius: RADIUS.shank },
    ]),
  ];
  const { elbow, wrist, hand } = touchArm(side, { ...arm, touch: arm.touch }, body, body.chest, obstacles);
  return {
    ...solved,
    pose: {
      ...pose,
      joints: { ...j, [`${side}_elbow`]: elbow, [`${side}_wrist`]: wrist },
      hands: { ...body.hands, [side]: hand },
    },
  };
}
