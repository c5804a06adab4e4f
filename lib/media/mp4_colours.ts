/**
 * Which colours an H.264 video means, written into an MP4 whose encoder did not say: players guess by its height, and
 * guess wrong at some. After ISO/IEC 14496-12 (boxes), 14496-15 (avcC) and ITU-T H.264, 7.3.2.1.1 and E.1.1 (SPS).
 */

import { boxPath } from "./mp4_boxes.ts";

/** Both encoders turn RGB into YCbCr by BT.601's matrix, with 16–235; primaries and curve are sRGB's, as in BT.709. */
const PRIMARIES = 1, TRANSFER = 1, MATRIX = 6;

/**
 * Marks a video's colours: BT.709's primaries and curve, BT.601's matrix, limited range.
 *
 * @param mp4 a file with one H.264 track.
 * @returns the same with the colours said; as it was where they are said already.
 * @throws {TypeError} if it is no such file.
 */
export function markColours(mp4: Uint8Array): Uint8Array<ArrayBuffer> {
  const path = boxPath(mp4, ["moov", "trak", "mdia", "minf", "stbl", "stsd", "avc1", "avcC"]);
  const avcC = path.at(-1);
  if (avcC === undefined) throw new TypeError("Cannot mark the colours of a video: it has no H.264 track");
  const view = new DataView(mp4.buffer, mp4.byteOffset, mp4.byteLength);
  // avcC: 5 bytes of profile, the number of SPS, then the first one's length and bytes.
  const at = avcC.start + 8 + 6;
  const length = view.getUint16(at);
  const old = mp4.subarray(at + 2, at + 2 + length);
  const sps = markSps(old);
  const grown = sps.length - old.length;
  const out = new Uint8Array(mp4.length + grown);
  out.set(mp4.subarray(0, at));
  out.set(sps, at + 2);
  out.set(mp4.subarray(at + 2 + length), at + 2 + sps.length);
  const written = new DataView(out.buffer);
  written.setUint16(at, sps.length);
  for (const { start } of path) written.setUint32(start, view.getUint32(start) + grown);
  moveChunks(out, path[0]?.start ?? 0, grown);
  return out;
}

/** Where the index comes first, growing it moves the pictures that it points at. */
function moveChunks(mp4: Uint8Array, moov: number, by: number) {
  const view = new DataView(mp4.buffer, mp4.byteOffset, mp4.byteLength);
  const stco = boxPath(mp4, ["moov", "trak", "mdia", "minf", "stbl", "stco"]).at(-1);
  if (stco === undefined) throw new TypeError("Cannot mark the colours of a video: it has no chunk offsets (stco)");
  const count = view.getUint32(stco.start + 12);
  for (let i = 0; i < count; i++) {
    const at = stco.start + 16 + 4 * i;
    const offset = view.getUint32(at);
    if (offset > moov) view.setUint32(at, offset + by);
  }
}

/** Reads and writes bits; copies those that stay. */
class Bits {
  readonly written: number[] = [];
  #at = 0;
  constructor(readonly bytes: readonly number[]) {}

  /** One bit, copied. */
  bit(): number {
    const bit = this.next();
    this.written.push(bit);
    return bit;
  }

  /** One bit, not copied. */
  next(): number {
    const byte = this.bytes[this.#at >> 3];
    if (byte === undefined) throw new TypeError("Cannot mark the colours of a video: its SPS ends too early");
    return byte >> (7 - this.#at++ % 8) & 1;
  }

  bits(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) value = value * 2 + this.bit();
    return value;
  }

  /** An Exp-Golomb number (9.1), copied. */
  golomb(): number {
    let zeros = 0;
    while (this.bit() === 0) zeros++;
    return 2 ** zeros - 1 + this.bits(zeros);
  }

  put(value: number, count: number) {
    for (let i = count - 1; i >= 0; i--) this.written.push(value >> i & 1);
  }

  /** Copies the rest, up to the stop bit, and ends with a stop bit and zeros. */
  end(): number[] {
    const all = this.bytes.flatMap((byte) => Array.from({ length: 8 }, (_, i) => byte >> (7 - i) & 1));
    this.written.push(...all.slice(this.#at, all.lastIndexOf(1)), 1);
    while (this.written.length % 8 > 0) this.written.push(0);
    return Array.from(
      { length: this.written.length / 8 },
      (_, i) => this.written.slice(8 * i, 8 * i + 8).reduce((byte, bit) => byte * 2 + bit, 0),
    );
  }
}

/** Profiles whose SPS says how chroma is sampled. */
const HIGH = [100, 110, 122, 244, 44, 83, 86, 118, 128];

/** An SPS NAL unit with its colours said. */
function markSps(nal: Uint8Array): Uint8Array {
  // Zeros in a row are broken up by a 3 (7.4.1.1): taken out to read, put in again after.
  const raw = [...nal].filter((byte, i) => !(byte === 3 && nal[i - 1] === 0 && nal[i - 2] === 0));
  const b = new Bits(raw);
  b.bits(8);
  const profile = b.bits(8);
  b.bits(16);
  b.golomb();
  if (HIGH.includes(profile)) {
    if (b.golomb() === 3) b.bit();
    b.golomb();
    b.golomb();
    b.bit();
    if (b.bit() === 1) throw new TypeError("Cannot mark the colours of a video: its SPS has scaling matrices");
  }
  b.golomb();
  const order = b.golomb();
  if (order === 0) b.golomb();
  if (order === 1) {
    b.bit();
    b.golomb();
    b.golomb();
    for (let i = b.golomb(); i > 0; i--) b.golomb();
  }
  b.golomb();
  b.bit();
  b.golomb();
  b.golomb();
  if (b.bit() === 0) b.bit();
  b.bit();
  if (b.bit() === 1) { for (let i = 0; i < 4; i++) b.golomb(); }
  const colours = () => {
    b.put(1, 1);
    b.put(5, 3);
    b.put(0, 1);
    b.put(1, 1);
    for (const value of [PRIMARIES, TRANSFER, MATRIX]) b.put(value, 8);
  };
  if (b.next() === 0) {
    // No VUI: one that says nothing but the colours.
    b.put(1, 1);
    b.put(0, 2);
    colours();
    b.put(0, 6);
  } else {
    b.put(1, 1);
    if (b.bit() === 1 && b.bits(8) === 255) b.bits(32);
    if (b.bit() === 1) b.bit();
    if (b.next() === 1) return nal;
    colours();
  }
  return escape(b.end());
}

function escape(bytes: readonly number[]): Uint8Array {
  const out: number[] = [];
  for (const byte of bytes) {
    if (byte <= 3 && out.at(-1) === 0 && out.at(-2) === 0) out.push(3);
    out.push(byte);
  }
  return Uint8Array.from(out);
}
