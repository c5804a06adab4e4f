/** Composition: words → a body that verifies, as near to the words as a body can be. */
import { bodyOf, type Part, type Pose, verify } from "../skeleton/mod.ts";
import { changesOf, type Deviation, deviationsOf, type JointChange } from "./deviation.ts";
import { layAgain } from "./lay_again.ts";
import { mirrorNotation, mirrorPose } from "./mirror.ts";
import { project } from "./project.ts";
import { contradictionsOf, missedBy, reasonsOf, withHandsFree, withStandingLegs } from "./refusal.ts";
import { solve, type Solved } from "./solve.ts";
import type { Notation } from "./spec.ts";
import { NotationError } from "./words.ts";

/** A body that holds what a notation asks for. */
export interface ComposedPose {
  /** Tells it from a refusal. */
  readonly kind: "composed";
  /** Verified. */
  readonly pose: Pose;
  /** Pairs of parts that touch on purpose. */
  readonly contacts: readonly (readonly [Part, Part])[];
  /** Whether it is in the air. */
  readonly airborne: boolean;
  /** The joints that were turned to make it possible; none where the words alone do. */
  readonly changes: readonly JointChange[];
  /** How far each part is from what was asked, the furthest first. */
  readonly deviations: readonly Deviation[];
}

/** A notation that no body holds, nor nearly. */
export interface RefusedPose {
  /** Tells it from a pose. */
  readonly kind: "refused";
  /** Which limb, and why: a line each, never none. */
  readonly reasons: readonly string[];
}

/** What became of a notation. */
export type Composed = ComposedPose | RefusedPose;

const refused = (reasons: readonly string[]): RefusedPose => ({ kind: "refused", reasons });

/** A value's text with its keys in order, so that equal notations read the same. */
const textOf = (value: unknown): string =>
  JSON.stringify(
    value,
    (_, inner) =>
      typeof inner === "object" && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => a < b ? -1 : 1))
        : inner,
  );

/**
 * The bodies near to a notation's, nearest first. Of a notation and its mirror image only one is ever projected: where a
 * choice is free (which arm passes over the other), the two choose alike.
 */
function* nearestBodies(spec: Notation, solved: Solved): Generator<Pose> {
  const mirrored = mirrorNotation(spec);
  if (textOf(spec) <= textOf(mirrored)) {
    for (const { pose } of project(spec, layAgain(spec, solved))) yield pose;
  } else {
    for (const { pose } of project(mirrored, layAgain(mirrored, solve(mirrored)))) yield mirrorPose(pose);
  }
}

/**
 * The body that a notation describes, verified: as solved where that verifies, else the nearest that does. Limits of joints,
 * parts in each other, the floor and balance are least squares to be brought to nothing, with the angles that bones turn
 * away from what was asked; what stands keeps its feet, what touches keeps its place.
 *
 * @param notation of one pose, as `notationSchema` takes it.
 * @returns the pose with what was changed, or why no body comes near enough (`MOST_DEVIATION`): which limb goes through
 * what, which joint further than its range, what contradicts what, which word is none.
 *
 * @example
 * ```ts
 * import { compose } from "lib";
 *
 * const composed = compose({ left_arm: "across middle", right_arm: "across middle" });
 * if (composed.kind === "composed") console.log(composed.deviations.map(({ message }) => message));
 * else console.log(composed.reasons);
 * ```
 */
export function compose(notation: Notation): Composed {
  const asked = withStandingLegs(notation);
  let spec = asked;
  const contradictions = contradictionsOf(asked);
  if (contradictions.length > 0) return refused(contradictions);
  let solved: Solved;
  try {
    solved = solve(spec);
    const freed = withHandsFree(spec, solved);
    if (freed !== spec) [spec, solved] = [freed, solve(freed)];
  } catch (error) {
    // A hand on its own arm, crossed legs that stand: words that are in the notation, and not together.
    if (error instanceof NotationError) return refused([error.message]);
    throw error;
  }
  const { contacts, airborne } = solved;
  const options = { contacts, airborne };
  const faults = verify(solved.pose, options);
  const composed = (pose: Pose, deviations: readonly Deviation[]): ComposedPose => ({
    kind: "composed",
    pose,
    contacts,
    airborne,
    changes: pose === solved.pose ? [] : changesOf(bodyOf(solved.pose), bodyOf(pose)),
    deviations,
  });
  if (missedBy(spec, solved.misses).length > 0) return refused(reasonsOf(asked, solved, faults, undefined));
  const isNear = (deviations: readonly Deviation[]) => deviations.every(({ amount, most }) => amount <= most);
  if (faults.length === 0) {
    const deviations = deviationsOf(spec, solved, solved.pose);
    return isNear(deviations)
      ? composed(solved.pose, deviations)
      : refused(reasonsOf(asked, solved, faults, deviations));
  }
  let nearest: readonly Deviation[] | undefined;
  for (const pose of nearestBodies(spec, solved)) {
    if (verify(pose, options).length > 0) continue;
    const deviations = deviationsOf(spec, solved, pose);
    if (isNear(deviations)) return composed(pose, deviations);
    nearest ??= deviations;
  }
  return refused(reasonsOf(asked, solved, faults, nearest));
}
