/** `pose eval retrieval`: how often each retriever finds the right pose, on queries whose answers are known. */
import { cpus } from "node:os";
import { dirname } from "node:path";
import { RefusedError } from "../agent/mod.ts";
import { describedPoses, loadLibrary } from "../library/mod.ts";
import { checkWritable, writeFile } from "../media/mod.ts";
import {
  createHybridRetriever,
  createRetriever,
  DEFAULT_RETRIEVER,
  evaluateRetrieval,
  isEmbedderCached,
  type JudgedQuery,
  readQueries,
  type Retriever,
  RETRIEVERS,
  withoutQueriesOf,
} from "../retrieve/mod.ts";
import onnxRuntime from "../retrieve/onnxruntime/deno.json" with { type: "json" };
import { type Language, LANGUAGES } from "../text/mod.ts";
import { MESSAGES } from "./messages.ts";
import { prepareRetriever, tellRetriever } from "./prepare_retriever.ts";
import {
  chartOfReport,
  type RetrievalReport,
  type Row,
  sheetOfOutcomes,
  tableOf,
  tellMisses,
} from "./retrieval_report.ts";
import type { Terminal } from "./terminal.ts";

/** The sets of queries: one to tune the search on, one to measure it with. */
export const QUERY_SETS = ["dev", "test"] as const;

/** The options of `pose eval retrieval`. */
export interface EvaluateRetrievalOptions {
  readonly set: typeof QUERY_SETS[number];
  readonly retriever?: readonly string[];
  readonly folder: string;
  readonly seed: number;
  readonly misses: boolean;
  readonly output?: string;
  readonly chart?: string;
  readonly sheet?: string;
  readonly json: boolean;
}

const RESAMPLES = 1000;

/** Measures retrievers, and prints a table, or writes it, or draws it. */
export async function evaluateRetrievers(options: EvaluateRetrievalOptions, terminal: Terminal): Promise<void> {
  const { set, seed } = options;
  if (options.misses && set === "test") {
    throw new RefusedError('Cannot list the misses of the test set, which is not looked at: use "--set dev"');
  }
  const files = [options.output, options.chart, options.sheet].flatMap((file) => file ?? []);
  for (const folder of new Set(files.map(dirname))) await checkWritable(folder);
  const library = await loadLibrary();
  const poses = describedPoses(library);
  const read = (which: string) => readQueries(options.folder, which, new Set(poses.map(({ id }) => id)));
  const all = await read(set);
  if (all.length === 0) {
    throw new RefusedError(
      `Cannot evaluate on "${options.folder}": there is no ${set}.ru.jsonl and no ${set}.en.jsonl`,
    );
  }
  const seen = set === "test" || options.sheet !== undefined ? await read("dev") : [];
  const queries = set === "test" ? withoutQueriesOf(all, seen) : all;
  const measure = async (of: Contestant, asked: readonly JudgedQuery[], what: string) => {
    await using retriever = await of.open(terminal);
    return await evaluateRetrieval({
      retriever,
      queries: asked,
      poses,
      seed,
      resamples: RESAMPLES,
      signal: terminal.signal,
      onProgress: (done, total) => terminal.count(`${what}, queries`, done, total),
    });
  };

  const results: Row[] = [];
  const misses: Record<string, unknown[]> = {};
  const contestants = await contestantsOf(options.retriever, poses, terminal);
  for (const of of contestants) {
    const { measures, outcomes } = await measure(of, queries, of.title);
    for (const row of measures) {
      results.push({ ...row, embeddings: of.embeddings });
    }
    if (!options.misses) continue;
    misses[of.title] = outcomes.filter(({ right }) => !right);
    for (const line of tellMisses(of.title, outcomes)) if (!options.json) terminal.say(line);
  }

  const report: RetrievalReport = {
    set,
    poses: poses.length,
    seed,
    resamples: RESAMPLES,
    leftOut: set === "test" ? countByLanguage(all, queries) : {},
    machine: {
      cpu: cpus()[0]?.model ?? "unknown",
      cores: cpus().length,
      deno: Deno.version.deno,
      onnxruntime: onnxRuntime.imports["onnxruntime-node"].replace(/^.*@/, ""),
    },
    results: results.map(rounded),
  };
  for (const line of tableOf(report)) terminal.say(line);
  const save = async (path: string, data: Uint8Array | string) => {
    await writeFile(path, data, terminal.signal);
    terminal.say(`Saved: ${path}`);
  };
  if (options.output !== undefined) await save(options.output, JSON.stringify(report, null, 2) + "\n");
  if (options.chart !== undefined) await save(options.chart, await chartOfReport(report));
  if (options.sheet !== undefined) {
    const hybrid = contestants.find(({ name }) => name === DEFAULT_RETRIEVER) ?? contestants[0];
    if (hybrid && seen.length > 0) {
      const { outcomes } = await measure(hybrid, seen, `${hybrid.title}, development set`);
      await save(options.sheet, await sheetOfOutcomes(outcomes, library, seed));
    }
  }
  if (options.json) terminal.json({ ...report, ...(options.misses && { misses }) });
}

/** A retriever that is measured. */
interface Contestant {
  readonly name: string;
  readonly title: string;
  readonly embeddings: boolean;
  open(terminal: Terminal): Promise<Retriever>;
}

/** The retrievers asked for, or all that can be had without fetching anything. */
async function contestantsOf(
  names: readonly string[] | undefined,
  poses: ReturnType<typeof describedPoses>,
  terminal: Terminal,
): Promise<Contestant[]> {
  for (const name of names ?? []) await prepareRetriever(name, terminal.signal);
  const embeds = await isEmbedderCached();
  const wanted = names ?? RETRIEVERS.filter((name) => name !== "embed" || embeds);
  if (!wanted.includes("embed") && names === undefined) {
    terminal.say("Left out: embed, and the embeddings of hybrid; `make embeddings` fetches what they need");
  }
  return [...new Set(wanted)].flatMap((name): Contestant[] => {
    const embeddings = embeds && (name === "embed" || name === "hybrid");
    const open = ({ signal, say: _, ...rest }: Terminal) =>
      createRetriever(name, poses, {
        signal,
        onEvent: (event) => tellRetriever(event, MESSAGES.en, { ...rest, say: (line) => console.error(line) }),
      });
    const itself = { name, title: name, embeddings, open };
    if (name !== "hybrid") return [itself];
    const without = {
      name,
      title: "hybrid without embeddings",
      embeddings: false,
      // What a fresh clone has.
      open: ({ signal }: Terminal) => Promise.resolve(createHybridRetriever(poses, { signal, embeddings: false })),
    };
    return embeddings ? [itself, without] : [without];
  });
}

/** How many of each language are not kept. */
function countByLanguage(all: readonly JudgedQuery[], kept: readonly JudgedQuery[]) {
  const of = (queries: readonly JudgedQuery[], wanted: Language) =>
    queries.filter(({ language }) => language === wanted).length;
  return Object.fromEntries(LANGUAGES.map((language) => [language, of(all, language) - of(kept, language)]));
}

/** Four digits: more would only say what chance did. */
function rounded(row: Row): Row {
  return JSON.parse(JSON.stringify(row, (_, value) => typeof value === "number" ? Number(value.toFixed(4)) : value));
}
