/** Keeping a conversation within a model's context: what is oldest is shortened first, the question never. */
import type { ToolMessage } from "../llm/mod.ts";

/**
 * About how many tokens a text takes, rather too many than too few: small models' tokenizers take a token for each digit and
 * nearly one for each letter that is not Latin.
 */
export function roughTokens(text: string): number {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  return Math.ceil(count(/[a-z]/gi) / 3.5 + count(/[^a-z\s]/gi) * 0.9 + count(/\n/g));
}

/** What a message takes, with the marks around it. */
function weight(message: ToolMessage): number {
  const calls = "tool_calls" in message ? message.tool_calls : [];
  const text = (message.content ?? "") + calls.map(({ function: f }) => f.name + f.arguments).join("");
  return roughTokens(text) + 6 + 12 * calls.length;
}

/** About how many tokens a conversation takes. */
export const weightOf = (messages: readonly ToolMessage[]): number =>
  messages.reduce((sum, message) => sum + weight(message), 0);

/** What is left of an old result, or of the arguments of an old call. */
const LINE = 80;
const line = (text: string) => text.length <= LINE ? text : `${text.slice(0, LINE)}… (shortened)`;

/** The message in a line's length; a call keeps its name. */
function shortened(message: ToolMessage): ToolMessage {
  if (message.role === "tool") return { ...message, content: line(message.content) };
  if (!("tool_calls" in message)) return message;
  return {
    ...message,
    tool_calls: message.tool_calls.map((call) =>
      call.function.arguments.length <= LINE
        ? call
        : { ...call, function: { ...call.function, arguments: '{"…":"shortened"}' } }
    ),
  };
}

/**
 * Shortens a conversation to a budget: the oldest results to a line each, then the arguments of the oldest calls, then the
 * oldest rounds go. The last round stays.
 *
 * @param head how many messages at the beginning stay as they are: the instructions, examples, the request.
 * @param budget tokens for all messages, as {@linkcode weightOf} counts them.
 */
export function fitMessages(messages: readonly ToolMessage[], head: number, budget: number): ToolMessage[] {
  const kept = [...messages];
  const isOver = () => weightOf(kept) > budget;
  for (const role of ["tool", "assistant"]) {
    for (let i = head; i < kept.length && isOver(); i++) {
      const message = kept[i];
      if (message?.role === role) kept[i] = shortened(message);
    }
  }
  while (isOver()) {
    // A round: an answer and what came of it. Calls without results, or results without calls, are refused by servers.
    const next = kept.findIndex(({ role }, i) => i > head && role === "assistant");
    if (next < 0) break;
    kept.splice(head, next - head);
  }
  return kept;
}
