/** `pose search`: descriptions find poses. */
import process from "node:process";
import { createInterface } from "node:readline";
import { createPoseSearch } from "../agent/mod.ts";
import { describedPoses, loadLibrary } from "../library/mod.ts";
import { createRetriever } from "../retrieve/mod.ts";
import { MESSAGES } from "./messages.ts";
import { prepareRetriever, tellRetriever } from "./prepare_retriever.ts";
import type { Terminal } from "./terminal.ts";

/** The options of `pose search`. */
export interface SearchOptions {
  readonly k: number;
  readonly retriever: string;
  readonly json: boolean;
}

/**
 * Searches for each query; a query of `-` reads them from stdin, a line each, and answers each with a line of JSON.
 */
export async function search(queries: readonly string[], options: SearchOptions, terminal: Terminal): Promise<void> {
  const library = await loadLibrary();
  await prepareRetriever(options.retriever, terminal.signal);
  // What is told is beside the answer: it goes where the answer does not.
  const aside = { ...terminal, say: (line: string) => console.error(line) };
  await using retriever = await createRetriever(options.retriever, describedPoses(library), {
    signal: terminal.signal,
    onEvent: (event) => tellRetriever(event, MESSAGES.en, aside),
  });
  const find = createPoseSearch(library);
  if (queries.length === 1 && queries[0] === "-") {
    const lines = createInterface({ input: process.stdin, crlfDelay: Infinity });
    for await (const line of lines) {
      terminal.signal.throwIfAborted();
      terminal.json(await find(retriever, line, options.k));
    }
    return;
  }
  const result = await find(retriever, queries.join(" "), options.k);
  if (options.json) return terminal.json(result);
  if (!result.answered) terminal.say("Nothing is near; the nearest three are");
  const width = Math.max(...result.results.map(({ id }) => id.length));
  for (const { id, score, description } of result.results) {
    terminal.say(`${score.toFixed(2)}  ${id.padEnd(width)}  ${description}`);
  }
  if (result.choreography) {
    terminal.say(`That names a choreography, "${result.choreography}": pose dance ${result.choreography}`);
  }
  if (result.composed) terminal.say("These words make a pose by themselves: with --json it is there as `composed`");
}
