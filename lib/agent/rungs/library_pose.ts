/** Poses of the library as answers of a rung. */
import type { LibraryPose } from "../../library/mod.ts";
import type { OutsidePose, RungTask } from "../rung.ts";

/** A pose of the library, as a rung gives it. */
export const outsideOf = ({ id, pose, airborne }: LibraryPose, description?: string): OutsidePose => ({
  ...pose,
  pose_id: id,
  ...(airborne && { airborne }),
  ...(description !== undefined && { description }),
});

/** The pose of the library that is nearest to a text; with its score. */
export async function nearestTo(text: string, { library, retriever }: RungTask) {
  const [hit] = await retriever.search(text, 1);
  const found = hit && library.pose(hit.id);
  if (!hit || !found) throw new RangeError(`Cannot find a pose for "${text}": the library is empty`);
  return { pose: outsideOf(found, text), score: hit.score };
}

/** What stands in where a model's answer can't be used: the pose nearest to the request, as often as was asked. */
export const insteadOf = (task: RungTask) => async (): Promise<OutsidePose[]> => {
  const { pose } = await nearestTo(task.request, task);
  return Array.from({ length: task.frames }, () => pose);
};
