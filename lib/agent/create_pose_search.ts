/** A search as people and clients see it: poses, what is composed, and the choreography that a query names. */
import { type Library, namesOf } from "../library/mod.ts";
import { type Answer, answer, CLEAR_MARGIN, createNameMatcher, margin, type Retriever } from "../retrieve/mod.ts";
import type { Pose } from "../skeleton/mod.ts";
import { NAMED } from "./rank.ts";

/** What a query found: the answer, each result with its pose. */
export interface FoundPoses extends Answer {
  /** The nearest first; where `answered` is false, the nearest three. */
  readonly results: readonly (Answer["results"][number] & { readonly pose: Pose })[];
  /** The id of the choreography that the query names: a dance is asked for by `dance`, not searched as a pose. */
  readonly choreography?: string;
}

/**
 * Prepares a search of the library's poses.
 *
 * @param library What is searched.
 * @returns A function from a retriever over its poses, a query and a count to what was found.
 */
export function createPoseSearch(
  library: Library,
): (retriever: Retriever, query: string, k: number) => Promise<FoundPoses> {
  const match = createNameMatcher(library.choreographies.map((dance) => ({
    id: dance.id,
    names: [dance.id.replaceAll("_", " "), ...namesOf(dance)],
    descriptions: [],
  })));
  return async (retriever, query, k) => {
    const found = await answer(retriever, query, k);
    const results = found.results.flatMap((hit) => {
      const pose = library.pose(hit.id)?.pose;
      return pose ? [{ ...hit, pose }] : [];
    });
    const ranked = match(query);
    const [first] = ranked;
    const named = first && first.score >= NAMED && margin(ranked) >= CLEAR_MARGIN ? first.id : undefined;
    return { ...found, results, ...(named !== undefined && { choreography: named }) };
  };
}
