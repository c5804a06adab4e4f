import { parse } from "../notation/mod.ts";
import type { Pose } from "../skeleton/mod.ts";
import { bareText } from "../text/mod.ts";
import { createHybridMeasures, type HybridMeasures } from "./hybrid_measures.ts";
import { chanceOf, HYBRID_WEIGHTS, surenessOf, weigh } from "./hybrid_scorer.ts";
import { type MeaningScorer, openMeaning } from "./meaning.ts";
import { checkCount, type Described, type Hit, type Retriever, type RetrieverOptions } from "./retriever.ts";
import { createSlotIndex, scoreOf } from "./slot_index.ts";

/** The score of `slots` below which nothing is near. */
const NEAR_SLOTS = 0.6;

/** The chance below which nothing is near: the fit moves what it learns of chances so. */
const NEAR = 0.5;

/** How much worse than the first a hit is that scores a third as much. */
const WORSE = 4;

/** Who has no pose can't be found by what the body does. */
function posesOf(name: string, documents: readonly Described[]): Pose[] {
  return documents.map(({ id, pose }) => {
    if (!pose) throw new RangeError(`Cannot search "${id}" with the retriever "${name}": it has no pose`);
    return pose;
  });
}

/**
 * Builds the retriever `slots`, see `createRetriever`: by geometry alone. A hit's description is the pose's first.
 *
 * @param documents What to search, with their poses.
 */
export function createSlotRetriever(documents: readonly Described[]): Retriever {
  const index = createSlotIndex(posesOf("slots", documents));
  return {
    name: "slots",
    near: NEAR_SLOTS,
    search: (query, k) =>
      Promise.try(() => {
        checkCount(k);
        const scores = index.fits(parse(query).slots).map(scoreOf);
        return ranked(documents.map(({ id, descriptions }, i) => ({
          id,
          score: Math.max(0, scores[i] ?? 0),
          description: descriptions[0] ?? "",
        }))).slice(0, k);
      }),
    close: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

const ranked = (hits: Hit[]): Hit[] => hits.sort((a, b) => b.score - a.score);

/**
 * Builds the retriever `hybrid`, see `createRetriever`: what the parser understands is held against the geometry, and
 * words, letters and, where they are there, embeddings find what it does not know. A hit's score is the chance that the
 * first is right, less what is worse about the hit.
 *
 * @param documents What to search, with their poses.
 * @param options Who hears that the embeddings are not there, and whether to do without them though they are.
 */
export function createHybridRetriever(
  documents: readonly Described[],
  options: RetrieverOptions & { readonly embeddings?: boolean } = {},
): Retriever {
  const poses = posesOf("hybrid", documents);
  const texts = documents.flatMap(({ descriptions }) => descriptions);
  // All are made by the first search: who only asks for a dance by its name waits for nothing.
  let measures: HybridMeasures | undefined;
  let verbatim: readonly ReadonlySet<string>[] | undefined;
  let opened: Promise<MeaningScorer | undefined> | undefined;
  const close = async () => await (await opened)?.[Symbol.asyncDispose]();
  return {
    name: "hybrid",
    near: NEAR,
    async search(query, k) {
      checkCount(k);
      measures ??= createHybridMeasures(documents, poses);
      verbatim ??= documents.map(({ descriptions }) => new Set(descriptions.map(bareText)));
      const asked = bareText(query);
      const wordy = asked !== "";
      const meaning = wordy && options.embeddings !== false
        ? await (opened ??= openMeaning(texts, options))
        : undefined;
      const cosines = await meaning?.cosines(query);
      const measured = measures.measure(query, cosines);
      const weights = cosines ? HYBRID_WEIGHTS.embeddings : HYBRID_WEIGHTS.letters;
      const scores = weigh(measured, weights);
      const best = scores.reduce((a, b) => Math.max(a, b), -Infinity);
      const chance = wordy ? chanceOf(surenessOf(measured, scores), weights) : 0;
      let at = 0;
      return ranked(documents.map(({ id, descriptions }, i) => {
        let nearest = { near: -1, description: "" };
        for (const description of descriptions) {
          const near = (measured.byLetters[at] ?? 0) + (cosines?.[at] ?? 0);
          if (near > nearest.near) nearest = { near, description };
          at++;
        }
        // A description's very words mean its pose, whatever the parser makes of them.
        const same = wordy && verbatim?.[i]?.has(asked);
        const score = same ? 1 : chance * Math.exp(((scores[i] ?? 0) - best) / WORSE);
        return { id, score, description: nearest.description };
      })).slice(0, k);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
