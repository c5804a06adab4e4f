// @ts-types="./snowball_stemmers.d.ts"
import snowball from "snowball-stemmers";
import type { Language } from "./language.ts";
import { foldLetters } from "./words.ts";

const STEMMERS = {
  ru: snowball.newStemmer("russian"),
  en: snowball.newStemmer("english"),
} satisfies Record<Language, unknown>;

const SHORTEST = 3;

// The same few thousand words come again and again, and stemming one takes as long as a hundred look-ups.
const KNOWN: Record<Language, Map<string, string>> = { ru: new Map(), en: new Map() };
const MOST_KNOWN = 20_000;

// No word is longer, and the stemmer's time grows with the square of the length.
const LONGEST = 64;

/**
 * Reduces a word to the stem that its forms share, by Snowball's stemmer. A
 * stem is a key to compare, not a word to show: different words may share one
 * ("макарена" and "Макаров").
 *
 * A Russian word is stemmed until nothing changes, because one pass takes
 * "макарена" for a participle and leaves "макар", but "макарену" "макарен";
 * and a vowel that comes and goes between forms is left out ("танец" and
 * "танцы", "прыжок" and "прыжки", "локоть" and "локти").
 *
 * @param word One word, in any case; "ё" counts as "е".
 * @param lang Language of the word.
 * @returns The stem; the folded word itself where nothing can be taken off, and
 * where it is longer than 64 letters.
 */
export function stem(word: string, lang: Language): string {
  const folded = foldLetters(word);
  if (folded.length > LONGEST) return folded;
  const known = KNOWN[lang];
  const before = known.get(folded);
  if (before !== undefined) return before;
  const stemmed = stemOf(folded, lang);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(folded, stemmed);
  return stemmed;
}

function stemOf(folded: string, lang: Language): string {
  const stemmer = STEMMERS[lang];
  if (lang === "en") return stemmer.stem(folded);
  let stemmed = folded;
  for (;;) {
    const next = stemmer.stem(stemmed);
    if (next.length >= stemmed.length || next.length < SHORTEST) break;
    stemmed = next;
  }
  return dropFleetingVowel(stemmed);
}

function dropFleetingVowel(stem: string): string {
  return stem
    .replace(/(?<=..[^аеиоуыэюя])(?:[ео]к|ец)$/u, (end) => end.slice(1))
    .replace(/(?<=.[кг])от$/u, "т")
    .replace(/ь(?=[кц]$)/u, "");
}
