/** From RGBA pixels to the fixed palette's indices. */
import { PALETTE, type Picture, TRANSPARENT } from "../draw/mod.ts";

/** What is known of each 24-bit colour: 0 nothing yet, else its index. Filled as colours turn up: 16 MB at most. */
const known = new Uint8Array(1 << 24);

/**
 * Maps every pixel to the nearest colour of the fixed palette (least squared difference of red, green and blue).
 *
 * @param picture pixels; what is less than half opaque counts as white.
 * @param into where to write, at least as long as there are pixels; default: a new array.
 * @returns an index for each pixel, never {@linkcode TRANSPARENT}.
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
      const colour = word < 0 ? word & 0xffffff : 0xffffff;
      index = known[colour] || learn(colour);
    }
    into[i] = index;
  }
  return into;
}

function learn(colour: number): number {
  const [b, g, r] = [colour >> 16, colour >> 8 & 255, colour & 255];
  let best = 0, least = Infinity;
  PALETTE.forEach((entry, index) => {
    if (index === TRANSPARENT) return;
    const off = ((entry >> 16) - r) ** 2 + ((entry >> 8 & 255) - g) ** 2 + ((entry & 255) - b) ** 2;
    if (off < least) [best, least] = [index, off];
  });
  known[colour] = best;
  return best;
}
