import assert from "node:assert/strict";
import { createVectorIndex } from "./mod.ts";

/** Whole numbers from -50 to 50, of which sums are exact; the same for the same seed (Numerical Recipes' generator). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => Math.round((state = (state * 1664525 + 1013904223) >>> 0) / 2 ** 32 * 100 - 50);
}

Deno.test("search() finds what comparing one by one finds, for any number of dimensions and vectors", () => {
  for (const [dimensions = 1, count = 0] of [[1, 5], [3, 40], [7, 1023], [8, 1024], [30, 2500]]) {
    const next = numbers(dimensions);
    const random = () => Float32Array.from({ length: dimensions }, next);
    const index = createVectorIndex(dimensions);
    const vectors = Array.from({ length: count }, random);
    vectors.forEach((vector, i) => assert.equal(index.add(vector), i));
    assert.equal(index.size, count);
    const query = random();
    const expected = vectors.map((vector, i) => ({
      index: i,
      score: vector.reduce((sum, value, at) => sum + value * (query[at] ?? 0), 0),
    })).toSorted((a, b) => b.score - a.score);
    const scores = index.scores(query);
    for (const { index: i, score } of expected) assert.equal(scores[i], score);
    for (const k of [1, 10, count, count + 1]) {
      const hits = index.search(query, k);
      assert.deepEqual(hits, expected.slice(0, k));
    }
  }
});

Deno.test("search() keeps the order of adding among equals", () => {
  const index = createVectorIndex(2);
  for (const x of [1, 2, 2, 1, 2]) index.add([x, 0]);
  assert.deepEqual(index.search([1, 0], 4).map((hit) => hit.index), [1, 2, 4, 0]);
});

Deno.test("an index keeps a copy of what is added", () => {
  const index = createVectorIndex(2);
  const vector = Float32Array.of(1, 0);
  index.add(vector);
  vector.fill(9);
  assert.deepEqual([...index.scores([1, 1])], [1]);
});

Deno.test("an index without vectors finds nothing", () => {
  assert.deepEqual(createVectorIndex(3).search([1, 2, 3], 5), []);
});

Deno.test("an index refuses vectors of another length, numbers that are none, and counts that are none", () => {
  for (const dimensions of [0, -1, 1.5, NaN]) assert.throws(() => createVectorIndex(dimensions), RangeError);
  const index = createVectorIndex(2);
  assert.throws(() => index.add([1]), /vector of 1 numbers in an index of 2 dimensions/);
  assert.throws(() => index.add([1, NaN]), /number 1 is NaN/);
  assert.throws(() => index.search([1, 2, 3], 1), RangeError);
  for (const k of [0, -1, 1.5, NaN, Infinity]) assert.throws(() => index.search([1, 2], k), RangeError);
  assert.equal(index.size, 0);
});
