import assert from "node:assert/strict";
import { createTokenizer } from "./tokenizer.ts";

/** Pieces with the logarithms of their probabilities; their places are their ids. */
const PIECES: [string, number][] = [
  ["<s>", 0],
  ["</s>", 0],
  ["<unk>", 0],
  ["▁", -4],
  ["▁a", -3],
  ["a", -4],
  ["b", -4],
  ["▁ab", -6],
  ["abb", -5],
  ["▁fi", -3],
];

const tokenize = createTokenizer({
  pieces: PIECES.map(([piece]) => piece),
  scores: Float32Array.from(PIECES, ([, score]) => score),
  normalise: new Map([[0xfb01, [0x66, 0x69]], [0x0a, [0x20]], [0x200b, []]]),
  begin: 0,
  end: 1,
  unknown: 2,
});

/** The pieces of a text, without the special ones around it. */
const parted = (text: string, most = 512) => [...tokenize(text, most)].slice(1, -1).map((id) => PIECES[id]?.[0]);

Deno.test("createTokenizer() takes the likeliest of all ways to part a text", () => {
  // -6 for the one piece against -3 - 4 for the two.
  assert.deepEqual(parted("ab"), ["▁ab"]);
  // -4 - 5 against -6 - 4, though "▁ab" is the longer beginning.
  assert.deepEqual(parted("abb"), ["▁", "abb"]);
  assert.deepEqual([...tokenize("a", 512)], [0, 4, 1]);
});

Deno.test("createTokenizer() normalises letters, and takes runs of spaces for one", () => {
  assert.deepEqual(parted("ﬁ"), ["▁fi"]);
  assert.deepEqual(parted("  a \n  ab"), ["▁a", "▁ab"]);
  assert.deepEqual(parted("a\u200bb"), ["▁ab"]);
  assert.deepEqual(parted(""), ["▁"]);
});

Deno.test("createTokenizer() has an id for what is in no piece, and never takes the piece of that name", () => {
  assert.deepEqual(parted("a🎉b"), ["▁a", "<unk>", "b"]);
  assert.equal(parted("<unk>").filter((piece) => piece === "<unk>").length, 5);
});

Deno.test("createTokenizer() gives the beginning of a long text, between the two special ids", () => {
  const ids = tokenize("a ".repeat(100), 10);
  assert.equal(ids.length, 10);
  assert.deepEqual([ids[0], ids.at(-1)], [0, 1]);
  assert.deepEqual(parted("a ".repeat(100), 10), parted("a ".repeat(8)).slice(0, 8));
});
