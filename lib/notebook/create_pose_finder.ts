import { describedPoses, type Library } from "../library/mod.ts";
import { createRetriever, DEFAULT_RETRIEVER, type RetrieverName } from "../retrieve/mod.ts";
import type { Posed } from "./show.ts";

/** A pose that a text found, ready for `show`. */
export interface FoundPose extends Posed {
  /** The id in the library. */
  readonly id: string;
  /** How near the text is to the pose's nearest description: 1 the same, 0 nothing in common. */
  readonly score: number;
  /** Score and id. */
  readonly caption: string;
}

/**
 * Looks texts up among the descriptions of a library's poses.
 *
 * @param library What is searched.
 * @param retriever How; `hybrid` unless given.
 * @returns A function that gives the poses nearest to a text, best first: one, or as many as asked for. It throws
 *   {@linkcode RangeError} for a number that is not whole, 1 or more.
 * @throws {RangeError} For a retriever that there isn't.
 */
export async function createPoseFinder(
  library: Library,
  retriever: RetrieverName = DEFAULT_RETRIEVER,
): Promise<(text: string, k?: number) => Promise<FoundPose[]>> {
  const documents = describedPoses(library);
  const searcher = await createRetriever(retriever, documents);
  return async (text, k = 1) => {
    const hits = await searcher.search(text, k);
    return hits.flatMap(({ id, score }) => {
      const found = library.pose(id);
      return found ? [{ id, score, pose: found.pose, caption: `${score.toFixed(2)} ${id}` }] : [];
    });
  };
}
