import assert from "node:assert/strict";
// @ts-types="./omggif.d.ts"
import { GifReader } from "omggif";
import { PALETTE } from "../draw/mod.ts";
import { encodeGif, openGif } from "./gif.ts";
import { quantise } from "./quantise.ts";

const [width, height] = [40, 30];

/** A frame of palette colours chosen by a function of the place. */
function frame(colour: (x: number, y: number) => number, delayMs = 100) {
  const pixels = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    const c = colour(i % width, Math.floor(i / width));
    pixels.set([c >> 16, c >> 8 & 255, c & 255, 255], i * 4);
  }
  return { pixels, delayMs };
}

/** Random numbers from a seed (mulberry32). */
function random(seed: number): () => number {
  return () => {
    seed = seed + 0x6d2b79f5 | 0;
    let t = Math.imul(seed ^ seed >>> 15, 1 | seed);
    t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
    return ((t ^ t >>> 14) >>> 0) / 2 ** 32;
  };
}

/** Every frame as it shows, on top of those before it. */
function shown(bytes: Uint8Array): Uint8ClampedArray[] {
  const reader = new GifReader(bytes);
  const canvas = new Uint8ClampedArray(reader.width * reader.height * 4);
  return Array.from({ length: reader.numFrames() }, (_, i) => {
    reader.decodeAndBlitFrameRGBA(i, canvas);
    return canvas.slice();
  });
}

/** A frame with its colours taken from the palette. */
function expected({ pixels }: ReturnType<typeof frame>): Uint8ClampedArray {
  const colours = [...quantise({ width, height, pixels })].map((index) => PALETTE[index] ?? 0);
  return Uint8ClampedArray.from(colours.flatMap((c) => [c >> 16, c >> 8 & 255, c & 255, 255]));
}

const square = (at: number) => frame((x, y) => x >= at && x < at + 8 && y >= 5 && y < 20 ? 0x1b76bd : 0xffffff);

Deno.test("encodeGif() shows every frame as it was given, in palette colours", () => {
  const next = random(7);
  const noise = () => frame(() => Math.floor(next() * 0x1000000));
  const still = noise();
  const few = frame((x, y) => x === 3 && y === 4 ? 0xd93a4e : 0xffffff);
  const frames = [
    square(0),
    square(6),
    square(12),
    noise(),
    still,
    noise(),
    few,
    frame(() => 0),
    frame(() => 0xffffff),
  ];
  const seen = shown(encodeGif(frames, { width, height }));
  assert.equal(seen.length, frames.length);
  frames.forEach((given, i) => assert.deepEqual(seen[i], expected(given), `frame ${i}`));
});

Deno.test("encodeGif() loops for ever unless told otherwise", () => {
  assert.equal(new GifReader(encodeGif([square(0)], { width, height })).loopCount(), 0);
  assert.equal(new GifReader(encodeGif([square(0)], { width, height, loop: 3 })).loopCount(), 3);
});

Deno.test("encodeGif() spreads whole centiseconds so that the total is right", () => {
  const frames = Array.from({ length: 15 }, (_, i) => ({ ...square(i), delayMs: 1000 / 15 }));
  const reader = new GifReader(encodeGif(frames, { width, height }));
  const delays = frames.map((_, i) => reader.frameInfo(i).delay);
  assert.equal(delays.reduce((a, b) => a + b), 100);
  assert.ok(delays.every((delay) => delay === 6 || delay === 7));
});

Deno.test("encodeGif() writes only the rectangle that changed", () => {
  const reader = new GifReader(encodeGif([square(0), square(6)], { width, height }));
  const { x, y, width: w, height: h } = reader.frameInfo(1);
  assert.deepEqual([x, y, w, h], [0, 5, 14, 15]);
});

Deno.test("encodeGif() lets a frame last longer instead of writing it again, as far as a delay goes", () => {
  const delays = (frames: Parameters<typeof encodeGif>[0]) => {
    const reader = new GifReader(encodeGif(frames, { width, height }));
    return Array.from({ length: reader.numFrames() }, (_, i) => reader.frameInfo(i).delay);
  };
  assert.deepEqual(delays([square(0), square(0), square(6), square(6), square(6), square(0)]), [20, 30, 10]);
  const long = { ...square(0), delayMs: 400_000 };
  assert.deepEqual(delays([long, long, square(6)]), [40_000, 40_000, 10]);
});

Deno.test("openGif() gives its bytes along the way: the same as at the end", () => {
  const frames = [square(0), square(6), square(6), square(12)];
  const gif = openGif({ width, height });
  const parts = frames.map((frame) => {
    gif.add(frame);
    return gif.take();
  });
  parts.push(gif.finish());
  assert.deepEqual(Uint8Array.from(parts.flatMap((part) => [...part])), encodeGif(frames, { width, height }));
  assert.ok((parts[3]?.length ?? 0) > 0);
});

Deno.test("encodeGif() leaves out what stays inside the rectangle only where that is smaller", () => {
  const next = random(3);
  const background = Array.from({ length: width * height }, () => PALETTE[1 + Math.floor(next() * 80)] ?? 0);
  const busy = (corner: number) =>
    frame((x, y) => x + y === 0 || x + y === width + height - 2 ? corner : background[y * width + x] ?? 0);
  const sparse = new GifReader(encodeGif([busy(0xffffff), busy(0x1b76bd)], { width, height }));
  assert.equal(sparse.frameInfo(1).transparent_index, 0);
  const flat = new GifReader(
    encodeGif([frame((x, y) => background[y * width + x] ?? 0), frame(() => 0xffffff)], { width, height }),
  );
  assert.equal(flat.frameInfo(1).transparent_index, null);
});

Deno.test("openGif() survives frames that hardly compress", () => {
  const next = random(11);
  const [width, height] = [300, 300];
  const gif = openGif({ width, height });
  const frames = Array.from({ length: 3 }, () => {
    const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
    for (let i = 0; i < width * height; i++) {
      const c = PALETTE[1 + Math.floor(next() * 120)] ?? 0;
      pixels.set([c >> 16, c >> 8 & 255, c & 255], i * 4);
    }
    gif.add({ pixels, delayMs: 100 });
    return pixels;
  });
  const seen = shown(gif.finish());
  frames.forEach((pixels, i) => assert.deepEqual(seen[i], pixels));
});

Deno.test("encodeGif() refuses what is no animation", () => {
  const size = { width, height };
  assert.throws(() => encodeGif([], size), { name: "RangeError", message: /without frames/ });
  assert.throws(() => encodeGif([{ pixels: new Uint8ClampedArray(4), delayMs: 100 }], size), /4 bytes.*40 × 30/);
  for (const delayMs of [0, -5, NaN, Infinity]) {
    assert.throws(() => encodeGif([{ ...square(0), delayMs }], size), {
      name: "RangeError",
      message: new RegExp(`${delayMs} ms`),
    });
  }
  assert.throws(() => openGif({ width: 0, height }), /0 × 30/);
  assert.throws(() => openGif({ width, height: 1.5 }), /40 × 1.5/);
  assert.throws(() => openGif({ ...size, loop: -1 }), /-1 times/);
});
