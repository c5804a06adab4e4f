/** From RGBA pixels to the fixed palette's indices. */
import { nearestIndex, type Picture } from "../draw/mod.ts";

/**
 * Maps every pixel to the nearest colour of the fixed palette (least squared difference of red, green and blue).
 *
 * @param picture pixels; what is less than half opaque counts as white.
 * @param into where to write, at least as long as there are pixels; default: a new array.
 * @returns an index for each pixel, never that of transparency.
 */
export function quantise(
  { width, height, pixels }: Picture,
  into: Uint8Array<ArrayBuffer> = new Uint8Array(width * height),
): Uint8Array<ArrayBuffer> {
  // Signed: whole numbers of 31 bits stay fast, and white is −1. Little-endian: 0xAABBGGRR.
  const words = new Int32Array(pixels.buffer, pixels.byteOffset, width * height);
  let last = ~(words[0] ?? 0);
  let index = 0;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? 0;
    if (word !== last) {
      last = word;
      index = indexOf(word);
    }
    into[i] = index;
  }
  return into;
}

/** The index of a pixel, 0xAABBGGRR; what is not opaque is taken for white. */
function indexOf(word: number): number {
  const opaque = word < 0 ? word : -1;
  return nearestIndex((opaque & 255) << 16 | opaque & 0xff00 | opaque >> 16 & 255);
}
