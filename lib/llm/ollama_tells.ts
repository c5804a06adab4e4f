/** What Ollama knows of a model without running it. */
import type { Connection } from "./connection.ts";
import { environmentOf } from "./environment.ts";
import { LlmError } from "./llm_error.ts";
import { runningModels, showModel } from "./manage_models.ts";

/** What Ollama says itself of a model. `null` is what its version does not tell. */
export interface OllamaTells {
  /** Whether the model's template has tools. */
  readonly tools: boolean | null;
  /** Tokens that prompt and answer have together. */
  readonly contextLength: number | null;
}

/** What Ollama gives a model whose settings say nothing, in versions that don't tell what they gave. */
const DEFAULT_CONTEXT = 4096;

const told = new Map<string, Promise<OllamaTells>>();

/**
 * Asks Ollama about a connection's model, once for each while the process runs. Right after a call the model is in
 * memory, and newer versions tell the context that they gave it.
 *
 * @param connection A connection to Ollama.
 * @param signal Ends the questions.
 * @throws {LlmError} When Ollama can't be asked.
 */
export function ollamaTells(
  { endpoint, model }: Pick<Connection, "endpoint" | "model">,
  signal?: AbortSignal,
): Promise<OllamaTells> {
  const host = (endpoint.baseUrl ?? "").replace(/\/v1\/?$/, "");
  const key = `${host} ${model}`;
  const telling = told.get(key) ?? askAbout(host, model, signal);
  told.set(key, telling);
  telling.catch(() => told.delete(key));
  return telling;
}

async function askAbout(host: string, model: string, signal: AbortSignal | undefined): Promise<OllamaTells> {
  const options = { environment: environmentOf({ OLLAMA_HOST: host }), ...(signal && { signal }) };
  try {
    const shown = await showModel(model, options);
    const running = (await runningModels(options)).find(({ name }) => name === model || name === `${model}:latest`);
    const most = shown.contextLength ?? Infinity;
    return {
      tools: shown.capabilities?.includes("tools") ?? null,
      contextLength: running?.contextLength ?? Math.min(most, shown.contextSet ?? DEFAULT_CONTEXT),
    };
  } catch (error) {
    if (error instanceof LlmError && error.kind === "http") return { tools: null, contextLength: null };
    throw error;
  }
}
