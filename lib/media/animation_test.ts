import assert from "node:assert/strict";
// @ts-types="./omggif.d.ts"
import { GifReader } from "omggif";
import { COLOURS } from "../draw/mod.ts";
import { REST } from "../skeleton/mod.ts";
import { drawAnimation } from "./animation.ts";
import { dance } from "./testdata/dance.ts";

const size = 120;

Deno.test("drawAnimation() makes a looped GIF with a frame for every pose, as long as asked", async () => {
  const reader = new GifReader(await drawAnimation(dance(12), { size }));
  assert.deepEqual([reader.width, reader.height, reader.numFrames(), reader.loopCount()], [size, size, 12, 0]);
  for (let i = 0; i < 12; i++) assert.equal(reader.frameInfo(i).delay, 40);
});

Deno.test("drawAnimation() moves nothing but what moves: the shoes stay where they are", async () => {
  const reader = new GifReader(await drawAnimation(dance(6), { size }));
  const canvas = new Uint8ClampedArray(size * size * 4);
  const shoe = parseInt(COLOURS.left.dark[0].slice(1), 16);
  const places = Array.from({ length: 6 }, (_, i) => {
    reader.decodeAndBlitFrameRGBA(i, canvas);
    const found: number[] = [];
    for (let p = size * Math.round(size * 0.8); p < size * size; p++) {
      const [r = 0, g = 0, b = 0] = canvas.subarray(p * 4, p * 4 + 3);
      if ((r << 16 | g << 8 | b) === shoe) found.push(p);
    }
    return found;
  });
  assert.ok((places[0] ?? []).length > 10);
  for (const found of places) assert.deepEqual(found, places[0]);
});

Deno.test("drawAnimation() gives captions room below the figure, the same in every frame", async () => {
  const poses = dance(3).map((key, i) => i === 1 ? { ...key, caption: "правая рука вперёд, ладонь вниз" } : key);
  const reader = new GifReader(await drawAnimation(poses, { size }));
  assert.ok(reader.height > size);
  const canvas = new Uint8ClampedArray(size * reader.height * 4);
  const ink = [0, 1, 2].map((i) => {
    reader.decodeAndBlitFrameRGBA(i, canvas);
    const below = canvas.subarray(size * size * 4);
    return below.filter((value) => value < 128).length;
  });
  assert.ok((ink[1] ?? 0) > 3 * (ink[0] ?? Infinity), `${ink}`);
});

Deno.test("drawAnimation() reports progress up to the last frame", async () => {
  const seen: string[] = [];
  await drawAnimation(dance(3), { size, onProgress: (done, total) => seen.push(`${done}/${total}`) });
  assert.deepEqual(seen, ["1/3", "2/3", "3/3"]);
});

Deno.test("drawAnimation() stops when its signal says so", async () => {
  await assert.rejects(drawAnimation(dance(3), { size, signal: AbortSignal.abort() }), { name: "AbortError" });
  const controller = new AbortController();
  const long = drawAnimation(dance(120), {
    size: 480,
    signal: controller.signal,
    onProgress: () => controller.abort(),
  });
  await assert.rejects(long, { name: "AbortError" });
});

Deno.test("drawAnimation() refuses no poses and times that are none", async () => {
  await assert.rejects(drawAnimation([]), { name: "RangeError", message: /at least one pose/ });
  await assert.rejects(drawAnimation([{ pose: { joints: REST }, seconds: 0 }], { size }), {
    name: "RangeError",
    message: /0 ms/,
  });
});
