/** `pose compare`: the rungs of reliability, measured; every run is kept, so that a run that was stopped goes on. */
import { basename, dirname } from "node:path";
import {
  type CompareRequest,
  type CompareRow,
  compareRun,
  identityOf,
  parseCompareRequests,
  parseRows,
  type PlannedRun,
  planRuns,
  RefusedError,
  rowKey,
  type RungName,
  RUNGS,
} from "../agent/mod.ts";
import { readTextIfAny } from "../assets/mod.ts";
import { describedPoses, type Library, loadLibrary } from "../library/mod.ts";
import { connect, type Connection, EMBEDDED_MODELS, environmentOf, LlmError, runningModels } from "../llm/mod.ts";
import { checkWritable, writeFile } from "../media/mod.ts";
import { createRetriever, DEFAULT_RETRIEVER } from "../retrieve/mod.ts";
import { chartOfComparison, galleryOfRows, reportOf, tableOfComparison } from "./compare_report.ts";
import type { Terminal } from "./terminal.ts";

/** The options of `pose compare`. */
export interface CompareOptions {
  readonly model?: readonly string[];
  readonly only?: readonly RungName[];
  readonly seeds: number;
  readonly fresh: boolean;
  readonly requests: string;
  readonly rows: string;
  readonly output?: string;
  readonly chart?: string;
  readonly gallery?: string;
  readonly report: boolean;
  readonly json: boolean;
}

/** Runs what is not in the file of rows yet, then tells what all rows say. */
export async function compare(options: CompareOptions, terminal: Terminal): Promise<void> {
  const { say, signal } = terminal;
  const files = [options.rows, options.output, options.chart, options.gallery].flatMap((file) => file ?? []);
  for (const folder of new Set(files.map(dirname))) await checkWritable(folder);
  const library = await loadLibrary();
  const requests = await readRequests(options.requests, library);
  if (options.fresh) await writeFile(options.rows, "", signal);
  const rows = parseRows(await readTextIfAny(options.rows) ?? "", options.rows);
  if (!options.report) {
    for (const model of options.model ?? [undefined]) await runModel(model, requests, library, rows, options, terminal);
  }

  const asked = new Set(requests.map(({ id }) => id));
  const counted = rows.filter(({ request }) => asked.has(request));
  if (counted.length === 0) throw new RefusedError(`Cannot tell anything: there is no run in "${options.rows}"`);
  const report = await reportOf(counted, basename(options.requests), requests.length);
  for (const line of tableOfComparison(report)) say(line);
  const save = async (path: string | undefined, data: () => Promise<Uint8Array | string> | string) => {
    if (path === undefined) return;
    await writeFile(path, await data(), signal);
    say(`Saved: ${path}`);
  };
  await save(options.output, () => JSON.stringify(report, null, 2) + "\n");
  await save(options.chart, () => chartOfComparison(report));
  await save(options.gallery, () => galleryOfRows(counted, requests));
  if (options.json) terminal.json(report);
}

async function readRequests(file: string, library: Library): Promise<CompareRequest[]> {
  const text = await readTextIfAny(file);
  if (text === undefined) throw new RefusedError(`Cannot compare on "${file}": there is no such file`);
  return parseCompareRequests(text, file, library);
}

/** Connects to a model by its name: an embedded one, `ollama:NAME` on Ollama, else whatever the settings find. */
async function connectTo(name: string | undefined, { signal, onProgress }: Terminal): Promise<Connection> {
  const options = { signal, onProgress };
  if (name === undefined) return await connect(options);
  if (Object.hasOwn(EMBEDDED_MODELS, name)) {
    return await connect({ ...options, environment: environmentOf({ LLM_MODEL: name }) });
  }
  const onOllama = name.startsWith("ollama:");
  const environment = environmentOf({ ...Deno.env.toObject(), LLM_MODEL: name.replace(/^ollama:/, "") });
  const connection = await connect({ ...options, environment });
  if (!onOllama || connection.endpoint.kind === "ollama") return connection;
  await connection.close();
  throw new RefusedError(`Cannot measure "${name}": ${connection.endpoint.notes[0] ?? "no Ollama runs with it"}`);
}

