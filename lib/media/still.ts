/** A motion in one picture: moments side by side, or laid over each other. */
import {
  captionHeight,
  COLOURS,
  openBackend,
  paintCaption,
  paintCell,
  paintFigure,
  paintFloor,
  type Picture,
} from "../draw/mod.ts";
import type { Motion } from "../motion/mod.ts";
import { type Body, bodyOf } from "../skeleton/mod.ts";
import { camerasOf, framesOf } from "./frames.ts";
import type { MediaOptions } from "./media_options.ts";
import { nearestKey } from "./moments.ts";
import { encodePng, encodeTrueColourPng } from "./png.ts";
import { openStage } from "./stage.ts";

const MOST_MOMENTS = 120;
/** Moments unless said: a filmstrip's at most, an onion skin's. */
const FILMSTRIP = 24, ONION = 6;
const CAPTION_LINES = 2;
const GAP = 4;

/** Writes a motion, or several one below the other, as a PNG: a filmstrip or an onion skin. */
export async function* writeStill(motions: readonly Motion[], options: MediaOptions): AsyncGenerator<Uint8Array> {
  if (options.still === "onion") {
    const [motion, more] = motions;
    if (motion === undefined || more !== undefined) {
      throw new RangeError(`Cannot lay ${motions.length} motions over each other: give one`);
    }
    yield encodeTrueColourPng(await drawOnionSkin(motion, options));
  } else yield encodePng(await drawFilmstrip(motions, options));
}

/** Times of a motion: so many evenly spread, or its keys. */
function timesOf({ keys, seconds, loop }: Motion, moments: number | undefined, most: number): number[] {
  if (moments === undefined && keys.length <= most) return keys.map(({ at }) => at);
  const count = moments ?? most;
  if (!Number.isInteger(count) || count < 1 || count > MOST_MOMENTS) {
    throw new RangeError(`Cannot draw ${count} moments: give a whole number from 1 to ${MOST_MOMENTS}`);
  }
  return Array.from({ length: count }, (_, i) => seconds * i / (loop ? count : Math.max(1, count - 1)));
}

/**
 * Draws a filmstrip: key poses, or evenly spread moments, in rows; each motion through one camera and from a new row.
 *
 * @param options moments, size, view, captions, labels, backend, signal.
 * @throws {RangeError} without a motion, for a number of moments that is none, a size that no canvas has.
 */
export async function drawFilmstrip(motions: readonly Motion[], options: MediaOptions = {}): Promise<Picture> {
  if (motions.length === 0) throw new RangeError("Cannot draw a filmstrip without a motion: give at least one");
  const { size = 200, labels = [], signal, backend = await openBackend() } = options;
  const strips = motions.map((motion) => timesOf(motion, options.moments, FILMSTRIP));
  const longest = Math.max(...strips.map((times) => times.length));
  const columns = motions.length > 1 ? Math.min(longest, 12) : Math.min(6, Math.ceil(Math.sqrt(longest * 1.5)));
  const captioned = motions.some(({ keys }) => keys.some(({ caption }) => caption !== undefined));
  const foot = options.captions ?? captioned ? captionHeight(size, CAPTION_LINES) : 0;
  const top = labels.length > 0 ? captionHeight(size) : 0;
  const rows = strips.map((times) => Math.ceil(times.length / columns));
  const step = { x: size + GAP, y: size + foot + GAP };
  const height = GAP + rows.reduce((sum, count) => sum + top + count * step.y, 0);
  const { pen, picture } = backend.createSurface(GAP + columns * step.x, height);
  pen.fillStyle = COLOURS.paper;
  pen.fillRect(0, 0, GAP + columns * step.x, height);
  let y = GAP;
  const cameras = camerasOf(motions, size, options.view);
  for (const [m, motion] of motions.entries()) {
    signal?.throwIfAborted();
    const camera = cameras[m];
    if (camera === undefined) continue;
    pen.save();
    pen.translate(GAP, y);
    if (top > 0) paintCaption(pen, labels[m] ?? "", { y: 0, width: columns * step.x });
    pen.restore();
    y += top;
    for (const [i, time] of (strips[m] ?? []).entries()) {
      pen.save();
      pen.translate(GAP + (i % columns) * step.x, y + Math.floor(i / columns) * step.y);
      paintCell(pen, size, size + foot);
      paintFigure(pen, bodyOf(motion.poseAt(time)), camera);
      const caption = motion.keys[nearestKey(motion, time)]?.caption ?? "";
      if (foot > 0) paintCaption(pen, caption, { y: size, width: size, lines: CAPTION_LINES, note: `${i + 1}` });
      pen.restore();
    }
    y += (rows[m] ?? 0) * step.y;
  }
  return picture();
}

