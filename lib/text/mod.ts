/**
 * Words out of text, in Russian and English: languages, tokens, stems, n-grams.
 *
 * @module
 */
export * from "./escape_html.ts";
export * from "./char_ngrams.ts";
export * from "./language.ts";
export * from "./nearest_word.ts";
export * from "./mirror_sides.ts";
export { ngrams } from "./ngrams.ts";
export * from "./spell_sides.ts";
export * from "./stem.ts";
export * from "./tokens.ts";
export * from "./words.ts";
