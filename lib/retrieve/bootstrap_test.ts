import assert from "node:assert/strict";
import { bootstrap, quantile, seededRandom, shuffled } from "./mod.ts";

const found = Array.from({ length: 400 }, (_, i) => i % 4 === 0 ? 0 : 1);

Deno.test("bootstrap() gives the same interval for the same seed, and another for another", () => {
  assert.deepEqual(bootstrap(found, { seed: 7 }), bootstrap(found, { seed: 7 }));
  assert.notDeepEqual(bootstrap(found, { seed: 7 }), bootstrap(found, { seed: 8 }));
});

Deno.test("bootstrap() of a share is as wide as the normal approximation says", () => {
  const { value, low, high } = bootstrap(found, { seed: 1, resamples: 4000 });
  assert.equal(value, 0.75);
  // 0.75 ± 1.96 √(0.75 · 0.25 / 400)
  assert.ok(Math.abs((low ?? 0) - 0.7076) < 0.006, `${low}`);
  assert.ok(Math.abs((high ?? 0) - 0.7924) < 0.006, `${high}`);
});

Deno.test("bootstrap() of what never varies has no width, and of nothing no value", () => {
  assert.deepEqual(bootstrap([1, 1, 1], { seed: 1 }), { value: 1, low: 1, high: 1 });
  assert.deepEqual(bootstrap([], { seed: 1 }), { value: null, low: null, high: null });
});

Deno.test("quantile() lies between two numbers as NumPy has it, and does not sort what it is given", () => {
  const values = [40, 10, 20, 30];
  assert.deepEqual([0, 0.5, 0.95, 1].map((share) => quantile(values, share)), [10, 25, 38.5, 40]);
  assert.deepEqual(values, [40, 10, 20, 30]);
  assert.equal(quantile([], 0.5), null);
  assert.throws(() => quantile(values, 95), /quantile 95: it lies from 0 to 1/);
});

Deno.test("seededRandom() spreads evenly, and shuffled() keeps every element", () => {
  const random = seededRandom(3);
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < 4000; i++) {
    const at = Math.floor(random() * 4);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  assert.ok(counts.every((count) => Math.abs(count - 1000) < 120), `${counts}`);
  const list = Array.from({ length: 50 }, (_, i) => i);
  const mixed = shuffled(list, seededRandom(3));
  assert.notDeepEqual(mixed, list);
  assert.deepEqual(mixed.toSorted((a, b) => a - b), list);
  assert.deepEqual(mixed, shuffled(list, seededRandom(3)));
});
