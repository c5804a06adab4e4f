/** Which model there is: a named endpoint, else Ollama, else the embedded runtime; and why it is that one. */
import type OpenAI from "openai";
import { resolve } from "node:path";
import type { FetchAssetOptions } from "../assets/mod.ts";
import { createClient } from "./client.ts";
import type { Connection, Endpoint } from "./connection.ts";
import { createEmbedded } from "./embedded.ts";
import type { OnCall } from "./call_event.ts";
import { type Environment, processEnvironment, read } from "./environment.ts";
import { findOllama } from "./find_ollama.ts";
import { LlmError } from "./llm_error.ts";
import { llmErrorFrom } from "./llm_error_from.ts";
import { timeLimit } from "./time_limit.ts";
import { wantedModel } from "./wanted_model.ts";
import { ensureWeights, GEMMA3_270M, namedWeights } from "./weights.ts";

const LIST_MS = 10_000;

/** How the endpoint is looked for. */
export interface ConnectOptions {
  /** Where the settings come from (default: this process's environment variables). */
  readonly environment?: Environment;
  /** Hears of each call over the connection, when it is over. */
  readonly onCall?: OnCall;
  /** Hears of the weights' download, should there be one. */
  readonly onProgress?: FetchAssetOptions["onProgress"];
  /** Ends the search and the download. */
  readonly signal?: AbortSignal;
  /** Where weights are cached (default: in the checkout). */
  readonly assets?: string;
  /** How often the client repeats a request to a server that failed for the moment (default 2). */
  readonly maxRetries?: number;
  /**
   * File of the model that `pose models use` remembers (default: the checkout's; none where `environment` is given).
   */
  readonly choiceFile?: string;
}

/**
 * Finds a model and returns a client for it, in this order: the endpoint that OPENAI_BASE_URL names (with
 * OPENAI_API_KEY and LLM_MODEL; if it fails, nothing else is tried), a GGUF file or an embedded model (`gemma3-270m`)
 * that LLM_MODEL names, a running Ollama (OLLAMA_HOST; the model LLM_MODEL or the course's own), the embedded runtime
 * with its default weights. Without LLM_MODEL the model is that of `pose models use`, if one was chosen.
 *
 * @param options Settings from elsewhere, progress, a signal.
 * @returns The connection; the embedded model is loaded at its first use. Close it when done.
 * @throws {LlmError} When what the settings name explicitly can't be used.
 * @throws {AssetError} When the embedded model's weights can't be had.
 */
export async function connect(options: ConnectOptions = {}): Promise<Connection> {
  const environment = options.environment ?? processEnvironment;
  const baseUrl = read(environment, "OPENAI_BASE_URL");
  if (baseUrl !== undefined) {
    return await connectOpenAi(baseUrl, read(environment, "LLM_MODEL"), environment, options);
  }
  const wanted = await wantedModel(options);
  const weights = namedWeights(wanted?.name);
  if (weights !== undefined) {
    const notes = weights === GEMMA3_270M ? [`Gemma comes under the ${weights.licence}.`] : [];
    return await connectEmbedded(await ensureWeights({ ...assetOptions(options), weights }), notes, options);
  }
  if (wanted !== undefined && /\.gguf$/i.test(wanted.name)) {
    return await connectEmbedded(await weightsAt(wanted.name, wanted.from), [], options);
  }

  const ollama = await connectOllama(wanted?.name, environment, options);
  if ("client" in ollama) return ollama;
  const ignored = wanted === undefined || ollama.notes.length > 0
    ? []
    : [`${wanted.name} (${wanted.from}) is not used: no Ollama runs here, and it is not the path of a GGUF file.`];
  return await connectEmbedded(await ensureWeights(assetOptions(options)), [...ollama.notes, ...ignored], options);
}

