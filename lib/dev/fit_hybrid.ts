/**
 * Fits the weights of the retriever `hybrid` on the development queries of `poses/eval`, with and without embeddings,
 * and writes them to `lib/retrieve/hybrid_weights.json`: `deno task fit-hybrid`.
 *
 * A pose's score is a weighted sum of what is measured of it. The weights are those that make the acceptable poses of
 * each query likely among all (softmax regression: ListNet, Cao et al. 2007, with one right answer a query); what it
 * takes to be an answer at all is fitted after that by logistic regression. Both are checked by cross-validation.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { describedPoses, loadLibrary } from "../library/mod.ts";
import {
  createHybridMeasures,
  type HybridWeights,
  type Measured,
  MEASURES,
  openMeaning,
  readQueries,
  RELATIVE,
  STATES,
  SURENESS,
  surenessOf,
  weigh,
} from "../retrieve/mod.ts";
import { fitLogistic, fitRanking, type RankedQuery } from "./ranking_fit.ts";

const QUERIES = fileURLToPath(new URL("../../poses/eval", import.meta.url));
const WEIGHTS = new URL("../retrieve/hybrid_weights.json", import.meta.url);

const FOLDS = 5;
/** A query meets so many poses while fitting: those that are nearest by a rough score, and the acceptable ones. */
const CANDIDATES = 100;
/** What a move of a choreography counts for beside a query. */
const MOVE = 0.3;
/** Of the answerable queries at most this share may be refused. */
const REFUSED = 0.03;

/** A query as it is fitted to: columns are the measures of each state, then the relative ones. */
interface Case {
  readonly ids: ReadonlySet<number>;
  readonly measured: Measured;
  readonly fit: RankedQuery;
}

const COLUMNS = STATES.length * MEASURES.length + RELATIVE.length;

function caseOf(measured: Measured, ids: ReadonlySet<number>, weight = 1): Case {
  const { own, relative } = measured;
  const rough = Array.from(
    own.held,
    (held, i) =>
      3 * held - (own.off[i] ?? 0) - (own.arm[i] ?? 0) / 2 - (own.legs[i] ?? 0) / 3 +
      4 * (own.letters[i] ?? 0) + 3 * (own.meaning[i] ?? 0) + 2 * (own.said[i] ?? 0) + 2 * (own.all[i] ?? 0),
  );
  const order = rough.map((_, i) => i).sort((a, b) => (rough[b] ?? 0) - (rough[a] ?? 0));
  const chosen = [...ids, ...order.filter((i) => !ids.has(i))].slice(0, CANDIDATES);
  const from = STATES.indexOf(measured.state) * MEASURES.length;
  const columns = [
    ...MEASURES.map((_, i) => from + i),
    ...RELATIVE.map((_, i) => STATES.length * MEASURES.length + i),
  ];
  const rows = chosen.map((i) => [
    ...MEASURES.map((name) => own[name][i] ?? 0),
    ...RELATIVE.map((name) => relative[name][i] ?? 0),
  ]);
  return { ids, measured, fit: { columns, rows, right: chosen.map((i) => ids.has(i)), weight } };
}

function weightsOf(values: Float64Array, sure: readonly number[] = []): HybridWeights {
  const named = (names: readonly string[], from: number, of: ArrayLike<number>) =>
    Object.fromEntries(names.map((name, i) => [name, Math.round((of[from + i] ?? 0) * 1000) / 1000]));
  return {
    own: {
      complete: named(MEASURES, 0, values),
      mostly: named(MEASURES, MEASURES.length, values),
      partly: named(MEASURES, 2 * MEASURES.length, values),
      none: named(MEASURES, 3 * MEASURES.length, values),
    },
    relative: named(RELATIVE, 4 * MEASURES.length, values),
    sure: named(SURENESS, 0, sure),
  };
}

