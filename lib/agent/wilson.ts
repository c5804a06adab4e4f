/** A share and the interval that it may as well lie in. */
export interface Rate {
  /** The share, 0–1. */
  readonly value: number;
  /** The interval's lower end. */
  readonly low: number;
  /** The interval's upper end. */
  readonly high: number;
}

/** The normal distribution's 97.5th percentile: intervals hold the true share in 95 of 100 cases. */
const Z = 1.959964;

/**
 * How often something happened, with Wilson's 95 % interval, which stays within 0 and 1 and tells something at 0 of n too.
 * (Wilson 1927; Brown, Cai & DasGupta 2001, section 3.1.1.)
 *
 * @param count how often. @param of out of how many, 1 or more.
 * @throws {RangeError} when the counts are none.
 */
export function wilson(count: number, of: number): Rate {
  if (!(of >= 1 && count >= 0 && count <= of)) throw new RangeError(`Cannot give a rate of ${count} in ${of}`);
  const value = count / of;
  const middle = (value + Z * Z / (2 * of)) / (1 + Z * Z / of);
  const half = Z / (1 + Z * Z / of) * Math.sqrt(value * (1 - value) / of + Z * Z / (4 * of * of));
  return { value, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
