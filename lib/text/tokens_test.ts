import assert from "node:assert/strict";
import { charNgrams, ngrams, tokens, words } from "./mod.ts";

Deno.test("tokens() keeps runs of two and more letters, digits and underscores", () => {
  assert.deepEqual(
    tokens("Both arms: a T-pose, right_arm at 90°, 2x3 ²½ x"),
    ["both", "arms", "pose", "right_arm", "at", "90", "2x3", "²½"],
  );
  assert.deepEqual(tokens("Ёлка и ещё Руки"), ["ёлка", "ещё", "руки"]);
});

Deno.test("tokens() counts letters outside the basic plane by code points", () => {
  assert.deepEqual(tokens("𝐀 𝐁𝐂"), ["𝐁𝐂"]);
});

Deno.test("tokens() and words() find nothing in emoji and in nothing", () => {
  for (const text of ["", "   ", "🎉💃🏽👨‍👩‍👧", "❤️", "…—!"]) {
    assert.deepEqual(tokens(text), []);
    assert.deepEqual(words(text), []);
  }
});

Deno.test("words() folds case, ё, stress marks and composition", () => {
  assert.deepEqual(
    words("Ёлка, МАКАРЕ\u0301НА"),
    ["елка", "макарена"],
  );
  assert.deepEqual(words("тре\u0308хногий и\u0306од"), ["трехногий", "йод"]);
});

Deno.test("words() keeps one-letter words and parts at hyphens and underscores", () => {
  assert.deepEqual(words("Cha-cha с right_arm"), [
    "cha",
    "cha",
    "с",
    "right",
    "arm",
  ]);
});

Deno.test("ngrams() joins neighbours, the shortest first", () => {
  assert.deepEqual(ngrams(["a", "b", "c"], 1, 2), ["a", "b", "c", "a b", "b c"]);
  assert.deepEqual(ngrams(["a", "b", "c"], 2, 5), ["a b", "b c", "a b c"]);
  assert.deepEqual(ngrams([], 1, 2), []);
});

Deno.test("ngrams() and charNgrams() refuse bounds that make no n-gram", () => {
  for (const [min, max] of [[0, 1], [2, 1], [1.5, 2], [1, NaN]] as const) {
    assert.throws(() => ngrams(["a"], min, max), RangeError);
    assert.throws(() => charNgrams("a", min, max), RangeError);
  }
});

// Values from scikit-learn 1.5.2, CountVectorizer(analyzer="char_wb").
Deno.test("charNgrams() stays inside words and pads them, as char_wb does", () => {
  assert.deepEqual(charNgrams("Да  ок\n", 3, 4), [
    " да",
    "да ",
    " да ",
    " ок",
    "ок ",
    " ок ",
  ]);
  assert.deepEqual(charNgrams("a bcd", 3, 5), [
    " a ",
    " bc",
    "bcd",
    "cd ",
    " bcd",
    "bcd ",
    " bcd ",
  ]);
});

Deno.test("charNgrams() never cuts a letter outside the basic plane", () => {
  assert.deepEqual(charNgrams("x𝐁", 3, 3), [" x𝐁", "x𝐁 "]);
});

Deno.test("100 kB of text is split in a blink", () => {
  const text = "Правая рука вверх, 🎉 right_arm up. ".repeat(2_800);
  const start = performance.now();
  assert.equal(tokens(text).length, 5 * 2_800);
  assert.equal(words(text).length, 6 * 2_800);
  assert.ok(charNgrams(text, 3, 5).length > 100_000);
  assert.equal(words("я".repeat(100_000)).length, 1);
  assert.ok(performance.now() - start < 1_000);
});
