/**
 * Measures and draws what search costs as a library grows: `deno task growth`. It writes `outputs/showcase/growth.json` and
 * `growth_*.png`, and takes under two minutes: what would not fit into them is left out, and said so.
 *
 * @module
 */
import { cpus } from "node:os";
import { describedPoses, loadLibrary } from "../library/mod.ts";
import { writeFile } from "../media/mod.ts";
import { chartOf, drawChart } from "../notebook/mod.ts";
import { parseQueries, seededRandom, shuffled } from "../retrieve/mod.ts";
import { LANGUAGES } from "../text/mod.ts";
import { GROWING, type GrowthRow, measureRetriever, measureVectors } from "./growth.ts";

const SEED = 1;
const DIMENSIONS = 384;
const QUERIES = 60;
const SIZES = [100, 1_000, 10_000];
const VECTOR_SIZES = [100, 1_000, 10_000, 100_000, 1_000_000];
const FOLDER = "outputs/showcase";
/** No measurement is begun after it. */
const LAST_START_MS = 80_000;

const stop = new AbortController();
Deno.addSignalListener("SIGINT", () => stop.abort(new Error("Interrupted")));
const { signal } = stop;

const documents = describedPoses(await loadLibrary());
const poseIds = new Set(documents.map(({ id }) => id));
const asked: string[] = [];
for (const language of LANGUAGES) {
  const file = `dev.${language}.jsonl`;
  const text = await Deno.readTextFile(new URL(`../../poses/eval/${file}`, import.meta.url));
  asked.push(...parseQueries(text, { file, language, poseIds }).queries.map(({ query }) => query));
}
const queries = shuffled(asked, seededRandom(SEED)).slice(0, QUERIES);

const rows: GrowthRow[] = [];
const leftOut: string[] = [];
const work = [
  // The library as it is stands among the sizes.
  ...[...SIZES, documents.length].toSorted((a, b) => a - b).flatMap((size) =>
    (["tfidf", "char", "slots", "hybrid"] as const).map((name) => ({
      name: name as GrowthRow["name"],
      size,
      bytes: 0,
      run: () => measureRetriever(name, size, { documents, queries, seed: SEED, signal }),
    }))
  ),
  ...VECTOR_SIZES.map((size) => ({
    name: "vectors" as const,
    size,
    bytes: size * DIMENSIONS * 4,
    run: () => measureVectors(size, DIMENSIONS, { seed: SEED, signal }),
  })),
];
const start = performance.now();
// A round that isn't counted: the first searches of a process compile the code.
for (const { run, size } of work) if (size === documents.length) await run();
for (const { name, size, bytes, run } of work) {
  const why = performance.now() - start > LAST_START_MS
    ? "no time was left"
    : 1.5 * bytes > Deno.systemMemoryInfo().available
    ? "there is too little memory"
    : undefined;
  if (why !== undefined) {
    leftOut.push(`${name} over ${size}: ${why}`);
    console.log(`Left out: ${leftOut.at(-1)}`);
    continue;
  }
  const row = await run();
  rows.push(row);
  console.log(
    `${name.padEnd(8)} ${size.toLocaleString("en").padStart(9)} ${row.data.padEnd(9)} ` +
      `built in ${row.buildMs.toFixed(0).padStart(6)} ms, a query ${row.queryMs.toFixed(2).padStart(8)} ms`,
  );
}

const report = {
  seed: SEED,
  dimensions: DIMENSIONS,
  hybrid: "without embeddings",
  realPoses: documents.length,
  descriptions: documents.reduce((sum, { descriptions }) => sum + descriptions.length, 0),
  machine: { cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length, deno: Deno.version.deno },
  leftOut,
  rows: rows.map((row) => ({
    ...row,
    buildMs: Number(row.buildMs.toFixed(2)),
    queryMs: Number(row.queryMs.toFixed(4)),
  })),
};
const draw = (title: string, value: (row: GrowthRow) => number) =>
  drawChart(chartOf({
    title: `${title} (hybrid without embeddings)`,
    kind: "line",
    xLabel:
      `documents: ${documents.length} poses, over that the same again, jittered; or vectors of ${DIMENSIONS} numbers`,
    yLabel: "ms",
    xScale: "log",
    yScale: "log",
    series: GROWING.map((name) => ({ name, of: rows.filter((row) => row.name === name) }))
      .filter(({ of }) => of.length > 0)
      .map(({ name, of }) => ({
        name: name === "vectors" ? "vectors (synthetic)" : name,
        x: of.map(({ size }) => size),
        y: of.map(value),
      })),
  }));
const files = {
  "growth.json": JSON.stringify(report, null, 2) + "\n",
  "growth_query.png": await draw("A query's median time, by how much is searched", ({ queryMs }) => queryMs),
  "growth_build.png": await draw("The time to build an index, by how much it holds", ({ buildMs }) => buildMs),
};
for (const [name, data] of Object.entries(files)) await writeFile(`${FOLDER}/${name}`, data, signal);
console.log(
  `Saved in ${FOLDER}: ${Object.keys(files).join(", ")} (${((performance.now() - start) / 1000).toFixed(0)} s)`,
);
