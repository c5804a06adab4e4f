/** Whether a model can describe moves at all: a short question, asked once for each model and language. */
import { join } from "node:path";
import { z } from "zod";
import { checkoutFolder } from "../assets/mod.ts";
import { type Connection, LlmError } from "../llm/mod.ts";
import { askMoves, ground } from "./moves.ts";
import type { Planning } from "./plan.ts";
import PROMPTS from "./prompts.json" with { type: "json" };

/** What the probe found. */
export interface Probe {
  /** Whether its descriptions retrieve, and differ. */
  readonly describes: boolean;
  /** How many moves it describes in about two seconds, 1 or more. */
  readonly moves: number;
}

const PROBE_MOVES = 2;
const BUDGET_MS = 2000;
const cacheSchema = z.record(z.string(), z.object({ describes: z.boolean(), moves: z.number().int().min(1) }));

/** Where probes are kept between runs; one of another prompt, library or retriever counts as none. */
const CACHE = join(checkoutFolder(), ".cache", "probes.json");

/**
 * Asks a model for two moves and looks whether they retrieve two poses that the examples did not name.
 *
 * @param cache the file that keeps what was found; null for none.
 * @throws {LlmError} when the model can't be reached; an answer that is none is an answer here.
 */
export async function describes(
  connection: Connection,
  planning: Pick<Planning, "library" | "retriever" | "language" | "signal"> & Partial<Pick<Planning, "onEvent">>,
  cache: string | null = CACHE,
): Promise<Probe> {
  const { library, retriever, language, signal } = planning;
  const key = [connection.model, language, PROMPTS.version, retriever.name, library.poses.length].join(" ");
  const known = cache === null ? {} : await readCache(cache);
  const found = known[key];
  if (found) return found;
  planning.onEvent?.({ type: "asking", for: "probe", count: PROBE_MOVES });
  const probe = await ask(connection, retriever, language, signal);
  if (cache !== null) await keep(cache, { ...known, [key]: probe });
  return probe;
}

async function ask(
  connection: Connection,
  retriever: Planning["retriever"],
  language: Planning["language"],
  signal: AbortSignal | undefined,
): Promise<Probe> {
  const started = performance.now();
  try {
    const question = { request: PROMPTS[language].probe, language, count: PROBE_MOVES, like: [], seed: 1 };
    const moves = await askMoves({ ...question, ...(signal && { signal }) }, connection);
    const each = (performance.now() - started) / PROBE_MOVES;
    const { grounded } = await ground(moves, retriever);
    // A model that only says the examples again finds poses too.
    const examples = await ground(PROMPTS[language].examples.flatMap(({ moves }) => moves), retriever);
    const copied = new Set(examples.grounded.map(({ found }) => found.id));
    const own = grounded.filter(({ found }) => !copied.has(found.id));
    return { describes: own.length === PROBE_MOVES, moves: Math.max(1, Math.floor(BUDGET_MS / each)) };
  } catch (error) {
    const answered = error instanceof LlmError && ["truncated", "invalid_output"].includes(error.kind);
    if (!answered) throw error;
    return { describes: false, moves: 1 };
  }
}

async function readCache(path: string): Promise<z.infer<typeof cacheSchema>> {
  try {
    return cacheSchema.parse(JSON.parse(await Deno.readTextFile(path)));
  } catch {
    // Not there, or from another version: the model is asked again.
    return {};
  }
}

async function keep(path: string, probes: z.infer<typeof cacheSchema>): Promise<void> {
  try {
    await Deno.writeTextFile(path, JSON.stringify(probes, null, 2) + "\n");
  } catch {
    // A checkout that can't be written asks again next time.
  }
}
