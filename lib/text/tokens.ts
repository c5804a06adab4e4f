// Python's `\w` is what `str.isalnum` accepts, and the underscore. Combining
// marks are not in it, so a decomposed "й" is two tokens, as there.
const TOKEN = /[\p{L}\p{N}_]{2,}/gu;

/**
 * Splits a text as scikit-learn's vectorizers do by default: lower case, then
 * `(?u)\b\w\w+\b`, that is runs of two and more letters, digits and
 * underscores. Nothing is normalised ("ё" stays); for our own matching use
 * {@linkcode words}.
 *
 * @param text Any text.
 * @returns The tokens in the order of the text.
 */
export function tokens(text: string): string[] {
  return text.toLowerCase().match(TOKEN) ?? [];
}