async function connectOpenAi(
  baseUrl: string,
  wanted: string | undefined,
  environment: Environment,
  options: ConnectOptions,
): Promise<Connection> {
  if (!/^https?:\/\/./i.test(baseUrl) || !URL.canParse(baseUrl)) {
    throw new LlmError(
      "unreachable",
      `OPENAI_BASE_URL is not a web address: "${baseUrl}". Write it like http://127.0.0.1:8000/v1, or unset it.`,
    );
  }
  const client = await createClient(baseUrl, {
    apiKey: read(environment, "OPENAI_API_KEY"),
    maxRetries: options.maxRetries,
  });
  const model = wanted ?? await onlyModel(client, baseUrl, options.signal);
  const description = `${model} at ${baseUrl}`;
  return remote(client, model, { kind: "openai", baseUrl, description, notes: [] }, options);
}

/** An endpoint with one model needs no LLM_MODEL. */
async function onlyModel(client: OpenAI, baseUrl: string, signal: AbortSignal | undefined): Promise<string> {
  let names: string[];
  using limit = timeLimit(LIST_MS, signal);
  try {
    const models = await client.models.list({ signal: limit.signal });
    names = models.data.map(({ id }) => id);
  } catch (error) {
    throw llmErrorFrom(error, `the list of models of ${baseUrl}`, {
      late: limit.late,
      timeoutMs: LIST_MS,
      ...signalOf(signal),
    });
  }
  const [only] = names;
  if (only !== undefined && names.length === 1) return only;
  const some = names.slice(0, 8).join(", ") + (names.length > 8 ? ", …" : "");
  throw new LlmError(
    "http",
    names.length === 0
      ? `${baseUrl} lists no models. Set LLM_MODEL to the name of one.`
      : `${baseUrl} has ${names.length} models: set LLM_MODEL to one of them (${some}).`,
  );
}

async function connectOllama(
  wanted: string | undefined,
  environment: Environment,
  options: ConnectOptions,
): Promise<Connection | { readonly notes: readonly string[] }> {
  const found = await findOllama(wanted, environment, options.signal);
  if ("notes" in found) return found;
  const { origin, model } = found;
  const baseUrl = `${origin}/v1`;
  const client = await createClient(baseUrl, { maxRetries: options.maxRetries });
  const description = `${model} on Ollama (${origin})`;
  return remote(client, model, { kind: "ollama", baseUrl, description, notes: [] }, options);
}

function remote(client: OpenAI, model: string, endpoint: Endpoint, { onCall }: ConnectOptions): Connection {
  const nothing = () => Promise.resolve();
  const free = { ready: nothing, close: nothing, [Symbol.asyncDispose]: nothing };
  return { client, model, endpoint, ...(onCall && { onCall }), ...free };
}

async function connectEmbedded(
  modelPath: string,
  notes: readonly string[],
  options: ConnectOptions,
): Promise<Connection> {
  options.signal?.throwIfAborted();
  const embedded = createEmbedded({ modelPath });
  const client = await createClient("http://embedded/v1", { fetch: embedded.handler, maxRetries: 0 });
  const description = `${embedded.model} in this process (CPU)`;
  return {
    client,
    model: embedded.model,
    endpoint: { kind: "embedded", description, notes },
    ...(options.onCall && { onCall: options.onCall }),
    async ready() {
      try {
        await embedded.load();
      } catch (error) {
        throw llmErrorFrom(error, description);
      }
    },
    close: () => embedded.close(),
    [Symbol.asyncDispose]: () => embedded.close(),
  };
}

/** The path of weights that a setting names. */
export async function weightsAt(path: string, from: string): Promise<string> {
  const absolute = resolve(path);
  try {
    if ((await Deno.stat(absolute)).isFile) return absolute;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  throw new LlmError(
    "unreachable",
    `${from} names no file: "${path}". Correct the path, or unset it to use the default model.`,
  );
}

function assetOptions({ assets, onProgress, signal }: ConnectOptions): FetchAssetOptions {
  return {
    ...(assets === undefined ? {} : { folder: assets }),
    ...(onProgress === undefined ? {} : { onProgress }),
    ...signalOf(signal),
  };
}

function signalOf(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
