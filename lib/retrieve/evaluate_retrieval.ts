/** Measures a retriever on queries whose answers are known. */
import type { Language } from "../text/mod.ts";
import { bootstrap, type Estimate, meanOf, quantile } from "./bootstrap.ts";
import { createPoseJudge, type IdentifiedPose, namesSide, type PoseJudge } from "./judge_poses.ts";
import type { JudgedQuery } from "./judged_queries.ts";
import { foundWithin, ndcg, reciprocalRank } from "./ranking_measures.ts";
import type { Hit, Retriever, RetrieverName } from "./retriever.ts";

/** What is measured, on what. */
export interface RetrievalEvaluationOptions {
  /** What searches; it ranks the documents of `poses`. */
  readonly retriever: Retriever;
  /** What is asked, in one or several languages. */
  readonly queries: readonly JudgedQuery[];
  /** The poses that `retriever` was built over. */
  readonly poses: readonly IdentifiedPose[];
  /** Of the samples that the intervals are drawn from. */
  readonly seed: number;
  /** How many such samples; default 1,000. */
  readonly resamples?: number;
  /** Ends the evaluation between two queries. */
  readonly signal?: AbortSignal;
  /** Hears how many queries are done, and how many there are. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** How good a retriever is. Shares are from 0 to 1; `null` is the share of nothing. */
export interface RetrievalMeasures {
  /** The retriever's name. */
  readonly retriever: RetrieverName;
  /** The language of the queries counted. */
  readonly language: Language | "all";
  /** Queries with and without an answer among the poses. */
  readonly answerable: number;
  /** See `answerable`. */
  readonly unanswerable: number;
  /** Of the answerable: how many have an accepted pose first, and among the first three. */
  readonly recallAt1: Estimate;
  /** See `recallAt1`. */
  readonly recallAt3: Estimate;
  /** Means of `reciprocalRank` and of `ndcg` at 5. */
  readonly mrr: number | null;
  /** See `mrr`. */
  readonly ndcgAt5: number | null;
  /** Of the answerable: of how many first poses all that must hold does. */
  readonly geometry: Estimate;
  /**
   * Of the answerable that tell left from right and of which an accepted pose, mirrored, is another pose and not
   * accepted: how many there are, and the share of them that found such a mirror image first.
   */
  readonly mirror: { readonly queries: number; readonly error: number | null };
  /** The share that was refused, its best score below the retriever's `near`. */
  readonly refused: { readonly unanswerable: number | null; readonly answerable: number | null };
  /** How long a search for the first five took, milliseconds. */
  readonly ms: { readonly p50: number | null; readonly p95: number | null };
  /** What a pose drawn by chance would reach. */
  readonly chance: { readonly recallAt1: number | null; readonly geometry: number | null };
}

/** What became of one query. */
export interface RetrievalOutcome {
  /** What was asked. */
  readonly query: JudgedQuery;
  /** The first hit. */
  readonly top: Hit | undefined;
  /** Whether the first hit is near enough to be an answer. */
  readonly answered: boolean;
  /** Whether what was found is accepted: a right first pose, or where there is none, a refusal. */
  readonly right: boolean;
}

/** A query's share in each measure. */
interface Measured extends RetrievalOutcome {
  readonly answerable: boolean;
  readonly ms: number;
  readonly found1: number;
  readonly found3: number;
  readonly reciprocalRank: number;
  readonly ndcg5: number;
  readonly geometry: number;
  /** Whether the first hit is the mirror image of an answer; `undefined` where that can't be told. */
  readonly mirrored: boolean | undefined;
  readonly chance: { readonly recallAt1: number; readonly geometry: number };
}

/** Searches before the clock starts: models are opened and code is compiled by the first ones. */
const WARM_UP = 10;

/** So many hits are asked for while the clock runs, as people ask; the whole ranking, for the measures, is not timed. */
const TIMED = 5;

/** How long signals and timers may wait for a turn while searches follow each other. */
const BUSY_MS = 50;

/**
 * Asks a retriever every query, one after another, and compares what it finds with what is right. Hits of the same score
 * stand in the order that the retriever gives them, which is what a person sees.
 *
 * @param options What is measured, on what.
 * @returns The measures of each language that the queries are in, and of all where there are several; and what became
 *   of each query, in their order.
 * @throws {RangeError} Without a query. The signal's reason when aborted.
 */
export async function evaluateRetrieval(
  { retriever, queries, poses, seed, resamples = 1000, signal, onProgress = () => {} }: RetrievalEvaluationOptions,
): Promise<{ measures: RetrievalMeasures[]; outcomes: RetrievalOutcome[] }> {
  if (queries.length === 0) throw new RangeError(`Cannot evaluate the retriever "${retriever.name}" without a query`);
  const judge = createPoseJudge(poses);
  for (const { query } of queries.slice(0, WARM_UP)) await retriever.search(query, TIMED);
  const all: Measured[] = [];
  signal?.throwIfAborted();
  let pause = performance.now() + BUSY_MS;
  for (const query of queries) {
    if (performance.now() > pause) {
      await new Promise((done) => setTimeout(done));
      signal?.throwIfAborted();
      pause = performance.now() + BUSY_MS;
      onProgress(all.length, queries.length);
    }
    const start = performance.now();
    await retriever.search(query.query, TIMED);
    const ms = performance.now() - start;
    const hits = await retriever.search(query.query, poses.length);
    all.push(measure(query, hits, ms, retriever.near, poses.length, judge));
  }
  onProgress(queries.length, queries.length);
  const groups = [...Map.groupBy(all, ({ query }) => query.language)];
  const summarise = (language: Language | "all", of: readonly Measured[]): RetrievalMeasures => ({
    retriever: retriever.name,
    language,
    ...summary(of, { seed, resamples }),
  });
  return {
    measures: [
      ...groups.map(([language, of]) => summarise(language, of)),
      ...(groups.length > 1 ? [summarise("all", all)] : []),
    ],
    outcomes: all.map(({ query, top, answered, right }) => ({ query, top, answered, right })),
  };
}

function measure(
  query: JudgedQuery,
  hits: readonly Hit[],
  ms: number,
  near: number,
  gallery: number,
  judge: PoseJudge,
): Measured {
  const answers = new Set(query.ids);
  const answerable = answers.size > 0;
  const ranking = hits.map(({ id }) => id);
  const [top] = hits;
  const answered = top !== undefined && top.score >= near;
  const found1 = foundWithin(ranking, answers, 1);
  return {
    query,
    top,
    answered,
    answerable,
    right: answerable ? found1 === 1 : !answered,
    ms,
    found1,
    found3: foundWithin(ranking, answers, 3),
    reciprocalRank: reciprocalRank(ranking, answers),
    ndcg5: ndcg(ranking, answers, 5),
    geometry: answerable && top !== undefined && judge.holdsAll(top.id, query.must) ? 1 : 0,
    mirrored: isMirrored(query, top, judge),
    chance: {
      recallAt1: answers.size / gallery,
      geometry: answerable ? judge.countHolding(query.must) / gallery : 0,
    },
  };
}

function isMirrored({ ids, must }: JudgedQuery, top: Hit | undefined, judge: PoseJudge): boolean | undefined {
  if (!namesSide(must)) return undefined;
  const images = ids.flatMap((id) => judge.mirrorOf(id) ?? []).filter((id) => !ids.includes(id));
  return images.length === 0 ? undefined : top !== undefined && images.includes(top.id);
}

function summary(of: readonly Measured[], options: { readonly seed: number; readonly resamples: number }) {
  const answerable = of.filter((one) => one.answerable);
  const unanswerable = of.filter((one) => !one.answerable);
  const mirrored = answerable.flatMap((one) => one.mirrored ?? []);
  const refused = (some: readonly Measured[]) => meanOf(some.map(({ answered }) => answered ? 0 : 1));
  const times = of.map(({ ms }) => ms);
  return {
    answerable: answerable.length,
    unanswerable: unanswerable.length,
    recallAt1: bootstrap(answerable.map(({ found1 }) => found1), options),
    recallAt3: bootstrap(answerable.map(({ found3 }) => found3), options),
    mrr: meanOf(answerable.map((one) => one.reciprocalRank)),
    ndcgAt5: meanOf(answerable.map(({ ndcg5 }) => ndcg5)),
    geometry: bootstrap(answerable.map(({ geometry }) => geometry), options),
    mirror: { queries: mirrored.length, error: meanOf(mirrored.map(Number)) },
    refused: { unanswerable: refused(unanswerable), answerable: refused(answerable) },
    ms: { p50: quantile(times, 0.5), p95: quantile(times, 0.95) },
    chance: {
      recallAt1: meanOf(answerable.map(({ chance }) => chance.recallAt1)),
      geometry: meanOf(answerable.map(({ chance }) => chance.geometry)),
    },
  };
}
