import assert from "node:assert/strict";
import { describedPoses, loadLibrary } from "../library/mod.ts";
import { LANGUAGES } from "../text/mod.ts";
import { createHybridRetriever } from "./create_hybrid_retriever.ts";
import { createHybridMeasures, MEASURES, RELATIVE } from "./hybrid_measures.ts";
import { HYBRID_WEIGHTS } from "./hybrid_scorer.ts";
import { parseQueries } from "./judged_queries.ts";

const documents = describedPoses(await loadLibrary());
const ids = new Set(documents.map(({ id }) => id));
const hybrid = createHybridRetriever(documents, { embeddings: false });

for (const language of LANGUAGES) {
  Deno.test(`hybrid without embeddings finds 4 of 5 development queries at once, and refuses half of the rest: ${language}`, async () => {
    const file = new URL(`../../poses/eval/dev.${language}.jsonl`, import.meta.url);
    const { queries } = parseQueries(await Deno.readTextFile(file), { file: file.pathname, language, poseIds: ids });
    let [found, asked, refused] = [0, 0, 0];
    for (const { query, ids: right } of queries) {
      const [first] = await hybrid.search(query, 1);
      if (right.length === 0) refused += !first || first.score < hybrid.near ? 1 : 0;
      else [asked, found] = [asked + 1, found + (first && right.includes(first.id) ? 1 : 0)];
    }
    console.log(`${language}: ${found} of ${asked}, ${refused} of ${queries.length - asked} refused`);
    assert.ok(found >= 0.8 * asked, `${found} of ${asked}`);
    assert.ok(refused >= 0.5 * (queries.length - asked), `${refused} of ${queries.length - asked}`);
  });
}

Deno.test("hybrid takes a plain command for the plainest pose, and tells left from right", async () => {
  for (
    const [query, id] of [
      ["подними руки", "arms_up"],
      ["raise your hands", "arms_up"],
      ["сядь", "sitting_on_chair"],
      ["поклонись", "bow"],
      ["put your right hand on your hip and your left one behind your head", "right_hand_on_hip_left_behind_head"],
      ["put your left hand on your hip and your right one behind your head", "left_hand_on_hip_right_behind_head"],
    ] as const
  ) assert.equal((await hybrid.search(query, 1))[0]?.id, id, query);
});

Deno.test("hybrid takes a description's very words for its pose, whatever their case and signs", async () => {
  for (const { id, descriptions } of documents.filter((_, i) => i % 9 === 0)) {
    const [first] = await hybrid.search(`${descriptions[0]?.toUpperCase()}!`, 1);
    assert.deepEqual([first?.id, first?.score], [id, 1]);
  }
});

Deno.test("hybrid finds nothing near to what is no movement, and to nothing", async () => {
  for (const query of ["quarterly revenue grew sharply", "рецепт борща на четверых", "", "!!!", "12345"]) {
    const [first] = await hybrid.search(query, 1);
    assert.ok(!first || first.score < hybrid.near, `${query}: ${first?.id} ${first?.score}`);
  }
});

Deno.test("every weight in use weighs a measure that there is", () => {
  for (const { own, relative } of Object.values(HYBRID_WEIGHTS)) {
    for (const weights of Object.values(own)) {
      assert.deepEqual(Object.keys(weights).filter((name) => !(MEASURES as readonly string[]).includes(name)), []);
    }
    assert.deepEqual(Object.keys(relative).filter((name) => !(RELATIVE as readonly string[]).includes(name)), []);
  }
  const measures = createHybridMeasures(documents, documents.flatMap(({ pose }) => pose ?? []));
  const { own, relative } = measures.measure("руки вверх");
  for (const name of MEASURES) {
    assert.ok(own[name].length === documents.length && own[name].every(Number.isFinite), name);
  }
  for (const name of RELATIVE) assert.ok(relative[name].every(Number.isFinite), name);
});
