/**
 * multilingual-e5-small on onnxruntime: texts of some hundred languages become vectors, on one thread of the CPU.
 *
 * @module
 */

export {
  createEmbedder,
  type Embedder,
  type EmbedKind,
  type EmbedOptions,
  ensureEmbedder,
  isEmbedderCached,
} from "./create_embedder.ts";
export { E5_GRAPH, E5_SMALL } from "./weights.ts";
