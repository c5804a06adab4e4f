/** What the bench found, as a file, a table and a chart. */
import { arch, cpus, platform, totalmem } from "node:os";
import { chartOf, drawChart, shortNumber } from "../../notebook/mod.ts";
import type { PartResult } from "./part.ts";
import type { Row } from "./row.ts";

/** A part's result, and where and when it was measured. */
export interface MeasuredPart extends PartResult {
  readonly measured: {
    readonly at: string;
    readonly cpu: string;
    readonly cores: number;
    readonly gigabytes: number;
    readonly system: string;
    readonly rounds: number;
    /** The load average (1 minute) before and after, what the bench itself does included. */
    readonly load: readonly [before: number, after: number];
  };
}

/** `outputs/showcase/bench.json`: parts by their names. Each was measured in one run, not all of them in the same. */
export type BenchReport = Readonly<Record<string, MeasuredPart>>;

/** The machine, as a report tells it. */
export const machine = () => ({
  cpu: cpus()[0]?.model ?? "unknown",
  cores: cpus().length,
  gigabytes: Math.round(totalmem() / 2 ** 30),
  system: `${platform()} ${arch()}`,
});

const times = (value: number) => `${shortNumber(value)}×`;

/** Whether a row's ratio is what the project wants. */
const verdict = ({ ratio, target }: Row) => {
  if (ratio === undefined || target === undefined) return "";
  return `${ratio.value >= target ? "reaches" : "misses"} ${times(target)}`;
};

/** The rows of all parts under each other. */
export function tableOf(report: BenchReport): string[] {
  const rows = Object.values(report).flatMap((part) => part.rows);
  const cells = [
    ["what", "unit", "ours", "peer's", "better by", "from – to", "target", "load", "peer"],
    ...rows.map((row) => [
      row.what,
      row.unit,
      shortNumber(row.ours.median),
      row.peer ? shortNumber(row.peer.median) : "",
      row.ratio ? times(row.ratio.value) : "",
      row.ratio ? `${shortNumber(row.ratio.low)} – ${shortNumber(row.ratio.high)}` : "",
      verdict(row),
      row.load.toFixed(1),
      row.peer?.name ?? "",
    ]),
  ];
  const widths = (cells[0] ?? []).map((_, i) => Math.max(...cells.map((line) => line[i]?.length ?? 0)));
  const left = new Set([0, 1, 6, 8]);
  return cells.map((line) =>
    line.map((cell, i) => left.has(i) ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)).join("  ")
      .trimEnd()
  );
}

/** How many times better ours is, on a scale of ratios; with what was wanted. */
export async function chartOfReport(report: BenchReport): Promise<Uint8Array> {
  const rows = Object.values(report).flatMap((part) => part.rows).filter((row) => row.label !== undefined && row.ratio);
  const x = rows.map(({ label, ratio }) => `${label} ${times(ratio?.value ?? NaN)}`);
  return await drawChart(chartOf({
    title: "How many times better ours is than Python's, in one run",
    kind: "scatter",
    xLabel: "below 1 Python's is better; whiskers: the least and the most of the rounds",
    yLabel: "times",
    yScale: "log",
    series: [
      {
        name: "measured",
        x,
        y: rows.map(({ ratio }) => ratio?.value ?? null),
        intervals: rows.map(({ ratio }) => ratio ? [ratio.low, ratio.high] : null),
      },
      { name: "wanted", x, y: rows.map(({ target }) => target ?? null) },
    ],
  }));
}
