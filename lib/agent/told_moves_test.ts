import assert from "node:assert/strict";
import { describedPoses, loadLibrary } from "../library/mod.ts";
import { createHybridRetriever } from "../retrieve/mod.ts";
import { composeDance } from "./compose.ts";
import { RefusedError } from "./dance.ts";

const library = await loadLibrary();
const retriever = createHybridRetriever(describedPoses(library), { embeddings: false });
const dance = async (request: string, method: "auto" | "retrieve" = "auto") => {
  const connect = () => Promise.reject(new Error("a model is asked"));
  const { frames, refused } = await composeDance({ library, retriever, request, method, connect });
  return { ids: frames.map(({ pose_id }) => pose_id), refused: refused.map(({ description }) => description), frames };
};

Deno.test("moves told one after another are danced in their order, without a model", async () => {
  for (
    const [request, ids] of [
      ["руки вверх, потом поклонись", ["arms_up", "bow"]],
      ["Raise both arms, then squat, and then bow.", ["arms_up", "squat", "bow"]],
      ["hands on hips → jump -> bow", ["hands_on_hips", "jump_arms_up", "bow"]],
      ["станцуй: сначала руки в стороны; затем руки на пояс\nпоклон", ["arms_side", "hands_on_hips", "bow"]],
      ["руки в стороны, руки вверх, поклон", ["arms_side", "arms_up", "bow"]],
    ] as const
  ) {
    const { ids: found, frames } = await dance(request);
    assert.deepEqual(found, ids, request);
    assert.ok(frames.every(({ author }) => author === "request"));
  }
});

Deno.test("one move that is surely a pose is that pose; a comma within it divides nothing", async () => {
  assert.deepEqual((await dance("подними руки")).ids, ["arms_up"]);
  assert.equal((await dance("both arms stretched out to the sides at shoulder height, palms down")).ids.length, 1);
});

Deno.test("a move that no pose is near to is left out and told; a request of which less than half is found is refused", async () => {
  const { ids, refused } = await dance("руки в стороны, затем сальто назад, потом поклон");
  assert.deepEqual([ids, refused], [["arms_side", "bow"], ["сальто назад"]]);
  await assert.rejects(dance("the price of oil, then a recipe, then bow", "retrieve"), RefusedError);
});

Deno.test("a dance's name stands before moves that are told", async () => {
  assert.equal((await dance("станцуй макарену", "retrieve")).ids.length, 12);
});
