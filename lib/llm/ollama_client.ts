/** Questions to Ollama's own API, with an end in time and errors in words. */
import type { Ollama } from "ollama";
import { type Environment, read } from "./environment.ts";
import { LlmError } from "./llm_error.ts";
import { ollamaOrigin } from "./ollama.ts";
import { timeLimit } from "./time_limit.ts";

/**
 * The address of Ollama that the settings name.
 *
 * @param environment Where OLLAMA_HOST is read.
 * @throws {LlmError} `unreachable` when OLLAMA_HOST is no address.
 */
export function ollamaOriginOf(environment: Environment): string {
  try {
    return ollamaOrigin(read(environment, "OLLAMA_HOST"));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new LlmError("unreachable", error.message, { cause: error });
  }
}

/** How long something may take. */
export interface AskLimits {
  /** Ends it. */
  readonly signal?: AbortSignal;
  /** How long Ollama may say nothing before it counts as hanging, in milliseconds (default 10 s). */
  readonly silenceMs?: number;
}

/**
 * Runs one question to Ollama's own API, in time, and says in words what went wrong. This API is for managing models;
 * what is asked of them goes through `openai`.
 *
 * @param origin Ollama's address.
 * @param doing What is being done, for messages: `list the models`.
 * @param ask Asks the client; to be told `heard` whenever Ollama says something.
 * @param limits A signal, a time.
 * @throws {LlmError} When it fails.
 */
export async function askOllama<T>(
  origin: string,
  doing: string,
  ask: (ollama: Ollama, heard: () => void) => Promise<T>,
  limits: AskLimits = {},
): Promise<T> {
  const { signal, silenceMs = 10_000 } = limits;
  const silence = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), silenceMs);
  };
  const ended = signal === undefined ? silence.signal : AbortSignal.any([signal, silence.signal]);
  try {
    const { Ollama } = await import("ollama");
    signal?.throwIfAborted();
    heard();
    return await ask(new Ollama({ host: origin, fetch: politeFetch(ended) }), heard);
  } catch (error) {
    if (error instanceof LlmError) throw error;
    if (signal?.aborted) throw new LlmError("aborted", `Stopped before the end: ${doing}.`, { cause: error });
    if (silence.signal.aborted) {
      const message = `Cannot ${doing}: Ollama at ${origin} said nothing for ${silenceMs / 1000} s. Restart it.`;
      throw new LlmError("timeout", message, { cause: error });
    }
    throw ollamaError(error, doing, origin);
  } finally {
    clearTimeout(timer);
  }
}

/** An answer that Ollama would not give. */
class NotOllama extends Error {}

function ollamaError(error: unknown, doing: string, origin: string): LlmError {
  const options = { cause: error };
  const reason = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ").replace(/\.\s*$/, "");
  const status = typeof error === "object" && error !== null && "status_code" in error ? Number(error.status_code) : 0;
  const said = `Cannot ${doing}: ${reason}`;
  if (error instanceof NotOllama || error instanceof SyntaxError) {
    return new LlmError(
      "http",
      `Cannot ${doing}: what answers at ${origin} is not Ollama. Check OLLAMA_HOST.`,
      options,
    );
  }
  if (status === 404) {
    return new LlmError("http", `${said}. \`pose models\` lists what is there.`, { ...options, status });
  }
  if (status !== 0) return new LlmError("http", `${said} (Ollama answers ${status}).`, { ...options, status });
  if (/file does not exist|manifest unknown/i.test(reason)) {
    return new LlmError("http", `${said}: Ollama's registry has no such model. Check its name and tag.`, options);
  }
  if (/no space|disk/i.test(reason)) return new LlmError("http", `${said}. Free some space and pull again.`, options);
  if (/dial tcp|lookup |no such host|i\/o timeout|network|TLS|certificate/i.test(reason)) {
    const todo =
      "Ollama has no way to its registry: connect to the network and pull again; it goes on where it stopped";
    return new LlmError("unreachable", `${said}. ${todo}.`, options);
  }
  if (error instanceof TypeError) {
    const todo =
      "Start it (`ollama serve`; ollama.com tells how to install it), or do without: the embedded model runs";
    return new LlmError("unreachable", `Cannot ${doing}: no Ollama answers at ${origin}. ${todo} by itself.`, options);
  }
  return new LlmError("http", `${said}.`, options);
}

/** A `fetch` for the client, which takes no signal itself and prints to stdout what it can't read. */
function politeFetch(ended: AbortSignal): typeof fetch {
  return async (input, init) => {
    const signal = init?.signal ? AbortSignal.any([ended, init.signal]) : ended;
    const response = await fetch(input, { ...init, signal });
    if (!response.ok) return errorOf(response.status, await response.text());
    const type = response.headers.get("content-type") ?? "";
    if (/ndjson/i.test(type)) return response;
    // Read here, for the client leaves the body of some answers unread.
    const text = await response.text();
    if (text !== "" && !/json/i.test(type)) throw new NotOllama(`answers with ${type}`);
    return new Response(text, response);
  };
}

function errorOf(status: number, text: string): Response {
  let error = text.replace(/<[^>]*>/g, " ").trim().slice(0, 200) || "no reason given";
  try {
    const body = JSON.parse(text);
    if (typeof body?.error === "string") error = body.error;
  } catch {
    // Not Ollama's own words: they are shown as they came.
  }
  return Response.json({ error }, { status });
}

/**
 * Whether Ollama answers, and which version it is.
 *
 * @param origin Its address.
 * @param signal Ends the question.
 * @returns The version, or nothing when it doesn't answer as Ollama does.
 */
export async function ollamaVersion(origin: string, signal?: AbortSignal): Promise<string | undefined> {
  using limit = timeLimit(1000, signal);
  try {
    const response = await fetch(`${origin}/api/version`, { signal: limit.signal });
    const body: unknown = await response.json();
    if (typeof body === "object" && body !== null && "version" in body) return String(body.version);
  } catch {
    signal?.throwIfAborted();
  }
}
