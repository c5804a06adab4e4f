/** The part of `hybrid` that can be missing: embeddings of the descriptions, mapped by the adapter. */
import { join } from "node:path";
import { AssetError, checkoutFolder } from "../assets/mod.ts";
import { adapt, E5_ADAPTER, readAdapter } from "./adapter/mod.ts";
import { spellSides } from "../text/mod.ts";
import { normalized } from "./dense.ts";
import { createEmbedder, type Embedder, isEmbedderCached } from "./e5/mod.ts";
import type { Described, RetrieverOptions } from "./retriever.ts";
import { embedStored } from "./stored_vectors.ts";
import { bestOf, type Scores, startsOf } from "./description_scores.ts";
import { createVectorIndex, type VectorIndex } from "./vector_index.ts";

/** How near a query is by meaning: cosines, none below 0. */
export interface Meant {
  /** To every description, in the order of the documents. */
  readonly each: Scores;
  /** To the nearest description of every document. */
  readonly best: Float64Array;
  /** To the middle of all descriptions of every document. */
  readonly all: Float64Array;
}

/** Tells how near every description is by meaning. */
export interface MeaningScorer extends AsyncDisposable {
  /** Measures a query. */
  measure(query: string): Promise<Meant>;
}

/**
 * Loads the embeddings, if they are there and can be.
 *
 * @param documents What is described.
 * @param options Who hears that they are not there.
 * @returns What scores by them; nothing where they can't be had.
 */
export async function openMeaning(
  documents: readonly Described[],
  options: RetrieverOptions,
): Promise<MeaningScorer | undefined> {
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
    const adapter = await readAdapter();
    const vectors = await embedStored(documents.flatMap(({ descriptions }) => descriptions), {
      model: `${embedder.model} ${E5_ADAPTER.sha256}`,
      dimensions: embedder.dimensions,
      embed: async (texts) =>
        (await embedStored(texts, embedder, { ...ended, onEvent })).map((one) => adapt(one, adapter)),
    }, { ...ended, file: join(checkoutFolder(), ".cache", "embeddings", "adapted.vectors") });
    const starts = startsOf(documents);
    const each = indexOf(vectors, embedder.dimensions);
    const all = indexOf(
      documents.map((_, i) => middleOf(vectors.slice(starts[i], starts[i + 1]))),
      embedder.dimensions,
    );
    return {
      async measure(query) {
        const [embedded = new Float32Array(embedder.dimensions)] = await embedder.embed([spellSides(query)], {
          kind: "query",
          ...ended,
        });
        const vector = adapt(embedded, adapter);
        const cosines = each.scores(vector);
        return {
          each: cosines,
          best: bestOf(starts, cosines),
          all: Float64Array.from(all.scores(vector), (cosine) => Math.max(0, cosine)),
        };
      },
      [Symbol.asyncDispose]: embedder.close,
    };
  } catch (error) {
    await embedder.close();
    throw error;
  }
}

function indexOf(vectors: readonly Float32Array[], dimensions: number): VectorIndex {
  const index = createVectorIndex(dimensions);
  for (const vector of vectors) index.add(vector);
  return index;
}

/** The direction of the sum of vectors. */
function middleOf(vectors: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors) vector.forEach((value, i) => sum[i] = (sum[i] ?? 0) + value);
  return normalized(sum);
}
