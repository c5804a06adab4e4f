/** Ollama's models: listed, looked at, fetched, deleted. */
import { type Environment, processEnvironment } from "./environment.ts";
import { LlmError } from "./llm_error.ts";
import { type AskLimits, askOllama, ollamaOriginOf } from "./ollama_client.ts";

/** How Ollama is asked about its models. */
export interface ManageOptions extends AskLimits {
  /** Where OLLAMA_HOST is read (default: this process's environment variables). */
  readonly environment?: Environment;
}

/** A model that Ollama has on disk. */
export interface OllamaModel {
  /** Its name with its tag: `qwen2.5:1.5b`. */
  readonly name: string;
  /** Size on disk in bytes. */
  readonly bytes: number;
  /** How many parameters, as Ollama says it: `1.5B`. */
  readonly parameters: string | null;
  /** How its weights are quantised: `Q4_K_M`. */
  readonly quantization: string | null;
}

/** A model that Ollama has in memory. */
export interface RunningModel {
  /** Its name with its tag. */
  readonly name: string;
  /** Memory that it takes in bytes. */
  readonly bytes: number;
  /** When it leaves the memory if nobody asks it, in milliseconds since 1970. */
  readonly until: number | null;
  /** Tokens that prompt and answer have together; `null` where this version of Ollama does not tell. */
  readonly contextLength: number | null;
}

/** What Ollama tells of a model. */
export interface ModelDetails {
  /** Its name. */
  readonly name: string;
  /** Its architecture: `qwen2`. */
  readonly family: string | null;
  /** How many parameters. */
  readonly parameters: string | null;
  /** How its weights are quantised. */
  readonly quantization: string | null;
  /** What it can do: `completion`, `tools`, `embedding`, …; `null` where this version of Ollama does not tell. */
  readonly capabilities: readonly string[] | null;
  /** Tokens that it was trained on at once. */
  readonly contextLength: number | null;
  /** Tokens that Ollama was told to give it, where its model file says so (`num_ctx`). */
  readonly contextSet: number | null;
  /** The first line of its licence. */
  readonly licence: string | null;
}

/** How far a pull has come. */
export interface PullProgress {
  /** What Ollama is doing, in its words: `pulling manifest`, `verifying sha256 digest`. */
  readonly status: string;
  /** Bytes that are on disk, all layers together, those of an earlier, interrupted pull included. */
  readonly done: number;
  /** Bytes of all layers that Ollama has named so far; 0 before the first. */
  readonly total: number;
}

const PULL_SILENCE_MS = 120_000;

/**
 * The models that Ollama has.
 *
 * @param options Where Ollama is, a signal.
 * @returns The models in the order of their names.
 * @throws {LlmError} `unreachable` without a running Ollama, and every other kind.
 */
export async function listModels(options: ManageOptions = {}): Promise<OllamaModel[]> {
  const { models } = await ask("list the models", (ollama) => ollama.list(), options);
  return (models ?? []).map(({ name, size, details }) => ({
    name,
    bytes: size,
    parameters: details?.parameter_size || null,
    quantization: details?.quantization_level || null,
  })).toSorted((a, b) => a.name.localeCompare(b.name, "en"));
}

/**
 * The models that Ollama has in memory right now.
 *
 * @param options Where Ollama is, a signal.
 * @throws {LlmError} `unreachable` without a running Ollama, and every other kind.
 */
export async function runningModels(options: ManageOptions = {}): Promise<RunningModel[]> {
  const { models } = await ask("list the running models", (ollama) => ollama.ps(), options);
  return (models ?? []).map((model) => ({
    name: model.name,
    bytes: model.size,
    until: Date.parse(String(model.expires_at)) || null,
    contextLength: numberOf(Reflect.get(model, "context_length")),
  }));
}

/**
 * What Ollama tells of one of its models.
 *
 * @param name The model's name.
 * @param options Where Ollama is, a signal.
 * @throws {LlmError} `http` with status 404 when it has no such model, and every other kind.
 */
export async function showModel(name: string, options: ManageOptions = {}): Promise<ModelDetails> {
  checkName(name);
  const shown = await ask(`show ${name}`, (ollama) => ollama.show({ model: name }), options);
  const info: [string, unknown][] = Object.entries(shown.model_info ?? {});
  const { family, parameter_size, quantization_level } = shown.details ?? {};
  return {
    name,
    family: family || null,
    parameters: parameter_size || null,
    quantization: quantization_level || null,
    capabilities: Array.isArray(shown.capabilities) ? shown.capabilities.map(String) : null,
    contextLength: numberOf(info.find(([key]) => key.endsWith(".context_length"))?.[1]),
    contextSet: numberOf(/^num_ctx\s+(\d+)/m.exec(shown.parameters ?? "")?.[1]),
    licence: shown.license?.trim().split("\n")[0]?.trim() || null,
  };
}

/**
 * Has Ollama fetch a model from its registry. Interrupted, it goes on where it stopped the next time.
 *
 * @param name The model's name.
 * @param options Where Ollama is, a signal, progress.
 * @throws {LlmError} `unreachable` without a running Ollama or without a network, `aborted`, and every other kind.
 */
export async function pullModel(
  name: string,
  options: ManageOptions & { readonly onProgress?: (progress: PullProgress) => void } = {},
): Promise<void> {
  checkName(name);
  const layers = new Map<string, { done: number; total: number }>();
  const sum = (of: "done" | "total") => layers.values().reduce((all, layer) => all + layer[of], 0);
  await ask(`pull ${name}`, async (ollama, heard) => {
    for await (const { status, digest, total, completed } of await ollama.pull({ model: name, stream: true })) {
      heard();
      if (digest && total) {
        // A resumed layer's first report has no `completed`.
        const done = Math.max(completed ?? 0, layers.get(digest)?.done ?? 0);
        layers.set(digest, { done, total });
      }
      options.onProgress?.({ status, done: sum("done"), total: sum("total") });
    }
  }, { silenceMs: PULL_SILENCE_MS, ...options });
}

/**
 * Deletes a model from Ollama's disk.
 *
 * @param name The model's name.
 * @param options Where Ollama is, a signal.
 * @throws {LlmError} `http` with status 404 when it has no such model, and every other kind.
 */
export async function removeModel(name: string, options: ManageOptions = {}): Promise<void> {
  checkName(name);
  await ask(`delete ${name}`, (ollama) => ollama.delete({ model: name }), options);
}

function ask<T>(doing: string, question: Parameters<typeof askOllama<T>>[2], options: ManageOptions): Promise<T> {
  return askOllama(ollamaOriginOf(options.environment ?? processEnvironment), doing, question, options);
}

function checkName(name: string): void {
  if (/^[\w.:/-]{1,300}$/.test(name)) return;
  throw new LlmError("http", `"${name.slice(0, 100)}" is no name of a model. Write it like qwen2.5:1.5b.`);
}

function numberOf(value: unknown): number | null {
  const number = Number(value);
  return value !== undefined && value !== null && Number.isSafeInteger(number) && number > 0 ? number : null;
}
