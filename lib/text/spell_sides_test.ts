import assert from "node:assert/strict";
import { mirrorSides, spellSides } from "./mod.ts";

Deno.test("spellSides() writes out sides that are misspelt or shortened, and nothing else", () => {
  for (
    const [written, spelt] of [
      ["rihgt arm up, rigth leg", "right arm up, right leg"],
      ["lefft hand, lfet knee", "left hand, left knee"],
      ["L arm and R. leg", "left arm and right leg"],
      ["леввая рука, парвой ногой", "левая рука, правой ногой"],
      ["пр. рука, лев. нога", "правая рука, левая нога"],
    ] as const
  ) assert.equal(spellSides(written), spelt);
  for (const text of ["light, lift, night, girth", "RIGHT Arm", "правда, слева, левитация", "l. 5", ""]) {
    assert.equal(spellSides(text), text);
  }
});

Deno.test("a mirror sees the sides that are spelt out", () => {
  assert.equal(mirrorSides(spellSides("rihgt hand")), "left hand");
  assert.equal(mirrorSides(spellSides("леввая нога")), "правая нога");
});
