/** The choreographer's methods as rungs. */
import { composeDance } from "../compose.ts";
import { type DanceFrame, type Method, RefusedError } from "../dance.ts";
import type { OutsidePose, RungTask } from "../rung.ts";
import { type Attempt, type Attempted } from "./attempt.ts";
import { insteadOf } from "./library_pose.ts";

/** Makes a dance by one method; where it is refused, the library's nearest pose stands in. */
export async function composed(
  task: RungTask,
  method: Exclude<Method, "auto">,
  { connection, note }: Attempt,
): Promise<Attempted> {
  const { request, frames, library, retriever, seed, signal } = task;
  let failure: string | undefined;
  try {
    const dance = await composeDance({
      library,
      request,
      method,
      retriever,
      frames,
      seed,
      connect: () => Promise.resolve(connection),
      onEvent(event) {
        if (event.type === "failed") failure = event.message;
        // Poses by their ids: a trace is to be read.
        if (event.type === "frame") note({ type: event.type, pose_id: event.frame.pose_id, score: event.frame.score });
        else if (event.type !== "retriever" && event.type !== "stage") note(event);
      },
      ...(signal && { signal }),
    });
    const made = { frames: dance.frames.map((frame) => outsideFrame(frame, task)) };
    return failure === undefined ? made : { ...made, schemaValid: false, failure };
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return { schemaValid: failure === undefined, frames: await insteadOf(task)(), failure: error.message };
  }
}

/** A frame of a dance as a pose from outside. */
function outsideFrame(
  { pose, pose_id, description, composed, airborne }: DanceFrame,
  { library }: RungTask,
): OutsidePose {
  const found = composed ? undefined : library.pose(pose_id);
  return {
    ...pose,
    description,
    ...(found && { pose_id }),
    ...((found?.airborne ?? airborne) && { airborne: true }),
  };
}