/**
 * Draws a video's first frame, in the video's size: what stands for it until it plays.
 *
 * @param options size, view, captions, labels, backend, signal.
 * @throws as `encode()` does.
 */
export async function drawFirstFrame(motions: readonly Motion[], options: MediaOptions = {}): Promise<Picture> {
  const { draw } = await framesOf(motions, openStage, { ...options, fps: 1, even: true });
  for await (const frame of draw()) return frame;
  throw new RangeError("Cannot draw the first frame of a motion that has none");
}

/** How much of the oldest figure of an onion skin shows; the newest shows whole. */
const FAINTEST = 0.15;

/**
 * Draws an onion skin: evenly spread moments laid over each other through one camera, the older the fainter.
 *
 * @param options moments (default 6), size, view, backend, signal.
 * @throws {RangeError} as {@linkcode drawFilmstrip} does.
 */
export async function drawOnionSkin(motion: Motion, options: MediaOptions = {}): Promise<Picture> {
  const { size = 480, signal, backend = await openBackend() } = options;
  const [camera] = camerasOf([motion], size, options.view);
  if (camera === undefined) throw new RangeError("Cannot draw an onion skin without a motion");
  const surface = backend.createSurface(size, size);
  const paint = (body?: Body) => {
    surface.pen.fillStyle = COLOURS.paper;
    surface.pen.fillRect(0, 0, size, size);
    if (body === undefined) paintFloor(camera, surface.pen);
    else paintFigure(surface.pen, body, camera);
    return surface.picture().pixels;
  };
  const floor = paint();
  const pixels = floor.slice();
  const times = timesOf(motion, options.moments ?? ONION, MOST_MOMENTS);
  // The white around what stands in front belongs to the figure as well.
  const rim = Math.ceil(camera.scale * 0.03);
  for (const [i, time] of times.entries()) {
    signal?.throwIfAborted();
    const figure = paint(bodyOf(motion.poseAt(time)));
    const differs = new Uint8Array(size * size);
    for (let p = 0; p < differs.length; p++) {
      differs[p] = [0, 1, 2].some((k) => figure[4 * p + k] !== floor[4 * p + k]) ? 1 : 0;
    }
    const covered = closed(differs, size, rim);
    const share = times.length === 1 ? 1 : FAINTEST + (1 - FAINTEST) * (i / (times.length - 1)) ** 2;
    for (let at = 0; at < pixels.length; at += 4) {
      if (covered[at / 4] === 0) continue;
      for (let k = at; k < at + 3; k++) pixels[k] = (pixels[k] ?? 0) * (1 - share) + (figure[k] ?? 0) * share;
    }
  }
  return { width: size, height: size, pixels };
}

/** A square mask with gaps of at most `most` pixels filled, in rows and in columns. */
function closed(mask: Uint8Array, size: number, most: number): Uint8Array {
  const out = mask.slice();
  for (const [line, next] of [[size, 1], [1, size]] as const) {
    for (let i = 0; i < size; i++) {
      let last = -Infinity;
      for (let k = 0; k < size; k++) {
        if (mask[i * line + k * next] === 0) continue;
        if (k - last <= most) { for (let gap = last + 1; gap < k; gap++) out[i * line + gap * next] = 1; }
        last = k;
      }
    }
  }
  return out;
}
