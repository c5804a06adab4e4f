import assert from "node:assert/strict";
// @ts-types="./omggif.d.ts"
import { GifReader } from "omggif";
import type { View } from "../draw/mod.ts";
import { createMotion, type Motion } from "../motion/mod.ts";
import { framesOf } from "./frames.ts";
import { openPaletteStage } from "./palette_stage.ts";
import { quantise } from "./quantise.ts";
import { encode, encodeParts } from "./save.ts";
import { armsKey, macarena, wave } from "./testdata/motions.ts";

const delaysOf = (reader: GifReader) => Array.from({ length: reader.numFrames() }, (_, i) => reader.frameInfo(i).delay);
const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

Deno.test("a GIF of the Macarena lasts as long as the motion, to a centisecond, at 15, 20 and 25 frames a second", async () => {
  const motion = await macarena();
  for (const fps of [15, 20, 25]) {
    const reader = new GifReader(await encode(motion, "gif", { fps, size: 64, captions: false }));
    const delays = delaysOf(reader);
    assert.equal(sum(delays), Math.round(motion.seconds * 100), `${fps} fps`);
    assert.equal(reader.loopCount(), 0);
    const usual = 100 / fps;
    assert.ok(Math.min(...delays) >= Math.floor(usual) - 1, "no frame is rushed");
    assert.ok(delays.length < motion.seconds * fps, "a held pose is one frame");
  }
});

Deno.test("a GIF shows the motion: its first frame is the first key, half way is the second", async () => {
  const [motion, size] = [wave(), 80];
  const reader = new GifReader(await encode(motion, "gif", { size, captions: false }));
  const canvas = new Uint8ClampedArray(size * size * 4);
  const { draw } = await framesOf([motion], openPaletteStage, { fps: 20, size });
  const starts = delaysOf(reader).map((_, i, all) => sum(all.slice(0, i)));
  let time = 0;
  for await (const indices of draw()) {
    const shown = starts.indexOf(time);
    time += 5;
    if (shown < 0) continue;
    reader.decodeAndBlitFrameRGBA(shown, canvas);
    assert.deepEqual(quantise({ width: size, height: size, pixels: canvas }), indices);
  }
});

Deno.test("a GIF takes one key, two equal ones and opposite ones", async () => {
  const gif = async (...keys: ReturnType<typeof armsKey>[]) =>
    new GifReader(await encode(createMotion(keys, { bpm: 60 }), "gif", { size: 48 }));
  assert.equal(sum(delaysOf(await gif(armsKey(40, 40)))), 100);
  assert.equal(sum(delaysOf(await gif(armsKey(40, 40), armsKey(40, 40)))), 200);
  const opposite = await gif(armsKey(0, 0), armsKey(180, 180));
  assert.ok(opposite.numFrames() > 10);
  assert.equal(sum(delaysOf(opposite)), 200);
});

Deno.test("a GIF comes in parts while it is drawn, so that its length takes no memory", async () => {
  const few = [armsKey(10, 20), armsKey(80, 140), armsKey(150, 60)];
  const keys = Array.from({ length: 300 }, (_, i) => few[i % few.length] ?? armsKey(0, 0));
  let most = 0, parts = 0, drawn = 0;
  const options = { size: 32, fps: 10, onProgress: () => drawn++ };
  for await (const part of encodeParts(createMotion(keys, { bpm: 300 }), "gif", options)) {
    most = Math.max(most, part.length);
    parts++;
    assert.ok(drawn >= parts - 2, "a part comes before the next frame is drawn");
  }
  assert.equal(parts, 601);
  assert.ok(most < 4000, `${most} bytes`);
});

Deno.test("a GIF holds motions side by side, each with its label, as long as the longest", async () => {
  const [size, short] = [64, wave()];
  const long = createMotion([armsKey(0, 90), armsKey(90, 0), armsKey(45, 45)], { bpm: 60 });
  const reader = new GifReader(await encode([short, long], "gif", { size, labels: ["greedy", "path"] }));
  assert.equal(reader.width, 2 * size);
  assert.ok(reader.height > size);
  assert.equal(sum(delaysOf(reader)), 300);
});

Deno.test("a GIF looks at each motion from where it is told", async () => {
  const size = 64;
  const motion = createMotion([armsKey(80, 10)], { bpm: 60 });
  const picture = async (motions: readonly Motion[], view: View | readonly View[]) => {
    const reader = new GifReader(await encode(motions, "gif", { size, view, fps: 1 }));
    const canvas = new Uint8ClampedArray(reader.width * reader.height * 4);
    reader.decodeAndBlitFrameRGBA(0, canvas);
    return Array.from({ length: size }, (_, y) => canvas.subarray(y * reader.width * 4, (y + 1) * reader.width * 4));
  };
  const [front, side] = [await picture([motion], "front"), await picture([motion], "side")];
  const both = await picture([motion, motion], ["front", "side"]);
  assert.notDeepEqual(front, side);
  assert.deepEqual(both, front.map((row, y) => Uint8ClampedArray.from([...row, ...side[y] ?? []])));
  await assert.rejects(encode([motion, motion], "gif", { view: ["front"] }), {
    name: "RangeError",
    message: /2 motions from 1 sides/,
  });
});

Deno.test("a GIF refuses a rate that none has", async () => {
  await assert.rejects(encode(wave(), "gif", { fps: 60 }), { name: "RangeError", message: /60 frames.*at most 50/ });
  for (const fps of [0, NaN, -1]) {
    await assert.rejects(encode(wave(), "gif", { fps }), { name: "RangeError", message: /give 1 to 60/ });
  }
  await assert.rejects(encode([], "gif"), { name: "RangeError", message: /at least one/ });
});
