/** A chart as a Plotly figure, which JupyterLab and VS Code make interactive. */
import { COLOURS } from "../draw/mod.ts";
import type { Axis, Chart } from "./chart.ts";
import { escapeHtml } from "../text/mod.ts";
import { CHART, hasNumbers, shortNumber } from "./draw_chart.ts";

/** What Plotly's renderers take: https://plotly.com/javascript/reference/. */
export interface PlotlyFigure {
  readonly data: readonly Readonly<Record<string, unknown>>[];
  readonly layout: Readonly<Record<string, unknown>>;
  readonly config: Readonly<Record<string, unknown>>;
}

/** The figure of a chart; its axes are those of the picture. Plotly reads tags in texts, so they are escaped. */
export function plotlyFigure(chart: Chart): PlotlyFigure {
  const { title, kind, series, categories, xLabel, yLabel, xAxis, yAxis } = chart;
  // A whisker would strike its bar's number through; what is under the pointer is told in any case.
  const numbered = hasNumbers(chart) && !series.some(({ points }) => points.some(({ interval }) => interval));
  const drawn = kind === "bar"
    ? { type: "bar" }
    : { type: "scatter", mode: kind === "line" ? "lines+markers" : "markers" };
  const words = categories?.map(escapeHtml);
  const data = series.map(({ name, points, colour }) => ({
    ...drawn,
    name: escapeHtml(name),
    x: points.map(({ x }) => words?.[x] ?? x),
    y: points.map(({ y }) => y),
    marker: { color: colour },
    cliponaxis: false,
    ...(points.some(({ interval }) => interval) && { error_y: whiskers(points) }),
    ...(kind === "bar" && {
      ...(numbered && {
        text: points.map(({ y }) => y === null ? "" : shortNumber(y)),
        textposition: "outside",
      }),
      hoverinfo: series.length > 1 ? "x+y+name" : "x+y",
    }),
  }));
  const axisOf = (label: string, { scale, from, to }: Axis) => ({
    title: { text: escapeHtml(label) },
    // The ends of a log axis are told by their powers of ten.
    ...(scale === "log" ? { type: "log", range: [Math.log10(from), Math.log10(to)], dtick: 1 } : { range: [from, to] }),
    gridcolor: COLOURS.frame,
    zerolinecolor: COLOURS.text,
    hoverformat: ".3~r",
  });
  return {
    data,
    layout: {
      title: { text: escapeHtml(title) },
      height: CHART.height,
      margin: { t: 64, r: 20, b: 56, l: 64 },
      paper_bgcolor: COLOURS.paper,
      plot_bgcolor: COLOURS.paper,
      font: { color: COLOURS.text },
      showlegend: series.length > 1,
      legend: { orientation: "h", x: 1, xanchor: "right", y: 1.02, yanchor: "bottom" },
      // A range over words counts them from 0, as the picture does.
      xaxis: {
        ...axisOf(xLabel, xAxis),
        showgrid: false,
        ...(words && { type: "category", categoryorder: "array", categoryarray: words }),
      },
      yaxis: axisOf(yLabel, yAxis),
    },
    config: { displaylogo: false },
  };
}

/** Plotly takes how far an interval reaches from its value. */
const whiskers = (points: Chart["series"][number]["points"]) => ({
  type: "data",
  symmetric: false,
  array: points.map(({ y, interval }) => y === null || !interval ? 0 : interval[1] - y),
  arrayminus: points.map(({ y, interval }) => y === null || !interval ? 0 : y - interval[0]),
  color: COLOURS.text,
});
