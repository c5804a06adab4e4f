import assert from "node:assert/strict";
import { fitLogistic, fitRanking, type RankedQuery } from "./ranking_fit.ts";

/** Queries of three candidates with two measures: the first tells which is right, the second is noise. */
const queries = Array.from({ length: 40 }, (_, i): RankedQuery => {
  const right = [0, 1, 2].map((k) => k === i % 3);
  return {
    columns: [0, 1],
    rows: right.map((yes, k) => [yes ? 1 : 0.2, Math.sin(7 * i + 3 * k)]),
    right,
    weight: 1,
  };
});

Deno.test("fitRanking() weighs what tells the right candidate, and hardly what does not", () => {
  const [telling = 0, noise = 0] = fitRanking(queries, 2);
  assert.ok(telling > 1, String(telling));
  assert.ok(Math.abs(noise) < telling / 5, String(noise));
  for (const { rows, right } of queries) {
    const scores = rows.map(([a = 0, b = 0]) => telling * a + noise * b);
    assert.equal(scores.indexOf(Math.max(...scores)), right.indexOf(true));
  }
});

Deno.test("fitRanking() gives a column that nothing has no weight, and one query that counts more the last word", () => {
  assert.equal(fitRanking(queries, 3)[2], 0);
  const against = (weight: number): RankedQuery => ({
    columns: [0],
    rows: [[0], [1]],
    right: [true, false],
    weight,
  });
  const along: RankedQuery = { columns: [0], rows: [[0], [1]], right: [false, true], weight: 1 };
  assert.ok((fitRanking([along, against(0.2)], 1)[0] ?? 0) > 0);
  assert.ok((fitRanking([along, against(5)], 1)[0] ?? 0) < 0);
});

Deno.test("fitLogistic() parts yes from no, however few the yeses are", () => {
  const samples = Array.from({ length: 100 }, (_, i) => ({ x: [1, i / 100], y: i >= 90 }));
  const [bias = 0, slope = 0] = fitLogistic(samples);
  const chance = (x: number) => 1 / (1 + Math.exp(-(bias + slope * x)));
  assert.ok(chance(0.97) > 0.5, String(chance(0.97)));
  assert.ok(chance(0.2) < 0.2, String(chance(0.2)));
});
