/** Which dance a request names, and by how much more than the next. */
import { type NameWord, nameWords, wordSimilarity } from "./name_word.ts";
import { checkIds } from "./retriever.ts";
import { createSparseIndex } from "./sparse.ts";
import { fitTfidf } from "./tfidf.ts";

/** Something that a request may name: a choreography. */
export interface Named {
  /** What a ranking names it by; no two share one. */
  readonly id: string;
  /** Its names and aliases, in any language. */
  readonly names: readonly string[];
  /** What it looks like, in any language. */
  readonly descriptions: readonly string[];
}

/** How well a request fits a named thing. */
export interface RankedName {
  /** Whose score it is. */
  readonly id: string;
  /** From 0, nothing in common, to 1, its name and nothing else. */
  readonly score: number;
  /** The name or description that fits best; empty where the score is 0. */
  readonly matched: string;
}

/**
 * Score from which a request means the first of a ranking at all. Chosen on the development part of
 * `testdata/requests.json`, as `CLEAR_MARGIN` is; what each gives there is held by tests.
 */
export const NEAR = 0.5;

/** Margin from which a request means the first of a ranking and not the second. */
export const CLEAR_MARGIN = 0.1;

// A name is found in a long sentence too: what else a request says counts, but less than what of the name it says.
const REQUEST_POWER = 0.3;

// A filler counts where a name holds it: "arm dance" is more than "arm", and "dance" hardly a part of it.
const FILLER_WEIGHT = 0.3;

// A description shares many words with others' descriptions, so that even the best fit of one is weaker than a name's.
const DESCRIPTION_WEIGHT = 0.6;

interface Name {
  readonly entry: number;
  readonly text: string;
  readonly words: readonly NameWord[];
  /** The places of its words among all different ones of all names. */
  readonly places: readonly number[];
}

/** A word of a request, and how alike each different word of all names is to it. */
interface AskedWord extends NameWord {
  readonly alike: Float64Array;
}

/** How many words of requests are remembered: people ask in few different ones. */
const REMEMBERED = 2000;

/**
 * Prepares named things for requests in free words, Russian or English.
 *
 * A name scores by how much of it the request says, times how much of what the request says (fillers such as "создай"
 * or "please" aside) is in the name, to the power 0.3. Words meet by their stems, or, misspelt, by their pairs of
 * letters; a word that several things share weighs less. A description scores by TF-IDF over stems, times 0.6. A thing
 * has the score of its best name or description. Negation is not understood ("not the macarena").
 *
 * @param entries The named things.
 * @returns A function that ranks all of them for a request, best first, equal ones in their order.
 * @throws {RangeError} When two entries share an id.
 */
export function createNameMatcher(entries: readonly Named[]): (request: string) => RankedName[] {
  checkIds(entries);
  const vocabulary = new Map<string, number>();
  const known: NameWord[] = [];
  const placeOf = (word: NameWord) => {
    const place = vocabulary.get(word.text) ?? known.push(word) - 1;
    vocabulary.set(word.text, place);
    return place;
  };
  const names = entries.flatMap(({ names }, entry) => names.flatMap((name) => readName(name, entry, placeOf)));
  const asked = new Map<string, AskedWord>();
  const read = (word: NameWord): AskedWord => {
    const before = asked.get(word.text);
    if (before) return before;
    if (asked.size >= REMEMBERED) asked.clear();
    const one = { ...word, alike: Float64Array.from(known, (other) => wordSimilarity(word, other)) };
    asked.set(word.text, one);
    return one;
  };
  const weight = weigher(names, entries.length);

  const descriptions = entries.flatMap(({ descriptions }, entry) => descriptions.map((text) => ({ entry, text })));
  const model = fitTfidf(descriptions.map(({ text }) => stems(nameWords(text))), { tokenize: splitStems });
  const index = createSparseIndex(model.vectors, model.vocabulary.size);

  return (request) => {
    const said = nameWords(request);
    const best = entries.map(({ id }) => ({ id, score: 0, matched: "" }));
    const offer = (entry: number, score: number, matched: string) => {
      const known = best[entry];
      if (known !== undefined && score > known.score) best[entry] = { id: known.id, score, matched };
    };
    const distinct = [...new Map(said.map((word) => [word.text, read(word)])).values()];
    // How alike each word of the names is to the word of the request that is most like it.
    const met = new Float64Array(known.length);
    for (const { alike } of distinct) {
      for (let i = 0; i < met.length; i++) met[i] = Math.max(met[i] ?? 0, alike[i] ?? 0);
    }
    for (const name of names) offer(name.entry, scoreName(name, distinct, met, weight), name.text);
    index.scores(model.transform(stems(said))).forEach((score, i) => {
      const description = descriptions[i];
      if (description !== undefined) offer(description.entry, DESCRIPTION_WEIGHT * score, description.text);
    });
    return best.sort((a, b) => b.score - a.score);
  };
}

/**
 * Ranks named things for one request, see {@linkcode createNameMatcher}.
 *
 * @param request What someone asks for, in free words.
 * @param entries The named things.
 * @returns All of them, best first, equal ones in their order.
 * @throws {RangeError} When two entries share an id.
 */
export function rankByName(request: string, entries: readonly Named[]): RankedName[] {
  return createNameMatcher(entries)(request);
}

/**
 * How far the first of a ranking is ahead of the second.
 *
 * @param ranked A ranking, best first.
 * @returns The difference of their scores; the first's own score where there is no second, 0 where there is none.
 */
export function margin(ranked: readonly { readonly score: number }[]): number {
  return (ranked[0]?.score ?? 0) - (ranked[1]?.score ?? 0);
}

function readName(text: string, entry: number, placeOf: (word: NameWord) => number): Name[] {
  // "cha-cha" is written "chacha" too.
  const spellings = new Set([text, text.replaceAll("-", "")]);
  return Array.from(spellings, (spelling) => {
    const words = nameWords(spelling);
    return { entry, text, words, places: words.map(placeOf) };
  });
}

function weigher(names: readonly Name[], entries: number): (word: NameWord) => number {
  const owners = new Map<string, Set<number>>();
  for (const { entry, words } of names) {
    for (const { stem } of words) owners.set(stem, (owners.get(stem) ?? new Set()).add(entry));
  }
  return ({ stem, filler }) => (filler ? FILLER_WEIGHT : 1) * Math.log(1 + entries / (owners.get(stem)?.size ?? 1));
}

function scoreName(
  { words, places }: Name,
  request: readonly AskedWord[],
  met: Float64Array,
  weight: (word: NameWord) => number,
): number {
  if (places.every((place) => met[place] === 0)) return 0;
  const said = share(words.map((word, i) => ({ weight: weight(word), met: met[places[i] ?? -1] ?? 0 })));
  const meant = share(
    request.map((word) => {
      const met = places.reduce((best, place) => Math.max(best, word.alike[place] ?? 0), 0);
      return { weight: weight(word), met, filler: word.filler };
    }).filter(({ filler, met }) => !filler || met > 0),
  );
  return said * meant ** REQUEST_POWER;
}

function share(words: readonly { readonly weight: number; readonly met: number }[]): number {
  let all = 0;
  let met = 0;
  for (const word of words) {
    all += word.weight;
    met += word.weight * word.met;
  }
  return all === 0 ? 0 : met / all;
}

function stems(words: readonly NameWord[]): string {
  return words.filter(({ filler }) => !filler).map(({ stem }) => stem).join(" ");
}

function splitStems(text: string): string[] {
  return text === "" ? [] : text.split(" ");
}
