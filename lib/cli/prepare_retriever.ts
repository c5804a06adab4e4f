import { isEmbedderCached, type RetrieverEvent } from "../retrieve/mod.ts";
import { fetchWeights } from "./fetch_weights.ts";
import { MESSAGES } from "./messages.ts";
import type { Terminal } from "./terminal.ts";

/**
 * Fetches what a retriever needs, if it isn't there: this process itself may talk to model servers only.
 *
 * @param name The retriever's name.
 * @throws {Error} When it can't be had; the reason has been printed.
 */
export async function prepareRetriever(name: string, signal: AbortSignal): Promise<void> {
  if (name === "embed" && !(await isEmbedderCached())) await fetchWeights("e5", signal);
}

/**
 * Tells what takes a retriever its time, or why.
 *
 * @param event What happens.
 * @param words The messages in the language of the request.
 * @param terminal Where to.
 */
export function tellRetriever(
  event: RetrieverEvent,
  words: typeof MESSAGES["en" | "ru"],
  { say, onProgress }: Pick<Terminal, "say" | "onProgress">,
): void {
  switch (event.type) {
    case "fetch":
      return onProgress(event.progress);
    case "rebuild":
      return say(words.rebuild[event.reason]);
    case "embed":
      return event.done === 0 ? say(words.embedding(event.total)) : undefined;
    case "unsaved":
      return say(words.unsaved(event.reason));
  }
}
