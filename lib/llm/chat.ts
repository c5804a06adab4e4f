/** One question to a model through `openai`: its limits, its answer, how long it took. */
import type OpenAI from "openai";
import { type OnCall, recordCall } from "./call_event.ts";
import type { Connection } from "./connection.ts";
import { contextOverflow } from "./context_overflow.ts";
import { LlmError } from "./llm_error.ts";
import { llmErrorFrom } from "./llm_error_from.ts";
import { timeLimit } from "./time_limit.ts";
import type { ToolCall } from "./tool_calls.ts";

/** One message of a conversation. */
export interface ChatMessage {
  /** Who says it. */
  readonly role: "system" | "user" | "assistant";
  /** What is said. */
  readonly content: string;
}

/** One message of a conversation with tools: also calls that a model made, and what came of them. */
export type ToolMessage =
  | ChatMessage
  | { readonly role: "assistant"; readonly content: string | null; readonly tool_calls: ToolCall[] }
  | { readonly role: "tool"; readonly content: string; /** The call's. */ readonly tool_call_id: string };

/** What is asked of a model, and within which limits. */
export interface CompletionOptions {
  /** Who is asked. */
  readonly connection: Pick<Connection, "client" | "model" | "endpoint" | "onCall" | "interruption">;
  /** The conversation so far, the question last. */
  readonly messages: readonly ChatMessage[];
  /** The same seed gives the same answer, as far as the endpoint can do that (the embedded one does). */
  readonly seed: number;
  /** 0 takes the likeliest token each time, 1 samples as the model was trained (default 0.3). */
  readonly temperature?: number;
  /** Most tokens to generate (default 512). */
  readonly maxTokens?: number;
  /**
   * How much a token is discouraged that was there before. Unless it is said, the endpoint decides; the embedded runtime
   * discourages it a little in free text. 0: not at all, as text with many brackets needs.
   */
  readonly frequencyPenalty?: number;
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
  /** The calls of tools, where the request gave some and the endpoint tells calls from text. */
  readonly calls?: readonly ToolCall[];
}

/** What a request may say of its answer, in OpenAI's words. */
export type AnswerForm = Pick<
  OpenAI.ChatCompletionCreateParams,
  "tools" | "tool_choice" | "response_format"
>;

const DEFAULT_TEMPERATURE = 0.3;
const DEFAULT_MAX_TOKENS = 512;
const DEFAULT_TIMEOUT_MS = 120_000;

/**
 * Asks for one answer and yields it piece by piece. Always streamed, so that the time to the first token is known.
 *
 * @param options What is asked.
 * @param form The form that the answer must have, the tools that it may call.
 * @returns The pieces; then, as the generator's result, the whole.
 * @throws {LlmError} When no whole answer comes.
 */
export async function* chat(
  options: Omit<CompletionOptions, "messages"> & { readonly messages: readonly ToolMessage[] },
  form: AnswerForm = {},
): AsyncGenerator<string, Completion, void> {
  const { client, model, endpoint } = options.connection;
  const { timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  const signals = [options.signal, options.connection.interruption?.()].filter((signal) => signal !== undefined);
  const signal = signals.length > 0 ? AbortSignal.any(signals) : undefined;
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
  const calls: ToolCall[] = [];
  try {
    const stream = await client.chat.completions.create({
      model,
      messages: [...options.messages],
      seed: options.seed,
      temperature: options.temperature ?? DEFAULT_TEMPERATURE,
      max_tokens: options.maxTokens ?? DEFAULT_MAX_TOKENS,
      stream: true,
      stream_options: { include_usage: true },
      ...(options.frequencyPenalty === undefined ? {} : { frequency_penalty: options.frequencyPenalty }),
      ...form,
    }, { signal: AbortSignal.any([limit.signal, finished.signal]) });
    for await (const chunk of stream) {
      const choice = chunk.choices?.[0];
      usage = chunk.usage ?? usage;
      finish = choice?.finish_reason ?? finish;
      refusal += choice?.delta?.refusal ?? "";
      for (const part of choice?.delta?.tool_calls ?? []) addPart(calls, part);
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
      ...(form.tools && { calls: calls.filter(Boolean) }),
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

/** A call comes in parts: its name first, then its arguments bit by bit. Some servers give no id, some no index. */
function addPart(calls: ToolCall[], part: OpenAI.ChatCompletionChunk.Choice.Delta.ToolCall) {
  const index = part.index ?? calls.length;
  const before = calls[index];
  // Ollama sends every call whole, and all of them with the index 0.
  const at = before && part.id && part.id !== before.id ? calls.length : index;
  const { id, function: { name, arguments: args } } = calls[at] ??
    { id: part.id ?? crypto.randomUUID(), function: { name: "", arguments: "" } };
  const more: unknown = part.function?.arguments ?? "";
  const text = typeof more === "string" ? more : JSON.stringify(more);
  calls[at] = {
    id,
    type: "function",
    function: { name: name + (part.function?.name ?? ""), arguments: args + text },
  };
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
