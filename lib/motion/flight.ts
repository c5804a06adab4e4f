/** Jumps: when the feet leave the floor and come back, and how high the pelvis is. */
import type { Stand } from "./stand.ts";

const G = 9.81;
/** The pelvis's height (m) when the feet leave the floor: legs straight, on the toes. */
const TAKE_OFF = 0.95;
/** The least and the most time (s) to push off or to catch the body. */
const PUSH = 0.12, LONGEST_PUSH = 0.32;

/** A flight between two keys that stand, over one or more that do not. */
export interface Flight {
  readonly takeOff: number;
  readonly landing: number;
  /** The pelvis's height at a time within the pushing off, the flight and the catching. */
  height(seconds: number): number;
}

/** `from` at rest, `to` at a speed: cubic (Hermite), so that the body crouches before it flies. */
function push(from: number, to: number, speed: number, duration: number, t: number): number {
  const x = t / duration;
  return from * (1 + x * x * (2 * x - 3)) + to * x * x * (3 - 2 * x) + speed * duration * x * x * (x - 1);
}

/** When a jump may start and end (s). */
export interface JumpTimes {
  /** When the body leaves the last key on the floor; the latest that it may leave the floor. */
  readonly start: number;
  readonly latestTakeOff: number;
  /** The middle of the first and of the last key in the air. */
  readonly first: number;
  readonly last: number;
  /** The earliest that the body may land; when it reaches the first key on the floor. */
  readonly earliestLanding: number;
  readonly end: number;
}

/**
 * A flight. One key in the air lasts as long as its height takes, within what the beats allow, and is as high as that
 * time takes. Several last as long as the beats say, at most as high as the highest key. None is a hop.
 *
 * @param before, @param after keys on the floor. @param keys those in the air, in time.
 */
export function flightOf(before: Stand, keys: readonly Stand[], after: Stand, times: JumpTimes): Flight {
  const { start, latestTakeOff, first, last, earliestLanding, end } = times;
  const least = Math.min(PUSH, 0.3 * (end - start));
  const rise = Math.max(Math.max(...keys.map(({ pelvis }) => pelvis[1])) - TAKE_OFF, 0.06);
  const up = Math.sqrt(2 * rise / G);
  const takeOff = Math.min(latestTakeOff, Math.max(start + least, first - up));
  const landing = Math.max(earliestLanding, Math.min(end - least, last + up));
  const duration = landing - takeOff;
  const height = Math.min(G * duration * duration / 8, keys.length > 1 ? rise : 0.45);
  const speed = 4 * height / duration;
  const pushing = Math.min(LONGEST_PUSH, takeOff - start), catching = Math.min(LONGEST_PUSH, end - landing);
  return {
    takeOff,
    landing,
    height: (t) => {
      if (t <= takeOff - pushing) return before.pelvis[1];
      if (t < takeOff) return push(before.pelvis[1], TAKE_OFF, speed, pushing, t - takeOff + pushing);
      if (t >= landing + catching) return after.pelvis[1];
      if (t > landing) return push(after.pelvis[1], TAKE_OFF, speed, catching, landing + catching - t);
      const x = (t - takeOff) / duration;
      return TAKE_OFF + 4 * height * x * (1 - x);
    },
  };
}
