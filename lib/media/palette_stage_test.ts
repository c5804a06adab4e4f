import assert from "node:assert/strict";
import { fitCamera, PALETTE } from "../draw/mod.ts";
import { bodyOf, REST } from "../skeleton/mod.ts";
import { openPaletteStage } from "./palette_stage.ts";
import { openStage, type StageOptions } from "./stage.ts";
import { armsKey } from "./testdata/motions.ts";

const size = 160;
const bodies = [bodyOf({ joints: REST }), bodyOf(armsKey(90, 150).pose)];
const camera = fitCamera(bodies, { width: size, height: size });

/** The mean difference of a channel, 0–255, and the share of pixels of which one is off by more than 40. */
async function compare(options: StageOptions, captions: readonly string[]) {
  const shown = captions.map((caption, i) => ({ body: bodies[i] ?? bodyOf({ joints: REST }), caption, note: "3/12" }));
  const palette = await openPaletteStage(options), canvas = await openStage(options);
  assert.deepEqual([palette.width, palette.height], [canvas.width, canvas.height]);
  const indices = await palette.paint(shown);
  const { pixels } = await canvas.paint(shown);
  let sum = 0, off = 0;
  indices.forEach((index, i) => {
    const colour = PALETTE[index] ?? 0;
    const apart = [16, 8, 0].map((shift, c) => Math.abs((colour >> shift & 255) - (pixels[4 * i + c] ?? 0)));
    sum += apart.reduce((a, b) => a + b, 0) / 3;
    if (Math.max(...apart) > 40) off++;
  });
  return { mean: sum / indices.length, share: off / indices.length };
}

Deno.test("a stage of palette colours shows what a canvas shows: figures, captions, labels, side by side", async () => {
  for (
    const [options, captions] of [
      [{ cameras: [camera] }, [""]],
      [{ cameras: [camera], captions: true }, ["руки вверх, ладони внутрь и ещё слова на вторую строку"]],
      [{ cameras: [camera, camera], captions: true, labels: ["pupil", "учитель"], even: true }, ["one", "два"]],
    ] as const
  ) {
    const { mean, share } = await compare(options, captions);
    assert.ok(mean < 1 && share < 0.004, `${JSON.stringify(captions)}: mean ${mean}, share ${share}`);
  }
});

Deno.test("a frame stays what it is when the next is painted, and nothing of it shows in that", async () => {
  const stage = await openPaletteStage({ cameras: [camera], captions: true });
  const [one, other] = bodies.map((body, i) => [{ body, caption: `frame ${i}` }]);
  assert.ok(one && other);
  const first = await stage.paint(one);
  const kept = first.slice();
  assert.notDeepEqual(await stage.paint(other), kept);
  assert.deepEqual(first, kept);
  assert.deepEqual(await stage.paint(one), kept);
});

Deno.test("a stage that is no size is refused", async () => {
  for (const width of [0, 9000, NaN]) {
    const wrong = { ...camera, width, height: width };
    await assert.rejects(openPaletteStage({ cameras: [wrong] }), { name: "RangeError", message: /8192/ });
  }
});
