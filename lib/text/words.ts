/** Words as they are compared: without case, stress marks and "ё". */
const WORD = /[\p{L}\p{N}]+/gu;

/**
 * Splits a text into words for matching: composed (NFC), lower case, stress
 * marks dropped, "ё" written as "е". One-letter words stay ("с", "в", "I"), and
 * hyphens and underscores part words ("cha-cha", "right_arm").
 *
 * @param text Any text.
 * @returns The words in the order of the text.
 */
export function words(text: string): string[] {
  return foldLetters(text).match(WORD) ?? [];
}

/**
 * Writes a text as its {@linkcode words} alone, a space between them: texts that are the same but for case and signs
 * become the same.
 *
 * @param text Any text.
 * @returns The words in the order of the text; empty where there is none.
 */
export function bareText(text: string): string {
  return words(text).join(" ");
}

/**
 * Writes a text in the letters that {@linkcode words} and `stem` compare: NFC,
 * lower case, no combining marks, "е" for "ё".
 *
 * @param text Any text.
 * @returns The same text, folded.
 */
export function foldLetters(text: string): string {
  return text.normalize("NFC").toLowerCase()
    .replace(/\p{M}+/gu, "").replaceAll("ё", "е");
}