async function runModel(
  name: string | undefined,
  requests: readonly CompareRequest[],
  library: Library,
  rows: CompareRow[],
  options: CompareOptions,
  terminal: Terminal,
): Promise<void> {
  const { say, signal } = terminal;
  await using connection = await connectTo(name, terminal);
  const { endpoint, model } = connection;
  say(`Model: ${endpoint.description}`);
  const methods = (Object.keys(RUNGS) as RungName[]).filter((method) => options.only?.includes(method) ?? true);
  const seeds = Array.from({ length: options.seeds }, (_, i) => i + 1);
  const known = new Set(rows.map(rowKey));
  const plan = planRuns(methods, requests, seeds);
  const left = plan.filter((run) => !known.has(rowKey(identityOf(run, connection))));
  say(`${plan.length} runs, ${plan.length - left.length} of them done before (${options.rows})`);
  if (left.length === 0) return;
  if (left.some(({ method }) => RUNGS[method].asks)) await connection.ready();
  await using retriever = await createRetriever(DEFAULT_RETRIEVER, describedPoses(library), { signal });
  const serverMemory = async () => {
    if (endpoint.kind !== "ollama") return undefined;
    const running = await runningModels({ signal });
    return running.find((one) => one.name === model || one.name === `${model}:latest`)?.bytes;
  };
  using file = await Deno.open(options.rows, { create: true, append: true });
  await endLine(options.rows, file);
  const clock = timeLeft(left);
  let broken = 0;
  for (const [i, run] of left.entries()) {
    signal.throwIfAborted();
    const row = await compareRun(run, { library, retriever, connection, serverMemory, signal }).catch((error) => {
      if (!(error instanceof LlmError && error.kind === "truncated") || ++broken > MOST_BROKEN) throw error;
      return error;
    });
    if (row instanceof LlmError) {
      say(`${String(i + 1).padStart(4)}/${left.length} ${run.method} ${run.request.id}: left out. ${row.message}`);
      continue;
    }
    broken = 0;
    // A row is written whole or, when the process dies just then, cut off: reading passes over that one.
    await file.write(new TextEncoder().encode(JSON.stringify(row) + "\n"));
    rows.push(row);
    say(`${String(i + 1).padStart(4)}/${left.length} ${tellRow(row)}; ${clock(run, row.seconds)} left`);
  }
}

/** A server that breaks off so many answers in a row is gone; one that breaks off a single one answers the next. */
const MOST_BROKEN = 2;

/** What was cut off before is not to swallow the next row. */
async function endLine(path: string, file: Deno.FsFile): Promise<void> {
  const text = await Deno.readTextFile(path);
  if (text === "" || text.endsWith("\n")) return;
  await file.truncate(new TextEncoder().encode(text.slice(0, text.lastIndexOf("\n") + 1)).length);
}

function tellRow({ method, request, seed, seconds, ...row }: CompareRow): string {
  const verdict = row.right
    ? "right"
    : row.validButWrong
    ? "valid but wrong"
    : row.frames.length === 0
    ? "no figure"
    : "broken";
  return `${method} ${request} seed ${seed}: ${verdict}${row.standIn ? " (stand-in)" : ""}, ${seconds.toFixed(1)} s`;
}

/** Tells, after each run, how long the others will take: as long as those of their rung and kind took so far. */
function timeLeft(runs: readonly PlannedRun[]): (done: PlannedRun, seconds: number) => string {
  const kindOf = ({ method, request }: PlannedRun) => `${method} ${request.kind}`;
  const left = runs.map(kindOf);
  const known = new Map<string, number[]>();
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  return (done, seconds) => {
    left.shift();
    const kind = kindOf(done);
    known.set(kind, [...known.get(kind) ?? [], seconds]);
    const all = mean([...known.values()].map(mean));
    const rest = left.reduce((sum, one) => sum + mean(known.get(one) ?? [all]), 0);
    return rest < 90 ? `${Math.round(rest)} s` : `${Math.round(rest / 60)} min`;
  };
}
