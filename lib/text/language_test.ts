import assert from "node:assert/strict";
import { language } from "./mod.ts";

Deno.test("language() tells Russian from English by the letters", () => {
  assert.equal(language("Создай танец макарена"), "ru");
  assert.equal(language("Make a macarena dance"), "en");
  assert.equal(language("ЁЛКА"), "ru");
});

Deno.test("language() takes a Russian sentence with a Latin name for Russian", () => {
  assert.equal(language("станцуй cha-cha-cha"), "ru");
  assert.equal(language("Macarena, ну давай, станцуй"), "ru");
});

Deno.test("language() takes an English sentence with one Cyrillic letter for English", () => {
  assert.equal(language("the letter Ж in a dance"), "en");
});

Deno.test("language() falls back where there is no letter of either", () => {
  for (const text of ["", "🎉💃", "123 !", "踊り"]) {
    assert.equal(language(text), "en");
    assert.equal(language(text, "ru"), "ru");
  }
});
