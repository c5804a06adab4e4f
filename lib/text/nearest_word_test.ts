import assert from "node:assert/strict";
import { nearestWord, nearestWords } from "./nearest_word.ts";

const KNOWN = ["left_shoulder", "right_shoulder", "chin", "chest", "правая"];

Deno.test("nearestWord() finds the word that was meant", () => {
  assert.equal(nearestWord("left_sholder", KNOWN), "left_shoulder");
  assert.equal(nearestWord("LEFT_SHOULDER", KNOWN), "left_shoulder");
  assert.equal(nearestWord("chset", KNOWN), "chest");
  assert.equal(nearestWord("правоя", KNOWN), "правая");
});

Deno.test("nearestWord() suggests nothing where nothing is near", () => {
  assert.equal(nearestWord("tail", KNOWN), undefined);
  assert.equal(nearestWord("", KNOWN), undefined);
  assert.equal(nearestWord("chin", []), undefined);
});

Deno.test("nearestWords() gives so many, nearest first, however far they are", () => {
  assert.deepEqual(nearestWords("knne", ["chin", "left_knee", "knee"], 2), ["knee", "chin"]);
  assert.deepEqual(nearestWords("KNEE", ["chin", "knee"], 5), ["knee", "chin"]);
  assert.deepEqual(nearestWords("x", [], 3), []);
});
