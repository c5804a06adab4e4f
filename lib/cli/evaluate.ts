/** `pose eval`: is the model's choice among dances better than retrieval's first? Measured, and kept as data. */
import { z } from "zod";
import {
  chooseOne,
  danceOptions,
  rankChoreographies,
  readSelectionResults,
  type SelectionResults,
} from "../agent/mod.ts";
import { loadLibrary } from "../library/mod.ts";
import { connect } from "../llm/mod.ts";
import { writeFile } from "../media/mod.ts";
import type { Terminal } from "./terminal.ts";

const REQUESTS = new URL("../../poses/eval/requests.json", import.meta.url);
const requestsSchema = z.object({
  requests: z.array(z.object({ request: z.string(), expected: z.array(z.string()).min(1) })),
});

/** Asks the model about every development request that names a dance, and writes how often each of the two was right. */
export async function evaluateSelection(
  options: { readonly output: string; readonly seed: number; readonly json: boolean },
  terminal: Terminal,
): Promise<void> {
  const { say, signal } = terminal;
  const library = await loadLibrary();
  const { requests } = requestsSchema.parse(JSON.parse(await Deno.readTextFile(REQUESTS)));
  await using connection = await connect({ signal, onProgress: terminal.onProgress });
  say(`Model: ${connection.endpoint.description}`);
  await connection.ready();
  const kinds = { clear: { requests: 0, retrieval: 0, model: 0 }, ties: { requests: 0, retrieval: 0, model: 0 } };
  for (const [i, { request, expected }] of requests.entries()) {
    signal.throwIfAborted();
    const { first, clear, candidates } = rankChoreographies(library, request);
    if (!first) continue;
    const kind = kinds[clear ? "clear" : "ties"];
    const choices = danceOptions(library, candidates);
    const answer = await chooseOne(request, choices, { connection, seed: options.seed, signal });
    kind.requests++;
    if (expected.includes(first.id)) kind.retrieval++;
    if (expected.includes(answer)) kind.model++;
    const mark = (id: string) => `${id} ${expected.includes(id) ? "right" : "wrong"}`;
    say(`${i + 1}/${requests.length} ${request}: retrieval ${mark(first.id)}, model ${mark(answer)}`);
  }
  const rates = ({ requests, retrieval, model }: typeof kinds.clear) => ({
    requests,
    retrieval: requests && retrieval / requests,
    model: requests && model / requests,
  });
  const kept = await readSelectionResults(options.output);
  const results: SelectionResults = {
    measured: {
      ...kept.measured,
      [connection.model]: { clear: rates(kinds.clear), ties: rates(kinds.ties) },
    },
  };
  await writeFile(options.output, JSON.stringify(results, null, 2) + "\n", signal);
  for (const [kind, { requests, retrieval, model }] of Object.entries(kinds)) {
    say(`${kind}: ${requests} requests, retrieval right in ${retrieval}, the model in ${model}`);
  }
  say(`Saved: ${options.output}`);
  if (options.json) terminal.json(results);
}
