import type { ConnectOptions } from "./connect.ts";
import { processEnvironment, read } from "./environment.ts";
import { findOllama } from "./find_ollama.ts";
import { wantedModel } from "./wanted_model.ts";

/**
 * Which model `connect` would take without the embedded runtime's default weights. Nothing is fetched or loaded, and of
 * what the settings name explicitly nothing is tried.
 *
 * @param options Settings from elsewhere, a signal.
 * @returns Words for it, to be printed, or nothing: the default weights are needed.
 * @throws {LlmError} `unreachable` when OLLAMA_HOST is no address.
 */
export async function modelInstead(
  options: Pick<ConnectOptions, "environment" | "signal" | "choiceFile"> = {},
): Promise<string | undefined> {
  const environment = options.environment ?? processEnvironment;
  const baseUrl = read(environment, "OPENAI_BASE_URL");
  if (baseUrl !== undefined) return `OPENAI_BASE_URL names ${baseUrl}`;
  const wanted = await wantedModel(options);
  if (wanted !== undefined && /\.gguf$/i.test(wanted.name)) return `${wanted.from} names ${wanted.name}`;
  const found = await findOllama(wanted?.name, environment, options.signal);
  return "origin" in found ? `${found.model} is on Ollama (${found.origin})` : undefined;
}
