/** Looped GIFs on the fixed palette, each frame only where it differs from the one before. */
// @ts-types="./omggif.d.ts"
import { GifWriter } from "omggif";
import { PALETTE, TRANSPARENT } from "../draw/mod.ts";
import { quantise } from "./quantise.ts";

/** One frame of an animation. */
export interface GifFrame {
  /** RGBA, as large as the whole. */
  readonly pixels: Uint8ClampedArray;
  /** How long it shows, milliseconds. Browsers show a frame of less than 20 for 100. */
  readonly delayMs: number;
}

/** The whole of an animation. */
export interface GifOptions {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** How often it plays; 0, the default, for ever. */
  readonly loop?: number;
}

/** Takes frames one by one, so that no more than one need be in memory. */
export interface GifStream {
  /** @throws {RangeError} if the frame's size or delay is not one. */
  add(frame: GifFrame): void;
  /** @throws {RangeError} without a frame. */
  finish(): Uint8Array<ArrayBuffer>;
}

/**
 * Encodes frames as a GIF.
 *
 * @throws {RangeError} without a frame, or if a size or a delay is not one.
 */
export function encodeGif(frames: Iterable<GifFrame>, options: GifOptions): Uint8Array<ArrayBuffer> {
  const gif = openGif(options);
  for (const frame of frames) gif.add(frame);
  return gif.finish();
}

/** A code of at most 12 bits a pixel, and a length byte for every 255 bytes. */
const WORST_BYTES_PER_PIXEL = 1.6;
const HEADER_BYTES = 2048;
const MAX_CENTISECONDS = 0xffff;

/** Begins a GIF that takes its frames one by one. */
export function openGif({ width, height, loop = 0 }: GifOptions): GifStream {
  const size = width * height;
  if (![width, height].every((side) => Number.isInteger(side) && side >= 1 && side <= 0xffff)) {
    throw new RangeError(`Cannot make a GIF of ${width} × ${height} pixels: a side is a whole number from 1 to 65535`);
  }
  if (!Number.isInteger(loop) || loop < 0 || loop > 0xffff) {
    throw new RangeError(`Cannot make a GIF that plays ${loop} times: give a whole number from 0 (for ever) to 65535`);
  }
  // omggif never checks where it writes: one frame at its worst fits, and is copied out before the next.
  const buffer = new Uint8Array(Math.ceil(size * WORST_BYTES_PER_PIXEL) + HEADER_BYTES);
  const writer = new GifWriter(buffer, width, height, { palette: PALETTE, loop });
  const chunks: Uint8Array[] = [];
  let before: Uint8Array<ArrayBuffer> | undefined;
  let current = new Uint8Array(size);
  let headed = false;
  let elapsedMs = 0, shown = 0;

  /** Writes a frame's rectangle and takes its bytes out of the buffer; the first one brings the header along. */
  const write = ({ x, y, w, h }: Rectangle, indices: Uint8Array, delay: number, transparent: boolean) => {
    const end = writer.addFrame(x, y, w, h, indices, {
      delay,
      disposal: 1,
      ...(transparent && { transparent: TRANSPARENT }),
    });
    const bytes = buffer.slice(0, end);
    writer.setOutputBufferPosition(0);
    headed = true;
    return bytes;
  };

  return {
    add({ pixels, delayMs }) {
      if (pixels.length !== size * 4) {
        throw new RangeError(
          `Cannot add a frame of ${pixels.length} bytes to a GIF of ${width} × ${height}: give RGBA`,
        );
      }
      if (!(delayMs > 0 && delayMs <= MAX_CENTISECONDS * 10)) {
        throw new RangeError(`Cannot show a frame for ${delayMs} ms: give more than 0 and at most 655350`);
      }
      elapsedMs += delayMs;
      // Rounded as a whole, not each: 15 frames a second become 7, 7, 6, and the total stays right.
      const delay = Math.max(1, Math.round(elapsedMs / 10) - shown);
      shown += delay;
      quantise({ width, height, pixels }, current);
      if (before === undefined) {
        chunks.push(write({ x: 0, y: 0, w: width, h: height }, current, delay, false));
        before = new Uint8Array(size);
      } else {
        const box = changed(before, current, width, height);
        const candidates = cut(before, current, width, box);
        const written = candidates.map(({ indices, sparse }) => write(box, indices, delay, sparse));
        chunks.push(written.reduce((a, b) => b.length < a.length ? b : a));
      }
      [before, current] = [current, before];
    },
    finish() {
      if (!headed) throw new RangeError("Cannot make a GIF without frames: add at least one");
      chunks.push(buffer.slice(0, writer.end()));
      const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
      let at = 0;
      for (const chunk of chunks) {
        bytes.set(chunk, at);
        at += chunk.length;
      }
      return bytes;
    },
  };
}

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** The smallest rectangle that holds every difference; one pixel where there is none. */
function changed(before: Uint8Array, now: Uint8Array, width: number, height: number): Rectangle {
  let left = width, right = -1, top = height, bottom = -1;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let from = 0;
    while (from < width && before[row + from] === now[row + from]) from++;
    if (from === width) continue;
    let to = width - 1;
    while (before[row + to] === now[row + to]) to--;
    left = Math.min(left, from);
    right = Math.max(right, to);
    top = Math.min(top, y);
    bottom = y;
  }
  if (right < 0) return { x: 0, y: 0, w: 1, h: 1 };
  return { x: left, y: top, w: right - left + 1, h: bottom - top + 1 };
}

/** A rectangle's pixels; where it is sparse, what stays the same is left transparent. */
interface Candidate {
  readonly indices: Uint8Array;
  readonly sparse: boolean;
  /** How often the index changes from one pixel to the next: what the size of the code follows. */
  readonly runs: number;
}

/** Compressing costs most of the time: what has this many times the other's runs is never the smaller one. */
const CLEARLY_MORE = 1.02;

/** A rectangle plain and sparse; only one of them where it is clearly the better. */
function cut(before: Uint8Array, now: Uint8Array, width: number, { x, y, w, h }: Rectangle): Candidate[] {
  const plain = new Uint8Array(w * h), sparse = new Uint8Array(w * h);
  let plainRuns = 1, sparseRuns = 1, lastPlain = -1, lastSparse = -1, at = 0;
  for (let row = y; row < y + h; row++) {
    for (let from = row * width + x, end = from + w; from < end; from++, at++) {
      const index = now[from] ?? 0;
      const news = index === before[from] ? TRANSPARENT : index;
      plain[at] = index;
      sparse[at] = news;
      if (index !== lastPlain) plainRuns++;
      if (news !== lastSparse) sparseRuns++;
      lastPlain = index;
      lastSparse = news;
    }
  }
  const both: Candidate[] = [
    { indices: plain, sparse: false, runs: plainRuns },
    { indices: sparse, sparse: true, runs: sparseRuns },
  ];
  const least = Math.min(plainRuns, sparseRuns);
  return both.filter(({ runs }) => runs <= least * CLEARLY_MORE);
}
