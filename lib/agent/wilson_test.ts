import assert from "node:assert/strict";
import { wilson } from "./wilson.ts";

Deno.test("wilson() gives the published interval, and one of some width at none and all", () => {
  // Newcombe 1998, table I: 81 of 263 by method 3.
  const { value, low, high } = wilson(81, 263);
  assert.deepEqual([value, low, high].map((x) => x.toFixed(4)), ["0.3080", "0.2553", "0.3662"]);
  // The same table: 0 of 20.
  assert.deepEqual([wilson(0, 20).low, wilson(0, 20).high.toFixed(4)], [0, "0.1611"]);
  assert.equal(wilson(20, 20).high, 1);
});

Deno.test("wilson() refuses counts that are none", () => {
  for (const [count, of] of [[0, 0], [2, 1], [-1, 4], [NaN, 3]] as const) {
    assert.throws(() => wilson(count, of), RangeError);
  }
});
