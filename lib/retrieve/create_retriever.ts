import { charNgrams, words } from "../text/mod.ts";
import { createEmbedRetriever } from "./create_embed_retriever.ts";
import {
  bestHits,
  checkCount,
  checkIds,
  type Described,
  type Retriever,
  type RetrieverName,
  type RetrieverOptions,
} from "./retriever.ts";
import { createSparseIndex } from "./sparse.ts";
import { fitTfidf, type TfidfOptions } from "./tfidf.ts";

interface Lexical extends TfidfOptions {
  readonly near: number;
}

// `near` was chosen on testdata/movements.json (36 answerable queries, 22 unrelated ones; a test holds its figures): a
// first cut, to be calibrated on the pose library and queries that nobody has tuned on.
const LEXICAL: Record<Exclude<RetrieverName, "embed">, Lexical> = {
  // The course's baseline, as scikit-learn's TfidfVectorizer(ngram_range=(1, 2)) has it.
  tfidf: { near: 0.3 },
  // Runs of letters meet where words differ by an ending or a slip of the finger.
  char: { near: 0.3, tokenize: (text) => charNgrams(words(text).join(" "), 3, 5), ngramRange: [1, 1] },
};

/** The names that {@linkcode createRetriever} knows. */
export const RETRIEVERS: readonly RetrieverName[] = ["tfidf", "char", "embed"];

/**
 * Builds a retriever over documents.
 *
 * `tfidf` compares words and pairs of words as scikit-learn does by default; `char` compares runs of 3–5 letters inside
 * words, "ё" as "е"; `embed` compares meanings, in any of some hundred languages, by multilingual-e5-small, which is
 * fetched first if it isn't there.
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
  return known === "embed" ? await createEmbedRetriever(documents, options) : createLexical(known, documents);
}

function createLexical(name: keyof typeof LEXICAL, documents: readonly Described[]): Retriever {
  const { near, ...options } = LEXICAL[name];
  const model = fitTfidf(documents.flatMap(({ descriptions }) => descriptions), options);
  const index = createSparseIndex(model.vectors, model.vocabulary.size);
  return {
    name,
    near,
    search: (query, k) =>
      Promise.try(() => {
        checkCount(k);
        return bestHits(documents, index.scores(model.transform(query)), k);
      }),
    close: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
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
