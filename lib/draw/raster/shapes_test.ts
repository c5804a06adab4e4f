import assert from "node:assert/strict";
import { nearestIndex, PALETTE } from "../palette.ts";
import { openShapes } from "./shapes.ts";
import { createStroker, type StrokeStyle } from "./stroke.ts";

const SIDE = 40;
const WHITE = nearestIndex(0xffffff);
const INK = nearestIndex(0x3c4554);

function canvas() {
  const indices = new Uint8Array(SIDE * SIDE).fill(WHITE);
  const shapes = openShapes(indices, SIDE, SIDE);
  const red = (index: number) => (PALETTE[index] ?? 0) >> 16;
  /** How many pixels are covered, those in part by their part, as far as the palette tells parts. */
  const area = () => indices.reduce((sum, index) => sum + (255 - red(index)) / (255 - red(INK)), 0);
  const fill = (...outlines: number[][]) => {
    for (const one of outlines) shapes.add(Float64Array.from(one), 0, one.length);
    shapes.paint(INK);
  };
  const draw = (points: number[], closed: boolean, style: StrokeStyle) => {
    const stroker = createStroker(({ points, starts }, hole) => shapes.add(points, 0, starts[1] ?? 0, hole));
    stroker.stroke(Float64Array.from(points), 0, points.length, closed, style);
    shapes.paint(INK);
  };
  return { indices, area, fill, draw };
}

const square = (x: number, y: number, side: number) => [x, y, x + side, y, x + side, y + side, x, y + side];
const circle = (x: number, y: number, r: number, count: number) =>
  Array.from(
    { length: count },
    (_, i) => [x + r * Math.cos(2 * Math.PI * i / count), y + r * Math.sin(2 * Math.PI * i / count)],
  )
    .flat();
/** The same outline the other way round. */
const turned = (points: number[]) =>
  points.map((_, i) => points[i % 2 === 0 ? points.length - 2 - i : points.length - i] ?? 0);
const near = (value: number, wanted: number, off: number) =>
  assert.ok(Math.abs(value - wanted) <= off, `${value} is not ${wanted} ± ${off}`);

Deno.test("a shape covers its area, whichever way it turns and wherever it lies between pixels", () => {
  for (const at of [5, 5.25, 5.5, 7.8]) {
    for (const outline of [square(at, at, 12), turned(square(at, at, 12))]) {
      const { area, fill } = canvas();
      fill(outline);
      // The palette holds six steps between the two colours: what an edge covers in part is told as roughly.
      near(area(), 144, at === 5 ? 0 : 12);
    }
  }
  const { area, fill } = canvas();
  fill(circle(20.3, 19.6, 12, 60));
  near(area(), Math.PI * 144, 6);
});

Deno.test("shapes that overlap or lie apart cover as their union does", () => {
  const { area, indices, fill } = canvas();
  fill(square(4, 4, 10), turned(square(9, 4, 10)), square(4, 30, 6));
  assert.equal(area(), 150 + 36);
  assert.equal(indices[4 * SIDE + 18], INK);
  assert.equal(indices[20 * SIDE + 5], WHITE);
});

Deno.test("what lies outside the picture is cut off at its edge", () => {
  const { area, fill } = canvas();
  fill(square(-1e6, -1e6, 1e6 + 5), square(35, 35, 1e9));
  assert.equal(area(), 50);
  const whole = canvas();
  whole.fill(circle(20, 20, 1000, 64));
  assert.equal(whole.area(), SIDE * SIDE);
});

Deno.test("a line covers its length times its width, and its ends and bends as they are asked for", () => {
  const cases = [["butt", 0], ["square", 36], ["round", Math.PI * 9]] as const;
  for (const [cap, ends] of cases) {
    const { area, draw } = canvas();
    draw([8, 20, 28, 20], false, { width: 6, cap });
    near(area(), 120 + ends, 4);
  }
  const bent = canvas();
  bent.draw([8, 10, 28, 10, 28, 30], false, { width: 6, cap: "butt" });
  near(bent.area(), 240 - 9 + Math.PI * 9 / 4, 4);
  const point = canvas();
  point.draw([20, 20, 20, 20], false, { width: 10, cap: "round" });
  near(point.area(), Math.PI * 25, 5);
});

Deno.test("a closed line leaves its inside free", () => {
  for (const points of [circle(20, 20, 12, 40), turned(circle(20, 20, 12, 40))]) {
    const { area, indices, draw } = canvas();
    draw(points, true, { width: 4, cap: "butt" });
    near(area(), 2 * Math.PI * 12 * 4, 10);
    assert.equal(indices[20 * SIDE + 20], WHITE);
  }
});
