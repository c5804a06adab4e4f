/** The retrievers `slots`, by what a body does, and `hybrid`, by all that is known of how a query fits a pose. */
import { parse } from "../notation/mod.ts";
import type { Pose } from "../skeleton/mod.ts";
import { bareText } from "../text/mod.ts";
import { mapped } from "./dense.ts";
import { createHybridMeasures, type HybridMeasures } from "./hybrid_measures.ts";
import { chanceOf, HYBRID_WEIGHTS, surenessOf, weigh } from "./hybrid_scorer.ts";
import { type MeaningScorer, openMeaning } from "./meaning.ts";
import { checkCount, type Described, type Hit, type Retriever, type RetrieverOptions } from "./retriever.ts";
import { createSlotIndex, scoresOf } from "./slot_index.ts";
import { startsOf } from "./description_scores.ts";

/** The score of `slots` below which nothing is near. */
const NEAR_SLOTS = 0.6;

/** The chance below which nothing is near: the fit moves what it learns of chances so. */
const NEAR = 0.5;

/** How much worse than the first a hit is that scores a third as much. */
const WORSE = 4;

/** What it costs a pose to be what the query denies. */
const DENIED = 12;

/** Who has no pose can't be found by what the body does. */
function posesOf(name: string, documents: readonly Described[]): Pose[] {
  return documents.map(({ id, pose }) => {
    if (!pose) throw new RangeError(`Cannot search "${id}" with the retriever "${name}": it has no pose`);
    return pose;
  });
}

/** The places of the highest scores, best first; equal ones in their order. */
function places(scores: Float64Array, k: number): number[] {
  // Nothing below the k-th highest score need be put in order.
  const least = k < scores.length ? scores.toSorted()[scores.length - k] ?? 0 : -Infinity;
  const order: number[] = [];
  for (let i = 0; i < scores.length; i++) if ((scores[i] ?? 0) >= least) order.push(i);
  return order.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b).slice(0, k);
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
        const scores = scoresOf(index.fits(parse(query).slots));
        return places(scores, k).flatMap((i): Hit[] => {
          const { id, descriptions: [description = ""] = [] } = documents[i] ?? {};
          return id === undefined ? [] : [{ id, score: Math.max(0, scores[i] ?? 0), description }];
        });
      }),
    close: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** What the first search builds: who only asks for a dance by its name waits for nothing. */
interface HybridIndex {
  readonly measures: HybridMeasures;
  /** The documents that have a description, by its bare words. */
  readonly verbatim: ReadonlyMap<string, ReadonlySet<number>>;
}

function indexOf(documents: readonly Described[], poses: readonly Pose[]): HybridIndex {
  const verbatim = new Map<string, Set<number>>();
  documents.forEach(({ descriptions }, i) => {
    for (const text of descriptions.map(bareText)) verbatim.set(text, (verbatim.get(text) ?? new Set()).add(i));
  });
  return { measures: createHybridMeasures(documents, poses), verbatim };
}

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
  const starts = startsOf(documents);
  const nothing = new Float64Array(starts.at(-1) ?? 0);
  let index: HybridIndex | undefined;
  let opened: Promise<MeaningScorer | undefined> | undefined;
  const close = async () => await (await opened)?.[Symbol.asyncDispose]();
  return {
    name: "hybrid",
    near: NEAR,
    async search(query, k) {
      checkCount(k);
      const { measures, verbatim } = index ??= indexOf(documents, poses);
      const asked = bareText(query);
      // A letter is no description, though one may name a shape.
      const wordy = asked.length > 1;
      const meaning = wordy && options.embeddings !== false
        ? await (opened ??= openMeaning(documents, options))
        : undefined;
      const meant = await meaning?.measure(query);
      const measured = measures.measure(query, meant);
      const weights = meant ? HYBRID_WEIGHTS.embeddings : HYBRID_WEIGHTS.letters;
      const weighed = mapped(weigh(measured, weights), (score, i) => score - DENIED * (measured.denied[i] ?? 0));
      const best = weighed.reduce((a, b) => Math.max(a, b), -Infinity);
      const likely = wordy ? chanceOf(surenessOf(measured, weighed), weights) : 0;
      // Nothing is near to what can't be.
      const chance = measured.contradicts ? Math.min(likely, NEAR / 2) : likely;
      const same = wordy ? verbatim.get(asked) : undefined;
      // A description's very words mean its pose, whatever the parser makes of them.
      const scores = mapped(weighed, (score, i) => same?.has(i) ? 1 : chance * Math.exp((score - best) / WORSE));
      const each = meant?.each ?? nothing;
      return places(scores, k).flatMap((i): Hit[] => {
        const document = documents[i];
        if (!document) return [];
        let nearest = -1, most = -1;
        for (let at = starts[i] ?? 0, end = starts[i + 1] ?? 0; at < end; at++) {
          const near = (measured.byLetters[at] ?? 0) + (each[at] ?? 0);
          if (near > most) [nearest, most] = [at - (starts[i] ?? 0), near];
        }
        return [{ id: document.id, score: scores[i] ?? 0, description: document.descriptions[nearest] ?? "" }];
      });
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
