import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { chartOf } from "./chart.ts";
import { plot } from "./plot.ts";
import { shown } from "./testing.ts";

const speeds = {
  title: "Speed <b>",
  yLabel: "tokens/s",
  xLabel: "prompt",
  series: [
    { name: "free & easy", x: ["short & sweet", "long"], y: [58.16, 42] },
    { name: "schema", x: ["short & sweet", "long"], y: [40, null] },
  ],
};

Deno.test("plot() gives one output: a Plotly figure, a picture in HTML, and the numbers", async () => {
  const outputs = await shown(() => plot(speeds));
  assert.equal(outputs.length, 1);
  const { data } = outputs[0] ?? assert.fail();
  assert.equal(data["image/png"], undefined, "JupyterLab would show it instead of the Plotly figure");
  const [, alt, picture = ""] = data["text/html"]?.match(/^<img alt="(.*?)" src="data:image\/png;base64,(.*)">$/) ?? [];
  assert.equal(alt, "Speed &lt;b&gt;");
  const png = Buffer.from(picture, "base64");
  assert.equal(png.subarray(1, 4).toString(), "PNG");
  assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [720, 400]);
  assert.equal(
    data["text/plain"],
    "Speed <b> (tokens/s)\nfree & easy: short & sweet: 58.2, long: 42\nschema: short & sweet: 40, long: not measured",
  );
});

/** What the Plotly form says, as far as the tests look. */
interface Figure {
  data: {
    type: string;
    mode?: string;
    name: string;
    x: (number | string)[];
    y: (number | null)[];
    text?: string[];
    error_y?: { array: number[]; arrayminus: number[] };
  }[];
  layout: {
    title: { text: string };
    showlegend: boolean;
    xaxis: { range: number[]; type?: string; categoryarray?: string[] };
    height: number;
    yaxis: { range: number[]; type?: string };
  };
}

async function figureOf(options: Parameters<typeof plot>[0]): Promise<Figure> {
  const [output] = await shown(() => plot(options));
  return (output?.data as unknown as Record<string, Figure>)["application/vnd.plotly.v1+json"] ?? assert.fail();
}

Deno.test("plot() tells Plotly each series, words along x, its axes, and texts without tags", async () => {
  const { data, layout } = await figureOf(speeds);
  assert.deepEqual(data.map(({ type, name, x, y }) => ({ type, name, x, y })), [
    { type: "bar", name: "free &amp; easy", x: ["short &amp; sweet", "long"], y: [58.16, 42] },
    { type: "bar", name: "schema", x: ["short &amp; sweet", "long"], y: [40, null] },
  ]);
  assert.equal(layout.title.text, "Speed &lt;b&gt;");
  assert.deepEqual([layout.xaxis.type, layout.xaxis.categoryarray], ["category", ["short &amp; sweet", "long"]]);
  assert.deepEqual([layout.xaxis.range, layout.yaxis.range], [[-0.5, 1.5], [0, 60]]);
  assert.equal(layout.showlegend, true);
  assert.equal(layout.height, 400, "the picture's, so that nothing jumps when one takes the other's place");
});

Deno.test("plot() joins a line's points on a scale of numbers, and leaves a scatter's apart", async () => {
  const line = await figureOf({ title: "t", kind: "line", x: [0, 250, 1000], y: [1, 2, 4] });
  assert.deepEqual([line.data[0]?.mode, line.layout.xaxis.range, line.layout.xaxis.type], [
    "lines+markers",
    [0, 1000],
    undefined,
  ]);
  assert.equal(line.layout.showlegend, false);
  const scatter = await figureOf({ title: "t", kind: "scatter", x: ["a", "b"], y: [-3, 2] });
  assert.deepEqual([scatter.data[0]?.mode, scatter.layout.yaxis.range], ["markers", [-3, 2]]);
});

Deno.test("plot() draws what it is given: other values, another picture; the same, the same", async () => {
  const pngOf = async (y: number[], kind: "bar" | "line" | "scatter") =>
    (await shown(() => plot({ title: "t", kind, x: [1, 2], y })))[0]?.data["text/html"];
  for (const kind of ["bar", "line", "scatter"] as const) {
    assert.equal(await pngOf([1, 2], kind), await pngOf([1, 2], kind));
    assert.notEqual(await pngOf([1, 2], kind), await pngOf([2, 1], kind));
  }
});

