/** A chart as a picture, for pages on which no script runs. */
import { COLOURS, FONT, openBackend, type Pen } from "../draw/mod.ts";
import type { Axis, Chart } from "./chart.ts";

/** The size of a chart on a page, pixels. */
export const CHART = { width: 720, height: 400 } as const;

const SMALL = 13;

/** Where the values are drawn. */
const AREA = {
  left: 56,
  right: CHART.width - 20,
  top: 72,
  bottom: CHART.height - 64,
} as const;

/**
 * Draws a chart and encodes it as a PNG of the size {@linkcode CHART}, for pages that run no script.
 */
export async function drawChart(chart: Chart): Promise<Uint8Array> {
  return await drawCharts([chart], { columns: 1 });
}

/**
 * Draws charts beside and under each other and encodes them as one PNG; each is of the size {@linkcode CHART}.
 *
 * @param options `columns`: how many stand side by side.
 */
export async function drawCharts(
  charts: readonly Chart[],
  { columns }: { readonly columns: number },
): Promise<Uint8Array> {
  const rows = Math.ceil(charts.length / columns);
  const surface = (await openBackend()).createSurface(columns * CHART.width, rows * CHART.height);
  const { pen } = surface;
  pen.fillStyle = COLOURS.paper;
  pen.fillRect(0, 0, surface.width, surface.height);
  charts.forEach((chart, i) => {
    pen.save();
    pen.translate((i % columns) * CHART.width, Math.floor(i / columns) * CHART.height);
    paintChart(pen, chart);
    pen.restore();
  });
  return surface.png();
}

function paintChart(pen: Pen, chart: Chart): void {
  const along = (value: number) => place(value, chart.xAxis, AREA.left, AREA.right);
  const up = (value: number) => place(value, chart.yAxis, AREA.bottom, AREA.top);
  paintFrame(pen, chart, along, up);
  if (chart.kind === "bar") paintBars(pen, chart, along, up);
  else paintPoints(pen, chart, along, up);
}

type Place = (value: number) => number;

function place(value: number, { scale, from, to }: Axis, start: number, end: number): number {
  const share = scale === "log" ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from);
  return start + share * (end - start);
}

function write(pen: Pen, text: string, x: number, y: number, align: string, size = SMALL) {
  pen.font = `${size}px "${FONT}"`;
  pen.fillStyle = COLOURS.text;
  pen.textAlign = align;
  pen.fillText(text, x, y);
}

/** Title, legend, grid and what stands along the axes. */
function paintFrame(pen: Pen, chart: Chart, along: Place, up: Place) {
  write(pen, chart.title, 12, 24, "left", 15);
  // The label of y lies flat above its axis: easier to read than turned by 90°.
  write(pen, chart.yLabel, 12, 54, "left");
  write(pen, chart.xLabel, (AREA.left + AREA.right) / 2, CHART.height - 12, "center");
  if (chart.series.length > 1) paintLegend(pen, chart);
  for (const { at, text } of chart.yAxis.ticks) {
    pen.fillStyle = at === 0 ? COLOURS.text : COLOURS.frame;
    pen.fillRect(AREA.left, up(at), AREA.right - AREA.left, 1);
    write(pen, text, AREA.left - 6, up(at) + SMALL / 3, "right");
  }
  const room = (AREA.right - AREA.left) / chart.xAxis.ticks.length - 3;
  for (const { at, text } of chart.xAxis.ticks) {
    broken(pen, text, room).forEach((line, i) => {
      write(pen, line, along(at), AREA.bottom + SMALL * (1.5 + 1.2 * i), "center");
    });
  }
}

function paintLegend(pen: Pen, { series }: Chart) {
  let right = AREA.right;
  for (const { name, colour } of series.toReversed()) {
    write(pen, name, right, 54, "right");
    right -= pen.measureText(name).width + 16;
    pen.fillStyle = colour;
    pen.fillRect(right, 44, 11, 11);
    right -= 14;
  }
}

