/** The words of movement in English and Russian, as concepts: `side.left`, `part.arm`, `dir.forward`, `bend.straight`. */
import { distance as editDistance } from "fastest-levenshtein";
import { foldLetters, language, spellSides, stem } from "../../text/mod.ts";
import EN from "./lexicon.en.json" with { type: "json" };
import RU from "./lexicon.ru.json" with { type: "json" };

/** A run of words of a text that the lexicon knows, or one that it does not. */
export interface Token {
  /** `kind.value` of the lexicon; `unknown` for a word that is not in it, `stop` for punctuation. */
  readonly concept: string;
  /** The words as they stand. */
  readonly text: string;
}

interface Word {
  readonly text: string;
  readonly stem: string;
}

interface Phrase {
  readonly concept: string;
  /** Each word: `=` before it asks for this very form, otherwise any form with the same stem. */
  readonly words: readonly { readonly exact: boolean; readonly key: string; readonly written: string }[];
}

// A dash ends no clause: "правая — тоже", "the left one – up".
const TEXT = /[\p{L}\p{N}]+(?:'[\p{L}]+)?|[,.;:!?()]/gu;
/** Words of so many letters may have two neighbours exchanged; longer ones a letter wrong, still longer ones two. */
const EXCHANGED = 4;
const ONE_SLIP = 6;
const SLIPPED_TWICE = 7;
/** No shorter word is taken for one with a slip. */
const SLIPPED = 5;
/** Shorter words are not corrected at all. */
const HEARD = 3;
const TWO_SLIPS = 9;
/** Endings are at most so many letters longer or shorter than another. */
const ENDING = 2;

/** Words that are written short, with a full stop that ends no sentence. */
const SHORT: readonly (readonly [RegExp, string])[] = [
  [/(?<!\p{L})и\.\s*п\./gu, "исходное положение "],
  [/(?<!\p{L})о\.\s*с\./gu, "основная стойка "],
];

/** The text in small letters, without marks and shortened words, and Latin letters without accents. */
function plain(text: string): string {
  const folded = spellSides(foldLetters(text)).replaceAll("’", "'")
    .replace(/[\u00c0-\u024f]/g, (letter) => letter.normalize("NFD").replace(/\p{M}/gu, ""));
  return SHORT.reduce((said, [pattern, whole]) => said.replace(pattern, whole), folded);
}

/**
 * A word as it sounds, so that what is misspelt by ear meets what is meant: Russian vowels without stress and voiced
 * consonants at the end, doubled letters, English letters that are not heard.
 */
function sound(word: string): string {
  return word
    .replace(/т?ться$|тся$/u, "ца").replace(/^kn/u, "n").replace(/^wr/u, "r").replace(/ph/gu, "f")
    .replace(/рдц/gu, "рц").replace(/лнц/gu, "нц").replace(/(?<=[жшц])ы/gu, "и")
    .replace(/о/gu, "а").replace(/[еяэ]/gu, "и").replace(/ь/gu, "")
    .replace(/[бвгджз](?=$|[пфктшсцчщ])/gu, (letter) => VOICELESS[letter] ?? letter)
    .replace(/(\p{L})\1+/gu, "$1");
}

const VOICELESS: Readonly<Record<string, string>> = { б: "п", в: "ф", г: "к", д: "т", ж: "ш", з: "с" };

const readWord = (text: string): Word => ({ text, stem: stem(text, language(text)) });

function compile(lexicon: Record<string, string>): Phrase[] {
  return Object.entries(lexicon).flatMap(([concept, phrases]) =>
    phrases.split(",").map((phrase) => ({
      concept,
      words: phrase.trim().split(/\s+/).map((word) => {
        const exact = word.startsWith("=");
        const folded = foldLetters(exact ? word.slice(1) : word);
        return { exact, key: exact ? folded : stem(folded, language(folded)), written: folded };
      }),
    }))
  );
}

interface Lexicon {
  /** Phrases by the key of their first word, longest first. */
  readonly byFirst: ReadonlyMap<string, readonly Phrase[]>;
  /** Every word, to find a misspelt one by. */
  readonly keys: ReadonlySet<string>;
  /** Each word as it is written in the lexicon, by its key. */
  readonly written: ReadonlyMap<string, ReadonlySet<string>>;
  /** The same, by their first letter. */
  readonly byLetter: ReadonlyMap<string, readonly string[]>;
  /** The same, by how they sound; only what one word sounds like. */
  readonly bySound: ReadonlyMap<string, string>;
}

function build(): Lexicon {
  const byFirst = new Map<string, Phrase[]>();
  const written = new Map<string, Set<string>>();
  for (const phrase of [...compile(EN), ...compile(RU)]) {
    for (const { key, written: form } of phrase.words) written.set(key, (written.get(key) ?? new Set()).add(form));
    const first = phrase.words[0]?.key ?? "";
    byFirst.set(first, [...byFirst.get(first) ?? [], phrase]);
  }
  for (const list of byFirst.values()) list.sort((a, b) => b.words.length - a.words.length);
  const keys = new Set(written.keys());
  const alike = Map.groupBy(keys, sound);
  const bySound = new Map(
    [...alike].flatMap(([heard, [key = "", ...more]]) => more.length > 0 ? [] : [[heard, key] as const]),
  );
  return { byFirst, keys, written, byLetter: Map.groupBy(keys, (key) => key[0] ?? ""), bySound };
}

let built: Lexicon | undefined;

const fits = (word: Word | undefined, { exact, key }: Phrase["words"][number]) =>
  word !== undefined && (exact ? word.text === key : word.stem === key);

/** The longest phrase that starts at a word. */
function phraseAt(words: readonly Word[], at: number, { byFirst }: Lexicon): Phrase | undefined {
  const word = words[at];
  if (word === undefined) return undefined;
  const candidates = [
    ...byFirst.get(word.text) ?? [],
    ...(word.stem === word.text ? [] : byFirst.get(word.stem) ?? []),
  ];
  const matching = candidates.filter((phrase) => phrase.words.every((key, i) => fits(words[at + i], key)));
  return matching.reduce<Phrase | undefined>((a, b) => a && a.words.length >= b.words.length ? a : b, undefined);
}

/** Whether two neighbours of one word have changed places in the other. */
function exchanges(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  const at = [...a].findIndex((letter, i) => letter !== b[i]);
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

/**
 * A misspelt word as the lexicon writes it: spelt as it sounds, or one letter more, less or other, or two neighbours
 * exchanged.
 */
function corrected(word: Word, { byLetter, bySound, written }: Lexicon): Word | undefined {
  const { text, stem } = word;
  // The stems of other words may be alike where the words are not: "привет" is no "приведение".
  const alike = (key: string) =>
    [...written.get(key) ?? []].some((form) =>
      Math.abs(form.length - text.length) <= ENDING &&
      editDistance(form, text) <= (stem.length >= TWO_SLIPS ? 2 : 1) + ENDING
    );
  if (/\d/.test(text) || text.length < HEARD) return undefined;
  for (const said of [text, stem]) {
    const heard = bySound.get(sound(said));
    const slips = said.length >= SLIPPED_TWICE ? 2 : 1;
    if (heard !== undefined && heard.length >= HEARD && editDistance(said, heard) <= slips && alike(heard)) {
      return { text: heard, stem: heard };
    }
  }
  if (text.length < EXCHANGED || stem.length < EXCHANGED - 1) return undefined;
  const slips = stem.length >= TWO_SLIPS ? 2 : text.length >= ONE_SLIP ? 1 : 0;
  let best: { key: string; cost: number } | undefined;
  // The first letter is seldom the wrong one, but it may have changed places with the second.
  for (const key of [stem[0], stem[1]].flatMap((letter) => byLetter.get(letter ?? "") ?? [])) {
    if (Math.abs(key.length - stem.length) > slips || key.length < EXCHANGED - 1) continue;
    const cost = editDistance(stem, key);
    // Short words are too easily alike, and those that end in another letter are other words.
    const ends = stem[0] === key[0] && (cost > 1 || stem.at(-1) === key.at(-1));
    const slip = cost <= slips && ends && Math.min(key.length, stem.length) >= SLIPPED;
    if ((slip || (cost === 2 && exchanges(stem, key))) && alike(key) && (best === undefined || cost < best.cost)) {
      best = { key, cost };
    }
  }
  return best && { text: best.key, stem: best.key };
}

/**
 * Splits a text into the concepts that it names.
 *
 * @param text any text, Russian, English or both.
 * @returns tokens in the order of the text; words that the lexicon does not know are `unknown`.
 */
export function readConcepts(text: string): Token[] {
  built ??= build();
  const lexicon = built;
  const parts = plain(text).match(TEXT) ?? [];
  const tokens: Token[] = [];
  let run: Word[] = [];
  const flush = () => {
    const known = run.map((word) => isKnown(word, lexicon) ? word : corrected(word, lexicon) ?? word);
    for (let at = 0; at < known.length;) {
      const phrase = phraseAt(known, at, lexicon);
      const count = phrase?.words.length ?? 1;
      tokens.push({
        concept: phrase?.concept ?? "unknown",
        text: run.slice(at, at + count).map((w) => w.text).join(" "),
      });
      at += count;
    }
    run = [];
  };
  for (const part of parts) {
    if (/^[\p{L}\p{N}]/u.test(part)) run.push(readWord(part));
    else {
      flush();
      tokens.push({ concept: "stop", text: part.trim() });
    }
  }
  flush();
  return tokens;
}

/** Whether a word stands in some phrase, so that it is no slip. */
const isKnown = ({ text, stem }: Word, { keys }: Lexicon): boolean => keys.has(text) || keys.has(stem);