Deno.test("chartOf() ends its axes at round ticks around every value, from zero unless all lie far from it", () => {
  for (const scale of [1e-6, 0.1, 1, 37, 1e7]) {
    const values = [0.31, 0.77, 1.93].map((value) => value * scale);
    const { xAxis, yAxis } = chartOf({ title: "t", kind: "scatter", x: values, y: values.map((value) => -value) });
    for (const [axis, sign] of [[xAxis, 1], [yAxis, -1]] as const) {
      assert.ok(axis.ticks.length >= 3 && axis.ticks.length <= 8, `${axis.ticks.length} ticks at ${scale}`);
      assert.ok(values.every((value) => axis.from <= value * sign && value * sign <= axis.to));
      assert.equal(Math.abs(axis.ticks.find(({ at }) => Math.abs(at) < scale * 1e-9)?.at ?? 1), 0);
      assert.equal(new Set(axis.ticks.map(({ text }) => text)).size, axis.ticks.length, "labels differ");
    }
  }
  assert.equal(chartOf({ title: "t", kind: "line", x: [2020, 2024], y: [5, 6] }).xAxis.from, 2020);
  assert.deepEqual(chartOf({ title: "t", x: ["a"], y: [0] }).yAxis.ticks.at(-1)?.at, 1);
  assert.equal(chartOf({ title: "t", x: ["a"], y: [null] }).yAxis.from, 0, "nothing measured is a chart without bars");
});

Deno.test("plot() shows between which values each lies: in the picture, in Plotly's whiskers and in the numbers", async () => {
  const bars = { title: "t", x: ["a", "b"], y: [0.5, 0.25] };
  const [low, high]: [number, number] = [0.375, 0.75];
  const [plain] = await shown(() => plot(bars));
  const [output] = await shown(() => plot({ ...bars, intervals: [[low, high], null] }));
  assert.notEqual(output?.data["text/html"], plain?.data["text/html"]);
  assert.match(output?.data["text/plain"] ?? "", /a: 0\.5 \(0\.375–0\.75\), b: 0\.25$/);
  const { data: [bar] } = await figureOf({ ...bars, intervals: [[low, high], null] });
  assert.deepEqual([bar?.error_y?.array, bar?.error_y?.arrayminus], [[0.25, 0], [0.125, 0]]);
  assert.deepEqual((await figureOf(bars)).data[0]?.text, ["0.5", "0.25"]);
  assert.equal(bar?.text, undefined, "a whisker would strike a number through");
  const tall = chartOf({ ...bars, intervals: [[low, 7], null] });
  assert.equal(tall.yAxis.to >= 7, true, "the axis holds the whiskers too");
});

Deno.test("plot() puts numbers on log scales, with a tick at every power of ten", async () => {
  const options = {
    title: "t",
    kind: "line",
    xScale: "log",
    yScale: "log",
    x: [100, 1000, 20_000],
    y: [0.03, 1, 12],
  } as const;
  const { xAxis, yAxis } = chartOf(options);
  assert.deepEqual(xAxis.ticks.map(({ text }) => text), ["100", "1K", "10K", "100K"]);
  assert.deepEqual(yAxis.ticks.map(({ text }) => text), ["0.01", "0.1", "1", "10", "100"]);
  const { layout: { xaxis, yaxis } } = await figureOf(options);
  assert.deepEqual([xaxis.type, xaxis.range, yaxis.range.map(Math.round)], ["log", [2, 5], [-2, 2]]);
  const png = async (yScale: "log" | "linear") =>
    (await shown(() => plot({ ...options, yScale })))[0]?.data["text/html"];
  assert.notEqual(await png("log"), await png("linear"));
});

Deno.test("plot() refuses what can't be plotted, and says which value and what to do", async () => {
  const refused = (options: Parameters<typeof plot>[0], message: RegExp) =>
    assert.rejects(plot(options), (error) => error instanceof RangeError && message.test(error.message));
  await refused({ title: "Speed", x: [], y: [] }, /^Cannot plot "Speed": there is no value/);
  await refused({ title: "Speed", series: [] }, /there is no value/);
  await refused({ title: "Speed", yLabel: "ms", x: [1, 2], y: [1] }, /"ms" has 2 x and 1 y/);
  await refused({ title: "Speed", x: [1], y: [NaN] }, /holds NaN; give null/);
  await refused({ title: "Speed", kind: "line", x: [Infinity], y: [1] }, /holds Infinity/);
  await refused({ title: "Speed", kind: "line", yScale: "log", x: [1, 2], y: [1, 0] }, /log scale has no place for 0/);
  await refused({ title: "Speed", kind: "scatter", xScale: "log", x: [-1], y: [1] }, /no place for -1/);
  await refused({ title: "Speed", yScale: "log", x: ["a"], y: [1] }, /bars begin at 0/);
  await refused({ title: "Speed", x: ["a"], y: [1], intervals: [[0, NaN]] }, /holds NaN/);
  const seven = Array.from({ length: 7 }, (_, i) => ({ name: `${i}`, x: [1], y: [1] }));
  await refused({ title: "Speed", series: seven }, /7 series/);
});
