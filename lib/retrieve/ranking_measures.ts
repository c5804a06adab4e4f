/**
 * How good one ranking is, where each document either answers the query or does not. Means over queries are the measures
 * that `evaluateRetrieval` reports.
 */

/**
 * Whether one of the first hits is an answer: the mean over queries is called R@k here, and success@k where a query's
 * several answers would all be looked for.
 *
 * @param ranking The ids found, best first. @param answers What answers the query. @param k How many hits are looked at.
 * @returns 1 or 0.
 */
export function foundWithin(ranking: readonly string[], answers: ReadonlySet<string>, k: number): 0 | 1 {
  return ranking.slice(0, k).some((id) => answers.has(id)) ? 1 : 0;
}

/**
 * One over the place of the first answer; the mean over queries is MRR (Voorhees 1999, TREC-8 Question Answering Track).
 *
 * @param ranking The ids found, best first. @param answers What answers the query.
 * @returns 1 where the first hit is an answer, 1/2 where the second is the first that is, …, 0 where none is.
 */
export function reciprocalRank(ranking: readonly string[], answers: ReadonlySet<string>): number {
  const at = ranking.findIndex((id) => answers.has(id));
  return at < 0 ? 0 : 1 / (at + 1);
}

/** A hit at a place, from 0, counts the less the farther down it is. */
const discount = (place: number) => 1 / Math.log2(place + 2);

/**
 * Normalised discounted cumulative gain, nDCG@k (Järvelin and Kekäläinen 2002, ACM TOIS 20(4); the discount 1/log₂(1 + i)
 * is that of Burges et al. 2005, ICML). With gains of 1 for an answer and 0 for another:
 *
 *     DCG = Σ 1/log₂(1 + i) over the places i ≤ k, from 1, that hold an answer
 *     nDCG = DCG / the DCG of the ranking that has all answers first
 *
 * @param ranking The ids found, best first. @param answers What answers the query; at least one. @param k How many hits count.
 * @returns From 0 to 1.
 */
export function ndcg(ranking: readonly string[], answers: ReadonlySet<string>, k: number): number {
  const gained = ranking.slice(0, k).reduce((sum, id, i) => sum + (answers.has(id) ? discount(i) : 0), 0);
  let best = 0;
  for (let i = 0; i < Math.min(k, answers.size); i++) best += discount(i);
  return best === 0 ? 0 : gained / best;
}
