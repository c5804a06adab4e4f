/**
 * Joins neighbouring tokens into n-grams with a space between them, as
 * scikit-learn does for `analyzer="word"`: all of the shortest first, then the
 * longer ones.
 *
 * @param tokens Tokens in the order of the text.
 * @param min Shortest n-gram, in tokens, at least 1.
 * @param max Longest n-gram, in tokens, at least `min`.
 * @returns The n-grams, repeated ones too.
 * @throws {RangeError} When the bounds are not whole numbers, `1 ≤ min ≤ max`.
 */
export function ngrams(
  tokens: readonly string[],
  min: number,
  max: number,
): string[] {
  checkBounds(min, max);
  const grams = min === 1 ? [...tokens] : [];
  for (let n = Math.max(min, 2); n <= Math.min(max, tokens.length); n++) {
    for (let i = 0; i + n <= tokens.length; i++) {
      grams.push(tokens.slice(i, i + n).join(" "));
    }
  }
  return grams;
}

/**
 * Checks the bounds of n-grams.
 *
 * @param min Shortest n-gram.
 * @param max Longest n-gram.
 * @throws {RangeError} When they are not whole numbers, `1 ≤ min ≤ max`.
 */
export function checkBounds(min: number, max: number): void {
  if (
    !Number.isInteger(min) || !Number.isInteger(max) || min < 1 || max < min
  ) {
    throw new RangeError(
      `Cannot build n-grams from ${min} to ${max}: give two whole numbers, ` +
        "1 or more, the smaller first",
    );
  }
}
