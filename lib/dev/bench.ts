/**
 * Measures ours beside Python peers in one run, in turns: `make bench`. It prints a table and writes
 * `outputs/showcase/bench.json` and `bench.png`; with `--only` the other parts there stay as they are.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { readTextIfAny } from "../assets/mod.ts";
import { writeFile } from "../media/mod.ts";
import { api } from "./bench/api.ts";
import { gif } from "./bench/gif.ts";
import { load } from "./bench/load.ts";
import { long } from "./bench/long.ts";
import { mp4 } from "./bench/mp4.ts";
import type { Part } from "./bench/part.ts";
import { type BenchReport, chartOfReport, machine, type MeasuredPart, tableOf } from "./bench/report.ts";
import { tfidf } from "./bench/tfidf.ts";

const PARTS: Readonly<Record<string, Part>> = { gif, mp4, long, tfidf, api, load };
const FILE = "outputs/showcase/bench.json";
const CHART = "outputs/showcase/bench.png";

const { values } = parseArgs({
  options: {
    only: { type: "string", default: Object.keys(PARTS).join(",") },
    rounds: { type: "string", default: "7" },
    minutes: { type: "string", default: "1" },
  },
});

/** @throws {RangeError} When it is not a number above 0. */
function positive(text: string, option: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new RangeError(`Cannot bench with --${option} ${text}: give a number above 0`);
  return value;
}

const stop = new AbortController();
Deno.addSignalListener("SIGINT", () => stop.abort(new Error("Interrupted")));
const { signal } = stop;
const loadAverage = () => Number((Deno.loadavg()[0] ?? NaN).toFixed(2));
const rounds = Math.ceil(positive(values.rounds, "rounds"));
const minutes = positive(values.minutes, "minutes");
const terminal = Deno.stderr.isTerminal();

// What contestants hand each other lies here.
await Deno.mkdir(".cache/bench", { recursive: true });
const report: Record<string, MeasuredPart> = {};
for (const name of values.only.split(",")) {
  const part = PARTS[name];
  if (part === undefined) {
    throw new RangeError(`Cannot bench "${name}": the parts are ${Object.keys(PARTS).join(", ")}`);
  }
  const say = (line: string) => {
    if (terminal) Deno.stderr.writeSync(new TextEncoder().encode(`\r\x1b[2K${name}: ${line}`));
  };
  const before = loadAverage();
  const result = await part({ rounds, minutes, signal, say });
  if (terminal) Deno.stderr.writeSync(new TextEncoder().encode("\r\x1b[2K"));
  report[name] = {
    measured: { at: new Date().toISOString().slice(0, 16), ...machine(), rounds, load: [before, loadAverage()] },
    ...result,
  };
}

for (const line of tableOf(report)) console.log(line);
for (const { notes } of Object.values(report)) for (const note of notes) console.log(`* ${note}`);
const kept = JSON.parse(await readTextIfAny(FILE) ?? "{}") as BenchReport;
const all = Object.fromEntries(
  Object.keys(PARTS).flatMap((name) => {
    const part = report[name] ?? kept[name];
    return part === undefined ? [] : [[name, part]];
  }),
);
await writeFile(FILE, JSON.stringify(all, null, 2) + "\n", signal);
await writeFile(CHART, await chartOfReport(all), signal);
console.log(`Saved: ${FILE}, ${CHART}`);
