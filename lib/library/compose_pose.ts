/** Composition for those who have a library: what cannot be composed is answered with the nearest pose that there is. */
import { compose, type ComposedPose, NotationError, notationSchema, type RefusedPose, solve } from "../notation/mod.ts";
import { type LibraryPose, nearestPose } from "./library.ts";
import { problemsOf } from "./problems.ts";

/** A notation that no body holds, and the pose of the library that comes nearest to it. */
export interface RefusedWithNearest extends RefusedPose {
  /** Absent where the notation cannot be read, or the library is empty. */
  readonly nearest?: LibraryPose;
  /** The mean distance (m) of that pose's joints from where the words would have them. */
  readonly distance?: number;
}

/**
 * The body that a notation from outside describes: see `compose()`.
 *
 * @param notation parsed JSON. What is not in the notation is refused by field, value and nearest known word.
 * @param poses the library's, to find the nearest one in when no body holds what was asked.
 * @returns the pose, verified; or why not, with the nearest pose.
 *
 * @example
 * ```ts
 * import { composePose, loadLibrary } from "lib";
 *
 * const { poses } = await loadLibrary();
 * const result = composePose({ left_leg: "forward middle", right_leg: "side middle" }, poses);
 * if (result.kind === "refused") console.log(result.reasons, result.nearest?.id);
 * ```
 */
export function composePose(notation: unknown, poses: readonly LibraryPose[]): ComposedPose | RefusedWithNearest {
  const parsed = notationSchema.safeParse(notation);
  if (!parsed.success) {
    return { kind: "refused", reasons: problemsOf(parsed.error, notation, notationSchema) };
  }
  const composed = compose(parsed.data);
  if (composed.kind === "composed") return composed;
  // What words alone would make is no body, but it is somewhere, and poses are near to it or far from it.
  try {
    const found = nearestPose(solve(parsed.data).pose, poses);
    return { ...composed, ...(found && { nearest: found.nearest, distance: found.distance }) };
  } catch (error) {
    if (error instanceof NotationError) return composed;
    throw error;
  }
}
