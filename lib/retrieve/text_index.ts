/** How near the words of a query are to those of documents, told in several ways. */
import { parse, type Parsed, type Slot } from "../notation/mod.ts";
import { language, ngrams, stem, words } from "../text/mod.ts";
import { letterRuns } from "./create_lexical_retriever.ts";
import { isFiller } from "./fillers.ts";
import { bestOf, startsOf } from "./description_scores.ts";
import type { Described } from "./retriever.ts";
import { createSparseIndex, type SparseVector } from "./sparse.ts";
import { fitTfidf, type Tfidf } from "./tfidf.ts";

/** What is measured of a query's words against each document: a number a document, in their order. */
export interface TextMeasures {
  /**
   * How near each description is, in the order of the documents, by runs of letters, by stems and by slots: until the
   * next query is measured.
   */
  readonly each: Readonly<Record<"letters" | "words" | "said", Float64Array>>;
  /** How near the best of a document's descriptions is by runs of letters. */
  readonly letters: Float64Array;
  /** The same by stems and pairs of them, without what says nothing. */
  readonly words: Float64Array;
  /** Runs of letters against all descriptions of a document at once. */
  readonly all: Float64Array;
  /** How near the slots are to those of a description: what else it states counts against it. */
  readonly said: Float64Array;
  /** The share of the query's runs of letters, by what they tell, that a document's descriptions have. */
  readonly found: Float64Array;
  /** The same of the query's stems. */
  readonly foundStems: Float64Array;
  /** The same of the runs of letters of those words that the parser does not know; 0 without such words. */
  readonly foundNew: Float64Array;
}

/** Documents as their words are found. */
export interface TextIndex {
  /**
   * Measures a query.
   *
   * @param query Any text. @param parsed What the parser makes of it.
   */
  measure(query: string, parsed: Pick<Parsed, "slots" | "unknown">): TextMeasures;
}

/** What ends a part of a sentence; a hyphen ends none. */
const CLAUSES = /[,;:.!?()"«»–—]+/u;

const stems = (text: string): string[] =>
  words(text).flatMap((word) => {
    const lang = language(word);
    const stemmed = stem(word, lang);
    return isFiller(stemmed, lang) ? [] : [stemmed];
  });

/** Stems, and pairs of neighbours: "crunch, right elbow" says nothing of a right crunch. */
const stemPairs = (text: string): string[] => text.split(CLAUSES).flatMap((clause) => ngrams(stems(clause), 1, 2));

/** A slot as terms: what it says, twice, and what it says it of. */
function termsOf(slot: Slot): string[] {
  const said = JSON.stringify(slot);
  const [part, side] = "limb" in slot
    ? [slot.limb, slot.side]
    : "joint" in slot
    ? [slot.joint, slot.side]
    : "place" in slot
    ? [slot.place, slot.hand]
    : "posture" in slot
    ? [slot.posture, slot.side]
    : ["", "leg" in slot ? slot.leg : "hand" in slot ? slot.hand : ""];
  return [said, said, `${slot.kind} ${part} ${side ?? ""}`];
}

interface Scorer {
  readonly model: Tfidf;
  scores(text: string): Float64Array;
  scoresOf(counts: ReadonlyMap<string, number>): Float64Array;
}

function scorerOf(texts: readonly string[], tokenize: (text: string) => string[], longest: number): Scorer {
  const model = fitTfidf(texts, { tokenize, ngramRange: [1, longest] });
  const index = createSparseIndex(model.vectors, model.vocabulary.size);
  // One array for all queries: a new one each time costs as much as the search.
  const scores = new Float64Array(texts.length);
  const scoresOf = (counts: ReadonlyMap<string, number>) => index.scores(model.weigh(counts), scores);
  return { model, scoresOf, scores: (text) => scoresOf(model.count(text)) };
}

/** Slots as a text of a line a term, so that they are weighed as words are. */
const linesOf = (slots: readonly Slot[]): string => slots.flatMap(termsOf).join("\n");

/** The share of a text's terms, weighed by what they tell, that each of the model's texts has. */
function createFinder({ vocabulary, idf, vectors }: Tfidf): (terms: Iterable<string>) => Float64Array {
  const index = createSparseIndex(
    vectors.map(({ indices }): SparseVector => ({ indices, values: new Float64Array(indices.length).fill(1) })),
    vocabulary.size,
  );
  // As much as a term that no text has would tell.
  const unseen = Math.log(1 + vectors.length) + 1;
  return (terms) => {
    const known: number[] = [];
    let all = 0;
    for (const term of new Set(terms)) {
      const at = vocabulary.get(term);
      all += at === undefined ? unseen : idf[at] ?? 0;
      if (at !== undefined) known.push(at);
    }
    const indices = Uint32Array.from(known).sort();
    const scores = index.scores({ indices, values: Float64Array.from(indices, (at) => idf[at] ?? 0) });
    return all === 0 ? scores : scores.map((score) => score / all);
  };
}

/**
 * Indexes the descriptions of documents.
 *
 * @param documents Documents with a description at least.
 */
export function createTextIndex(documents: readonly Described[]): TextIndex {
  const texts = documents.flatMap(({ descriptions }) => descriptions);
  const starts = startsOf(documents);
  const wholes = documents.map(({ descriptions }) => descriptions.join("\n"));
  const letters = scorerOf(texts, letterRuns, 1);
  const byStems = scorerOf(texts, stemPairs, 1);
  const bySlots = scorerOf(
    texts.map((text) => linesOf(parse(text).slots)),
    (lines) => lines.split("\n").filter(Boolean),
    1,
  );
  const whole = scorerOf(wholes, letterRuns, 1);
  const find = createFinder(whole.model);
  const findStems = createFinder(fitTfidf(wholes, { tokenize: stems, ngramRange: [1, 1] }));
  return {
    measure(query, { slots, unknown }) {
      // The same terms for all that goes by letters.
      const runs = letters.model.count(query);
      const each = {
        letters: letters.scoresOf(runs),
        words: byStems.scores(query),
        said: bySlots.scores(linesOf(slots)),
      };
      return {
        each,
        letters: bestOf(starts, each.letters),
        words: bestOf(starts, each.words),
        said: bestOf(starts, each.said),
        all: whole.scoresOf(runs).slice(),
        found: find(runs.keys()),
        foundStems: findStems(stems(query)),
        foundNew: find(unknown.flatMap((word) => letterRuns(word))),
      };
    },
  };
}
