/** How alike two words are, their endings and slips of the finger forgiven. */
import { charNgrams, language, stem, words } from "../text/mod.ts";
import { isFiller } from "./fillers.ts";

/** A word of a name or of a request, in the forms by which words are compared. */
export interface NameWord {
  readonly text: string;
  readonly stem: string;
  readonly filler: boolean;
  /** Pairs of letters, for words that are spelt almost alike. */
  readonly pairs: ReadonlySet<string>;
}

// Shorter words are too easily alike: "рука" and "рубка".
const SHORTEST_FUZZY = 4;
const LONGEST_FUZZY = 40;

// Words that share little more than an ending or a beginning lie below it.
const ALIKE = 0.55;

/**
 * Parts a name or a request into its words.
 *
 * @param text Any text.
 * @returns Its words, in their order.
 */
export function nameWords(text: string): NameWord[] {
  return words(text).map((word) => {
    const lang = language(word);
    const stemmed = stem(word, lang);
    const base = lang === "ru" ? word.replace(/[аеиоуыэюяйь]+$/u, "") : stemmed;
    const fuzzy = base.length >= SHORTEST_FUZZY && base.length <= LONGEST_FUZZY;
    return {
      text: word,
      stem: stemmed,
      filler: isFiller(stemmed, lang),
      pairs: new Set(fuzzy ? charNgrams(base, 2, 2) : []),
    };
  });
}

/**
 * How alike two words are: by their stems, else by their spelling (Dice's coefficient of pairs of letters).
 *
 * @param a One word.
 * @param b Another.
 * @returns 1 for forms of one word, less where letters differ, 0 for different words.
 */
export function wordSimilarity(a: NameWord, b: NameWord): number {
  if (a.stem === b.stem) return 1;
  if (a.filler || b.filler || a.pairs.size === 0 || b.pairs.size === 0) return 0;
  let shared = 0;
  for (const pair of a.pairs) if (b.pairs.has(pair)) shared++;
  const dice = 2 * shared / (a.pairs.size + b.pairs.size);
  return dice < ALIKE ? 0 : dice;
}
