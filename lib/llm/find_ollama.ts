/** Whether the Ollama on this machine can serve, and if not, what to tell the user. */
import { type Environment, read } from "./environment.ts";
import { hasModel, probeOllama } from "./ollama.ts";
import { ollamaOriginOf } from "./ollama_client.ts";

/** The course's model on Ollama. */
export const OLLAMA_MODEL = "qwen2.5:1.5b";

const PROBE_MS = 300;

/** Where a running Ollama has which model; or why it can't be used, a sentence each, where that is worth a word. */
export type FoundOllama =
  | { readonly origin: string; readonly model: string }
  | { readonly notes: readonly string[] };

/**
 * Looks for a running Ollama (at OLLAMA_HOST) that has a model.
 *
 * @param wanted The model's name (default {@linkcode OLLAMA_MODEL}).
 * @param environment Where OLLAMA_HOST is read.
 * @param signal Ends the search.
 * @throws {LlmError} `unreachable` when OLLAMA_HOST is no address.
 */
export async function findOllama(
  wanted: string | undefined,
  environment: Environment,
  signal?: AbortSignal,
): Promise<FoundOllama> {
  const host = read(environment, "OLLAMA_HOST");
  const origin = ollamaOriginOf(environment);
  const probe = await probeOllama(origin, PROBE_MS, signal);
  if (probe.state === "absent") {
    return { notes: host === undefined ? [] : [`OLLAMA_HOST=${host} is not used: nothing answers there.`] };
  }
  if (probe.state === "strange") return { notes: [`Ollama is not used: ${origin} ${probe.reason}.`] };
  const model = wanted ?? OLLAMA_MODEL;
  if (!hasModel(probe.models, model)) {
    const pull = model === OLLAMA_MODEL ? "make pull" : `make pull NAME=${model}`;
    return { notes: [`Ollama runs at ${origin} but has no ${model}: \`${pull}\` fetches it.`] };
  }
  return { origin, model };
}
