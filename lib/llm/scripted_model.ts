import { createClient } from "./client.ts";
import type { Connection } from "./connection.ts";
import { createHandler } from "./handler.ts";

/** Tokens of a conversation: as many as any lesson needs. */
const CONTEXT = 32_768;

/**
 * A model that answers what it is told to, one text after another and the last one again for ever. What is done with its
 * answers is the real thing: a `<tool_call>` in them is read as any model's. For lessons on what a model may get wrong.
 *
 * @param answers What it says; at least one.
 * @throws {RangeError} without an answer.
 */
export async function scriptedModel(answers: readonly string[]): Promise<Connection> {
  const last = answers.at(-1);
  if (last === undefined) throw new RangeError("Cannot script a model: give at least one answer");
  let asked = 0;
  const model = "scripted";
  const handler = createHandler({
    model,
    load: () =>
      Promise.resolve({
        model,
        contextSize: CONTEXT,
        countTokens: () => Promise.resolve(0),
        generate(_, { onText }) {
          const text = answers[asked++] ?? last;
          onText(text);
          return Promise.resolve({ text, finishReason: "stop", promptTokens: 0, completionTokens: 0 });
        },
        embed: () => Promise.reject(new TypeError("Cannot embed: a scripted model only speaks")),
      }),
  });
  const nothing = () => Promise.resolve();
  return {
    client: await createClient("http://scripted/v1", { fetch: handler, maxRetries: 0 }),
    model,
    endpoint: { kind: "embedded", description: "a script, no model", notes: [] },
    ready: nothing,
    close: nothing,
    [Symbol.asyncDispose]: nothing,
  };
}
