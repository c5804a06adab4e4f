import assert from "node:assert/strict";
import { factsOf, holds } from "../describe/mod.ts";
import { parse } from "../notation/mod.ts";
import { verify } from "../skeleton/mod.ts";
import { answer, createRetriever, type Described, type Hit, type Retriever } from "./mod.ts";
import movements from "./testdata/movements.json" with { type: "json" };

// What needs no weights; `embed` has tests of its own.
const LEXICAL = ["tfidf", "char"];

const DOCUMENTS: Described[] = [
  { id: "forward", descriptions: ["right arm stretched forward", "правая рука вытянута вперёд"] },
  { id: "up", descriptions: ["right arm raised straight up", "правая рука поднята вверх"] },
  { id: "squat", descriptions: ["deep squat, arms forward", "глубокий присед, руки вперёд"] },
];

const ALL_MOVEMENTS = movements.descriptions.map((text, i) => ({ id: `movement_${i}`, descriptions: [text] }));

async function first(name: string, documents: readonly Described[], query: string): Promise<Hit | undefined> {
  const [hit] = await (await createRetriever(name, documents)).search(query, 1);
  return hit;
}

for (const name of LEXICAL) {
  Deno.test(`${name} scores a document by its best description, and says which`, async () => {
    const retriever = await createRetriever(name, DOCUMENTS);
    assert.equal(retriever.name, name);
    const hits = await retriever.search("правая рука поднята вверх", 3);
    assert.deepEqual(hits.map(({ id }) => id), ["up", "forward", "squat"]);
    assert.equal(hits[0]?.description, "правая рука поднята вверх");
    assert.ok(Math.abs((hits[0]?.score ?? 0) - 1) < 1e-9);
  });

  Deno.test(`${name} finds every movement by its own description`, async () => {
    const retriever = await createRetriever(name, ALL_MOVEMENTS);
    for (const { id, descriptions: [text = ""] } of ALL_MOVEMENTS) {
      assert.equal((await retriever.search(text, 1))[0]?.id, id, text);
    }
  });

  Deno.test(`${name} keeps the order of documents among equals`, async () => {
    const twins = ["b", "a", "c"].map((id) => ({ id, descriptions: ["hands on hips", "hands on hips"] }));
    const retriever = await createRetriever(name, twins);
    assert.deepEqual((await retriever.search("hands on hips", 2)).map(({ id }) => id), ["b", "a"]);
    assert.deepEqual((await retriever.search("🎉", 3)).map(({ id, score }) => [id, score]), [["b", 0], ["a", 0], [
      "c",
      0,
    ]]);
  });

  Deno.test(`${name} scores 0 for a query with nothing in common, and does not answer it`, async () => {
    const retriever = await createRetriever(name, ALL_MOVEMENTS);
    for (const query of ["", "  ", "🎉🎉🎉", "щ"]) {
      const { answered, results } = await answer(retriever, query, 5);
      assert.equal(answered, false);
      assert.deepEqual(results.map(({ score }) => score), [0, 0, 0]);
      assert.equal(results[0]?.description, movements.descriptions[0]);
    }
  });

  Deno.test(`${name} answers a near query with as many as were asked for, another with three`, async () => {
    const retriever = await createRetriever(name, ALL_MOVEMENTS);
    const near = await answer(retriever, "руки скрещены на груди", 5);
    assert.equal(near.answered, true);
    assert.equal(near.results.length, 5);
    assert.equal((await answer(retriever, "руки скрещены на груди", 1)).results.length, 1);
    assert.equal((await answer(retriever, "курс доллара", 1)).results.length, 3);
  });

  Deno.test(`${name} gives back all documents where fewer than k are there`, async () => {
    assert.equal((await (await createRetriever(name, DOCUMENTS)).search("arm", 50)).length, 3);
    assert.deepEqual(await (await createRetriever(name, [])).search("arm", 5), []);
  });

  Deno.test(`${name} refuses a k that is no count`, async () => {
    const retriever = await createRetriever(name, DOCUMENTS);
    for (const k of [0, -1, 1.5, NaN, Infinity]) {
      await assert.rejects(retriever.search("arm", k), RangeError);
      await assert.rejects(answer(retriever, "arm", k), new RegExp(`${k} results: k must be`));
    }
  });

  Deno.test(`${name} takes 100 kB of query`, async () => {
    const retriever = await createRetriever(name, ALL_MOVEMENTS);
    const start = performance.now();
    await retriever.search("правая рука вверх 🎉 ".repeat(3_000), 5);
    await retriever.search("я".repeat(100_000), 5);
    assert.ok(performance.now() - start < 2_000);
  });
}

Deno.test("char sees through ё, endings and slips of the finger where tfidf does not", async () => {
  const query = "правую руку паднять вверх";
  assert.equal((await first("char", DOCUMENTS, query))?.id, "up");
  const without = await first("tfidf", DOCUMENTS, "вперед");
  assert.equal(without?.score, 0);
  assert.ok(((await first("char", DOCUMENTS, "вперед"))?.score ?? 0) > 0);
});

Deno.test("createRetriever() names the retrievers it knows when it does not know one", async () => {
  await assert.rejects(createRetriever("bm25", DOCUMENTS), {
    name: "RangeError",
    message: 'Cannot search with the retriever "bm25": the known ones are hybrid, slots, tfidf, char, embed',
  });
  await assert.rejects(createRetriever("__proto__", DOCUMENTS), RangeError);
});

Deno.test("createRetriever() refuses documents that share an id or have no description", async () => {
  const one = { id: "a", descriptions: ["x y"] };
  await assert.rejects(createRetriever("tfidf", [one, one]), /"a" twice/);
  await assert.rejects(createRetriever("tfidf", [{ id: "b", descriptions: [] }]), /"b" without a description/);
});

// The last four queries of the file have no answer.
const ANSWERABLE = movements.queries.slice(0, -4);

for (
  const { name, refused, taken } of [{ name: "tfidf", refused: 6, taken: 9 }, { name: "char", refused: 0, taken: 3 }]
) {
  Deno.test(`${name} refuses ${refused} of 36 answerable queries and takes ${taken} of 22 unrelated ones`, async () => {
    const retriever = await createRetriever(name, ALL_MOVEMENTS);
    const answered = async (queries: string[]) => {
      const answers = await Promise.all(queries.map((query) => answer(retriever, query, 1)));
      return answers.filter((a) => a.answered).length;
    };
    assert.deepEqual(
      { refused: ANSWERABLE.length - await answered(ANSWERABLE), taken: await answered(movements.unrelated) },
      { refused, taken },
    );
  });
}

Deno.test("answer() composes a body of words that it wholly understands, where nothing is near", async () => {
  const close = () => Promise.resolve();
  const nothing: Retriever = {
    name: "char",
    near: 1,
    search: () => Promise.resolve([]),
    close,
    [Symbol.asyncDispose]: close,
  };
  const { answered, composed } = await answer(nothing, "правая рука в сторону, левая вверх", 5);
  assert.equal(answered, false);
  assert.ok(composed);
  assert.deepEqual(verify(composed, { airborne: false }).filter(({ code }) => code !== "penetration"), []);
  const side = factsOf(composed);
  assert.ok(parse("right arm to the side, left arm up").slots.every((slot) => holds(slot, side)));
  assert.equal((await answer(nothing, "правая рука в сторону, левая абракадабра", 5)).composed, undefined);
  assert.equal((await answer(nothing, "рецепт борща", 5)).composed, undefined);
});
