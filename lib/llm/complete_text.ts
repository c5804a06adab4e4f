import { chat, type Completion, type CompletionOptions } from "./chat.ts";
import { LlmError } from "./llm_error.ts";

/** An answer as it comes. Iterate over it once; stopping early ends the request. */
export interface TextStream extends AsyncIterable<string> {
  /**
   * Reads what has not been read yet, and gives the whole. Call it after iterating, or instead.
   *
   * @throws {LlmError} When no whole answer comes; `aborted` when the iteration stopped early.
   */
  finish(): Promise<Completion>;
}

/**
 * Asks a model for text, streamed.
 *
 * @param options What is asked of whom.
 * @returns The pieces of the answer. The request goes out when the first is asked for; iterating throws
 *   {@linkcode LlmError} when no whole answer comes. An answer that ends at the token limit is no error here
 *   (`finishReason`).
 */
export function completeText(options: CompletionOptions): TextStream {
  let completion: Completion | undefined;
  async function* read(): AsyncGenerator<string, void, void> {
    completion = yield* chat(options);
  }
  const reading = read();
  return {
    [Symbol.asyncIterator]: () => reading,
    async finish() {
      while (!(await reading.next()).done);
      if (completion !== undefined) return completion;
      throw new LlmError(
        "aborted",
        "There is no whole answer: reading it stopped before its end. Read it to the end, or ask again.",
      );
    },
  };
}
