/** The table of methods, every cell a measured figure from outputs/showcase. */
import { z } from "zod";
import { type CompareReport, linesByModel, readComparison, RUNGS } from "../agent/mod.ts";
import { shortNumber } from "./draw_chart.ts";

const interval = z.object({ value: z.number(), low: z.number(), high: z.number() });
const retrievalSchema = z.object({
  poses: z.int(),
  results: z.array(z.object({
    retriever: z.string(),
    language: z.string(),
    embeddings: z.boolean(),
    answerable: z.int(),
    recallAt1: interval,
    ms: z.object({ p50: z.number() }),
  })),
});
const growthSchema = z.object({
  rows: z.array(z.object({ name: z.string(), size: z.int(), queryMs: z.number() })),
});
const benchSchema = z.object({
  gif: z.object({
    rows: z.array(z.object({ what: z.string(), unit: z.string(), ours: z.object({ median: z.number() }) })),
  }),
});

/** What was measured. */
export interface Measurements {
  /** The rungs of reliability. */
  readonly compare: CompareReport;
  /** How often each retriever is right, and how fast. */
  readonly retrieval: z.infer<typeof retrievalSchema>;
  /** What a search costs as the library grows. */
  readonly growth: z.infer<typeof growthSchema>;
  /** What drawing costs. */
  readonly bench: z.infer<typeof benchSchema>;
}

const SHOWCASE = new URL("../../outputs/showcase/", import.meta.url);

/**
 * Reads measurements.
 *
 * @param folder where compare.json, retrieval.json, growth.json and bench.json are; the checkout's unless given.
 * @throws {Deno.errors.NotFound} where one was not made: `make compare`, `make eval`, `make growth` and `make bench` do.
 */
export async function readMeasurements(folder: URL = SHOWCASE): Promise<Measurements> {
  const json = async (name: string): Promise<unknown> => JSON.parse(await Deno.readTextFile(new URL(name, folder)));
  return {
    compare: await readComparison(new URL("compare.json", folder)),
    retrieval: retrievalSchema.parse(await json("retrieval.json")),
    growth: growthSchema.parse(await json("growth.json")),
    bench: benchSchema.parse(await json("bench.json")),
  };
}

/** A row of the table: what is asked of a method, each a figure, and the file that they stand in. */
export type ComparisonRow = Readonly<
  Record<
    "method" | "coordinate quality" | "speed" | "reliability" | "demand on the model" | "variety" | "source",
    string
  >
>;

const percent = ({ value, low, high }: z.infer<typeof interval>) =>
  `${Math.round(100 * value)} % (${Math.round(100 * low)}–${Math.round(100 * high)})`;

/**
 * Compares the methods with one model.
 *
 * @param measured the measurements. @param model as `linesByModel` names it.
 * @throws {RangeError} for a model that was not measured.
 */
export function comparisonTable(
  { compare }: Pick<Measurements, "compare">,
  model: string,
): ComparisonRow[] {
  const models = linesByModel(compare);
  const lines = models.get(model);
  if (!lines) {
    throw new RangeError(`Cannot compare methods of "${model}": measured are ${[...models.keys()].join(", ")}`);
  }
  const order = Object.keys(RUNGS);
  return lines.toSorted((a, b) => order.indexOf(a.method) - order.indexOf(b.method)).map((line): ComparisonRow => {
    const { method, n, tokens, peakMegabytes, different, answered } = line;
    const [read, written] = [Math.round(tokens.prompt), Math.round(tokens.completion)];
    return {
      method,
      "coordinate quality": `${percent(line.poseValid)} of ${n} are bodies`,
      speed: `${shortNumber(line.medianSeconds)} s an answer`,
      reliability: `${percent(line.right)} right`,
      "demand on the model": line.model === null
        ? "0 tokens, no model"
        : `${read} + ${written} tokens, ${peakMegabytes.server ?? peakMegabytes.process} MB`,
      variety: `${different} different of ${answered} figures`,
      source: "compare.json",
    };
  });
}

/** What a query costs in libraries of several sizes, by the same queries. */
function growing({ rows }: Measurements["growth"]) {
  const of = rows.filter(({ name }) => name === "hybrid").toSorted((a, b) => a.size - b.size);
  const list = (figures: readonly string[]) => figures.join(" → ");
  return {
    what: `search as the library grows, without embeddings: the first five hits of a query, ` +
      `among ${list(of.map(({ size }) => size.toLocaleString("en")))} poses`,
    measured: `${list(of.map(({ queryMs }) => shortNumber(queryMs)))} ms`,
    source: "growth.json",
  };
}

/** What the methods share, search and drawing: each figure with its source. */
export function sharedCosts(
  { retrieval, growth, bench }: Pick<Measurements, "retrieval" | "growth" | "bench">,
): Readonly<Record<"what" | "measured" | "source", string>>[] {
  const found = retrieval.results.filter(({ retriever, language }) => retriever === "hybrid" && language === "all");
  const drawn = bench.gif.rows.find(({ what, unit }) => what.startsWith("12 frames") && unit === "ms");
  return [
    ...found.flatMap(({ embeddings, answerable, recallAt1, ms }) => {
      const name = `search among ${retrieval.poses} poses, ${embeddings ? "with" : "without"} embeddings`;
      return [
        { what: `${name}: the right pose first`, measured: `${percent(recallAt1)} of ${answerable} queries` },
        { what: `${name}: a query`, measured: `${shortNumber(ms.p50)} ms` },
      ].map((row) => ({ ...row, source: "retrieval.json" }));
    }),
    growing(growth),
    ...(drawn ? [{ what: drawn.what, measured: `${shortNumber(drawn.ours.median)} ms`, source: "bench.json" }] : []),
  ];
}
