/**
 * Language models: one client for whichever endpoint answers, the embedded runtime, text and checked JSON.
 *
 * @module
 */
export type { ChatMessage, Completion, CompletionOptions, Timings } from "./chat.ts";
export { completeJson, type JsonCompletion, type JsonCompletionOptions } from "./complete_json.ts";
export { completeText, type TextStream } from "./complete_text.ts";
export { connect, type ConnectOptions } from "./connect.ts";
export type { Connection, Endpoint } from "./connection.ts";
export { createEmbedded, type Embedded, type EmbeddedOptions } from "./embedded.ts";
export { type Environment, environmentOf, processEnvironment } from "./environment.ts";
export { OLLAMA_MODEL } from "./find_ollama.ts";
export type { FetchHandler } from "./handler.ts";
export { LlmError, type LlmErrorKind } from "./llm_error.ts";
export { modelInstead } from "./model_instead.ts";
export { ensureWeights, SMOLLM2_135M } from "./weights.ts";
