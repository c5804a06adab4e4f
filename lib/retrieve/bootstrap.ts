/** Means, quantiles, and how sure a mean is. */
import { seededRandom } from "./seeded_random.ts";

/** A mean, and between what it lies. */
export interface Estimate {
  /** The mean; `null` of nothing. */
  readonly value: number | null;
  /** The ends of its 95 % interval; `null` of nothing. */
  readonly low: number | null;
  /** See `low`. */
  readonly high: number | null;
}

/**
 * The mean of some numbers; `null` of none, which JSON can say and NaN it can't.
 *
 * @param values Any numbers.
 */
export function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * The number below which a share of others lie: between two of them, as far as the share lies between theirs (type 7 of
 * Hyndman and Fan 1996, The American Statistician 50(4); what NumPy does).
 *
 * @param values Any numbers, in any order.
 * @param share From 0, the least, to 1, the greatest; 0.5 is the median.
 * @returns That number; `null` of none.
 */
export function quantile(values: readonly number[], share: number): number | null {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`Cannot take the quantile ${share}: it lies from 0 to 1`);
  const sorted = [...values].sort((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)];
  const above = sorted[Math.ceil(at)];
  return below === undefined || above === undefined ? null : below + (at - Math.floor(at)) * (above - below);
}

/** How an interval is drawn. */
export interface BootstrapOptions {
  /** The same seed gives the same interval. */
  readonly seed: number;
  /** How many samples are drawn; default 1,000. */
  readonly resamples?: number;
}

/**
 * The mean of some numbers with its 95 % interval, by the bootstrap's percentiles (Efron and Tibshirani 1993, An
 * Introduction to the Bootstrap, section 13.3; for measures of retrieval, Sakai 2006, SIGIR): as many numbers are drawn
 * from them, with replacement, again and again; the interval holds the middle 95 % of the means of what was drawn.
 *
 * @param values One number a query.
 * @param options The seed.
 *
 * @example
 * ```ts
 * import { bootstrap } from "lib";
 * import assert from "node:assert/strict";
 *
 * const found = [1, 1, 0, 1, 1, 1, 0, 1, 1, 1];
 * const { value, low, high } = bootstrap(found, { seed: 1 });
 * assert.equal(value, 0.8);
 * assert.ok((low ?? 0) >= 0.5 && (high ?? 0) <= 1);
 * ```
 */
export function bootstrap(values: readonly number[], { seed, resamples = 1000 }: BootstrapOptions): Estimate {
  const random = seededRandom(seed);
  const means = Array.from({ length: values.length === 0 ? 0 : resamples }, () => {
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += values[Math.floor(random() * values.length)] ?? 0;
    return sum / values.length;
  });
  return { value: meanOf(values), low: quantile(means, 0.025), high: quantile(means, 0.975) };
}
