/** Key poses become a motion. */
import { nearestWord } from "../text/mod.ts";
import { JOINTS, type Pose, SIDES, sub } from "../skeleton/mod.ts";
import { follow, type Route, routeOf } from "./route.ts";
import { type Flight, flightOf } from "./flight.ts";
import type { Key, Motion, TimedKey } from "./motion.ts";
import type { InFlight } from "./move.ts";
import { inverse, then, turned } from "./rotation.ts";
import { atOnce, type Planning } from "./planning.ts";
import { type Stand, standsOf } from "./stand.ts";

/** How keys become a motion. */
export interface MotionOptions {
  /** Beats a minute. */
  readonly bpm: number;
  /** Whether the last key leads to the first one again; default true. */
  readonly loop?: boolean;
  /** The share of its time for which a key is held before the body leaves it; default a third. */
  readonly hold?: number;
}

/** A move takes no longer than this (s): who has more time holds the key. */
const LONGEST_MOVE = 1.6;

/** How many moves are kept worked out. */
const KEPT = 64;

/** What a move is known by: moves of one name go the same way. */
function nameOf(a: Stand, b: Stand, seconds: number, flight?: InFlight): string {
  const turn = b.turn - a.turn;
  const [x, , z] = turned(inverse(a.turning), sub(b.shift, a.shift));
  const facing = then(inverse(a.turning), b.turning);
  const numbers = [
    seconds,
    turn,
    x,
    z,
    ...facing,
    ...flight?.window ?? [],
    ...flight ? [0, 0.25, 0.5, 0.75, 1].map(flight.height) : [],
  ];
  return [a.number, b.number, ...numbers.map((n) => n.toFixed(4))].join(" ");
}

/** The options' names, for who wrote another. */
const OPTIONS = ["bpm", "loop", "hold"] satisfies (keyof MotionOptions)[];

/** Refuses keys and options that are no motion, saying which and why. */
function check(keys: readonly Key[], options: MotionOptions): void {
  const { bpm, hold = 1 / 3 } = options;
  const refuse = (why: string) => {
    throw new RangeError(`Cannot make a motion: ${why}`);
  };
  if (keys.length === 0) refuse("give at least one key pose");
  const strange = Object.keys(options).find((key) => !OPTIONS.some((known) => known === key));
  if (strange !== undefined) {
    const meant = nearestWord(strange, OPTIONS);
    refuse(`unknown option "${strange}": ${meant ? `did you mean "${meant}"?` : `they are ${OPTIONS.join(", ")}`}`);
  }
  if (!(bpm > 0 && bpm < Infinity)) refuse(`bpm is a number above 0, not ${bpm}`);
  if (!(hold >= 0 && hold < 1)) refuse(`hold is a share from 0 up to but not 1, not ${hold}`);
  keys.forEach(({ pose, beats, turn = 0, caption }, i) => {
    const name = `key ${i}${caption === undefined ? "" : ` ("${caption}")`}`;
    if (pose === undefined) refuse(`${name} has no pose: is its id one of the library's?`);
    if (!(beats > 0 && beats < Infinity)) refuse(`${name} lasts a number of beats above 0, not ${beats}`);
    if (!Number.isFinite(turn)) refuse(`${name} turns by a number of degrees, not ${turn}`);
    const directions = [pose.gaze, ...SIDES.flatMap((side) => [pose.hands?.[side].direction, pose.hands?.[side].palm])];
    if (directions.some((v) => v && !v.every(Number.isFinite))) {
      refuse(`${name} has a hand or a gaze that is no direction`);
    }
    const broken = JOINTS.find((joint) => !pose.joints[joint]?.every(Number.isFinite));
    if (broken) refuse(`${name} has ${broken} at ${JSON.stringify(pose.joints[broken]) ?? "no place"}`);
  });
}

/**
 * The motion that reaches every key on its beat, holds it a while and eases to the next.
 *
 * Bones keep the skeleton's lengths, feet that stand stay, feet that move step, jumps fly. A key that stands on one foot
 * is moved on the floor so that this foot is where it stood before; in a flight the pelvis follows a parabola.
 *
 * @param keys at least one. @param options the tempo, whether it loops, how long keys are held.
 * @returns a motion whose moves are worked out when they are first asked for.
 * @throws {RangeError} naming the key whose duration, turn, joints or directions are none, or the option.
 */
