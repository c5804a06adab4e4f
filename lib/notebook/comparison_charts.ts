import { type CompareReport, linesByModel, type RATES, RUNGS } from "../agent/mod.ts";
import type { ChartOptions } from "./chart.ts";

/** In colours of which none is the red of what is broken. "Valid but wrong" is what "right" lacks of "pose-valid". */
const SHOWN = [
  { rate: "schemaValid", name: "schema-valid", colour: "#a3a9b0" },
  { rate: "poseValid", name: "pose-valid", colour: "#1b76bd" },
  { rate: "right", name: "right", colour: "#2f8f6b" },
] as const satisfies readonly { readonly rate: typeof RATES[number]; readonly name: string; readonly colour: string }[];

/** Three rates by rung with their intervals, a chart a model; a rung that was not run has no bar. */
export function comparisonCharts(report: Pick<CompareReport, "results">): ChartOptions[] {
  const methods = Object.keys(RUNGS);
  return [...linesByModel(report)].map(([model, lines]) => ({
    title: model,
    yLabel: "% of runs",
    yTo: 100,
    xLabel: "whiskers: 95 % intervals (Wilson)",
    series: SHOWN.map(({ rate, name, colour }) => {
      const of = methods.map((method) => lines.find((line) => line.method === method)?.[rate]);
      return {
        name,
        colour,
        x: methods,
        y: of.map((one) => one ? 100 * one.value : null),
        intervals: of.map((one) => one ? [100 * one.low, 100 * one.high] as const : null),
      };
    }),
  }));
}
