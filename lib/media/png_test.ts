import assert from "node:assert/strict";
import { createCanvas, loadImage } from "@napi-rs/canvas";
import { drawPose, PALETTE } from "../draw/mod.ts";
import { REST } from "../skeleton/mod.ts";
import { encodePng } from "./png.ts";
import { quantise } from "./quantise.ts";

Deno.test("encodePng() writes what another decoder reads back, in palette colours", async () => {
  const picture = await drawPose({ joints: REST }, { width: 90, height: 121, caption: "стоять прямо" });
  const indices = quantise(picture);
  const wanted = [...indices].flatMap((index) => {
    const c = PALETTE[index] ?? 0;
    return [c >> 16, c >> 8 & 255, c & 255, 255];
  });
  for (const png of [encodePng(picture), encodePng(picture, true), encodePng({ width: 90, height: 121, indices })]) {
    const image = await loadImage(png);
    assert.deepEqual([image.width, image.height], [90, 121]);
    const context = createCanvas(90, 121).getContext("2d");
    context.drawImage(image, 0, 0);
    assert.deepEqual(context.getImageData(0, 0, 90, 121).data, Uint8ClampedArray.from(wanted));
  }
});

Deno.test("encodePng() takes a single pixel", async () => {
  const image = await loadImage(encodePng({ width: 1, height: 1, pixels: Uint8ClampedArray.of(255, 255, 255, 255) }));
  assert.deepEqual([image.width, image.height], [1, 1]);
});
