/** A motion in a mirror. */
import type { Motion, TimedKey } from "../motion/mod.ts";
import { mirrorPose } from "../notation/mod.ts";
import type { Part } from "../skeleton/mod.ts";

const swapped = (part: Part): Part => part.replace(/left|right/, (side) => side === "left" ? "right" : "left") as Part;

/**
 * The same motion with left and right exchanged: a teacher who faces the pupils, beside a pupil.
 *
 * @example
 * ```ts
 * import { loadLibrary, mirrored, motionOf, save } from "lib";
 *
 * const library = await loadLibrary();
 * const macarena = library.choreography("macarena");
 * if (macarena) {
 *   const pupil = motionOf(library, macarena);
 *   await save([mirrored(pupil), pupil], "outputs/lesson.mp4", { labels: ["teacher", "pupil"] });
 * }
 * ```
 */
export function mirrored(motion: Motion): Motion {
  const keys = motion.keys.map((key): TimedKey => ({
    ...key,
    pose: mirrorPose(key.pose),
    ...(key.contacts && { contacts: key.contacts.map(([a, b]) => [swapped(a), swapped(b)] as const) }),
    ...(key.turn !== undefined && { turn: -key.turn }),
  }));
  return { ...motion, keys, poseAt: (seconds) => mirrorPose(motion.poseAt(seconds)) };
}
