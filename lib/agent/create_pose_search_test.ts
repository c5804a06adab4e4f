import assert from "node:assert/strict";
import { describedPoses, loadLibrary } from "../library/mod.ts";
import { createHybridRetriever } from "../retrieve/mod.ts";
import { createPoseSearch } from "./create_pose_search.ts";

const library = await loadLibrary();
const retriever = createHybridRetriever(describedPoses(library), { embeddings: false });
const search = createPoseSearch(library);
const find = (query: string, k: number) => search(retriever, query, k);

Deno.test("a search gives each result its pose", async () => {
  const { answered, results, choreography, composed } = await find("raise both arms", 2);
  assert.equal(answered, true);
  assert.equal(results.length, 2);
  assert.deepEqual([choreography, composed], [undefined, undefined]);
  for (const { id, pose } of results) assert.equal(pose, library.pose(id)?.pose);
});

Deno.test("a search that names a dance points to it", async () => {
  for (const query of ["макарена", "Macarena", "станцуй макарену"]) {
    assert.equal((await find(query, 1)).choreography, "macarena", query);
  }
});

Deno.test("a search that nothing answers gives the nearest three, and no pose of its own", async () => {
  const { answered, results, composed, choreography } = await find("рецепт борща на четверых", 10);
  assert.deepEqual([answered, results.length, composed, choreography], [false, 3, undefined, undefined]);
});

Deno.test("a search composes what its words wholly tell, where the library has nothing near", async () => {
  const close = () => Promise.resolve();
  const nothing = {
    name: "hybrid",
    near: 1,
    search: () => Promise.resolve([]),
    close,
    [Symbol.asyncDispose]: close,
  } as const;
  const { answered, results, composed } = await search(
    nothing,
    "right arm to the side, left arm up",
    3,
  );
  assert.deepEqual([answered, results], [false, []]);
  assert.ok(composed);
});
