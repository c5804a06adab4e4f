/**
 * A stream of numbers that is the same for the same seed: mulberry32 (T. Ettinger, 2017, public domain). Good enough to
 * draw samples with, and for nothing secret.
 *
 * @param seed Any whole number; its lowest 32 bits count.
 * @returns A function that gives the next number, from 0 to below 1.
 *
 * @example
 * ```ts
 * import { seededRandom } from "lib";
 * import assert from "node:assert/strict";
 *
 * assert.equal(seededRandom(1)(), seededRandom(1)());
 * ```
 */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Puts a list in an order by chance: each thing draws a number, and they stand by their numbers.
 *
 * @param list Anything.
 * @param random Numbers from 0 to below 1.
 * @returns A new list of the same things.
 */
export function shuffled<T>(list: readonly T[], random: () => number): T[] {
  return list.map((value) => ({ value, drawn: random() })).sort((a, b) => a.drawn - b.drawn).map(({ value }) => value);
}
