/** Every retriever by its name. */
import { createEmbedRetriever } from "./create_embed_retriever.ts";
import { createHybridRetriever, createSlotRetriever } from "./create_hybrid_retriever.ts";
import { createLexicalRetriever } from "./create_lexical_retriever.ts";
import { checkIds, type Described, type Retriever, type RetrieverName, type RetrieverOptions } from "./retriever.ts";

/** The names that {@linkcode createRetriever} knows. */
export const RETRIEVERS: readonly RetrieverName[] = ["hybrid", "slots", "tfidf", "char", "embed"];

/** The one that is used unless another is asked for. */
export const DEFAULT_RETRIEVER: RetrieverName = "hybrid";

/**
 * Builds a retriever over documents.
 *
 * `tfidf` compares words and pairs of words as scikit-learn does by default; `char` compares runs of 3–5 letters inside
 * words, "ё" as "е"; `embed` compares meanings, in any of some hundred languages, by multilingual-e5-small, which is
 * fetched first if it isn't there. `slots` holds what it understands of the query against the poses' geometry; `hybrid`
 * weighs `slots`, `char` and, where its weights are there already, `embed`.
 *
 * @param name One of {@linkcode RETRIEVERS}.
 * @param documents What to search.
 * @param options Who hears of what takes time, and what ends it.
 * @returns The retriever, to be closed after use.
 * @throws {RangeError} On an unknown name, an id that two documents share and a document without a description.
 *   {AssetError} When a model that it needs can't be had.
 */
export async function createRetriever(
  name: string,
  documents: readonly Described[],
  options: RetrieverOptions = {},
): Promise<Retriever> {
  const known = checkName(name);
  checkDocuments(documents);
  switch (known) {
    case "embed":
      return await createEmbedRetriever(documents, options);
    case "hybrid":
      return createHybridRetriever(documents, options);
    case "slots":
      return createSlotRetriever(documents);
    default:
      return createLexicalRetriever(known, documents);
  }
}

function checkName(name: string): RetrieverName {
  const known = RETRIEVERS.find((retriever) => retriever === name);
  if (known === undefined) {
    throw new RangeError(`Cannot search with the retriever "${name}": the known ones are ${RETRIEVERS.join(", ")}`);
  }
  return known;
}

function checkDocuments(documents: readonly Described[]): void {
  checkIds(documents);
  const mute = documents.find(({ descriptions }) => descriptions.length === 0);
  if (mute !== undefined) {
    throw new RangeError(`Cannot index "${mute.id}" without a description: give it at least one`);
  }
}
