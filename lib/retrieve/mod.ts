/**
 * Finds what a text means: TF-IDF equal to scikit-learn's, embeddings, retrievers over described documents, and a matcher
 * of names.
 *
 * @module
 */

export { createHybridRetriever } from "./create_hybrid_retriever.ts";
export {
  type Columns,
  createHybridMeasures,
  type HybridMeasures,
  LEADS,
  type Measured,
  MEASURES,
  type QueryState,
  RELATIVE,
  STATES,
} from "./hybrid_measures.ts";
export { HYBRID_WEIGHTS, type HybridWeights, type NamedWeights, SURENESS, surenessOf, weigh } from "./hybrid_scorer.ts";
export type { Scores } from "./description_scores.ts";
export { type MeaningScorer, type Meant, openMeaning } from "./meaning.ts";
export { createRetriever, DEFAULT_RETRIEVER, RETRIEVERS } from "./create_retriever.ts";
export {
  adapt,
  type Adapter,
  type AdapterPose,
  type AdapterTraining,
  E5_ADAPTER,
  type EmbeddedQuery,
  embedPoses,
  openTensors,
  readAdapter,
  rightFirst,
  TENSOR_BACKENDS,
  type TensorBackend,
  type TensorFlow,
  type Tensors,
  trainAdapter,
  writeAdapter,
} from "./adapter/mod.ts";
export { bootstrap, type BootstrapOptions, type Estimate, meanOf, quantile } from "./bootstrap.ts";
export {
  createEmbedder,
  type Embedder,
  type EmbedKind,
  type EmbedOptions,
  ensureEmbedder,
  isEmbedderCached,
} from "./e5/mod.ts";
export {
  evaluateRetrieval,
  type RetrievalEvaluationOptions,
  type RetrievalMeasures,
  type RetrievalOutcome,
} from "./evaluate_retrieval.ts";
export { createPoseJudge, type IdentifiedPose, namesSide, type PoseJudge } from "./judge_poses.ts";
export {
  type JudgedQuery,
  parseQueries,
  QUERIES_FOLDER,
  QUERY_STYLES,
  type QueryFileContext,
  QueryFileError,
  readQueries,
  withoutQueriesOf,
} from "./judged_queries.ts";
export {
  CLEAR_MARGIN,
  createNameMatcher,
  margin,
  type Named,
  NEAR,
  rankByName,
  type RankedName,
} from "./rank_by_name.ts";
export { findStrays, type StrayMove } from "./find_strays.ts";
export { foundWithin, ndcg, reciprocalRank } from "./ranking_measures.ts";
export { seededRandom, shuffled } from "./seeded_random.ts";
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
export { createSlotIndex, FIT, type SlotFits, type SlotIndex } from "./slot_index.ts";
