/** Legs that are said together: crossed, or sole to sole. */
import { type Frame, type Side, sign, toWorld, unit, type Vec3 } from "../skeleton/mod.ts";
import type { Base } from "./bases.ts";
import { type FootWord, legAlong, type SolvedLeg } from "./leg.ts";
import type { Notation } from "./spec.ts";
import { NotationError } from "./words.ts";

/** Thigh and shank as (away from the body on the leg's own side, up, forward). */
interface Fold {
  readonly thigh: Vec3;
  readonly shank: Vec3;
  readonly foot: FootWord;
}

/** Found by a search for legs that verify, knees low: ranges of motion and clearance leave little room. */
const FOLDS: Record<"floor" | "seat", Partial<Record<"over" | "under" | "soles", Fold>>> = {
  floor: {
    over: { thigh: [0.32, 0.49, 0.81], shank: [-0.77, -0.61, 0.19], foot: "relaxed" },
    under: { thigh: [0.47, 0.5, 0.72], shank: [-0.81, -0.59, 0], foot: "relaxed" },
    soles: { thigh: [0.815, 0.31, 0.49], shank: [-0.905, -0.42, -0.035], foot: "flexed" },
  },
  seat: {
    over: { thigh: [-0.265, 0.42, 0.868], shank: [-0.258, -0.925, 0.28], foot: "relaxed" },
    under: { thigh: [-0.365, -0.047, 0.93], shank: [-0.182, -0.954, 0.238], foot: "flat" },
  },
};

/**
 * A leg of a pair that is said together.
 *
 * @param legs which leg is over which, or that the soles meet.
 * @throws {NotationError} where the base has no such legs.
 */
export function pairedLeg(
  side: Side,
  legs: NonNullable<Notation["legs"]>,
  base: Base,
  hip: Vec3,
  frame: Frame,
): SolvedLeg {
  const role = legs === "soles together" ? "soles" : legs.startsWith(side) ? "over" : "under";
  const fold = base === "floor" || base === "seat" ? FOLDS[base][role] : undefined;
  if (!fold) {
    throw new NotationError(
      `Cannot put "legs": "${legs}" on the base "${base}": sit on the floor or, crossed, on a seat`,
    );
  }
  const own = ([away, up, ahead]: Vec3) => unit(toWorld(frame, [away * sign(side), up, ahead]));
  return legAlong(own(fold.thigh), own(fold.shank), hip, frame, fold.foot);
}
