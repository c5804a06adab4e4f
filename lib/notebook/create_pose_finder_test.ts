import assert from "node:assert/strict";
import { loadLibrary } from "../library/mod.ts";
import { createPoseFinder } from "./create_pose_finder.ts";

Deno.test("createPoseFinder() finds every pose by each of its descriptions, with its caption for show()", async () => {
  const library = await loadLibrary();
  const find = await createPoseFinder(library);
  for (const { id, describe, pose } of library.poses.filter((_, i) => i % 7 === 0)) {
    for (const text of [...describe.en, ...describe.ru]) {
      // An image ("like a sprinter") may fit its twin or mirror image as well.
      const found = (await find(text, 5)).find((hit) => hit.id === id);
      assert.equal(found?.caption, `${found?.score.toFixed(2)} ${id}`, text);
      assert.equal(found?.pose, pose);
    }
  }
});

Deno.test("createPoseFinder() gives as many as asked for, best first, by the retriever asked for", async () => {
  const library = await loadLibrary();
  const scores = (await (await createPoseFinder(library))("подними руки", 5)).map(({ score }) => score);
  assert.equal(scores.length, 5);
  assert.deepEqual(scores, scores.toSorted((a, b) => b - a));
  const tfidf = await createPoseFinder(library, "tfidf");
  assert.equal((await tfidf("присядь"))[0]?.score, 0, "no description has this very word");
  await assert.rejects(tfidf("руки", 0), RangeError);
});
