/** A dance as a motion. */
import type { Library } from "../library/mod.ts";
import { createMotion, type Key, type Motion } from "../motion/mod.ts";
import type { Dance } from "./dance.ts";

/**
 * The motion through a dance's key poses, each as long as its move lasts. A choreography that is danced once turns the
 * figure as it says.
 *
 * @param library where what is known of its poses is: contacts, and whether they are in the air.
 * @throws {RangeError} if a pose is none that a motion can be made of.
 */
export function motionOfDance(
  { frames, choice }: Pick<Dance, "frames" | "choice">,
  library: Pick<Library, "pose" | "choreography">,
): Motion {
  const moves = choice.id === null ? [] : library.choreography(choice.id)?.moves ?? [];
  const keys = frames.map(({ pose, pose_id, seconds, description, composed, airborne }, i): Key => {
    const found = composed ? undefined : library.pose(pose_id);
    const turn = moves.length === frames.length ? moves[i]?.turn : undefined;
    return {
      pose,
      beats: seconds,
      caption: description,
      airborne: found?.airborne ?? airborne ?? false,
      ...(found && { contacts: found.contacts }),
      ...(turn !== undefined && { turn }),
    };
  });
  return createMotion(keys, { bpm: 60 });
}
