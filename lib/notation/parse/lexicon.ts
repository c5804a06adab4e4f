/** The words of movement in English and Russian, as concepts: `side.left`, `part.arm`, `dir.forward`, `bend.straight`. */
import { distance as editDistance } from "fastest-levenshtein";
import { foldLetters, language, stem } from "../../text/mod.ts";
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
  readonly words: readonly { readonly exact: boolean; readonly key: string }[];
}

// A dash ends no clause: "правая — тоже", "the left one – up".
const TEXT = /[\p{L}\p{N}]+(?:'[\p{L}]+)?|[,.;:!?()]/gu;
/** Words of so many letters may have two neighbours exchanged; longer ones a letter wrong, still longer ones two. */
const EXCHANGED = 5;
const ONE_SLIP = 6;
const TWO_SLIPS = 10;

const readWord = (text: string): Word => ({ text, stem: stem(text, language(text)) });

function compile(lexicon: Record<string, string>): Phrase[] {
  return Object.entries(lexicon).flatMap(([concept, phrases]) =>
    phrases.split(",").map((phrase) => ({
      concept,
      words: phrase.trim().split(/\s+/).map((word) => {
        const exact = word.startsWith("=");
        const folded = foldLetters(exact ? word.slice(1) : word);
        return { exact, key: exact ? folded : stem(folded, language(folded)) };
      }),
    }))
  );
}

interface Lexicon {
  /** Phrases by the key of their first word, longest first. */
  readonly byFirst: ReadonlyMap<string, readonly Phrase[]>;
  /** Every word, to find a misspelt one by. */
  readonly keys: ReadonlySet<string>;
  /** The same, by their first letter. */
  readonly byLetter: ReadonlyMap<string, readonly string[]>;
}

function build(): Lexicon {
  const byFirst = new Map<string, Phrase[]>();
  const keys = new Set<string>();
  for (const phrase of [...compile(EN), ...compile(RU)]) {
    for (const { key } of phrase.words) keys.add(key);
    const first = phrase.words[0]?.key ?? "";
    byFirst.set(first, [...byFirst.get(first) ?? [], phrase]);
  }
  for (const list of byFirst.values()) list.sort((a, b) => b.words.length - a.words.length);
  return { byFirst, keys, byLetter: Map.groupBy(keys, (key) => key[0] ?? "") };
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

/** A misspelt word as the lexicon writes it: one letter more, less or other, or two neighbours exchanged. */
function corrected(word: Word, { byLetter }: Lexicon): Word | undefined {
  const { text, stem } = word;
  if (text.length < EXCHANGED || stem.length < EXCHANGED - 1 || /\d/.test(text)) return undefined;
  const slips = text.length >= TWO_SLIPS ? 2 : text.length >= ONE_SLIP ? 1 : 0;
  const letters = (word: string) => [...word].sort().join("");
  let best: { key: string; cost: number } | undefined;
  // The first letter is seldom the wrong one, but it may have changed places with the second.
  for (const key of [stem[0], stem[1]].flatMap((letter) => byLetter.get(letter ?? "") ?? [])) {
    if (Math.abs(key.length - stem.length) > slips || key.length < EXCHANGED - 1) continue;
    const cost = editDistance(stem, key);
    const exchanged = cost === 2 && stem.length === key.length && letters(stem) === letters(key);
    // Short words are too easily alike.
    const slip = cost <= slips && stem[0] === key[0] && key.length >= EXCHANGED;
    if ((slip || exchanged) && (best === undefined || cost < best.cost)) best = { key, cost };
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
  const parts = foldLetters(text).replaceAll("’", "'").match(TEXT) ?? [];
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
