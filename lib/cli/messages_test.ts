import assert from "node:assert/strict";
import { MESSAGES } from "./messages.ts";

Deno.test("frames are counted in the right plural", () => {
  const { en, ru } = MESSAGES;
  assert.deepEqual([1, 4, 11, 12, 21, 22, 25].map(ru.frames), [
    "1 кадр",
    "4 кадра",
    "11 кадров",
    "12 кадров",
    "21 кадр",
    "22 кадра",
    "25 кадров",
  ]);
  assert.deepEqual([1, 2].map(en.frames), ["1 frame", "2 frames"]);
});
