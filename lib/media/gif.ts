/** Looped GIFs on the fixed palette, each frame only where it differs from the one before. */
// @ts-types="./omggif.d.ts"
import { GifWriter } from "omggif";
import { joinBytes } from "../assets/mod.ts";
import { PALETTE, TRANSPARENT } from "../draw/mod.ts";
import { changedPart, type Part, type Rectangle, smallestPart } from "./changes.ts";
import { quantise } from "./quantise.ts";

/** One frame of an animation, as large as the whole: RGBA, or indices of the fixed palette. */
export type GifFrame = ({ readonly pixels: Uint8ClampedArray } | { readonly indices: Uint8Array }) & {
  /** How long it shows, milliseconds. Browsers show a frame of less than 20 for 100. */
  readonly delayMs: number;
};

/** The whole of an animation. */
export interface GifOptions {
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
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
/** "Leave what is there": each frame is painted on those before it. */
const KEEP = 1;

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
  // What says nothing of how often it plays plays once.
  const writer = new GifWriter(buffer, width, height, { palette: PALETTE, ...(loop !== 1 && { loop }) });
  let chunks: Uint8Array[] = [buffer.slice(0, writer.getOutputBufferPosition())];
  writer.setOutputBufferPosition(0);
  /** The newest frame, kept back: the next may make it last longer. */
  let newest: { readonly bytes: Uint8Array; delay: number } | undefined;
  let before = new Uint8Array(size), current = new Uint8Array(size);
  let elapsedMs = 0, shown = 0;

  /** A frame's rectangle as bytes; its delay comes when it is known. */
  const write = ({ x, y, w, h }: Rectangle, { indices, sparse }: Part) => {
    const options = { disposal: KEEP, ...(sparse && { transparent: TRANSPARENT }) };
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
    const bytes = joinBytes(chunks);
    chunks = [];
    return bytes;
  };

  return {
    add(frame) {
      const { delayMs } = frame;
      const [given, bytes] = "pixels" in frame ? [frame.pixels, 4 * size] : [frame.indices, size];
      if (given.length !== bytes) {
        throw new RangeError(
          `Cannot add a frame of ${given.length} bytes to a GIF of ${width} × ${height}: give RGBA or indices`,
        );
      }
      if (!(delayMs > 0 && delayMs <= MAX_CENTISECONDS * 10)) {
        throw new RangeError(`Cannot show a frame for ${delayMs} ms: give more than 0 and at most 655350`);
      }
      elapsedMs += delayMs;
      // Rounded as a whole, not each: 15 frames a second become 7, 7, 6, and the total stays right.
      const delay = Math.max(1, Math.round(elapsedMs / 10) - shown);
      shown += delay;
      [before, current] = [current, before];
      if ("pixels" in frame) quantise({ width, height, pixels: frame.pixels }, current);
      else current.set(frame.indices);
      const whole = { x: 0, y: 0, w: width, h: height };
      const box = newest ? changedPart(before, current, width) : whole;
      if (newest && box === undefined && newest.delay + delay <= MAX_CENTISECONDS) {
        newest.delay += delay;
        return;
      }
      settle();
      const place = box ?? { ...whole, w: 1, h: 1 };
      const part = newest ? smallestPart(before, current, width, place) : { indices: current, sparse: false };
      newest = { bytes: write(place, part), delay };
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
