/** What a chart is made of, checked and scaled once for every form that it is shown in. */

/** Values under one name. */
export interface Series {
  /** What the legend calls it. */
  readonly name: string;
  /** Where each value stands: numbers on a scale, or words side by side. */
  readonly x: readonly (number | string)[];
  /** As many as `x`; `null` where nothing was measured leaves a gap. */
  readonly y: readonly (number | null)[];
}

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
}

/** A chart: the values of one thing (`x`, `y`), or of several under their names (`series`). */
export type ChartOptions =
  & ChartText
  & (Pick<Series, "x" | "y"> | { readonly series: readonly Series[] });

/** Where an axis starts and ends, and what is written along it. */
export interface Axis {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

/** A chart ready to be drawn. */
export interface Chart extends Required<ChartText> {
  /** `x` is the place on the axis: for words, their number in `categories`. */
  readonly series: readonly { readonly name: string; readonly points: readonly Point[] }[];
  /** The words along the x axis; absent where it is a scale of numbers. */
  readonly categories?: readonly string[];
  readonly xAxis: Axis;
  readonly yAxis: Axis;
}

/** A value and where it stands. */
export interface Point {
  readonly x: number;
  readonly y: number | null;
}

/** The most series that can be told apart by colour. */
export const MOST_SERIES = 6;
const TICKS = 5;

/**
 * Checks what is to be plotted and gives it axes. The axes of both forms come from here, so that they agree.
 *
 * @throws {RangeError} without a value, with more than six series, with as many x as y, or with a y that is no number.
 */
export function chartOf(options: ChartOptions): Chart {
  const { title, kind = "bar", xLabel = "", yLabel = "" } = options;
  const all = "series" in options ? options.series : [{ name: yLabel, x: options.x, y: options.y }];
  check(title, all);
  const places = all.flatMap(({ x }) => [...x]);
  const scale = kind !== "bar" && places.every((place) => typeof place === "number");
  const categories = [...new Set(places.map(String))];
  const place = (x: number | string) => typeof x === "number" && scale ? x : categories.indexOf(String(x));
  const series = all.map(({ name, x, y }) => ({
    name,
    points: x.map((at, i): Point => ({ x: place(at), y: y[i] ?? null })),
  }));
  const values = series.flatMap(({ points }) => points.map(({ y }) => y)).filter((y) => y !== null);
  return {
    title,
    kind,
    xLabel,
    yLabel,
    series,
    ...(!scale && { categories }),
    xAxis: scale ? axis(series.flatMap(({ points }) => points.map(({ x }) => x))) : {
      from: -0.5,
      to: categories.length - 0.5,
      ticks: categories.map((text, at) => ({ at, text })),
    },
    yAxis: axis([0, ...values]),
  };
}

function check(title: string, series: readonly Series[]): void {
  const refuse = (why: string): never => {
    throw new RangeError(`Cannot plot "${title}": ${why}`);
  };
  if (series.length === 0 || series.some(({ x }) => x.length === 0)) refuse("there is no value; give at least one");
  if (series.length > MOST_SERIES) refuse(`${series.length} series; colours tell at most ${MOST_SERIES} apart`);
  for (const { name, x, y } of series) {
    if (x.length !== y.length) refuse(`"${name}" has ${x.length} x and ${y.length} y; give as many of both`);
    const bad = [...x, ...y].find((value) => typeof value === "number" && !Number.isFinite(value));
    if (bad !== undefined) refuse(`"${name}" holds ${bad}; give null where nothing was measured`);
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
  return { from: first * step, to: last * step, ticks: ticks.map((at) => ({ at, text: text(at) })) };
}

/** The next of 1, 2, 5 times a power of ten that is no less. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5].find((round) => round * power >= least * (1 - 1e-9)) ?? 10);
}
