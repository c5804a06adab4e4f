/** The part of `hybrid` that can be missing: embeddings of the descriptions. */
import { AssetError } from "../assets/mod.ts";
import { createEmbedder, type Embedder, isEmbedderCached } from "./e5/mod.ts";
import type { RetrieverOptions } from "./retriever.ts";
import { embedStored } from "./stored_vectors.ts";
import { createVectorIndex } from "./vector_index.ts";

/** Tells how near every description is by meaning. */
export interface MeaningScorer extends AsyncDisposable {
  /** The cosine of every description with a query. */
  cosines(query: string): Promise<ArrayLike<number>>;
}

/**
 * Loads the embeddings, if they are there and can be.
 *
 * @param texts The descriptions.
 * @param options Who hears that they are not there.
 * @returns What scores by them; nothing where they can't be had.
 */
export async function openMeaning(
  texts: readonly string[],
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
    const index = createVectorIndex(embedder.dimensions);
    for (const vector of await embedStored(texts, embedder, { ...ended, onEvent })) index.add(vector);
    return {
      async cosines(query) {
        const [vector] = await embedder.embed([query], { kind: "query", ...ended });
        return vector ? index.scores(vector) : [];
      },
      [Symbol.asyncDispose]: embedder.close,
    };
  } catch (error) {
    await embedder.close();
    throw error;
  }
}
