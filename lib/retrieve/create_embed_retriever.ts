import { words } from "../text/mod.ts";
import { createEmbedder, type Embedder } from "./e5/mod.ts";
import { createRanking } from "./description_scores.ts";
import { checkCount, type Described, type Retriever, type RetrieverOptions } from "./retriever.ts";
import { embedStored } from "./stored_vectors.ts";
import { createVectorIndex } from "./vector_index.ts";

/** Where embeddings come from and where they are kept. */
export interface EmbedRetrieverOptions extends RetrieverOptions {
  /** Makes the embedder; multilingual-e5-small unless given. */
  readonly open?: () => Promise<Embedder>;
  /** File of the descriptions' vectors; see `embedStored`. */
  readonly file?: string;
}

// Chosen as `near` of the others was, on testdata/movements.json, and in a gap there, for the last digits of a cosine
// differ between processors; a test holds its figures.
const NEAR = 0.865;

/**
 * Builds the retriever `embed`, see `createRetriever`. The descriptions' vectors are kept on disk, and while they stand
 * there the model is loaded by the first query only.
 *
 * @param documents What to search; checked by the caller.
 * @param options Where embeddings come from, and who hears of it.
 * @throws {AssetError} When the model can't be had or loaded.
 */
export async function createEmbedRetriever(
  documents: readonly Described[],
  options: EmbedRetrieverOptions = {},
): Promise<Retriever> {
  const { file, signal, onEvent = () => {} } = options;
  const rank = createRanking(documents);
  const ended = signal === undefined ? {} : { signal };
  const open = options.open ??
    (() => createEmbedder({ ...ended, onProgress: (progress) => onEvent({ type: "fetch", progress }) }));
  const embedder = await open();
  try {
    const texts = documents.flatMap(({ descriptions }) => descriptions);
    const index = createVectorIndex(embedder.dimensions);
    const vectors = await embedStored(texts, embedder, { ...ended, onEvent, ...(file === undefined ? {} : { file }) });
    for (const vector of vectors) index.add(vector);
    return {
      name: "embed",
      near: NEAR,
      async search(query, k) {
        checkCount(k);
        // The model finds a meaning in anything, an empty text too.
        if (words(query).length === 0) return rank(new Float32Array(index.size), k);
        const [vector] = await embedder.embed([query], { kind: "query", ...ended });
        return rank(vector === undefined ? new Float32Array(index.size) : index.scores(vector), k);
      },
      close: embedder.close,
      [Symbol.asyncDispose]: embedder.close,
    };
  } catch (error) {
    await embedder.close();
    throw error;
  }
}
