/**
 * Fits the weights of the retriever `hybrid` on the development queries of `poses/eval`, with and without embeddings,
 * and writes them to `lib/retrieve/hybrid_weights.json`: `deno task fit-hybrid`.
 *
 * A pose's score is a weighted sum of what is measured of it. The weights are those that make the acceptable poses of
 * each query likely among all (softmax regression: ListNet, Cao et al. 2007, with one right answer a query). Which of a
 * pose and its mirror image is meant, and what it takes to be an answer at all, are fitted by logistic regression. All
 * are checked on the queries of an author whom they were not fitted to, and so is the border of what is refused chosen:
 * who will ask is another person as well. Every file of queries has an author of its own.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { describedPoses, loadLibrary } from "../library/mod.ts";
import {
  createHybridMeasures,
  type HybridWeights,
  LEADS,
  type Measured,
  MEASURES,
  namesSide,
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

/** A query meets so many poses while fitting: those that are nearest by a rough score, the acceptable ones and their twins. */
const CANDIDATES = 100;
/** What a move of a choreography counts for beside a query. */
const MOVE = 0.3;
/** Of the answerable queries at most this share may be refused. */
const REFUSED = 0.02;

/** A query as it is fitted to: columns are the measures of each state, then the relative ones. */
interface Case {
  /** Who asks; nothing for the moves of choreographies. */
  readonly author: string;
  readonly ids: ReadonlySet<number>;
  /** Whether what is asked for tells left from right. */
  readonly sided: boolean;
  readonly measured: Measured;
  readonly fit: RankedQuery;
}

const COLUMNS = STATES.length * MEASURES.length + RELATIVE.length;

function caseOf(
  measured: Measured,
  ids: ReadonlySet<number>,
  { author = "", sided = true, weight = MOVE }: { author?: string; sided?: boolean; weight?: number } = {},
): Case {
  const { own, relative } = measured;
  const rough = Array.from(
    own.held,
    (held, i) =>
      3 * held - (own.off[i] ?? 0) - (own.arm[i] ?? 0) / 2 - (own.legs[i] ?? 0) / 3 +
      4 * (own.letters[i] ?? 0) + 3 * (own.meaning[i] ?? 0) + 2 * (own.said[i] ?? 0) + 2 * (own.all[i] ?? 0),
  );
  const order = rough.map((_, i) => i).sort((a, b) => (rough[b] ?? 0) - (rough[a] ?? 0));
  const twins = twinsIn(measured, ids).map(([, twin]) => twin);
  const chosen = [...new Set([...ids, ...twins, ...order])].slice(0, CANDIDATES);
  const from = STATES.indexOf(measured.state) * MEASURES.length;
  const columns = [
    ...MEASURES.map((_, i) => from + i),
    ...RELATIVE.map((_, i) => STATES.length * MEASURES.length + i),
  ];
  const rows = chosen.map((i) => [
    ...MEASURES.map((name) => own[name][i] ?? 0),
    ...RELATIVE.map((name) => relative[name][i] ?? 0),
  ]);
  return { author, ids, sided, measured, fit: { columns, rows, right: chosen.map((i) => ids.has(i)), weight } };
}

/** Acceptable poses with their mirror images, where those are not acceptable. */
const twinsIn = ({ twins }: Measured, ids: ReadonlySet<number>): [right: number, wrong: number][] =>
  [...ids].flatMap((i) => {
    const twin = twins[i] ?? -1;
    return twin === -1 || ids.has(twin) ? [] : [[i, twin]];
  });

/** Weights of what tells a pose from its mirror image: each pair one way round is a yes, and the other way a no. */
function fitSides(cases: readonly Case[]): Float64Array {
  return fitLogistic(cases.flatMap(({ measured, ids }) => {
    const { leads } = measured;
    if (!leads) return [];
    return twinsIn(measured, ids).flatMap(([right]) => {
      const x = LEADS.map((name) => leads[name][right] ?? 0);
      return [{ x: [1, ...x], y: true }, { x: [1, ...x.map((lead) => -lead)], y: false }];
    });
  })).slice(1);
}

