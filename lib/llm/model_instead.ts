import type { ConnectOptions } from "./connect.ts";
import { processEnvironment, read } from "./environment.ts";
import { findOllama } from "./find_ollama.ts";

/**
 * Which model `connect` would take without the embedded runtime's default weights. Nothing is fetched or loaded, and of
 * what the settings name explicitly nothing is tried.
 *
 * @param options Settings from elsewhere, a signal.
 * @returns Words for it, to be printed, or nothing: the default weights are needed.
 * @throws {LlmError} `unreachable` when OLLAMA_HOST is no address.
 */
export async function modelInstead(
  options: Pick<ConnectOptions, "environment" | "signal"> = {},
): Promise<string | undefined> {
  const environment = options.environment ?? processEnvironment;
  const baseUrl = read(environment, "OPENAI_BASE_URL");
  if (baseUrl !== undefined) return `OPENAI_BASE_URL names ${baseUrl}`;
  const wanted = read(environment, "LLM_MODEL");
  if (wanted !== undefined && /\.gguf$/i.test(wanted)) return `LLM_MODEL names ${wanted}`;
  const found = await findOllama(wanted, environment, options.signal);
  return "origin" in found ? `${found.model} is on Ollama (${found.origin})` : undefined;
}
