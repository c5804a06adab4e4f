import assert from "node:assert/strict";
import { foundWithin, ndcg, reciprocalRank } from "./mod.ts";

const answers = new Set(["a", "b"]);

Deno.test("foundWithin() looks at the first hits only", () => {
  assert.deepEqual([1, 2, 3].map((k) => foundWithin(["x", "b", "a"], answers, k)), [0, 1, 1]);
  assert.equal(foundWithin([], answers, 3), 0);
});

Deno.test("reciprocalRank() is one over the place of the first answer, 0 without one", () => {
  assert.equal(reciprocalRank(["a", "b"], answers), 1);
  assert.equal(reciprocalRank(["x", "y", "z", "b", "a"], answers), 1 / 4);
  assert.equal(reciprocalRank(["x"], answers), 0);
});

Deno.test("ndcg() is the gain of the ranking over that of the best one", () => {
  assert.equal(ndcg(["b", "a", "x"], answers, 5), 1, "which of two answers is first does not matter");
  // (1/log₂2 + 1/log₂4) / (1/log₂2 + 1/log₂3) = 1.5 / 1.63093
  assert.ok(Math.abs(ndcg(["a", "x", "b"], answers, 5) - 0.919721) < 1e-6);
  // 1/log₂6 of one answer at the fifth place; at the sixth it counts for nothing.
  assert.ok(Math.abs(ndcg(["v", "w", "x", "y", "a"], new Set(["a"]), 5) - 0.386853) < 1e-6);
  assert.equal(ndcg(["u", "v", "w", "x", "y", "a"], new Set(["a"]), 5), 0);
  assert.equal(ndcg(["a"], new Set(["a", "b", "c"]), 1), 1, "no more answers fit than hits that count");
  assert.equal(ndcg(["a"], new Set(), 5), 0);
});
