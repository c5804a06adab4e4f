/** llama.cpp in this process, behind the same API as a server's. */
import type {
  ChatHistoryItem,
  Llama,
  LlamaChat,
  LlamaContextSequence,
  LlamaEmbeddingContext,
  LlamaGrammar,
  LlamaModel,
} from "node-llama-cpp";
import { basename } from "node:path";
import { ApiError } from "./api_error.ts";
import type { ChatRequest, PlainMessage } from "./chat_request.ts";
import type { Embeddings, Engine, Generated } from "./engine.ts";
import { type GrammarCache, grammarCache } from "./grammar_cache.ts";
import { createHandler, type FetchHandler } from "./handler.ts";
import { callSchema, plainMessages, toolsOf } from "./tool_calls.ts";

/** How the embedded runtime is set up. */
export interface EmbeddedOptions {
  /** Path of the weights, a GGUF file. */
  readonly modelPath: string;
  /** Tokens that prompt and answer have together (default 4096, or what the model was trained for if that is less). */
  readonly contextSize?: number;
  /** Threads to compute with (default one fewer than there are cores, at least one: the rest of the machine needs one). */
  readonly threads?: number;
}

/** A language model inside this process. */
export interface Embedded extends AsyncDisposable {
  /** The model's name for requests: the weights' file name without extension and quantisation. */
  readonly model: string;
  /** OpenAI's API, for `new OpenAI({ fetch })`. */
  readonly handler: FetchHandler;
  /**
   * Loads the model now instead of at the first request.
   *
   * @throws {ApiError} Status 503 when there is no runtime for this platform or the weights can't be loaded.
   */
  load(): Promise<void>;
  /** Ends what is running and frees the memory; afterwards the process can exit. May be called twice. */
  close(): Promise<void>;
}

const DEFAULT_CONTEXT = 4096;
const EMBEDDING_CONTEXT = 2048;

/**
 * The embedded runtime: llama.cpp on the CPU, in this process. Nothing is loaded until the first request.
 *
 * Every token is chosen on one or the other of several threads, and glibc gives each of them a heap of its own, which
 * keeps the most that a choice ever took. With the environment variable `MALLOC_ARENA_MAX=1` they share one: after 20 calls
 * the process with SmolLM2 takes 430 MB instead of 575 MB, for at most 3 % more processor time (8.7 against 8.4 ms a token,
 * the best of six runs each on a busy machine). `deno task pose` and the notebooks' kernel set it.
 *
 * @param options The weights, and how to run them.
 */
