/** How a move starts and ends. */

/** `x` brought into 0…1. */
export const clamp01 = (x: number): number => x < 0 ? 0 : x > 1 ? 1 : x;

/**
 * Speeds up and slows down as a hand that reaches does: the path of least jerk between rest and rest (Flash & Hogan
 * 1985, *J. Neurosci.* 5, equation A6).
 *
 * @param t share of the time, 0…1. @returns share of the way; speed and acceleration are 0 at both ends.
 */
export function ease(t: number): number {
  const x = clamp01(t);
  return x * x * x * (10 + x * (6 * x - 15));
}

/** The easing of the part of a move between two of its shares. */
export const easeWithin = (t: number, from: number, to: number): number => ease((t - from) / (to - from));

/** A hump over 0…1 that starts and ends at rest; 1 in the middle. */
export function hump(t: number): number {
  const sin = Math.sin(Math.PI * clamp01(t));
  return sin * sin;
}
