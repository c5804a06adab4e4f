/** The word that someone meant who wrote another. */
import { closest, distance } from "fastest-levenshtein";

/** How many of a word's letters may be wrong (a share) for a suggestion to be worth making. */
const WRONG = 0.34;

/**
 * The known word that is nearest to one that is not known, by edit distance.
 *
 * @param known the words that there are.
 * @returns undefined where none is near: where more than a third of the letters, and more than two, differ.
 *
 * @example
 * ```ts
 * import { nearestWord } from "lib";
 *
 * console.log(nearestWord("left_sholder", ["left_shoulder", "right_shoulder", "chin"])); // left_shoulder
 * ```
 */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0 || word === "") return undefined;
  const lower = known.map((one) => one.toLowerCase());
  const nearest = known[lower.indexOf(closest(word.toLowerCase(), lower))];
  if (nearest === undefined) return undefined;
  const apart = distance(word.toLowerCase(), nearest.toLowerCase());
  return apart <= Math.max(2, word.length * WRONG) && apart < nearest.length ? nearest : undefined;
}

/** The known words that are nearest to one by edit distance, however far they are, nearest first. */
export function nearestWords(word: string, known: readonly string[], count: number): string[] {
  const far = new Map(known.map((one) => [one, distance(word.toLowerCase(), one.toLowerCase())]));
  return known.toSorted((a, b) => (far.get(a) ?? 0) - (far.get(b) ?? 0)).slice(0, count);
}
