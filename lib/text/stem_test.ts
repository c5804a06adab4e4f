import assert from "node:assert/strict";
import { stem } from "./mod.ts";

function assertMeet(forms: string, lang: "ru" | "en"): void {
  const stems = new Set(forms.split(" ").map((form) => stem(form, lang)));
  assert.equal(stems.size, 1, `${forms}: ${[...stems].join(", ")}`);
}

Deno.test("stem() gives the forms of a Russian word one stem", () => {
  for (
    const forms of [
      "макарена макарены макарену макарене макареной МАКАРЕНУ",
      "приседание приседания приседаний приседай приседать",
      "ламбада ламбаду ламбады ламбадой",
      "рука руки руку рукой руками руках рук",
      "колено колени коленом коленей коленями",
      "бедро бедра бёдра",
      "вытянута вытянутая вытянутой вытянуть вытянуты",
      "звёздочка звездочка звёздочку звездочкой",
    ]
  ) assertMeet(forms, "ru");
});

Deno.test("stem() leaves out a vowel that comes and goes", () => {
  for (
    const forms of [
      "танец танца танцы танцуй танцевать",
      "прыжок прыжка прыжки прыжком",
      "зарядка зарядку зарядок",
      "локоть локти локтя",
      "палец пальцы пальцами",
    ]
  ) assertMeet(forms, "ru");
});

Deno.test("stem() gives the forms of an English word one stem", () => {
  for (
    const forms of [
      "squat squats squatting",
      "jump jumps jumping jumped",
      "dance dances dancing",
      "greeting greetings greet",
    ]
  ) assertMeet(forms, "en");
});

Deno.test("stem() keeps different words apart", () => {
  const words = "макарена ламбада зарядка приветствие приседание прыжок танец " +
    "рука нога голова плечо левая правая вверх вниз";
  const stems = words.split(" ").map((word) => stem(word, "ru"));
  assert.equal(new Set(stems).size, stems.length);
});

Deno.test("stem() leaves short words and words of no language alone", () => {
  assert.equal(stem("", "ru"), "");
  assert.equal(stem("я", "ru"), "я");
  assert.equal(stem("踊り", "en"), "踊り");
  assert.equal(stem("__proto__", "en"), "__proto__");
});

Deno.test("stem() of 100 kB without a space takes no time", () => {
  const start = performance.now();
  for (const word of ["ое".repeat(50_000), "ing".repeat(33_000)]) {
    assert.equal(stem(word, "ru"), word);
    assert.equal(stem(word, "en"), word);
  }
  assert.ok(performance.now() - start < 500);
});
