import assert from "node:assert/strict";
import { describedPoses, loadLibrary } from "../library/mod.ts";
import { createHybridRetriever } from "./create_hybrid_retriever.ts";
import { findStrays } from "./find_strays.ts";

const library = await loadLibrary();
await using retriever = createHybridRetriever(describedPoses(library), { embeddings: false });
const search = (text: string) => retriever.search(text, 1);

Deno.test("every move of every dance is found by its own words, without embeddings", async () => {
  for (const dance of library.choreographies) {
    const strays = await findStrays(dance, search);
    assert.deepEqual(strays.map(({ index, text, found }) => [dance.id, index, text, found?.id]), []);
  }
});

Deno.test("a move whose words are another pose's is told with its place and what it finds", async () => {
  const dance = library.choreography("macarena") ?? assert.fail();
  const [first = assert.fail(), second = assert.fail()] = dance.moves;
  const strays = await findStrays({ ...dance, moves: [first, { ...second, describe: first.describe }] }, search);
  assert.deepEqual(
    strays.map(({ index, language, pose, found }) => [index, language, pose, found?.id]),
    (["ru", "en"] as const).map((language) => [1, language, second.pose, first.pose]),
  );
});
