/** How near the words of a query are to those of documents, told in several ways. */
import { parse, type Slot } from "../notation/mod.ts";
import { language, mirrorSides, stem, words } from "../text/mod.ts";
import { createLexicalScorer, letterRuns } from "./create_lexical_retriever.ts";
import { isFiller } from "./fillers.ts";
import type { Described } from "./retriever.ts";
import { createSparseIndex, type SparseVector } from "./sparse.ts";
import { fitTfidf, type Tfidf } from "./tfidf.ts";

/** What is measured of a query's words against each document: a number a document, in their order. */
export interface TextMeasures {
  /** How near each description is by runs of letters, in the order of the documents. */
  readonly byLetters: Float64Array;
  /** How near the best of a document's descriptions is by runs of letters. */
  readonly letters: Float64Array;
  /** The same by stems and pairs of them, without what says nothing. */
  readonly words: Float64Array;
  /** Runs of letters against all descriptions of a document at once. */
  readonly all: Float64Array;
  /** The share of the query's runs of letters, by what they tell, that a document's descriptions have. */
  readonly found: Float64Array;
  /** How much nearer by letters the query is than with left and right exchanged. */
  readonly sided: Float64Array;
  /** How near the slots are to those of a description: what else it states counts against it. */
  readonly said: Float64Array;
}

/** Documents as their words are found. */
export interface TextIndex {
  /** Measures a query. */
  measure(query: string): TextMeasures;
}

const stems = (text: string): string[] =>
  words(text).flatMap((word) => {
    const lang = language(word);
    const stemmed = stem(word, lang);
    return isFiller(stemmed, lang) ? [] : [stemmed];
  });

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

/** The best of each document's descriptions. */
export function bestOf(documents: readonly Described[], scores: ArrayLike<number>): Float64Array {
  let at = 0;
  return Float64Array.from(documents, ({ descriptions }) => {
    let best = 0;
    for (let i = 0; i < descriptions.length; i++) best = Math.max(best, scores[at++] ?? 0);
    return best;
  });
}

interface Scorer {
  readonly model: Tfidf;
  scores(text: string): Float64Array;
}

function scorerOf(texts: readonly string[], tokenize: (text: string) => string[], longest: number): Scorer {
  const model = fitTfidf(texts, { tokenize, ngramRange: [1, longest] });
  const index = createSparseIndex(model.vectors, model.vocabulary.size);
  return { model, scores: (text) => index.scores(model.transform(text)) };
}

/** The share of a text's terms, weighed by what they tell, that each of the model's texts has. */
function createFinder({ vocabulary, idf, vectors }: Tfidf): (terms: readonly string[]) => Float64Array {
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
  const wholes = documents.map(({ descriptions }) => descriptions.join("\n"));
  const letters = createLexicalScorer("char", texts);
  const byStems = scorerOf(texts, stems, 2);
  const bySlots = scorerOf(texts, (text) => parse(text).slots.flatMap(termsOf), 1);
  const whole = scorerOf(wholes, letterRuns, 1);
  const find = createFinder(whole.model);
  return {
    measure(query) {
      const byLetters = letters(query);
      const near = bestOf(documents, byLetters);
      const mirrored = mirrorSides(query);
      const exchanged = mirrored === query ? near : bestOf(documents, letters(mirrored));
      return {
        byLetters,
        letters: near,
        words: bestOf(documents, byStems.scores(query)),
        all: whole.scores(query),
        found: find(letterRuns(query)),
        sided: near.map((score, i) => score - (exchanged[i] ?? 0)),
        said: bestOf(documents, bySlots.scores(query)),
      };
    },
  };
}
