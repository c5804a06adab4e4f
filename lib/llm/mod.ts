/**
 * Language models: one client for whichever endpoint answers, the embedded runtime, text and checked JSON.
 *
 * @module
 */
export type { CallEvent, OnCall } from "./call_event.ts";
export {
  type Capabilities,
  capabilities,
  type CapabilitiesOptions,
  contextLengthOf,
  type Probed,
} from "./capabilities.ts";
export type { ChatMessage, Completion, CompletionOptions, Timings, ToolMessage } from "./chat.ts";
export { type CallsCompletion, type CallsOptions, completeCalls, type ToolDefinition } from "./complete_calls.ts";
export { completeJson, type JsonCompletion, type JsonCompletionOptions } from "./complete_json.ts";
export { completeText, type TextStream } from "./complete_text.ts";
export { connect, type ConnectOptions, weightsAt } from "./connect.ts";
export type { Connection, Endpoint } from "./connection.ts";
export type { ChatRequest, ChatRequestMessage, PlainMessage } from "./chat_request.ts";
export { createEmbedded, type Embedded, type EmbeddedOptions } from "./embedded.ts";
export { type Environment, environmentOf, processEnvironment } from "./environment.ts";
export { OLLAMA_MODEL } from "./find_ollama.ts";
export type { FetchHandler } from "./handler.ts";
export { firstIssues, jsonSchemaOf } from "./json_schema_of.ts";
export { LlmError, type LlmErrorKind } from "./llm_error.ts";
export {
  listModels,
  type ManageOptions,
  type ModelDetails,
  type OllamaModel,
  pullModel,
  type PullProgress,
  removeModel,
  type RunningModel,
  runningModels,
  showModel,
} from "./manage_models.ts";
export { modelInstead } from "./model_instead.ts";
export { type AskLimits, ollamaOriginOf, ollamaVersion } from "./ollama_client.ts";
export { scriptedModel } from "./scripted_model.ts";
export { LLM_PORT, type LlmServer, type ServedRequest, serveLlm, type ServeOptions } from "./serve.ts";
export { plainMessages, type ToolCall } from "./tool_calls.ts";
export {
  choiceFile,
  rememberedModel,
  rememberModel,
  type WantedModel,
  wantedModel,
  type WantedModelOptions,
} from "./wanted_model.ts";
export { type TimeLimit, timeLimit } from "./time_limit.ts";
export { EMBEDDED_MODELS, ensureWeights, GEMMA3_270M, namedWeights, SMOLLM2_135M } from "./weights.ts";
