import assert from "node:assert/strict";
import { mirrorSides } from "./mod.ts";

const PAIRS = [
  ["right arm up, left leg back", "left arm up, right leg back"],
  ["Right hand on the left-hand side; LEFT!", "Left hand on the right-hand side; RIGHT!"],
  ["turn rightwards", "turn leftwards"],
  ["правая рука вверх, левую ногу назад", "левая рука вверх, правую ногу назад"],
  ["Правой рукой коснись левого плеча", "Левой рукой коснись правого плеча"],
  ["шаг вправо, наклон влево, справа налево", "шаг влево, наклон вправо, слева направо"],
  ["ЛЕВОЕ колено, правое колено", "ПРАВОЕ колено, левое колено"],
] as const;

Deno.test("mirrorSides() exchanges left and right, in both languages and any form, and back again", () => {
  for (const [text, mirrored] of PAIRS) {
    assert.equal(mirrorSides(text), mirrored);
    assert.equal(mirrorSides(mirrored), text);
  }
});

Deno.test("mirrorSides() leaves alone what names no side", () => {
  for (const text of ["", "both arms up", "bright lefty copyright", "правда и правила, ты прав", "лев прилёг", "🎉"]) {
    assert.equal(mirrorSides(text), text);
  }
});
