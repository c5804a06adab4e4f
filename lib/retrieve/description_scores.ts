/** Scores of descriptions, several a document, brought together. */
import type { Described, Hit } from "./retriever.ts";

/** A number a description. */
export type Scores = Float64Array | Float32Array;

/** Where each document's descriptions begin among all, and where the last ones end. */
export const startsOf = (documents: readonly Described[]): Uint32Array =>
  startsOfLists(documents.map(({ descriptions }) => descriptions));

/** The same of lists that follow each other. */
export function startsOfLists(lists: readonly (readonly unknown[])[]): Uint32Array {
  let at = 0;
  return Uint32Array.from([...lists.map(({ length }) => length), 0], (count) => {
    at += count;
    return at - count;
  });
}

/** The best of each document's descriptions, whose scores stand from where `startsOf` says. */
export function bestOf(starts: Uint32Array, scores: Scores): Float64Array {
  const best = new Float64Array(starts.length - 1);
  for (let i = 0; i < best.length; i++) {
    let most = 0;
    for (let at = starts[i] ?? 0, end = starts[i + 1] ?? 0; at < end; at++) {
      const score = scores[at] ?? 0;
      if (score > most) most = score;
    }
    best[i] = most;
  }
  return best;
}

/** The mean of each document's descriptions; 0 where there is none. */
export function meansOf(starts: Uint32Array, scores: Scores): Float64Array {
  const means = new Float64Array(starts.length - 1);
  for (let i = 0; i < means.length; i++) {
    const from = starts[i] ?? 0, end = starts[i + 1] ?? 0;
    let sum = 0;
    for (let at = from; at < end; at++) sum += scores[at] ?? 0;
    means[i] = end === from ? 0 : sum / (end - from);
  }
  return means;
}

/**
 * Gets ready to rank documents by the scores of their descriptions.
 *
 * @param documents The documents.
 * @returns A function from a score for every description of every document, in their order, and how many hits at most,
 *   to the hits, best first; equal ones in the order of the documents.
 */
export function createRanking(documents: readonly Described[]): (scores: Scores, k: number) => Hit[] {
  const starts = startsOf(documents);
  const descriptions = documents.flatMap((document) => document.descriptions);
  return (scores, k) => {
    // The best so far, best first. Most descriptions don't beat the last of them and cost one comparison.
    const hits: Hit[] = [];
    let least = -Infinity;
    for (let i = 0; i < documents.length; i++) {
      let score = least, nearest = -1;
      for (let at = starts[i] ?? 0, end = starts[i + 1] ?? 0; at < end; at++) {
        const one = scores[at] ?? 0;
        if (one <= score) continue;
        score = one;
        nearest = at;
      }
      const id = documents[i]?.id;
      if (nearest === -1 || id === undefined) continue;
      let place = hits.length;
      while (place > 0 && (hits[place - 1]?.score ?? 0) < score) place--;
      hits.splice(place, 0, { id, score, description: descriptions[nearest] ?? "" });
      if (hits.length > k) hits.pop();
      if (hits.length === k) least = hits.at(-1)?.score ?? least;
    }
    return hits;
  };
}