export function createEmbedded(options: EmbeddedOptions): Embedded {
  const model = modelName(options.modelPath);
  const closing = new AbortController();
  let running: Promise<Runtime> | undefined;
  const load = () => {
    if (closing.signal.aborted) return Promise.reject(new ApiError(503, `The embedded runtime of ${model} is closed`));
    // What failed once may go next time: the stop button of JupyterLab also ends the process that tries the library.
    return running ??= startRuntime(model, options, closing.signal).catch((error) => {
      running = undefined;
      throw error;
    });
  };
  const close = async () => {
    closing.abort(new ApiError(503, `The embedded runtime of ${model} is closed`));
    const runtime = await running?.catch(() => undefined);
    running = undefined;
    await runtime?.dispose();
  };
  return {
    model,
    handler: createHandler({ model, load }),
    load: async () => void await load(),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** `SmolLM2-135M-Instruct.Q8_0.gguf` is the model `SmolLM2-135M-Instruct`. */
function modelName(path: string): string {
  return basename(path).replace(/\.gguf$/i, "").replace(/[.-]I?Q\d\w*$/i, "");
}

interface Runtime extends Engine {
  dispose(): Promise<void>;
}

async function startRuntime(name: string, options: EmbeddedOptions, closing: AbortSignal): Promise<Runtime> {
  const threads = options.threads ?? Math.max(1, navigator.hardwareConcurrency - 1);
  const { LlamaChat, llama } = await startLlama(threads);
  try {
    const model = await llama.loadModel({ modelPath: options.modelPath });
    const contextSize = options.contextSize ?? Math.min(DEFAULT_CONTEXT, model.trainContextSize);
    const context = await model.createContext({ contextSize, threads });
    const chat = new LlamaChat({ contextSequence: context.getSequence() });
    const grammars = grammarCache(llama);
    let embedding: Promise<LlamaEmbeddingContext> | undefined;
    let idle: Promise<unknown> = Promise.resolve();
    return {
      model: name,
      contextSize: context.contextSize,
      countTokens: (messages) => Promise.resolve(countTokens(chat, model, historyOf(messages))),
      generate(request, { onText, signal, maxTokens }) {
        const generating = generate(chat, grammars, request, {
          onText,
          signal: AbortSignal.any([signal, closing]),
          maxTokens,
        });
        idle = generating.catch(() => {});
        return generating;
      },
      embed(texts, signal) {
        // A context of its own, for that of the chat gives no vectors: made only where somebody asks for some.
        const most = Math.min(EMBEDDING_CONTEXT, contextSize);
        embedding ??= model.createEmbeddingContext({ contextSize: most, threads });
        embedding.catch(() => embedding = undefined);
        const embedded = embed(embedding, most, texts, AbortSignal.any([signal, closing]));
        idle = embedded.catch(() => {});
        return embedded;
      },
      async dispose() {
        await idle;
        chat.dispose();
        await llama.dispose();
      },
    };
  } catch (error) {
    await llama.dispose();
    const reason = error instanceof Error ? error.message : String(error);
    throw new ApiError(
      503,
      `Cannot load the weights ${options.modelPath}: ${reason}. ` +
        "Delete the file to have the default fetched again, or set LLM_MODEL to another GGUF file.",
      { code: "runtime_unavailable", cause: error },
    );
  }
}

async function startLlama(maxThreads: number): Promise<{ LlamaChat: typeof LlamaChat; llama: Llama }> {
  try {
    const { getLlama, LlamaChat, LlamaLogLevel } = await import("node-llama-cpp");
    const llama = await getLlama({
      gpu: false,
      build: "never",
      skipDownload: true,
      progressLogs: false,
      maxThreads,
      // What matters comes as an exception; the rest would mix with the program's own output.
      logLevel: LlamaLogLevel.disabled,
    });
    return { LlamaChat, llama };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ApiError(
      503,
      `The embedded runtime does not start on ${Deno.build.target}: ${reason}. ` +
        "Start Ollama, or set OPENAI_BASE_URL to an OpenAI-compatible endpoint.",
      { code: "runtime_unavailable", cause: error },
    );
  }
}

async function generate(
  chat: LlamaChat,
  grammars: GrammarCache,
  request: ChatRequest,
  { onText, signal, maxTokens }: { onText: (text: string) => void; signal: AbortSignal; maxTokens: number },
): Promise<Generated> {
  const grammar = await grammarOf(request, grammars);
  signal.throwIfAborted();
  // A prefix kept from the last request would be faster, but its numbers differ in the last digit from freshly computed
  // ones, and the same seed would no longer give the same answer.
  await chat.sequence.clearHistory();
  const before = outputTokens(chat.sequence);
  const history = historyOf(plainMessages(request));
  const stop = typeof request.stop === "string" ? [request.stop] : request.stop ?? [];
  const answer = await chat.generateResponse(history, {
    onTextChunk: onText,
    signal,
    maxTokens,
    temperature: request.temperature ?? 1,
    topP: request.top_p ?? 0.95,
    seed: request.seed === null || request.seed === undefined ? randomSeed() : request.seed >>> 0,
    repeatPenalty: repeatPenalty(request),
    customStopTriggers: stop,
    ...(grammar === undefined ? {} : { grammar }),
  });
  return {
    text: answer.response,
    finishReason: answer.metadata.stopReason === "maxTokens" ? "length" : "stop",
    promptTokens: countTokens(chat, chat.model, history),
    completionTokens: outputTokens(chat.sequence) - before,
  };
}

async function embed(
  loading: Promise<LlamaEmbeddingContext>,
  most: number,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<Embeddings> {
  const context = await loading;
  const lengths = texts.map((text) => context.calculateInputLength(text));
  const long = lengths.findIndex((length) => length >= most);
  if (long >= 0) {
    const message = `The text ${long + 1} of ${texts.length} has ${lengths[long]} tokens, and at most ` +
      `${most - 1} can be embedded`;
    throw new ApiError(400, message, { code: "context_length_exceeded", param: "input" });
  }
  const vectors: number[][] = [];
  for (const text of texts) {
    signal.throwIfAborted();
    const { vector } = await context.getEmbeddingFor(text);
    const norm = Math.hypot(...vector);
    vectors.push(vector.map((value) => value / (norm || 1)));
  }
  return { vectors, promptTokens: lengths.reduce((sum, length) => sum + length, 0) };
}

/**
 * Free text gets the mild penalty that llama.cpp's tools and Ollama use, for a small model loops without it; a schema's
 * answer gets none, for its quotes and brackets must repeat.
 */
function repeatPenalty(request: ChatRequest) {
  const { frequency_penalty: frequencyPenalty, presence_penalty: presencePenalty } = request;
  if (frequencyPenalty || presencePenalty) {
    return { penalty: 1, frequencyPenalty: frequencyPenalty ?? 0, presencePenalty: presencePenalty ?? 0 };
  }
  if (frequencyPenalty === 0 || presencePenalty === 0) return false;
  return isStructured(request) ? false : { penalty: 1.1 };
}

function isStructured(request: ChatRequest): boolean {
  return toolsOf(request).tools.length > 0 || (request.response_format?.type ?? "text") !== "text";
}

async function grammarOf(request: ChatRequest, grammars: GrammarCache): Promise<LlamaGrammar | undefined> {
  const { tools, forced } = toolsOf(request);
  if (forced) return await grammars.forSchema(callSchema(tools));
  const format = request.response_format;
  if (format?.type === "json_object") return await grammars.json();
  if (format?.type === "json_schema") return await grammars.forSchema(format.json_schema.schema);
}

function historyOf(messages: readonly PlainMessage[]): ChatHistoryItem[] {
  return messages.map(({ role, content }) => {
    switch (role) {
      case "user":
        return { type: "user", text: content };
      case "assistant":
        return { type: "model", response: [content] };
      default:
        return { type: "system", text: content };
    }
  });
}

function countTokens(chat: LlamaChat, model: LlamaModel, history: ChatHistoryItem[]): number {
  const chatHistory: ChatHistoryItem[] = history.at(-1)?.type === "model"
    ? history
    : [...history, { type: "model", response: [] }];
  return chat.chatWrapper.generateContextState({ chatHistory }).contextText.tokenize(model.tokenizer).length;
}

function outputTokens(sequence: LlamaContextSequence): number {
  return sequence.tokenMeter.usedOutputTokens;
}

function randomSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}
