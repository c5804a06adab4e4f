import { type Chart, chartOf, type ChartOptions } from "./chart.ts";
import { display } from "./display.ts";
import { escapeHtml } from "../text/mod.ts";
import { drawChart, shortNumber } from "./draw_chart.ts";
import { plotlyFigure } from "./plotly_figure.ts";

/**
 * Shows a chart: interactive (Plotly) in JupyterLab and VS Code, a picture on a page that runs no script, the numbers
 * where there are no pictures either. The front end takes one of the three. The picture stands in HTML: beside an
 * `image/png` Plotly's extension of JupyterLab would show that, and never become interactive.
 *
 * @param options What is plotted: `x` and `y`, or several `series`.
 * @throws {RangeError} for values that can't be plotted: none, NaN, unequal numbers of x and y, more than six series.
 */
export async function plot(options: ChartOptions): Promise<void> {
  const chart = chartOf(options);
  const png = (await drawChart(chart)).toBase64();
  await display({
    "application/vnd.plotly.v1+json": plotlyFigure(chart),
    "text/html": `<img alt="${escapeHtml(chart.title)}" src="data:image/png;base64,${png}">`,
    "text/plain": inWords(chart),
  });
}

const MOST_POINTS = 12;

/** `title`, then a line a series: where, how much. */
function inWords({ title, series, categories, yLabel }: Chart): string {
  const lines = series.map(({ name, points }) => {
    const said = points.slice(0, MOST_POINTS).map(({ x, y, interval }) => {
      const range = interval ? ` (${interval.map(shortNumber).join("–")})` : "";
      return `${categories?.[x] ?? shortNumber(x)}: ${y === null ? "not measured" : shortNumber(y) + range}`;
    });
    const rest = points.length > MOST_POINTS ? `, … (${points.length} points)` : "";
    return (name === yLabel ? "" : `${name}: `) + said.join(", ") + rest;
  });
  return [yLabel === "" ? title : `${title} (${yLabel})`, ...lines].join("\n");
}
