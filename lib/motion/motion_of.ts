/** A choreography of the library as a motion. */
import type { Choreography, Library, LibraryPose } from "../library/mod.ts";
import type { Language } from "../text/mod.ts";
import { createMotion, type MotionOptions } from "./create_motion.ts";
import type { Key, Motion } from "./motion.ts";

/**
 * The motion of a choreography.
 *
 * @param library where its poses are. @param choreography moves on beats.
 * @param poses a pose for every move, where others than the choreography's own are to be danced.
 * @param options whether it loops, how long keys are held, the captions' language (default English); the tempo is the
 * choreography's unless said.
 * @throws {RangeError} if a pose is not there or there are not as many poses as moves.
 */
export function motionOf(
  library: Pick<Library, "pose">,
  choreography: Choreography,
  poses?: readonly LibraryPose[],
  { language = "en", ...options }: Partial<MotionOptions> & { readonly language?: Language } = {},
): Motion {
  const { moves, bpm, id } = choreography;
  if (poses && poses.length !== moves.length) {
    throw new RangeError(`Cannot move as "${id}": it has ${moves.length} moves, and ${poses.length} poses were given`);
  }
  const keys = moves.map((move, i): Key => {
    const found = poses?.[i] ?? library.pose(move.pose);
    if (!found) throw new RangeError(`Cannot move as "${id}": the library has no pose "${move.pose}"`);
    return {
      pose: found.pose,
      beats: move.beats,
      caption: move.describe[language],
      contacts: found.contacts,
      airborne: found.airborne,
      ...(move.turn !== undefined && { turn: move.turn }),
    };
  });
  return createMotion(keys, { bpm, ...options });
}
