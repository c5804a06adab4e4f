import { AssetError } from "../assets/mod.ts";
import { parse } from "../notation/mod.ts";
import type { Pose } from "../skeleton/mod.ts";
import { words } from "../text/mod.ts";
import { createLexicalScorer } from "./create_lexical_retriever.ts";
import { createEmbedder, type Embedder, isEmbedderCached } from "./e5/mod.ts";
import { checkCount, type Described, type Hit, type Retriever, type RetrieverOptions } from "./retriever.ts";
import { createSlotIndex, scoreOf } from "./slot_index.ts";
import { embedStored } from "./stored_vectors.ts";
import { createVectorIndex } from "./vector_index.ts";

/** How the parts of `hybrid` are weighed; fitted on the development queries of poses/eval, see its README. */
export interface HybridWeights {
  /** The slots' share where the query is understood, and where only some of it is. */
  readonly understood: number;
  readonly partly: number;
  /** The embeddings' share of what is left, where they are there; the rest is the letters'. */
  readonly embedding: number;
}

/** The weights in use. */
export const HYBRID_WEIGHTS: HybridWeights = { understood: 0.7, partly: 0.4, embedding: 0.5 };

/** Scores below which nothing is near. */
const NEAR = { slots: 0.6, hybrid: 0.5 };

/** Texts as near as this, by letters, are the same but for a slip. */
const SAME = 0.95;

/** Cosines of texts that have nothing in common, and of the same text: the embeddings' scale is made 0 to 1 by them. */
const EMBEDDING_FLOOR = 0.8;

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
    near: NEAR.slots,
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

/** Scores every description by meaning, 0 to about 1. */
interface MeaningScorer extends AsyncDisposable {
  score(query: string): Promise<ArrayLike<number>>;
}

async function openMeaning(texts: readonly string[], options: RetrieverOptions): Promise<MeaningScorer | undefined> {
  const { signal, onEvent = () => {} } = options;
  if (!(await isEmbedderCached())) {
    onEvent({ type: "without", part: "embeddings" });
    return undefined;
  }
  const ended = signal === undefined ? {} : { signal };
  let embedder: Embedder;
  try {
    embedder = await createEmbedder({ ...ended, onProgress: (progress) => onEvent({ type: "fetch", progress }) });
    await embedder.embed(["?"], { kind: "query", ...ended });
  } catch (error) {
    // What can't be loaded on this machine is done without.
    if (!(error instanceof AssetError)) throw error;
    onEvent({ type: "without", part: "embeddings" });
    return undefined;
  }
  try {
    const index = createVectorIndex(embedder.dimensions);
    for (const vector of await embedStored(texts, embedder, { ...ended, onEvent })) index.add(vector);
    return {
      async score(query) {
        const [vector] = await embedder.embed([query], { kind: "query", ...ended });
        if (!vector) return [];
        const cosines = Float64Array.from(index.scores(vector));
        return cosines.map((cosine) => Math.max(0, (cosine - EMBEDDING_FLOOR) / (1 - EMBEDDING_FLOOR)));
      },
      [Symbol.asyncDispose]: embedder.close,
    };
  } catch (error) {
    await embedder.close();
    throw error;
  }
}

/**
 * Builds the retriever `hybrid`, see `createRetriever`: what the parser understands is held against the geometry, and
 * letters and, where they are there, embeddings find the words that it does not know.
 *
 * @param documents What to search, with their poses.
 * @param options Who hears that the embeddings are not there, and other weights.
 */
export function createHybridRetriever(
  documents: readonly Described[],
  options: RetrieverOptions & { readonly weights?: HybridWeights } = {},
): Retriever {
  const slots = createSlotIndex(posesOf("hybrid", documents));
  const texts = documents.flatMap(({ descriptions }) => descriptions);
  const letters = createLexicalScorer("char", texts);
  let opened: Promise<MeaningScorer | undefined> | undefined;
  // The model is opened by the first search: who only asks for a dance by its name waits for nothing.
  const meaningOf = () => opened ??= openMeaning(texts, options);
  const close = async () => await (await opened)?.[Symbol.asyncDispose]();
  const weights = options.weights ?? HYBRID_WEIGHTS;
  return {
    name: "hybrid",
    near: NEAR.hybrid,
    async search(query, k) {
      checkCount(k);
      const parsed = parse(query);
      const bySlots = slots.fits(parsed.slots).map(scoreOf);
      const byLetters = letters(query);
      const meaning = words(query).length > 0 ? await meaningOf() : undefined;
      const byMeaning = await meaning?.score(query);
      const share = parsed.slots.length === 0 ? 0 : parsed.understood ? weights.understood : weights.partly;
      let at = 0;
      return ranked(documents.map(({ id, descriptions }, i) => {
        let best = { score: -1, description: "" };
        for (const description of descriptions) {
          const lexical = byLetters[at] ?? 0;
          const text = byMeaning
            ? (1 - weights.embedding) * lexical + weights.embedding * (byMeaning[at] ?? 0)
            : lexical;
          if (text > best.score) best = { score: text, description };
          at++;
        }
        const score = share * Math.max(0, bySlots[i] ?? 0) + (1 - share) * best.score;
        // A description's very words mean its pose, whatever the parser makes of them.
        const same = best.score > SAME ? best.score : 0;
        return { id, score: Math.min(1, Math.max(score, same)), description: best.description };
      })).slice(0, k);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
