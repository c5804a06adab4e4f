/** Measures → one score: weights that `deno task fit-hybrid` fitted on the development queries of poses/eval. */
import FITTED from "./hybrid_weights.json" with { type: "json" };
import { LEADS, type Measured, MEASURES, type QueryState, RELATIVE } from "./hybrid_measures.ts";

/** Measures of the first pose that are weighed to tell how sure it is. */
const TELLING = ["held", "letters", "words", "all", "found", "foundStems", "meaning", "meaningAll"] as const;

/**
 * What is weighed to tell how sure the first hit is. Neither its score nor how many words the parser knows is: weights
 * and lexicon were made by the development queries, so that on those both may be too high, and without them other
 * authors' queries are told apart no worse.
 */
export const SURENESS = ["bias", ...TELLING, "margin"] as const;

/** Weights by the names of what they weigh; what has none counts nothing. */
export type NamedWeights = Readonly<Record<string, number>>;

/** How measures are weighed. */
export interface HybridWeights {
  /** Of each of `MEASURES`, by how much of the query is understood. */
  readonly own: Readonly<Record<QueryState, NamedWeights>>;
  /** Of each of `RELATIVE`. */
  readonly relative: NamedWeights;
  /** Of each of `LEADS`, for which of a pose and its mirror image is meant. */
  readonly sides: NamedWeights;
  /** Of each of {@linkcode SURENESS}, for the chance that there is an answer; 0.5 is the border. */
  readonly sure: NamedWeights;
}

/** The weights in use: those with embeddings, and those where they are not there. */
export const HYBRID_WEIGHTS: { readonly embeddings: HybridWeights; readonly letters: HybridWeights } = FITTED;

/** Weighs what was measured: a score a pose, in their order; only their differences mean something. */
export function weigh(measured: Measured, weights: HybridWeights): Float64Array {
  const { state, own, relative } = measured;
  const scores = new Float64Array(own.held.length);
  for (const name of MEASURES) addTo(scores, own[name], weights.own[state][name]);
  for (const name of RELATIVE) addTo(scores, relative[name], weights.relative[name]);
  return settleSides(scores, measured, weights);
}

/** Gives the better score of a pose and its mirror image to the one whose side the query names. */
function settleSides(scores: Float64Array, { twins, leads }: Measured, { sides }: HybridWeights): Float64Array {
  if (leads === undefined) return scores;
  const lead = new Float64Array(scores.length);
  for (const name of LEADS) addTo(lead, leads[name], sides[name]);
  const settled = scores.slice();
  for (let i = 0; i < scores.length; i++) {
    const twin = twins[i] ?? -1;
    if (twin === -1) continue;
    const [own = 0, other = 0] = [scores[i], scores[twin]];
    if ((lead[i] ?? 0) * (own - other) < 0) settled[i] = other;
  }
  return settled;
}

function addTo(sums: Float64Array, values: Float64Array, weight = 0) {
  if (weight === 0) return;
  for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] ?? 0) + weight * (values[i] ?? 0);
}

/** What of a ranking tells how sure its first is, in the order of {@linkcode SURENESS}. */
export function surenessOf(measured: Measured, scores: Float64Array): number[] {
  const first = scores.reduce((best, score, i) => score > (scores[best] ?? -Infinity) ? i : best, 0);
  const top = scores[first] ?? 0;
  const next = scores.reduce((best, score, i) => i === first ? best : Math.max(best, score), -Infinity);
  return [
    1,
    ...TELLING.map((name) => measured.own[name][first] ?? 0),
    Number.isFinite(next) ? Math.min(3, top - next) : 3,
  ];
}

/** The chance, 0 to 1, that what is measured so is an answer. */
export function chanceOf(sureness: readonly number[], { sure }: HybridWeights): number {
  const sum = SURENESS.reduce((sum, name, i) => sum + (sure[name] ?? 0) * (sureness[i] ?? 0), 0);
  return 1 / (1 + Math.exp(-sum));
}
