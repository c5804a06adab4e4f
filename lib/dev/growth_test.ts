import assert from "node:assert/strict";
import { describedPoses, loadLibrary } from "../library/mod.ts";
import { distance, JOINTS } from "../skeleton/mod.ts";
import { grow, measureRetriever, measureVectors } from "./growth.ts";

const documents = describedPoses(await loadLibrary()).slice(0, 30);

Deno.test("grow() samples real documents, then repeats them: other ids, other words, joints moved a little", () => {
  const few = grow(documents, 10, 1);
  assert.ok(few.length === 10 && few.every((one) => documents.includes(one as typeof documents[number])));
  const many = grow(documents, 100, 1);
  assert.equal(new Set(many.map(({ id }) => id)).size, 100);
  assert.equal(documents.every((one) => many.includes(one)), true, "the real ones are among them");
  const original = many[0];
  const copy = many[30];
  assert.ok(original && copy?.id === `${original.id}_1`);
  const moved = JOINTS.map((joint) => distance(original.pose.joints[joint], copy.pose.joints[joint]));
  assert.ok(moved.every((far) => far > 0 && far < 0.04), `${moved}`);
  assert.equal(copy.descriptions.length, original.descriptions.length);
  assert.notDeepEqual(copy.descriptions, original.descriptions);
  assert.deepEqual(grow(documents, 100, 1), many);
});

Deno.test("growth is measured with what it was measured on", async () => {
  const options = { documents, queries: ["right arm up", "руки в стороны"], seed: 1 };
  const [real, repeated] = [await measureRetriever("tfidf", 20, options), await measureRetriever("slots", 90, options)];
  assert.deepEqual([real.data, real.size, real.queries], ["real", 20, 2]);
  assert.deepEqual([repeated.name, repeated.data, repeated.size], ["slots", "repeated", 90]);
  const vectors = await measureVectors(200, 8, { seed: 1, queries: 3 });
  assert.deepEqual([vectors.name, vectors.data, vectors.size, vectors.queries], ["vectors", "synthetic", 200, 3]);
  for (const { buildMs, queryMs } of [real, repeated, vectors]) assert.ok(buildMs > 0 && queryMs > 0);
});

Deno.test("measuring growth ends with its signal's reason", async () => {
  const signal = AbortSignal.abort(new Error("enough"));
  await assert.rejects(measureVectors(10, 4, { seed: 1, signal }), /enough/);
  await assert.rejects(measureRetriever("tfidf", 10, { documents, queries: ["a"], seed: 1, signal }), /enough/);
});
