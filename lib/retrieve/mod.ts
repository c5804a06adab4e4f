/**
 * Finds what a text means: TF-IDF equal to scikit-learn's, retrievers over described documents, and a matcher of names.
 *
 * @module
 */

export { createRetriever, RETRIEVERS } from "./create_retriever.ts";
export {
  CLEAR_MARGIN,
  createNameMatcher,
  margin,
  type Named,
  NEAR,
  rankByName,
  type RankedName,
} from "./rank_by_name.ts";
export { type Answer, answer, type Described, type Hit, type Retriever, type RetrieverName } from "./retriever.ts";
export { cosine, createSparseIndex, type SparseIndex, type SparseVector } from "./sparse.ts";
export { fitTfidf, type Tfidf, type TfidfOptions } from "./tfidf.ts";
