import assert from "node:assert/strict";
import { drawPose, PALETTE, TRANSPARENT } from "../draw/mod.ts";
import { REST } from "../skeleton/mod.ts";
import { quantise } from "./quantise.ts";

Deno.test("quantise() finds every entry of the palette again", () => {
  const colours = PALETTE.slice(1);
  const pixels = Uint8ClampedArray.from(colours.flatMap((c) => [c >> 16, c >> 8 & 255, c & 255, 255]));
  const indices = quantise({ width: colours.length, height: 1, pixels });
  assert.deepEqual([...indices].map((index) => PALETTE[index]), colours);
});

Deno.test("quantise() never uses the transparent index, not even for black", () => {
  const pixels = Uint8ClampedArray.of(0, 0, 0, 255, 0, 0, 0, 0, 255, 255, 255, 255);
  const indices = quantise({ width: 3, height: 1, pixels });
  assert.ok(indices.every((index) => index !== TRANSPARENT));
  assert.equal(PALETTE[indices[1] ?? 0], 0xffffff, "what is clear counts as white");
});

Deno.test("quantise() keeps a figure's colours: hardly a pixel is off by more than 32", async () => {
  const picture = await drawPose({ joints: REST }, { width: 240, caption: "руки вниз" });
  const indices = quantise(picture);
  let far = 0;
  indices.forEach((index, i) => {
    const entry = PALETTE[index] ?? 0;
    const off = [entry >> 16, entry >> 8 & 255, entry & 255].map((v, k) =>
      Math.abs(v - (picture.pixels[i * 4 + k] ?? 0))
    );
    if (Math.max(...off) > 32) far++;
  });
  assert.ok(far / indices.length < 0.0005, `${far} pixels`);
});
