/** A language that the workspace speaks. */
export type Language = "ru" | "en";

/** Languages that the workspace speaks. */
export const LANGUAGES: readonly Language[] = ["ru", "en"];

const CYRILLIC = /\p{Script=Cyrillic}/gu;
const LATIN = /\p{Script=Latin}/gu;

// A Russian sentence often holds a Latin name ("станцуй cha-cha-cha"), an
// English one hardly ever a Cyrillic name: so a third is enough.
const RUSSIAN_SHARE = 1 / 3;

/**
 * Guesses the language of a text from its letters: Russian where at least a
 * third of them are Cyrillic.
 *
 * @param text Any text.
 * @param fallback What a text without a Cyrillic or Latin letter (empty,
 * digits, emoji) counts as.
 * @returns The language.
 */
export function language(text: string, fallback: Language = "en"): Language {
  const cyrillic = count(text, CYRILLIC);
  const letters = cyrillic + count(text, LATIN);
  if (letters === 0) return fallback;
  return cyrillic >= RUSSIAN_SHARE * letters ? "ru" : "en";
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
