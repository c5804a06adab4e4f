/** Which dance a request names, and by how much more than the next. */
import { bestSimilarity, type NameWord, nameWords } from "./name_word.ts";
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
}

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
  const names = entries.flatMap(({ names }, entry) => names.flatMap((name) => readName(name, entry)));
  const weight = weigher(names, entries.length);

  const descriptions = entries.flatMap(({ descriptions }, entry) => descriptions.map((text) => ({ entry, text })));
  const model = fitTfidf(descriptions.map(({ text }) => stems(nameWords(text))), { tokenize: splitStems });
  const index = createSparseIndex(model.vectors, model.vocabulary.size);

  return (request) => {
    const asked = nameWords(request);
    const best = entries.map(({ id }) => ({ id, score: 0, matched: "" }));
    const offer = (entry: number, score: number, matched: string) => {
      const known = best[entry];
      if (known !== undefined && score > known.score) best[entry] = { id: known.id, score, matched };
    };
    const distinct = [...new Map(asked.map((word) => [word.text, word])).values()];
    for (const { entry, text, words } of names) offer(entry, scoreName(words, distinct, weight), text);
    index.scores(model.transform(stems(asked))).forEach((score, i) => {
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

function readName(text: string, entry: number): Name[] {
  // "cha-cha" is written "chacha" too.
  const spellings = new Set([text, text.replaceAll("-", "")]);
  return Array.from(spellings, (spelling) => ({ entry, text, words: nameWords(spelling) }));
}

function weigher(names: readonly Name[], entries: number): (word: NameWord) => number {
  const owners = new Map<string, Set<number>>();
  for (const { entry, words } of names) {
    for (const { stem } of words) owners.set(stem, (owners.get(stem) ?? new Set()).add(entry));
  }
  return ({ stem, filler }) => (filler ? FILLER_WEIGHT : 1) * Math.log(1 + entries / (owners.get(stem)?.size ?? 1));
}

function scoreName(
  name: readonly NameWord[],
  request: readonly NameWord[],
  weight: (word: NameWord) => number,
): number {
  const said = share(name.map((word) => ({ weight: weight(word), met: bestSimilarity(word, request) })));
  if (said === 0) return 0;
  const meant = share(
    request.map((word) => ({ weight: weight(word), met: bestSimilarity(word, name), filler: word.filler }))
      .filter(({ filler, met }) => !filler || met > 0),
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