/** Where the first acceptable pose ranks, 0 first. */
function rankOf({ measured, ids }: Case, weights: HybridWeights): number {
  const scores = weigh(measured, weights);
  const best = [...ids].reduce((a, i) => Math.max(a, scores[i] ?? -Infinity), -Infinity);
  return scores.reduce((before, score) => before + (score > best ? 1 : 0), 0);
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const shareOf = <T>(list: readonly T[], test: (item: T) => boolean): number => list.filter(test).length / list.length;

/** Fits to the queries and to what is always there as well, checks by cross-validation, and tells. */
function fit(name: string, cases: readonly Case[], always: readonly Case[]): HybridWeights {
  const extra = always.map(({ fit }) => fit);
  const fold = (i: number) => (i * 7) % FOLDS;
  const answerable = cases.filter(({ ids }) => ids.size > 0);
  const held = Array.from(
    { length: FOLDS },
    (_, k) =>
      weightsOf(fitRanking(answerable.filter((_, i) => fold(i) !== k).map(({ fit }) => fit).concat(extra), COLUMNS)),
  );
  const weights = (i: number) => held[fold(i)] ?? weightsOf(new Float64Array(COLUMNS));
  const ranks = answerable.map((one, i) => rankOf(one, weights(i)));
  console.log(`${name}: R@1 ${percent(shareOf(ranks, (r) => r === 0))}, R@3 ${percent(shareOf(ranks, (r) => r < 3))}`);
  const samples = cases.map((one, i) => {
    const own = weights(answerable.indexOf(one) >= 0 ? answerable.indexOf(one) : i);
    return { x: surenessOf(one.measured, weigh(one.measured, own)), y: one.ids.size > 0 };
  });
  const heldSure = Array.from(
    { length: FOLDS },
    (_, k) => fitLogistic(samples.filter((_, i) => i % FOLDS !== k)),
  );
  const chances = samples.map(({ x, y }, i) => {
    const sure = heldSure[i % FOLDS] ?? new Float64Array(x.length);
    return { sum: sure.reduce((sum, w, k) => sum + w * (x[k] ?? 0), 0), y };
  });
  const border = chances.filter(({ y }) => y).map(({ sum }) => sum).sort((a, b) => a - b);
  const least = border[Math.floor(REFUSED * border.length)] ?? 0;
  const sure = [...fitLogistic(samples)];
  // The border between answers and none is moved to a chance of one half.
  sure[0] = (sure[0] ?? 0) - least;
  const refused = (of: boolean) => percent(shareOf(chances.filter(({ y }) => y === of), ({ sum }) => sum < least));
  console.log(`${name}: refused ${refused(false)} of the unanswerable, ${refused(true)} of the answerable`);
  return weightsOf(fitRanking(answerable.map(({ fit }) => fit).concat(extra), COLUMNS), sure);
}

if (import.meta.main) {
  const library = await loadLibrary();
  const documents = describedPoses(library);
  const place = new Map(documents.map(({ id }, i) => [id, i]));
  const measures = createHybridMeasures(documents, library.poses.map(({ pose }) => pose));
  await using meaning = await openMeaning(documents, {});
  if (!meaning) throw new Error("Cannot fit hybrid without the embeddings: `make embeddings` fetches them");
  const queries = await readQueries(QUERIES, "dev", new Set(place.keys()));
  const cases: { embeddings: Case[]; letters: Case[] } = { embeddings: [], letters: [] };
  for (const { query, ids } of queries) {
    const right = new Set(ids.flatMap((id) => place.get(id) ?? []));
    cases.letters.push(caseOf(measures.measure(query), right));
    cases.embeddings.push(caseOf(measures.measure(query, await meaning.measure(query)), right));
  }
  // The moves of choreographies are told as captions are, in words that the library's own poses are told in.
  const moves: typeof cases = { embeddings: [], letters: [] };
  const told = library.choreographies.flatMap((dance) => dance.moves);
  for (
    const [text, pose] of new Map(told.flatMap(({ describe, pose }) => [[describe.en, pose], [describe.ru, pose]]))
  ) {
    const right = new Set([place.get(pose) ?? -1]);
    moves.letters.push(caseOf(measures.measure(text), right, MOVE));
    moves.embeddings.push(caseOf(measures.measure(text, await meaning.measure(text)), right, MOVE));
  }
  console.log(`${queries.length} queries, ${moves.letters.length} moves`);
  const fitted = {
    embeddings: fit("with embeddings", cases.embeddings, moves.embeddings),
    letters: fit("without embeddings", cases.letters, moves.letters),
  };
  await Deno.writeTextFile(WEIGHTS, JSON.stringify(fitted, null, 2) + "\n");
}
