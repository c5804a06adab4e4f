/** Rungs × requests × seeds with one model: run one after another, each kept as a row when it is over. */
import { z } from "zod";
import type { Library } from "../library/mod.ts";
import type { Connection } from "../llm/mod.ts";
import type { Retriever } from "../retrieve/mod.ts";
import type { CompareRequest } from "./compare_requests.ts";
import { type Judgement, judgeRun } from "./judge_run.ts";
import type { OutsidePose, RungResult } from "./rung.ts";
import { type RungName, RUNGS } from "./rungs/mod.ts";

const figure = z.strictObject({
  pose_id: z.string().optional(),
  /** Absent for a pose of the library. Metres, to the millimetre. */
  joints: z.record(z.string(), z.array(z.number())).optional(),
  /** What is wrong with it: codes and joints. */
  faults: z.array(z.string()),
});

/** One run, as it stands on a line of the file of rows. */
export const compareRowSchema = z.strictObject({
  method: z.string(),
  version: z.int(),
  /** Null where no model is asked. */
  model: z.string().nullable(),
  endpoint: z.enum(["embedded", "ollama", "openai"]).nullable(),
  request: z.string(),
  kind: z.enum(["figure", "dance"]),
  language: z.enum(["en", "ru"]),
  seed: z.int(),
  schemaValid: z.boolean(),
  poseValid: z.boolean(),
  right: z.boolean(),
  validButWrong: z.boolean(),
  /** Poses that are the library's and not the model's, for its answer could not be used. */
  standIn: z.boolean(),
  figures: z.int(),
  figuresRight: z.int(),
  facts: z.strictObject({ held: z.int(), asked: z.int() }),
  failure: z.string().optional(),
  tokens: z.strictObject({ prompt: z.int(), completion: z.int() }),
  seconds: z.number(),
  /** Resident memory of this process after the run, bytes; of the model's server, where it tells. */
  memory: z.strictObject({ process: z.int(), server: z.int().optional() }),
  frames: z.array(figure),
});

/** One run. */
export type CompareRow = z.infer<typeof compareRowSchema>;

/** What tells one run from another: the same is not run twice. */
export const rowKey = (
  row: Pick<CompareRow, "method" | "version" | "model" | "endpoint" | "request" | "seed">,
): string => JSON.stringify([row.method, row.version, row.model, row.endpoint, row.request, row.seed]);

/**
 * Reads rows; a last line that was cut off while it was written is passed over.
 *
 * @throws {SyntaxError} naming the line that is no row.
 */
export function parseRows(text: string, file: string): CompareRow[] {
  const lines = text.split("\n");
  return lines.flatMap((line, i): CompareRow[] => {
    if (line.trim() === "") return [];
    try {
      return [compareRowSchema.parse(JSON.parse(line))];
    } catch (error) {
      if (i === lines.length - 1) return [];
      const why = error instanceof z.ZodError ? z.prettifyError(error).split("\n")[0] : (error as Error).message;
      throw new SyntaxError(`Cannot go on from ${file}: line ${i + 1} is no run (${why}). Delete it, or use --fresh.`);
    }
  });
}

/** One run that is to be done. */
export interface PlannedRun {
  /** The rung that makes the poses. */
  readonly method: RungName;
  /** What is asked of it. */
  readonly request: CompareRequest;
  /** The model's; the same seed gives the same answer. */
  readonly seed: number;
}

/** All runs of one model, those of one seed together. Without a model every seed is the same, and one is enough. */
export function planRuns(
  methods: readonly RungName[],
  requests: readonly CompareRequest[],
  seeds: readonly number[],
): PlannedRun[] {
  return seeds.flatMap((seed, i) =>
    methods.filter((method) => RUNGS[method].asks || i === 0).flatMap((method) =>
      requests.map((request) => ({ method, request, seed }))
    )
  );
}

/** What identifies a run with a model; no model and no endpoint where none is asked. */
export const identityOf = (
  { method, request, seed }: PlannedRun,
  { model, endpoint }: Connection,
): Parameters<typeof rowKey>[0] => {
  const { version, asks } = RUNGS[method];
  const who = asks ? { model, endpoint: endpoint.kind } : { model: null, endpoint: null };
  return { method, version, ...who, request: request.id, seed };
};

/** What runs need. */
export interface CompareOptions {
  /** Where rungs retrieve from, and whose poses stand in. */
  readonly library: Library;
  /** How descriptions find those poses. */
  readonly retriever: Retriever;
  /** The model that is compared. */
  readonly connection: Connection;
  /** Asks the server what it holds in memory, bytes. */
  readonly serverMemory?: () => Promise<number | undefined>;
  /** Ends the run. */
  readonly signal?: AbortSignal;
}

/**
 * Does one run and judges it.
 *
 * @throws the signal's reason when aborted; {LlmError} when the model's server is gone: then there is no row.
 */
export async function compareRun(run: PlannedRun, options: CompareOptions): Promise<CompareRow> {
  const { method, request, seed } = run;
  const { serverMemory, ...task } = options;
  const result = await RUNGS[method].run({
    ...task,
    request: request.request,
    frames: request.must.length,
    seed,
  });
  options.signal?.throwIfAborted();
  const judged = judgeRun(result, request.must);
  const server = RUNGS[method].asks ? await serverMemory?.() : undefined;
  return {
    ...identityOf(run, options.connection),
    kind: request.kind,
    language: request.language,
    ...rowOf(result, judged),
    figures: request.must.length,
    memory: { process: Deno.memoryUsage().rss, ...(server !== undefined && { server }) },
  };
}

function rowOf(result: RungResult, { faults, ...judged }: Judgement) {
  const { failure, tokens, seconds, frames } = result;
  return {
    ...judged,
    standIn: failure !== undefined && frames.some(({ pose_id }) => pose_id !== undefined),
    ...(failure !== undefined && { failure: failure.slice(0, 300) }),
    tokens,
    seconds: Math.round(seconds * 1000) / 1000,
    frames: frames.map((frame, i) => ({
      ...keptOf(frame),
      faults: (faults[i] ?? []).map(({ code, joint }) => `${code} ${joint}`),
    })),
  };
}

/** A pose of the library by its id, any other by its joints. */
const keptOf = ({ pose_id, joints }: OutsidePose) =>
  pose_id !== undefined ? { pose_id } : {
    joints: Object.fromEntries(
      Object.entries(joints).map(([joint, at]) => [joint, at.map((value) => Math.round(value * 1000) / 1000)]),
    ),
  };
