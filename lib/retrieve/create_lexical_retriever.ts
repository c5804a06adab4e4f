/** Retrieval by shared words (`tfidf`) or shared runs of letters (`char`). */
import { bareText, charNgrams } from "../text/mod.ts";
import { createRanking } from "./description_scores.ts";
import { checkCount, type Described, type Retriever } from "./retriever.ts";
import { createSparseIndex } from "./sparse.ts";
import { fitTfidf, type TfidfOptions } from "./tfidf.ts";

/** A text's runs of 3–5 letters. */
export const letterRuns = (text: string): string[] => charNgrams(bareText(text), 3, 5);

interface Lexical extends TfidfOptions {
  readonly near: number;
}

// `near` was chosen on testdata/movements.json (36 answerable queries, 22 unrelated ones; a test holds its figures).
const LEXICAL: Record<"tfidf" | "char", Lexical> = {
  // The course's baseline, as scikit-learn's TfidfVectorizer(ngram_range=(1, 2)) has it.
  tfidf: { near: 0.3 },
  // Runs of letters meet where words differ by an ending or a slip of the finger.
  char: { near: 0.3, tokenize: letterRuns, ngramRange: [1, 1] },
};

/**
 * Scores descriptions by the words, or the runs of letters, that they share with a query.
 *
 * @param name By words or by runs of 3–5 letters.
 * @param descriptions What to score; at least one.
 * @returns A function from a query to a score for every description, in their order: 0 nothing shared, 1 the same.
 */
export function createLexicalScorer(
  name: "tfidf" | "char",
  descriptions: readonly string[],
): (query: string) => Float64Array {
  const { near: _, ...options } = LEXICAL[name];
  const model = fitTfidf(descriptions, options);
  const index = createSparseIndex(model.vectors, model.vocabulary.size);
  return (query) => index.scores(model.transform(query));
}

/**
 * Builds the retriever `tfidf` or `char`, see `createRetriever`.
 *
 * @param documents What to search; checked by the caller.
 */
export function createLexicalRetriever(name: "tfidf" | "char", documents: readonly Described[]): Retriever {
  const rank = createRanking(documents);
  const score = createLexicalScorer(name, documents.flatMap(({ descriptions }) => descriptions));
  return {
    name,
    near: LEXICAL[name].near,
    search: (query, k) =>
      Promise.try(() => {
        checkCount(k);
        return rank(score(query), k);
      }),
    close: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
