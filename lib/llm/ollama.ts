/** Where Ollama is, and whether it is there. */
import { timeLimit } from "./time_limit.ts";

const DEFAULT_PORT = 11434;

/**
 * The address of Ollama from OLLAMA_HOST, read as Ollama reads it: host, port and scheme may each be left out.
 *
 * @param host Its value, or nothing.
 * @returns Origin without a slash at its end.
 * @throws {SyntaxError} When it is no address.
 */
export function ollamaOrigin(host: string | undefined): string {
  const value = host ?? "";
  const withScheme = /^https?:\/\//i.test(value) ? value : `http://${value.startsWith(":") ? "127.0.0.1" : ""}${value}`;
  const filled = value === "" ? "http://127.0.0.1" : withScheme;
  let url: URL;
  try {
    url = new URL(filled);
  } catch {
    throw new SyntaxError(`OLLAMA_HOST is not an address: "${value}". Write it as 127.0.0.1:${DEFAULT_PORT}.`);
  }
  // 0.0.0.0 is where a server listens, not where it can be asked.
  if (url.hostname === "0.0.0.0") url.hostname = "127.0.0.1";
  const portGiven = url.port !== "" || /:(80|443)\/*$/.test(filled);
  if (!portGiven && !/^https?:/i.test(value)) url.port = `${DEFAULT_PORT}`;
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}

/** What is at Ollama's address. */
export type OllamaProbe =
  | { readonly state: "running"; readonly models: readonly string[] }
  | { readonly state: "absent" }
  | { readonly state: "strange"; readonly reason: string };

/**
 * Asks whether Ollama runs, and which models it has.
 *
 * @param origin Its address.
 * @param timeoutMs How long to wait.
 * @param signal Ends the question.
 */
export async function probeOllama(origin: string, timeoutMs: number, signal?: AbortSignal): Promise<OllamaProbe> {
  using limit = timeLimit(timeoutMs, signal);
  try {
    const response = await fetch(`${origin}/api/tags`, { signal: limit.signal });
    const text = await response.text();
    if (!response.ok) return { state: "strange", reason: `answers ${response.status}` };
    const models = modelNames(text);
    return models === undefined
      ? { state: "strange", reason: "answers, but is not Ollama" }
      : { state: "running", models };
  } catch {
    signal?.throwIfAborted();
    return limit.late.aborted
      ? { state: "strange", reason: `does not answer within ${timeoutMs} ms` }
      : { state: "absent" };
  }
}

/**
 * Whether Ollama has a model; without a tag the tag `latest` is meant.
 *
 * @param models Names as Ollama lists them.
 * @param wanted The name asked for.
 */
export function hasModel(models: readonly string[], wanted: string): boolean {
  return models.includes(wanted) || (!wanted.includes(":") && models.includes(`${wanted}:latest`));
}

function modelNames(text: string): string[] | undefined {
  try {
    const { models } = JSON.parse(text);
    return Array.isArray(models) ? models.map(({ name }) => String(name)) : undefined;
  } catch {
    return undefined;
  }
}
