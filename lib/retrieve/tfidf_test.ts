import assert from "node:assert/strict";
import { charNgrams } from "../text/mod.ts";
import { cosine, createSparseIndex, fitTfidf, type SparseVector, type Tfidf } from "./mod.ts";
import expected from "./testdata/sklearn_tfidf.json" with { type: "json" };
import movements from "./testdata/movements.json" with { type: "json" };

const { descriptions, queries } = movements;
const TOLERANCE = 1e-9;

function assertClose(actual: number | undefined, wanted: number | undefined, what: string): void {
  assert.ok(actual !== undefined && wanted !== undefined, `${what}: ${actual}, not ${wanted}`);
  assert.ok(Math.abs(actual - wanted) <= TOLERANCE, `${what}: ${actual}, not ${wanted}`);
}

function assertVector(actual: SparseVector, wanted: readonly number[][], what: string): void {
  assert.deepEqual([...actual.indices], wanted.map(([index]) => index), what);
  wanted.forEach(([, value], i) => assertClose(actual.values[i], value, what));
}

function similarities(model: Tfidf, query: string): Float64Array {
  return createSparseIndex(model.vectors, model.vocabulary.size).scores(model.transform(query));
}

Deno.test("fitTfidf() learns scikit-learn's vocabulary and frequencies", () => {
  const model = fitTfidf(descriptions);
  assert.deepEqual([...model.vocabulary.keys()], expected.vocabulary);
  assert.deepEqual([...model.vocabulary.values()], expected.vocabulary.map((_, index) => index));
  expected.idf.forEach((idf, index) => assertClose(model.idf[index], idf, `idf of ${expected.vocabulary[index]}`));
});

Deno.test("fitTfidf() and transform() weigh as scikit-learn does", () => {
  const model = fitTfidf(descriptions);
  assert.equal(descriptions.length, 120);
  assert.equal(queries.length, 40);
  descriptions.forEach((text, i) => {
    assertVector(model.vectors[i] ?? model.transform(""), expected.descriptions[i] ?? [], text);
    assertVector(model.transform(text), expected.descriptions[i] ?? [], text);
  });
  queries.forEach((text, i) => assertVector(model.transform(text), expected.queries[i]?.vector ?? [], text));
});

Deno.test("cosines and rankings are scikit-learn's, by the index and one by one", () => {
  const model = fitTfidf(descriptions);
  queries.forEach((query, q) => {
    const wanted = new Map(expected.queries[q]?.similarities.map(([i, value]) => [i, value]));
    const scores = similarities(model, query);
    const vector = model.transform(query);
    model.vectors.forEach((description, i) => {
      const what = `${query} × ${descriptions[i]}`;
      assertClose(scores[i], wanted.get(i) ?? 0, what);
      assertClose(cosine(vector, description), wanted.get(i) ?? 0, what);
    });
    const rounded = Array.from(scores, (score, i) => ({ i, score: Math.round(score * 1e9) })).filter((x) =>
      x.score > 0
    );
    assert.deepEqual(rounded.sort((a, b) => b.score - a.score).map((x) => x.i), expected.queries[q]?.ranking, query);
  });
});

Deno.test("fitTfidf() over charNgrams() is scikit-learn's char_wb", () => {
  const model = fitTfidf(descriptions, { tokenize: (text) => charNgrams(text, 3, 5), ngramRange: [1, 1] });
  assert.equal(model.vocabulary.size, expected.char_wb.terms);
  assert.ok(Math.abs(model.idf.reduce((sum, idf) => sum + idf, 0) - expected.char_wb.idf_sum) < 1e-6);
  queries.forEach((query, q) => {
    const wanted = expected.char_wb.queries[q];
    const scores = similarities(model, query);
    assertClose(Math.max(...scores), wanted?.similarity, query);
    assertClose(scores.reduce((sum, score) => sum + score, 0), wanted?.sum, query);
    assertClose(scores[wanted?.best ?? -1], wanted?.similarity, query);
  });
});

Deno.test("a text without a known term has a zero vector, and a cosine of 0", () => {
  const model = fitTfidf(descriptions);
  for (const text of ["", "🎉", "рецепт борща", "я", "__proto__ constructor"]) {
    const vector = model.transform(text);
    assert.equal(vector.indices.length, 0);
    assert.equal(cosine(vector, model.transform("right arm")), 0);
  }
});

Deno.test("the vocabulary is sorted by code points, as Python sorts", () => {
  const model = fitTfidf(["ｆｆ 𝐁𝐂 aa 𝐁𝐁"], { ngramRange: [1, 1] });
  assert.deepEqual([...model.vocabulary.keys()], ["aa", "ｆｆ", "𝐁𝐁", "𝐁𝐂"]);
});

Deno.test("fitTfidf() of nothing knows nothing", () => {
  const model = fitTfidf([]);
  assert.equal(model.vocabulary.size, 0);
  assert.equal(model.transform("right arm").indices.length, 0);
  assert.equal(createSparseIndex([], 0).scores(model.transform("right arm")).length, 0);
});

Deno.test("fitTfidf() refuses a range that makes no n-gram", () => {
  assert.throws(() => fitTfidf([], { ngramRange: [2, 1] }), RangeError);
  assert.throws(() => fitTfidf(["a b"], { ngramRange: [0, 1] }), RangeError);
});
