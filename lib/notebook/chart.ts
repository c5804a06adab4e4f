/** What a chart is made of, checked and scaled once for every form that it is shown in. */

import { COLOURS } from "../draw/mod.ts";

/** Values under one name. */
export interface Series {
  /** What the legend calls it. */
  readonly name: string;
  /** Where each value stands: numbers on a scale, or words side by side. */
  readonly x: readonly (number | string)[];
  /** As many as `x`; `null` where nothing was measured leaves a gap. */
  readonly y: readonly (number | null)[];
  /** Between which two values each `y` may as well lie, as many as `y`; drawn as whiskers. */
  readonly intervals?: readonly (readonly [low: number, high: number] | null)[];
  /** `#rrggbb`; the next of the palette unless given. */
  readonly colour?: string;
}

/** How far apart values stand on an axis: by their differences, or by their ratios. */
export type Scale = "linear" | "log";

/** What a chart says, and how. */
export interface ChartText {
  /** What stands above it. */
  readonly title: string;
  /** `bar`, the default, stands side by side; `line` joins its points; `scatter` doesn't. */
  readonly kind?: "bar" | "line" | "scatter";
  /** What `x` is, with its unit. */
  readonly xLabel?: string;
  /** What `y` is, with its unit. */
  readonly yLabel?: string;
  /** `linear` unless given; `log` is for numbers above 0, and not for bars, which begin at 0. */
  readonly xScale?: Scale;
  /** The y axis's, likewise. */
  readonly yScale?: Scale;
  /** What a linear y axis reaches at least, so that charts can be compared: 100 for shares in %. */
  readonly yTo?: number;
}

/** A chart: the values of one thing (`x`, `y`), or of several under their names (`series`). */
export type ChartOptions =
  & ChartText
  & (Pick<Series, "x" | "y" | "intervals"> | { readonly series: readonly Series[] });

