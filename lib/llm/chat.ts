import type OpenAI from "openai";
import { type OnCall, recordCall } from "./call_event.ts";
import type { Connection } from "./connection.ts";
import { contextOverflow } from "./context_overflow.ts";
import { LlmError } from "./llm_error.ts";
import { llmErrorFrom } from "./llm_error_from.ts";
import { timeLimit } from "./time_limit.ts";

/** One message of a conversation. */
export interface ChatMessage {
  /** Who says it. */
  readonly role: "system" | "user" | "assistant";
  /** What is said. */
  readonly content: string;
}

/** What is asked of a model, and within which limits. */
export interface CompletionOptions {
  /** Who is asked. */
  readonly connection: Pick<Connection, "client" | "model" | "endpoint" | "onCall">;
  /** The conversation so far, the question last. */
  readonly messages: readonly ChatMessage[];
  /** The same seed gives the same answer, as far as the endpoint can do that (the embedded one does). */
  readonly seed: number;
  /** 0 takes the likeliest token each time, 1 samples as the model was trained (default 0.3). */
  readonly temperature?: number;
  /** Most tokens to generate (default 512). */
  readonly maxTokens?: number;
  /** Ends the request. */
  readonly signal?: AbortSignal;
  /** Time for the whole answer in milliseconds (default two minutes). */
  readonly timeoutMs?: number;
  /** Hears of this call when it is over; the connection's own listener hears of it too. */
  readonly onCall?: OnCall;
}

/** How long an answer took and how much it was. What the endpoint does not tell is `null`. */
export interface Timings {
  /** From the request to the first piece of text, in milliseconds; `null` when none came. */
  readonly firstTokenMs: number | null;
  /** From the request to the end, in milliseconds. */
  readonly totalMs: number;
  /** Speed of generation after the first piece. */
  readonly tokensPerSecond: number | null;
  /** Tokens of the messages, as the endpoint counts them. */
  readonly promptTokens: number | null;
  /** Tokens generated, as the endpoint counts them. */
  readonly completionTokens: number | null;
}

/** A finished answer. */
export interface Completion {
  /** All of its text. */
  readonly text: string;
  /** `stop`: the model ended it; `length`: the token limit did. */
  readonly finishReason: "stop" | "length";
  /** How long it took. */
  readonly timings: Timings;
}

const DEFAULT_TEMPERATURE = 0.3;
const DEFAULT_MAX_TOKENS = 512;
const DEFAULT_TIMEOUT_MS = 120_000;

/**
 * Asks for one answer and yields it piece by piece. Always streamed, so that the time to the first token is known.
 *
 * @param options What is asked.
 * @param responseFormat The form that the answer must have.
 * @returns The pieces; then, as the generator's result, the whole.
 * @throws {LlmError} When no whole answer comes.
 */
export async function* chat(
  options: CompletionOptions,
  responseFormat?: OpenAI.ResponseFormatJSONSchema,
): AsyncGenerator<string, Completion, void> {
  const { client, model, endpoint } = options.connection;
  const { signal, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  const asked = endpoint.description;
  const limits = { timeoutMs, ...(signal === undefined ? {} : { signal }) };
  using limit = timeLimit(timeoutMs, signal);
  // Ends the request also when the reader stops reading.
  const finished = new AbortController();
  const call = recordCall(options);
  const started = performance.now();
  let firstTokenMs: number | null = null;
  let text = "";
  let refusal = "";
  let finish: string | null = null;
  let usage: OpenAI.CompletionUsage | null = null;
  try {
    const stream = await client.chat.completions.create({
      model,
      messages: options.messages.map((message) => ({ ...message })),
      seed: options.seed,
      temperature: options.temperature ?? DEFAULT_TEMPERATURE,
      max_tokens: options.maxTokens ?? DEFAULT_MAX_TOKENS,
      stream: true,
      stream_options: { include_usage: true },
      ...(responseFormat === undefined ? {} : { response_format: responseFormat }),
    }, { signal: AbortSignal.any([limit.signal, finished.signal]) });
    for await (const chunk of stream) {
      const choice = chunk.choices?.[0];
      usage = chunk.usage ?? usage;
      finish = choice?.finish_reason ?? finish;
      refusal += choice?.delta?.refusal ?? "";
      const piece = choice?.delta?.content;
      if (!piece) continue;
      firstTokenMs ??= performance.now() - started;
      text += piece;
      yield piece;
    }
    // The client ends an aborted stream without an error.
    limit.signal.throwIfAborted();
    const totalMs = performance.now() - started;
    const completion = {
      text,
      finishReason: finishReason(finish, text, refusal, asked),
      timings: timings(firstTokenMs, totalMs, usage),
    };
    const overflow = await contextOverflow(options, completion.timings);
    if (overflow !== undefined) throw new LlmError("context", overflow);
    call.succeeded(completion);
    return completion;
  } catch (error) {
    const named = llmErrorFrom(error, asked, { ...limits, late: limit.late });
    call.failed(named, timings(firstTokenMs, 0, usage));
    throw named;
  } finally {
    finished.abort();
    const left = new LlmError("aborted", `The answer of ${asked} was not read to its end.`);
    call.failed(left, timings(firstTokenMs, 0, usage));
  }
}

function finishReason(finish: string | null, text: string, refusal: string, asked: string): "stop" | "length" {
  if (refusal !== "" || finish === "content_filter") {
    const said = refusal === "" ? "its filter stopped the answer" : refusal;
    throw new LlmError("refused", `${asked} refuses to answer: ${said}. Ask in other words.`);
  }
  if (finish === "length") return "length";
  if (finish !== null) return "stop";
  throw text === ""
    ? new LlmError("http", `${asked} answers without an answer. Check that the address is an OpenAI-compatible one.`)
    : new LlmError("truncated", `The connection to ${asked} closed in the middle of the answer. Ask again.`);
}

function timings(firstTokenMs: number | null, totalMs: number, usage: OpenAI.CompletionUsage | null): Timings {
  const completionTokens = usage?.completion_tokens ?? null;
  const seconds = firstTokenMs === null ? 0 : (totalMs - firstTokenMs) / 1000;
  return {
    firstTokenMs,
    totalMs,
    tokensPerSecond: completionTokens !== null && completionTokens > 1 && seconds > 0
      ? (completionTokens - 1) / seconds
      : null,
    promptTokens: usage?.prompt_tokens ?? null,
    completionTokens,
  };
}
