import { composed } from "./composed.ts";
import type { Rung } from "../rung.ts";
import { attempt } from "./attempt.ts";
import { nearestTo } from "./library_pose.ts";

/** No model: retrieval finds the dance, or the pose. What nothing is near to is refused. */
export const retrieve: Rung = (task) =>
  attempt(task, async (one) => {
    if (task.frames > 1) {
      const made = await composed(task, "retrieve", one);
      return made.failure === undefined ? made : { ...made, frames: [] };
    }
    const { pose, score } = await nearestTo(task.request, task);
    one.note({ type: "found", id: pose.pose_id, score });
    if (score >= task.retriever.near) return { frames: [pose] };
    return { frames: [], failure: `Nothing in the library is near "${task.request}" (${score.toFixed(2)})` };
  });
