import assert from "node:assert/strict";
import { mirrorSlots, parse } from "../notation/mod.ts";
import { contradicts } from "./contradicts.ts";

Deno.test("contradicts() tells opposite ways of one limb from ways of two, in either order and in a mirror", () => {
  const both = (text: string) => {
    const { slots } = parse(text);
    const told = [slots, slots.toReversed(), mirrorSlots(slots)].map(contradicts);
    assert.equal(new Set(told).size, 1, text);
    return told[0];
  };
  for (
    const text of [
      "right arm up and right arm down",
      "правая рука вверх, правая рука вниз",
      "right arm forward, right arm back",
      "left palm up, left palm down",
    ]
  ) assert.equal(both(text), true, text);
  for (const text of ["right arm up, left arm down", "one arm up, one arm down", "both arms forward and up", ""]) {
    assert.equal(both(text), false, text);
  }
});
