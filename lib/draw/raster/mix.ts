/** What colours of the fixed palette look like over each other in part. */
import { nearestIndex, PALETTE, PALETTE_SIZE } from "../palette.ts";

/** How many shares are told apart: more than the palette holds steps between two colours. */
export const SHARES = 32;

/**
 * What is known of a share of one colour over another, each share after the one before, so that an edge finds all of its
 * own together: an index, or 0 where {@linkcode mix} has to tell.
 */
export const mixed = new Uint8Array(PALETTE_SIZE * PALETTE_SIZE * SHARES);

/** Works out what stands at a place of {@linkcode mixed}: `(under * PALETTE_SIZE + over) * SHARES + share`. */
export function mix(at: number): number {
  const share = at % SHARES / (SHARES - 1), pair = Math.floor(at / SHARES);
  const over = pair % PALETTE_SIZE, under = Math.floor(pair / PALETTE_SIZE);
  const [a = 0, b = 0] = [PALETTE[under], PALETTE[over]];
  const channel = (shift: number) => {
    const [from, to] = [a >> shift & 255, b >> shift & 255];
    return Math.round(from + (to - from) * share) << shift;
  };
  return mixed[at] = nearestIndex(channel(16) | channel(8) | channel(0));
}
