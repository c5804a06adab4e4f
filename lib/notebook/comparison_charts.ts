import { type CompareReport, linesByModel, RATES, RUNGS } from "../agent/mod.ts";
import type { ChartOptions } from "./chart.ts";

const NAMES: Readonly<Record<typeof RATES[number], string>> = {
  schemaValid: "schema-valid",
  poseValid: "pose-valid",
  right: "right",
  validButWrong: "valid but wrong",
};

/** The four rates by rung with their intervals, a chart a model; a rung that was not run has no bar. */
export function comparisonCharts(report: Pick<CompareReport, "results">): ChartOptions[] {
  const methods = Object.keys(RUNGS);
  return [...linesByModel(report)].map(([model, lines]) => ({
    title: model,
    yLabel: "% of runs",
    yTo: 100,
    xLabel: "whiskers: 95 % intervals (Wilson)",
    series: RATES.map((rate) => {
      const of = methods.map((method) => lines.find((line) => line.method === method)?.[rate]);
      return {
        name: NAMES[rate],
        x: methods,
        y: of.map((one) => one ? 100 * one.value : null),
        intervals: of.map((one) => one ? [100 * one.low, 100 * one.high] as const : null),
      };
    }),
  }));
}
