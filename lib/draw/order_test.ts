import assert from "node:assert/strict";
import { paintOrder, type Piece, type Spot } from "./order.ts";

const none = { shirt: () => {}, hips: () => {}, box: { left: 900, top: 900, right: 901, bottom: 901 }, depth: 0 };
const spot = (x: number, y: number, depth: number): Spot => ({ x, y, r: 3, depth });
const piece = (a: Spot, b: Spot, trunk: Piece["trunk"] = "over"): Piece => ({ a, b, trunk, paint: () => {} });

/** The positions at which pieces are painted. */
function positions(pieces: readonly Piece[], trunk = none): number[] {
  const order = paintOrder(pieces, trunk);
  assert.equal(order.length, pieces.length + 2);
  return pieces.map(({ paint }) => order.indexOf(paint));
}

Deno.test("paintOrder() compares pieces where they cross, not by their middles", () => {
  // The long one is nearer on the whole, but at the crossing it is behind.
  const long = piece(spot(0, 0, -0.2), spot(100, 0, 0.8));
  const short = piece(spot(5, -10, 0), spot(5, 10, 0));
  const [l = 0, s = 0] = positions([long, short]);
  assert.ok(l < s);
  const [s2 = 0, l2 = 0] = positions([short, long]);
  assert.ok(l2 < s2);
});

Deno.test("paintOrder() paints the shirt between what is before it and what is behind it", () => {
  const [box, shirt] = [{ left: -50, top: -50, right: 50, bottom: 50 }, () => {}];
  const trunk = { ...none, box, shirt };
  // Depths that would say the opposite.
  const front = piece(spot(0, 0, -0.3), spot(9, 0, -0.3), "over");
  const back = piece(spot(0, 30, 0.3), spot(9, 30, 0.3), "under");
  const order = paintOrder([front, back], trunk);
  assert.deepEqual(order.filter((paint) => [front.paint, back.paint, shirt].includes(paint)), [
    back.paint,
    shirt,
    front.paint,
  ]);
});

Deno.test("paintOrder() paints every piece once, also when they hide each other in a ring", () => {
  const ring = [
    piece(spot(0, 0, 0), spot(100, 0, 1)),
    piece(spot(100, 0, 0), spot(50, 90, 1)),
    piece(spot(50, 90, 0), spot(0, 0, 1)),
  ];
  assert.equal(new Set(positions(ring)).size, 3);
});
