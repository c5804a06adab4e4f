import assert from "node:assert/strict";
import { join } from "node:path";
import { describedPoses, loadLibrary } from "../library/mod.ts";
import { createEmbedRetriever } from "./create_embed_retriever.ts";
import { closeSharedEmbedder, embedTest } from "./e5/testing.ts";
import { answer, type Embedder, isEmbedderCached, mirrorCosines, type RetrieverEvent } from "./mod.ts";
import movements from "./testdata/movements.json" with { type: "json" };

const DOCUMENTS = movements.descriptions.map((text, i) => ({ id: `movement_${i}`, descriptions: [text] }));

Deno.test.afterAll(closeSharedEmbedder);

/** A retriever over an embedder that stays open, with a file of its own. */
async function withRetriever(
  embedder: Embedder,
  test: (make: () => ReturnType<typeof createEmbedRetriever>, events: RetrieverEvent[]) => Promise<void>,
) {
  const folder = await Deno.makeTempDir();
  const events: RetrieverEvent[] = [];
  try {
    const make = () =>
      createEmbedRetriever(DOCUMENTS, {
        open: () => Promise.resolve({ ...embedder, close: () => Promise.resolve() }),
        file: join(folder, "vectors"),
        onEvent: (event) => events.push(event),
      });
    await test(make, events);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

embedTest("embed finds every movement by its own description", async (embedder) => {
  await withRetriever(embedder, async (make) => {
    const retriever = await make();
    assert.equal(retriever.name, "embed");
    for (const { id, descriptions: [text = ""] } of DOCUMENTS) {
      const [hit] = await retriever.search(text, 1);
      assert.equal(hit?.id, id, text);
      assert.ok(Math.abs((hit?.score ?? 0) - 1) < 1e-3);
    }
  });
});

embedTest("embed refuses 0 of 36 answerable queries and takes 3 of 22 unrelated ones", async (embedder) => {
  await withRetriever(embedder, async (make) => {
    const retriever = await make();
    const answered = async (queries: string[]) => {
      const answers = await Promise.all(queries.map((query) => answer(retriever, query, 1)));
      return answers.filter((a) => a.answered).length;
    };
    // The last four queries of the file have no answer.
    const answerable = movements.queries.slice(0, -4);
    assert.deepEqual(
      { refused: answerable.length - await answered(answerable), taken: await answered(movements.unrelated) },
      { refused: 0, taken: 3 },
    );
  });
});

embedTest("embed scores 0 for a query without a word, and does not answer it", async (embedder) => {
  await withRetriever(embedder, async (make) => {
    const retriever = await make();
    for (const query of ["", "  ", "🎉🎉🎉", "?!"]) {
      const { answered, results } = await answer(retriever, query, 5);
      assert.equal(answered, false);
      assert.deepEqual(results.map(({ score }) => score), [0, 0, 0]);
    }
    await assert.rejects(retriever.search("arm", 0), RangeError);
    assert.equal((await retriever.search("слово ".repeat(10_000), 5)).length, 5);
  });
});

embedTest("embed finds across languages what shares no word", async (embedder) => {
  const documents = [
    { id: "squat", descriptions: ["a deep squat"] },
    { id: "clap", descriptions: ["clapping hands above the head"] },
    { id: "bow", descriptions: ["a bow with a straight back"] },
  ];
  const open = () => Promise.resolve({ ...embedder, close: () => Promise.resolve() });
  const folder = await Deno.makeTempDir();
  const retriever = await createEmbedRetriever(documents, { open, file: join(folder, "vectors") });
  assert.equal((await retriever.search("глубокий присед", 1))[0]?.id, "squat");
  assert.equal((await retriever.search("хлопок руками над головой", 1))[0]?.id, "clap");
  await Deno.remove(folder, { recursive: true });
});

embedTest("embed embeds its documents once, and reads them back in 50 ms at most", async (embedder) => {
  await withRetriever(embedder, async (make, events) => {
    await make();
    assert.deepEqual(events.at(-1), { type: "embed", done: DOCUMENTS.length, total: DOCUMENTS.length });
    const heard = events.length;
    let least = Infinity;
    for (let i = 0; i < 5; i++) {
      const start = performance.now();
      await make();
      least = Math.min(least, performance.now() - start);
    }
    assert.ok(least < 50, `${least} ms`);
    assert.equal(events.length, heard);
  });
});

// What slots are for: sentences that mean opposite sides lie nearer than nearly all others.
embedTest("embeddings hardly tell left from right in a description", async (embedder) => {
  const library = await loadLibrary();
  const texts = describedPoses(library).flatMap(({ descriptions }) => descriptions).filter((_, i) => i % 20 === 0);
  const measured = await mirrorCosines(texts, embedder);
  assert.ok(measured.length > 50);
  const cosines = measured.map(({ cosine }) => cosine).sort((a, b) => a - b);
  const median = cosines[cosines.length >> 1] ?? 0;
  assert.ok(median > 0.98 && median < 1, `${median}`);
});

Deno.test("weights that are as long as they should be and not the right ones count as not there", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeFile(join(folder, "e5-small-q4.bin"), new Uint8Array(8));
    await Deno.truncate(join(folder, "e5-small-q4.bin"), 71_622_400);
    await Deno.writeFile(join(folder, "e5-small-q4.onnx"), new Uint8Array(13_552_229));
    assert.equal(await isEmbedderCached(folder), false);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