export function createMotion(keys: readonly Key[], options: MotionOptions): Motion {
  check(keys, options);
  const { bpm, loop = true, hold = 1 / 3 } = options;
  let seconds = 0;
  const timed = keys.map((key): TimedKey => {
    const at = seconds;
    seconds += key.beats * 60 / bpm;
    return { ...key, at };
  });
  const stands = standsOf(timed, loop);
  const ends = timed.map((_, i) => timed[i + 1]?.at ?? seconds);
  const starts = timed.map(({ at }, i) => {
    const whole = (ends[i] ?? 0) - at;
    return at + Math.max(hold * whole, whole - LONGEST_MOVE);
  });
  const count = timed.length;
  /** The key after the last one is the first one again, turned as far as the motion has turned by whole turns. */
  const first = stands[0] as Stand;
  const again: Stand = {
    ...first,
    turn: first.turn + 2 * Math.PI * Math.round(((timed[count - 1]?.turn ?? 0) - (timed[0]?.turn ?? 0)) / 360),
  };
  const standAt = (i: number): Stand => i < count ? stands[i] as Stand : again;
  const flights = flightsOf(stands, starts, ends, seconds, loop);
  /** The moves last asked for, the latest one last, and how moves go, by what they go from and to. */
  const moves = new Map<number, (u: number) => Pose>();
  const routes = new Map<string, Route>();

  /** What the move after a key goes from and to, how long it takes, and whether it flies. */
  function wayOf(i: number): [from: Stand, to: Stand, seconds: number, flight?: InFlight] {
    const from = standAt(i);
    const to = i + 1 < count || loop ? standAt(i + 1) : from;
    const [start, end] = [starts[i] ?? 0, ends[i] ?? 0];
    const flight = flights[i];
    const share = (t: number) => (t - start) / (end - start);
    if (!flight) return [from, to, end - start];
    return [from, to, end - start, {
      height: (u) => flight.height(start + u * (end - start)),
      window: [
        from.key.airborne ? 0 : share(flight.takeOff),
        to.key.airborne ? 1 : share(flight.landing),
      ],
    }];
  }

  function* routeAfter(i: number): Planning<Route> {
    const way = wayOf(i);
    const name = nameOf(...way);
    const route = routes.get(name) ?? (yield* routeOf(...way));
    routes.set(name, route);
    return route;
  }

  function* planning(): Generator<number, void> {
    for (let i = 0; i < count; i++) {
      const steps = routeAfter(i);
      while (!steps.next().done) yield i;
      yield i + 1;
    }
  }

  function moveAt(i: number): (u: number) => Pose {
    const move = moves.get(i) ?? follow(atOnce(routeAfter(i)), ...wayOf(i));
    moves.delete(i);
    moves.set(i, move);
    const [oldest] = moves.keys();
    if (moves.size > KEPT && oldest !== undefined) moves.delete(oldest);
    return move;
  }

  function poseAt(time: number): Pose {
    if (!Number.isFinite(time)) throw new RangeError(`Cannot tell the pose at ${time}: give a number of seconds`);
    // Within the motion the time stays exactly what it is: a key is reached then, not a rounding error later.
    const over = time % seconds;
    const t = !loop ? Math.max(0, Math.min(seconds, time)) : over < 0 ? over + seconds : over;
    let [low, high] = [0, count - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((timed[middle] as TimedKey).at <= t) low = middle;
      else high = middle - 1;
    }
    const [start, end] = [starts[low] ?? 0, ends[low] ?? 1];
    return moveAt(low)((t - start) / (end - start));
  }
  return { seconds, loop, keys: timed, poseAt, planning };
}

/** For every move that is part of a jump, the jump. */
function flightsOf(
  stands: readonly Stand[],
  starts: readonly number[],
  ends: readonly number[],
  seconds: number,
  loop: boolean,
): (Flight | undefined)[] {
  const n = stands.length;
  const flights: (Flight | undefined)[] = new Array(n).fill(undefined);
  const flies = (i: number) => stands[i % n]?.key.airborne === true;
  if (!stands.some((_, i) => !flies(i))) return flights;
  const limit = loop ? n : n - 1;
  for (let i = 0; i < limit; i++) {
    if (flies(i) || !flies(i + 1)) continue;
    let last = i + 1;
    while (last < i + n && flies(last + 1)) last++;
    if (!loop && last + 1 >= n) break;
    // Times after the end of a loop go on; each move asks in its own.
    const wrap = (k: number) => k >= n ? seconds : 0;
    const middle = (k: number) => ((stands[k % n]?.key.at ?? 0) + (starts[k % n] ?? 0)) / 2 + wrap(k);
    const within = (k: number, share: number) => (starts[k] ?? 0) * (1 - share) + (ends[k] ?? 0) * share;
    const flight = flightOf(
      stands[i] as Stand,
      Array.from({ length: last - i }, (_, k) => stands[(i + 1 + k) % n] as Stand),
      stands[(last + 1) % n] as Stand,
      {
        start: starts[i] ?? 0,
        latestTakeOff: within(i, 0.6),
        first: middle(i + 1),
        last: middle(last),
        earliestLanding: within(last % n, 0.4) + wrap(last),
        end: (ends[last % n] ?? 0) + wrap(last),
      },
    );
    for (let k = i; k <= last; k++) {
      const by = wrap(k);
      flights[k % n] = by === 0 ? flight : {
        takeOff: flight.takeOff - by,
        landing: flight.landing - by,
        height: (t) => flight.height(t + by),
      };
    }
  }
  return flights;
}
