/** The rung on which a model writes nothing: it picks one of a few verified poses. */
import { chooseOne } from "../choose.ts";
import type { Rung } from "../rung.ts";
import { attempt } from "./attempt.ts";
import { composed } from "./composed.ts";
import { insteadOf, outsideOf } from "./library_pose.ts";

/** How many poses a model chooses among. */
const CANDIDATES = 4;

/** The model chooses among what retrieval found: a choreography, or for a single figure a pose. */
export const select: Rung = (task) =>
  attempt(task, async (one) => {
    const { request, frames, library, retriever, seed, signal } = task;
    if (frames > 1) return await composed(task, "select", one);
    // Answered by short English names: a small model runs out of tokens in a Russian sentence.
    const options = (await retriever.search(request, CANDIDATES)).map(({ id, description: also }) => ({
      id,
      name: id.replaceAll("_", " "),
      also,
    }));
    one.note({ type: "options", options });
    const { connection } = one;
    const id = await chooseOne(request, options, { connection, seed, ...(signal && { signal }) });
    one.note({ type: "chosen", id });
    const chosen = library.pose(id);
    if (!chosen) throw new RangeError(`Cannot find the pose "${id}" that was chosen`);
    return { frames: [outsideOf(chosen, options.find((option) => option.id === id)?.also)] };
  }, insteadOf(task));
