import assert from "node:assert/strict";
import { bodyOf, JOINTS, parsePose, type Pose, REST, type Vec3 } from "../../skeleton/mod.ts";
import { fitCamera } from "../camera.ts";
import type { Picture } from "../canvas.ts";
import { PALETTE, TRANSPARENT } from "../palette.ts";
import { difference, readPicture } from "../testdata/compare.ts";
import { createFigureSurface, type FigureSurface, type IndexedPicture } from "./figure_surface.ts";

const SIZE = 240;
const FOLDER = new URL("../testdata/", import.meta.url);

function paint(surface: FigureSurface, pose: Pose) {
  const body = bodyOf(pose);
  const { width, height } = surface;
  surface.paint(body, fitCamera([body], { width, height, view: pose.view ?? 0 }));
}

function coloured({ width, height, indices }: IndexedPicture): Picture {
  const pixels = new Uint8ClampedArray(4 * indices.length).fill(255);
  indices.forEach((index, i) => {
    const colour = PALETTE[index] ?? 0;
    pixels.set([colour >> 16, colour >> 8 & 255, colour & 255], 4 * i);
  });
  return { width, height, pixels };
}

/** Of the kept pictures, which a canvas drew in true colour. */
const MEAN = 0.6;
const SHARE = 0.002;

Deno.test("paint() paints each kept figure as a canvas does, in palette colours", async () => {
  const surface = createFigureSurface(SIZE, SIZE);
  for (const value of JSON.parse(await Deno.readTextFile(new URL("poses.json", FOLDER))) as unknown[]) {
    const pose = parsePose(value, "testdata/poses.json");
    paint(surface, pose);
    const kept = await readPicture(new URL(`${pose.id}.png`, FOLDER));
    assert.ok(kept);
    const { mean, share } = difference(coloured(surface), kept);
    assert.ok(mean <= MEAN && share <= SHARE, `${pose.id}: mean ${mean}, share ${share}`);
    assert.ok(!surface.indices.includes(TRANSPARENT));
  }
});

const everywhere = (place: (i: number) => Vec3): Pose => ({
  joints: Object.fromEntries(JOINTS.map((joint, i) => [joint, place(i)])) as Pose["joints"],
});

Deno.test("paint() bears any pose and leaves nothing of it for the next picture", () => {
  const surface = createFigureSurface(120, 90), fresh = createFigureSurface(120, 90);
  paint(fresh, { joints: REST });
  const odd: Pose[] = [
    everywhere(() => [0, 0, 0]),
    everywhere((i) => [(i * 37) % 21 - 10, (i * 53) % 21 - 10, (i * 71) % 21 - 10]),
    everywhere((i) => [i % 2 ? 10 : -10, 10, 10]),
    { joints: { ...REST, left_wrist: REST.left_elbow, head: REST.neck } },
    everywhere((i) => [0, i * 1e-9, 0]),
    everywhere((i) => [i === 3 ? NaN : i * 0.1, 1, 0]),
    everywhere((i) => [i * 1e300, 1, -1e300]),
  ];
  for (const pose of odd) {
    paint(surface, pose);
    paint(surface, { joints: REST });
    assert.deepEqual(surface.indices, fresh.indices);
  }
});