function weightsOf(values: Float64Array, sides: Float64Array, sure: readonly number[] = []): HybridWeights {
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
    sides: named(LEADS, 0, sides),
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

/** Whether the mirror image of an acceptable pose, not acceptable itself, is first. */
function isMirrored({ measured, ids }: Case, weights: HybridWeights): boolean {
  const scores = weigh(measured, weights);
  const first = scores.indexOf(scores.reduce((a, b) => Math.max(a, b), -Infinity));
  return twinsIn(measured, ids).some(([, twin]) => twin === first);
}

/** Fits to the queries and to what is always there as well, checks on other authors' queries, and tells. */
function fit(name: string, cases: readonly Case[], always: readonly Case[]): HybridWeights {
  const answers = (some: readonly Case[]) => some.filter(({ ids }) => ids.size > 0);
  const rank = (some: readonly Case[], sure?: readonly number[]) => {
    const fitted = [...answers(some), ...always];
    return weightsOf(fitRanking(fitted.map(({ fit }) => fit), COLUMNS), fitSides(fitted), sure);
  };
  const authors = [...Map.groupBy(cases, ({ author }) => author)].map(([author, own]) => ({
    own,
    weights: rank(cases.filter((one) => one.author !== author)),
  }));
  const ranks = authors.flatMap(({ own, weights }) => answers(own).map((one) => rankOf(one, weights)));
  console.log(`${name}: R@1 ${percent(shareOf(ranks, (r) => r === 0))}, R@3 ${percent(shareOf(ranks, (r) => r < 3))}`);
  const mirrored = authors.flatMap(({ own, weights }) =>
    own.filter(({ sided, measured, ids }) => sided && twinsIn(measured, ids).length > 0)
      .map((one) => isMirrored(one, weights))
  );
  console.log(`${name}: mirror image first ${percent(shareOf(mirrored, Boolean))} of ${mirrored.length}`);
  const samples = authors.map(({ own, weights }) =>
    own.map(({ measured, ids }) => ({ x: surenessOf(measured, weigh(measured, weights)), y: ids.size > 0 }))
  );
  const chances = samples.flatMap((own) => {
    const sure = fitLogistic(samples.filter((other) => other !== own).flat());
    return own.map(({ x, y }) => ({ sum: sure.reduce((sum, w, k) => sum + w * (x[k] ?? 0), 0), y }));
  });
  const border = chances.filter(({ y }) => y).map(({ sum }) => sum).sort((a, b) => a - b);
  const least = border[Math.floor(REFUSED * border.length)] ?? 0;
  const sure = [...fitLogistic(samples.flat())];
  // The border between answers and none is moved to a chance of one half.
  sure[0] = (sure[0] ?? 0) - least;
  const refused = (of: boolean) => percent(shareOf(chances.filter(({ y }) => y === of), ({ sum }) => sum < least));
  console.log(`${name}: refused ${refused(false)} of the unanswerable, ${refused(true)} of the answerable`);
  return rank(cases, sure);
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
  for (const { query, ids, must, language } of queries) {
    const right = new Set(ids.flatMap((id) => place.get(id) ?? []));
    const of = { author: language, sided: namesSide(must), weight: 1 };
    cases.letters.push(caseOf(measures.measure(query), right, of));
    cases.embeddings.push(caseOf(measures.measure(query, await meaning.measure(query)), right, of));
  }
  // The moves of choreographies are told as captions are, in words that the library's own poses are told in.
  const moves: typeof cases = { embeddings: [], letters: [] };
  const told = library.choreographies.flatMap((dance) => dance.moves);
  for (
    const [text, pose] of new Map(told.flatMap(({ describe, pose }) => [[describe.en, pose], [describe.ru, pose]]))
  ) {
    const right = new Set([place.get(pose) ?? -1]);
    moves.letters.push(caseOf(measures.measure(text), right));
    moves.embeddings.push(caseOf(measures.measure(text, await meaning.measure(text)), right));
  }
  console.log(`${queries.length} queries, ${moves.letters.length} moves`);
  const fitted = {
    embeddings: fit("with embeddings", cases.embeddings, moves.embeddings),
    letters: fit("without embeddings", cases.letters, moves.letters),
  };
  await Deno.writeTextFile(WEIGHTS, JSON.stringify(fitted, null, 2) + "\n");
}
