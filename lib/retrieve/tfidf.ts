/** TF-IDF as scikit-learn computes it, to the last digit. */
import { ngrams, tokens } from "../text/mod.ts";
import type { SparseVector } from "./sparse.ts";

/** How texts become terms. */
export interface TfidfOptions {
  /** Splits a text into tokens; scikit-learn's default ones unless given. */
  readonly tokenize?: (text: string) => string[];
  /** Shortest and longest n-gram of tokens that is a term; `[1, 2]` unless given. */
  readonly ngramRange?: readonly [min: number, max: number];
}

/** A fitted TF-IDF model. */
export interface Tfidf {
  /** The terms of the texts that it was fitted on, with their dimensions, sorted by code points. */
  readonly vocabulary: ReadonlyMap<string, number>;
  /** Inverse document frequency of each dimension. */
  readonly idf: Float64Array;
  /** Vectors of the texts that it was fitted on, in their order, of unit length or zero. */
  readonly vectors: readonly SparseVector[];
  /**
   * Weighs a text's terms.
   *
   * @param text Any text.
   * @returns Its vector, of unit length; zero (no entries) where it shares no term with the vocabulary.
   */
  transform(text: string): SparseVector;
  /** How often each of a text's terms stands in it: what {@linkcode weigh} turns into the vector. */
  count(text: string): ReadonlyMap<string, number>;
  /** The vector of counted terms, as {@linkcode transform} gives it. */
  weigh(counts: ReadonlyMap<string, number>): SparseVector;
}

/**
 * Fits TF-IDF as scikit-learn's `TfidfVectorizer(ngram_range=(1, 2))` does: raw counts, idf smoothed as
 * `ln((1 + n) / (1 + df)) + 1`, vectors of unit length (`TfidfTransformer`, scikit-learn 1.5).
 *
 * @param texts Texts to learn the vocabulary and the frequencies from.
 * @param options How texts become terms.
 * @returns The model, with the vectors of `texts`. Without texts its vocabulary is empty.
 * @throws {RangeError} When `ngramRange` holds anything but whole numbers, `1 ≤ min ≤ max`.
 */
export function fitTfidf(texts: readonly string[], options: TfidfOptions = {}): Tfidf {
  const { tokenize = tokens, ngramRange: [min, max] = [1, 2] } = options;
  const countTerms = (text: string) => count(ngrams(tokenize(text), min, max));
  ngrams([], min, max); // Refuses a wrong range even where there is no text.

  const counts = texts.map(countTerms);
  const frequency = new Map<string, number>();
  for (const terms of counts) {
    for (const term of terms.keys()) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  }
  const vocabulary = new Map(sortByCodePoints([...frequency.keys()]).map((term, index) => [term, index]));
  const idf = new Float64Array(vocabulary.size);
  for (const [term, index] of vocabulary) {
    idf[index] = Math.log((1 + texts.length) / (1 + (frequency.get(term) ?? 0))) + 1;
  }
  const scratch = new Float64Array(vocabulary.size);
  const weigh = (terms: ReadonlyMap<string, number>) => toVector(terms, vocabulary, idf, scratch);
  return {
    vocabulary,
    idf,
    vectors: counts.map(weigh),
    transform: (text) => weigh(countTerms(text)),
    count: countTerms,
    weigh,
  };
}

function count(terms: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

function toVector(
  terms: ReadonlyMap<string, number>,
  vocabulary: ReadonlyMap<string, number>,
  idf: Float64Array,
  scratch: Float64Array,
): SparseVector {
  const known: number[] = [];
  let squares = 0;
  for (const [term, times] of terms) {
    const index = vocabulary.get(term);
    if (index === undefined) continue;
    const weight = times * (idf[index] ?? 0);
    squares += weight * weight;
    scratch[index] = weight;
    known.push(index);
  }
  const length = Math.sqrt(squares);
  const indices = Uint32Array.from(known).sort();
  return { indices, values: Float64Array.from(indices, (index) => (scratch[index] ?? 0) / length) };
}

// Python sorts by code points, JavaScript by UTF-16 units: they differ only where a term holds a surrogate.
function sortByCodePoints(terms: string[]): string[] {
  if (!terms.some((term) => /[\ud800-\udfff]/.test(term))) return terms.sort();
  return terms
    .map((term) => ({ term, points: Array.from(term, (letter) => letter.codePointAt(0) ?? 0) }))
    .sort((a, b) => {
      const i = a.points.findIndex((point, at) => point !== b.points[at]);
      return i < 0 ? a.points.length - b.points.length : (a.points[i] ?? 0) - (b.points[i] ?? -1);
    })
    .map(({ term }) => term);
}