/** A text in two lines at most, broken at a space where it is wider than its room. */
function broken(pen: Pen, text: string, room: number): string[] {
  pen.font = `${SMALL}px "${FONT}"`;
  const width = (part: string) => pen.measureText(part).width;
  if (width(text) <= room) return [text];
  const words = text.split(" ");
  const splits = words.map((_, i) => [words.slice(0, i).join(" "), words.slice(i).join(" ")]);
  const widest = (lines: string[]) => Math.max(...lines.map(width));
  const best = splits.reduce((a, b) => widest(b) < widest(a) ? b : a);
  return best.filter((line) => line !== "").map((line) => {
    let short = line;
    while (width(short) > room && short.length > 2) short = `${short.replace(/…$/, "").slice(0, -1)}…`;
    return short;
  });
}

/** Pixels that a number over a bar needs. */
const NUMBER = 20;

/** How wide a bar is, pixels. */
const barWidth = ({ series, xAxis }: Chart) =>
  Math.min((AREA.right - AREA.left) / (xAxis.to - xAxis.from) * 0.7 / series.length, 90);

/** Whether there is room for a number over each bar. */
export const hasNumbers = (chart: Chart): boolean => barWidth(chart) >= NUMBER;

function paintBars(pen: Pen, chart: Chart, along: Place, up: Place) {
  const { series } = chart;
  const width = barWidth(chart);
  series.forEach(({ points, colour }, i) => {
    for (const { x, y, interval } of points) {
      if (y === null) continue;
      const left = along(x) + (i - series.length / 2) * width;
      pen.fillStyle = colour;
      pen.fillRect(left + 1, Math.min(up(y), up(0)), width - 2, Math.abs(up(y) - up(0)));
      const middle = left + width / 2;
      if (interval) paintWhisker(pen, middle, up(interval[0]), up(interval[1]), COLOURS.text);
      if (hasNumbers(chart)) {
        writeOnPaper(pen, shortNumber(y), middle, Math.min(up(interval?.[1] ?? y), up(y), up(0)) - 5);
      }
    }
  });
}

const CAP = 4;

/** From low to high, with a cap at both ends. */
function paintWhisker(pen: Pen, x: number, low: number, high: number, colour: string) {
  pen.fillStyle = colour;
  pen.fillRect(x - 0.75, Math.min(low, high), 1.5, Math.abs(high - low));
  for (const end of [low, high]) pen.fillRect(x - CAP, end - 0.75, 2 * CAP, 1.5);
}

/** A number over the grid, which would strike it through. */
function writeOnPaper(pen: Pen, text: string, x: number, y: number) {
  pen.font = `${SMALL}px "${FONT}"`;
  const width = pen.measureText(text).width + 4;
  pen.fillStyle = COLOURS.paper;
  pen.fillRect(x - width / 2, y - SMALL, width, SMALL * 1.2);
  write(pen, text, x, y, "center");
}

function paintPoints(pen: Pen, { series, kind }: Chart, along: Place, up: Place) {
  series.forEach(({ points, colour }) => {
    pen.strokeStyle = pen.fillStyle = colour;
    pen.lineWidth = 2;
    pen.lineJoin = "round";
    if (kind === "line") {
      pen.beginPath();
      points.forEach(({ x, y }, k) => {
        if (y === null) return;
        if ((points[k - 1]?.y ?? null) === null) pen.moveTo(along(x), up(y));
        else pen.lineTo(along(x), up(y));
      });
      pen.stroke();
    }
    // Many points on a line would hide it.
    const radius = kind === "line" && points.length > 40 ? 1.5 : 3.5;
    for (const { x, y, interval } of points) {
      if (y === null) continue;
      if (interval) paintWhisker(pen, along(x), up(interval[0]), up(interval[1]), colour);
      pen.beginPath();
      pen.arc(along(x), up(y), radius, 0, 2 * Math.PI);
      pen.fill();
    }
  });
}

/** Three figures, as a person would say them. */
export const shortNumber = (value: number): string =>
  value.toLocaleString("en", Math.abs(value) >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 });
