/** When a motion is looked at. */
import type { Motion } from "../motion/mod.ts";

/** Evenly spaced moments of a motion. */
export interface Moments {
  readonly count: number;
  /** Seconds from one to the next, and that the last one lasts: `count` of them are the whole. */
  readonly step: number;
  /** The time of one, seconds. */
  at(index: number): number;
}

/** Of motions side by side the one that lasts longest. @throws {RangeError} without a motion. */
export function longestOf(motions: readonly Motion[]): Motion {
  const longest = motions.reduce<Motion | undefined>((a, b) => a && a.seconds >= b.seconds ? a : b, undefined);
  if (longest === undefined) throw new RangeError("Cannot draw without a motion: give at least one");
  return longest;
}

/** The least and the most frames a second. */
const FPS = { least: 1, most: 60 } as const;

/**
 * The moments at which to draw a motion: a whole number of them, as near to `fps` as that allows, so that a loop's last
 * one is followed by its first. A motion that is no loop shows its end last.
 *
 * @throws {RangeError} for a rate that is none, or a motion that lasts no time.
 */
export function momentsOf({ seconds, loop }: Pick<Motion, "seconds" | "loop">, fps: number): Moments {
  if (!(fps >= FPS.least && fps <= FPS.most)) {
    throw new RangeError(`Cannot draw ${fps} frames a second: give ${FPS.least} to ${FPS.most}`);
  }
  if (!(seconds > 0 && seconds < Infinity)) {
    throw new RangeError(`Cannot write a motion that lasts ${seconds} s: give it keys that last`);
  }
  const count = Math.max(1, Math.round(seconds * fps));
  const step = seconds / count;
  return { count, step, at: (index) => !loop && index > 0 && index === count - 1 ? seconds : index * step };
}

/** The number of the key that a moment is nearest to: at the middle of a move the next one's words begin. */
export function nearestKey({ keys, seconds, loop }: Motion, time: number): number {
  const at = loop ? (time % seconds + seconds) % seconds : time;
  let low = 0, high = keys.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((keys[middle]?.at ?? Infinity) <= at) low = middle;
    else high = middle - 1;
  }
  const here = keys[low]?.at ?? 0;
  const next = keys[low + 1]?.at ?? (loop ? seconds + (keys[0]?.at ?? 0) : Infinity);
  return at - here <= next - at ? low : (low + 1) % keys.length;
}
