import assert from "node:assert/strict";
import { nearestWord } from "./nearest_word.ts";

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