/** Where an axis starts and ends, and what is written along it. */
export interface Axis {
  /** How its values are spread. */
  readonly scale: Scale;
  /** The value at its start. */
  readonly from: number;
  /** The value at its end. */
  readonly to: number;
  /** What is written along it, and at which values. */
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

/** A chart ready to be drawn. */
export interface Chart extends Required<Omit<ChartText, "yTo">> {
  /** `x` is the place on the axis: for words, their number in `categories`. */
  readonly series: readonly {
    readonly name: string;
    readonly points: readonly ChartPoint[];
    readonly colour: string;
  }[];
  /** The words along the x axis; absent where it is a scale of numbers. */
  readonly categories?: readonly string[];
  /** From left to right. */
  readonly xAxis: Axis;
  /** From bottom to top. */
  readonly yAxis: Axis;
}

/** A value and where it stands. */
export interface ChartPoint {
  /** Its place on the x axis. */
  readonly x: number;
  /** The value; `null` where nothing was measured. */
  readonly y: number | null;
  /** Between which two values `y` may as well lie. */
  readonly interval?: readonly [low: number, high: number];
}

/** The colours of the series, in their order. */
const SERIES_COLOURS: readonly string[] = [
  COLOURS.left.sleeve[0],
  COLOURS.right.sleeve[0],
  "#2f8f6b",
  "#c98a1b",
  "#7d5ba6",
  COLOURS.shirt,
];

/** The most series that can be told apart by colour. */
const MOST_SERIES = SERIES_COLOURS.length;
const TICKS = 5;

/**
 * Checks what is to be plotted and gives it axes. The axes of both forms come from here, so that they agree.
 *
 * @throws {RangeError} without a value, with more than six series, with as many x as y, or with a y that is no number.
 */
export function chartOf(options: ChartOptions): Chart {
  const { title, kind = "bar", xLabel = "", yLabel = "", xScale = "linear", yScale = "linear" } = options;
  const all: readonly Series[] = "series" in options ? options.series : [{ ...options, name: yLabel }];
  check(title, all);
  const places = all.flatMap(({ x }) => [...x]);
  const scale = kind !== "bar" && places.every((place) => typeof place === "number");
  const categories = [...new Set(places.map(String))];
  const place = (x: number | string) => typeof x === "number" && scale ? x : categories.indexOf(String(x));
  const series = all.map(({ name, x, y, intervals, colour }, i) => ({
    name,
    colour: colour ?? SERIES_COLOURS[i] ?? COLOURS.text,
    points: x.map((at, i): ChartPoint => {
      const interval = intervals?.[i];
      return { x: place(at), y: y[i] ?? null, ...(interval && { interval }) };
    }),
  }));
  const values = series.flatMap(({ points }) =>
    points.flatMap(({ y, interval = [] }) => [...(y === null ? [] : [y]), ...interval])
  );
  const along = series.flatMap(({ points }) => points.map(({ x }) => x));
  if (kind === "bar" && yScale === "log") refuse(title, "bars begin at 0, which no log scale has; give another kind");
  const logged = [...(xScale === "log" && scale ? along : []), ...(yScale === "log" ? values : [])];
  const low = logged.find((value) => value <= 0);
  if (low !== undefined) refuse(title, `a log scale has no place for ${low}; leave it out or give null`);
  return {
    title,
    kind,
    xLabel,
    yLabel,
    xScale,
    yScale,
    series,
    ...(!scale && { categories }),
    xAxis: scale ? (xScale === "log" ? logAxis(along) : axis(along)) : {
      scale: "linear",
      from: -0.5,
      to: categories.length - 0.5,
      ticks: categories.map((text, at) => ({ at, text })),
    },
    yAxis: yScale === "log"
      ? logAxis(values)
      : axis([0, ...(options.yTo === undefined ? [] : [options.yTo]), ...values]),
  };
}

function refuse(title: string, why: string): never {
  throw new RangeError(`Cannot plot "${title}": ${why}`);
}

function check(title: string, series: readonly Series[]): void {
  if (series.length === 0 || series.some(({ x }) => x.length === 0)) {
    refuse(title, "there is no value; give at least one");
  }
  if (series.length > MOST_SERIES) refuse(title, `${series.length} series; colours tell at most ${MOST_SERIES} apart`);
  for (const { name, x, y, intervals = [] } of series) {
    if (x.length !== y.length) refuse(title, `"${name}" has ${x.length} x and ${y.length} y; give as many of both`);
    const bad = [...x, ...y, ...intervals.flat()].find((value) => typeof value === "number" && !Number.isFinite(value));
    if (bad !== undefined) refuse(title, `"${name}" holds ${bad}; give null where nothing was measured`);
  }
}

/** An axis over the values, from zero unless they lie far from it, with round ticks. */
function axis(values: readonly number[]): Axis {
  let [low, high] = [Math.min(...values), Math.max(...values)];
  if (low > 0 && low < high / 2 || low === high) low = Math.min(0, low);
  if (low === high) high = low + 1;
  const step = roundStep((high - low) / TICKS);
  const [first, last] = [Math.floor(low / step + 1e-9), Math.ceil(high / step - 1e-9)];
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const text = (at: number) =>
    at.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
  return { scale: "linear", from: first * step, to: last * step, ticks: ticks.map((at) => ({ at, text: text(at) })) };
}

/** An axis from one power of ten to another around the values, with a tick at each. */
function logAxis(values: readonly number[]): Axis {
  const powers = values.map(Math.log10);
  const first = values.length === 0 ? 0 : Math.floor(Math.min(...powers) + 1e-9);
  const last = values.length === 0 ? 1 : Math.max(first + 1, Math.ceil(Math.max(...powers) - 1e-9));
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => 10 ** (first + i));
  return {
    scale: "log",
    from: 10 ** first,
    to: 10 ** last,
    ticks: ticks.map((at) => ({
      at,
      text: at.toLocaleString("en", { notation: "compact", maximumSignificantDigits: 1 }),
    })),
  };
}

/** The next of 1, 2, 5 times a power of ten that is no less. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5].find((round) => round * power >= least * (1 - 1e-9)) ?? 10);
}
