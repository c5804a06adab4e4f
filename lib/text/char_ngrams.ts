import { checkBounds } from "./ngrams.ts";

// Where Python's `str.split()` splits: Unicode white space and the four
// control separators.
// deno-lint-ignore no-control-regex
const SPACE = /[\p{White_Space}\x1c-\x1f]+/u;

/**
 * Cuts each word, padded with a space on both sides, into runs of characters,
 * as scikit-learn does for `analyzer="char_wb"`: words are what stands between
 * white space, lower case, punctuation stays. A padded word shorter than `n`
 * counts once, whole, and gives no longer n-grams.
 *
 * @param text Any text.
 * @param min Shortest n-gram, in code points, at least 1.
 * @param max Longest n-gram, in code points, at least `min`.
 * @returns The n-grams, repeated ones too.
 * @throws {RangeError} When the bounds are not whole numbers, `1 ≤ min ≤ max`.
 */
export function charNgrams(text: string, min: number, max: number): string[] {
  checkBounds(min, max);
  const grams: string[] = [];
  for (const word of text.toLowerCase().split(SPACE)) {
    if (word !== "") cut(word, min, max, grams);
  }
  return grams;
}

function cut(word: string, min: number, max: number, grams: string[]): void {
  const letters = [" ", ...word, " "];
  // Outside the basic plane a code point is two units, so that units can't be cut.
  const padded = ` ${word} `;
  const plain = padded.length === letters.length;
  for (let n = min; n <= max; n++) {
    for (let i = 0; i === 0 || i + n <= letters.length; i++) {
      grams.push(
        plain ? padded.slice(i, i + n) : letters.slice(i, i + n).join(""),
      );
    }
    if (n >= letters.length) break;
  }
}
