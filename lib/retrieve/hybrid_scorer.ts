/** Measures → one score: weights that `deno task fit-hybrid` fitted on the development queries of poses/eval. */
import FITTED from "./hybrid_weights.json" with { type: "json" };
import { type Measured, MEASURES, type QueryState, RELATIVE } from "./hybrid_measures.ts";

/** What is weighed to tell how sure the first hit is. */
export const SURENESS = [
  "bias",
  "held",
  "letters",
  "found",
  "meaning",
  "known",
  "told",
  "margin",
  "score",
  "same",
] as const;

/** Weights by the names of what they weigh; what has none counts nothing. */
type Named = Readonly<Record<string, number>>;

/** How measures are weighed. */
export interface HybridWeights {
  /** Of each of `MEASURES`, by how much of the query is understood. */
  readonly own: Readonly<Record<QueryState, Named>>;
  /** Of each of `RELATIVE`. */
  readonly relative: Named;
  /** Of each of {@linkcode SURENESS}, for the chance that there is an answer; 0.5 is the border. */
  readonly sure: Named;
}

/** The weights in use: those with embeddings, and those where they are not there. */
export const HYBRID_WEIGHTS: { readonly embeddings: HybridWeights; readonly letters: HybridWeights } = FITTED;

/** Weighs what was measured: a score a pose, in their order; only their differences mean something. */
export function weigh({ state, own, relative }: Measured, weights: HybridWeights): Float64Array {
  const scores = new Float64Array(own.held.length);
  const add = (values: Float64Array, weight = 0) => {
    if (weight === 0) return;
    for (let i = 0; i < scores.length; i++) scores[i] = (scores[i] ?? 0) + weight * (values[i] ?? 0);
  };
  for (const name of MEASURES) add(own[name], weights.own[state][name]);
  for (const name of RELATIVE) add(relative[name], weights.relative[name]);
  return scores;
}

/** What of a ranking tells how sure its first is, in the order of {@linkcode SURENESS}. */
export function surenessOf(measured: Measured, scores: Float64Array): number[] {
  const first = scores.reduce((best, score, i) => score > (scores[best] ?? -Infinity) ? i : best, 0);
  const top = scores[first] ?? 0;
  const next = scores.reduce((best, score, i) => i === first ? best : Math.max(best, score), -Infinity);
  const of = (name: typeof MEASURES[number]) => measured.own[name][first] ?? 0;
  return [
    1,
    of("held"),
    of("letters"),
    of("found"),
    of("meaning"),
    measured.known,
    measured.slots > 0 ? 1 : 0,
    Number.isFinite(next) ? Math.min(3, top - next) : 3,
    top / 10,
    measured.relative.same[first] ?? 0,
  ];
}

/** The chance, 0 to 1, that what is measured so is an answer. */
export function chanceOf(sureness: readonly number[], { sure }: HybridWeights): number {
  const sum = SURENESS.reduce((sum, name, i) => sum + (sure[name] ?? 0) * (sureness[i] ?? 0), 0);
  return 1 / (1 + Math.exp(-sum));
}
