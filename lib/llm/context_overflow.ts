import type { CompletionOptions, Timings, ToolMessage } from "./chat.ts";
import { ollamaTells } from "./ollama_tells.ts";

/** No tokenizer packs natural text so tightly that a token holds more of its letters than this on average. */
const MOST_LETTERS_PER_TOKEN = 8;

/** Shorter prompts fit into every context that a server is set up with. */
const LEAST_TOKENS = 500;

/**
 * Whether Ollama cut the messages silently to fit its context, which it does where others answer with an error. It can
 * be known in two cases: the tokens that it says it read and wrote are more than its context holds (it moved the
 * beginning out of it), or it read too few tokens for that many letters (it left whole messages out).
 *
 * @param options The call that was made.
 * @param timings What the endpoint said about it.
 * @returns A sentence that says so and what to do, or nothing.
 */
export async function contextOverflow(
  options: Pick<CompletionOptions, "connection" | "signal"> & { readonly messages: readonly ToolMessage[] },
  { promptTokens, completionTokens }: Pick<Timings, "promptTokens" | "completionTokens">,
): Promise<string | undefined> {
  const { endpoint } = options.connection;
  if (endpoint.kind !== "ollama" || promptTokens === null) return;
  const letters = options.messages.reduce(
    (sum, { content }) => sum + (content ?? "").replace(/[^\p{L}]/gu, "").length,
    0,
  );
  const leftOut = letters > promptTokens * MOST_LETTERS_PER_TOKEN && letters > LEAST_TOKENS * MOST_LETTERS_PER_TOKEN;
  const used = promptTokens + (completionTokens ?? 0);
  if (used < LEAST_TOKENS && !leftOut) return;
  // Not to know is no failure of the call.
  const contextLength = await ollamaTells(options.connection, options.signal).then(
    (told) => told.contextLength,
    () => null,
  );
  if (!leftOut && (contextLength === null || used <= contextLength)) return;
  const holds = contextLength === null ? "" : ` of ${contextLength} tokens`;
  return `${endpoint.description} cut the messages to fit its context${holds}, so the answer may have missed some. ` +
    "Shorten the messages, or start Ollama with a larger OLLAMA_CONTEXT_LENGTH.";
}
