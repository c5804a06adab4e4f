import assert from "node:assert/strict";
import { RUNGS } from "../agent/mod.ts";
import { chartOf } from "./chart.ts";
import { comparisonCharts } from "./comparison_charts.ts";
import { madeUpReport } from "./comparison_testing.ts";

Deno.test("a comparison is a chart a model: three rates by rung, in the order of the rungs, no bar where none was run", () => {
  const charts = comparisonCharts(madeUpReport());
  assert.deepEqual(charts.map(({ title }) => title).toSorted(), ["a", "a on ollama"]);
  for (const options of charts) {
    const { categories, series } = chartOf(options);
    assert.deepEqual(categories, Object.keys(RUNGS));
    assert.deepEqual(series.map(({ name }) => name), ["schema-valid", "pose-valid", "right"]);
    const right = series.find(({ name }) => name === "right")?.points.map(({ y }) => y);
    const first = options.title === "a" ? 0 : null;
    assert.deepEqual(right, [first, 10, 20, 30, 40, 50, 60, 70]);
  }
});
