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
  /**
   * Adds a frame. One that looks as the frame before makes that one last longer.
   *
   * @throws {RangeError} if the frame's size or delay is not one.
   */
  add(frame: GifFrame): void;
  /** The bytes that are done and were not taken yet: whoever takes them along the way keeps memory flat. */
  take(): Uint8Array<ArrayBuffer>;
  /**
   * Ends the GIF.
   *
   * @returns the bytes that were not taken yet: without {@linkcode take}, all.
   * @throws {RangeError} without a frame.
   */
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
/** Where a frame's delay stands in its bytes: after 21 F9 04 and the flags of its graphic control extension. */
const DELAY_AT = 4;

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
  const header = buffer.slice(0, writer.getOutputBufferPosition());
  writer.setOutputBufferPosition(0);
  let chunks: Uint8Array[] = [header];
  /** The newest frame, kept back: the next may make it last longer. */
  let newest: { readonly bytes: Uint8Array; delay: number } | undefined;
  let before = new Uint8Array(size), current = new Uint8Array(size);
  let elapsedMs = 0, shown = 0;

  /** A frame's rectangle as bytes; its delay comes when it is known. */
  const write = ({ x, y, w, h }: Rectangle, { indices, sparse }: Pick<Candidate, "indices" | "sparse">) => {
    const options = { disposal: 1, ...(sparse && { transparent: TRANSPARENT }) };
    const bytes = buffer.slice(0, writer.addFrame(x, y, w, h, indices, options));
    writer.setOutputBufferPosition(0);
    return bytes;
  };
  const settle = () => {
    if (newest === undefined) return;
    new DataView(newest.bytes.buffer).setUint16(DELAY_AT, newest.delay, true);
    chunks.push(newest.bytes);
  };
  const take = () => {
    const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
    let at = 0;
    for (const chunk of chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    chunks = [];
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
      const whole = { x: 0, y: 0, w: width, h: height };
      const box = newest ? changed(before, current, width, height) : whole;
      if (newest && box === undefined && newest.delay + delay <= MAX_CENTISECONDS) {
        newest.delay += delay;
        return;
      }
      settle();
      const place = box ?? { ...whole, w: 1, h: 1 };
      const candidates = newest ? cut(before, current, width, place) : [{ indices: current, sparse: false }];
      const written = candidates.map((candidate) => write(place, candidate));
      newest = { bytes: written.reduce((a, b) => b.length < a.length ? b : a), delay };
      [before, current] = [current, before];
    },
    take,
    finish() {
      if (newest === undefined) throw new RangeError("Cannot make a GIF without frames: add at least one");
      settle();
      chunks.push(buffer.slice(0, writer.end()));
      return take();
    },
  };
}

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** The smallest rectangle that holds every difference; undefined where there is none. */
function changed(before: Uint8Array, now: Uint8Array, width: number, height: number): Rectangle | undefined {
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
  if (right < 0) return undefined;
  return { x: left, y: top, w: right - left + 1, h: bottom - top + 1 };
}

/** A rectangle's pixels; where it is sparse, what stays the same is left transparent, all of it or part. */
interface Candidate {
  readonly indices: Uint8Array;
  readonly sparse: boolean;
  /** How often the index changes from one pixel to the next: what the size of the code follows. */
  readonly runs: number;
}

/** Compressing costs most of the time: what has this many times the least runs is never the smallest. */
const CLEARLY_MORE = 1.2;

/**
 * A rectangle plain, sparse, and mixed (what stays the same goes on as the run before it if it can, else transparent);
 * without those that are clearly not the best.
 */
function cut(before: Uint8Array, now: Uint8Array, width: number, { x, y, w, h }: Rectangle): Candidate[] {
  const [plain, sparse, mixed] = [new Uint8Array(w * h), new Uint8Array(w * h), new Uint8Array(w * h)];
  let plainRuns = 1, sparseRuns = 1, mixedRuns = 1, at = 0;
  let lastPlain = -1, lastSparse = -1, lastMixed = -1;
  for (let row = y; row < y + h; row++) {
    for (let from = row * width + x, end = from + w; from < end; from++, at++) {
      const index = now[from] ?? 0;
      const news = index === before[from] ? TRANSPARENT : index;
      const runOn = index === lastMixed ? index : news;
      plain[at] = index;
      sparse[at] = news;
      mixed[at] = runOn;
      if (index !== lastPlain) plainRuns++;
      if (news !== lastSparse) sparseRuns++;
      if (runOn !== lastMixed) mixedRuns++;
      lastPlain = index;
      lastSparse = news;
      lastMixed = runOn;
    }
  }
  const all: Candidate[] = [
    { indices: plain, sparse: false, runs: plainRuns },
    { indices: sparse, sparse: true, runs: sparseRuns },
    { indices: mixed, sparse: true, runs: mixedRuns },
  ];
  const least = Math.min(plainRuns, sparseRuns, mixedRuns);
  return all.filter(({ runs }) => runs <= least * CLEARLY_MORE);
}
