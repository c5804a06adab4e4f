import assert from "node:assert/strict";
import { blend, COLOURS, PALETTE, PALETTE_SIZE, TRANSPARENT } from "./palette.ts";

Deno.test("PALETTE has a power of two entries and at most 128", () => {
  assert.equal(PALETTE.length, PALETTE_SIZE);
  assert.equal(PALETTE_SIZE & (PALETTE_SIZE - 1), 0);
  assert.ok(PALETTE_SIZE <= 128);
});

Deno.test("PALETTE holds every colour that is painted, none of them at the transparent index", () => {
  for (const colour of Object.values(COLOURS).flatMap((c) => typeof c === "string" ? [c] : [...c.sleeve, ...c.dark])) {
    assert.ok(PALETTE.indexOf(parseInt(colour.slice(1), 16)) > TRANSPARENT, colour);
  }
});

Deno.test("PALETTE drops no blend for want of room", () => {
  const white = PALETTE.filter((colour) => colour === 0xffffff).length;
  assert.ok(white >= 2, "no padding is left: the list is cut");
});

Deno.test("blend() goes from one colour to the other", () => {
  assert.equal(blend("#000000", "#ff8040", 0), "#000000");
  assert.equal(blend("#000000", "#ff8040", 0.5), "#804020");
  assert.equal(blend("#000000", "#ff8040", 1), "#ff8040");
});
