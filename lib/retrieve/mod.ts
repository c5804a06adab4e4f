/**
 * Finds what a text means: TF-IDF equal to scikit-learn's, embeddings, retrievers over described documents, and a matcher
 * of names.
 *
 * @module
 */

export { createHybridRetriever } from "./create_hybrid_retriever.ts";
export { createHybridMeasures, type Measured, MEASURES, type QueryState, RELATIVE, STATES } from "./hybrid_measures.ts";
export { HYBRID_WEIGHTS, type HybridWeights, SURENESS, surenessOf, weigh } from "./hybrid_scorer.ts";
export { openMeaning } from "./meaning.ts";
export { createRetriever, DEFAULT_RETRIEVER, RETRIEVERS } from "./create_retriever.ts";
export {
  createEmbedder,
  type Embedder,
  type EmbedKind,
  type EmbedOptions,
  ensureEmbedder,
  isEmbedderCached,
} from "./e5/mod.ts";
export {
  CLEAR_MARGIN,
  createNameMatcher,
  margin,
  type Named,
  NEAR,
  rankByName,
  type RankedName,
} from "./rank_by_name.ts";
export {
  type Answer,
  answer,
  type Described,
  type Hit,
  type Retriever,
  type RetrieverEvent,
  type RetrieverName,
  type RetrieverOptions,
} from "./retriever.ts";
export { cosine, createSparseIndex, type SparseIndex, type SparseVector } from "./sparse.ts";
export { fitTfidf, type Tfidf, type TfidfOptions } from "./tfidf.ts";
export { createVectorIndex, type VectorHit, type VectorIndex } from "./vector_index.ts";
export { type MirrorCosine, mirrorCosines } from "./mirror_cosines.ts";
export { embedStored, type StoredVectorsEvent, type StoredVectorsOptions } from "./stored_vectors.ts";
export { createSlotIndex, type SlotFit, type SlotIndex } from "./slot_index.ts";
