/** Detours round what moves would go through, found once for every move. */
import type { Side } from "../skeleton/mod.ts";
import type { Detour } from "./limb_path.ts";
import type { Detours, FootDetour, LegDetours, Move } from "./move.ts";
import type { Planning } from "./planning.ts";
import type { Judge } from "./trouble.ts";

/**
 * An arm's detour as a list: the upper arm's turn about x, y and z, the elbow's bend, the forearm's turn, how far off a
 * hand that is held goes (in quarters of a metre), when, and how long the arm waits.
 */
type Numbers = readonly number[];
const NOTHING: Numbers = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
/** The numbers that have an effect on an arm that is free, and on one whose hand is held. */
const FREE = [0, 1, 2, 3, 4, 8, 9], HELD = [0, 1, 2, 5, 6, 7, 8];

/** Detours that leave less than this are good enough. */
export const GOOD = 0.005;
/** How many starts the wider search tries, and from how many of the best of them it sets out. */
const SCATTERED = 300, WIDE_STARTS = 3;
/** What an extra radian costs. */
const EFFORT = 0.04;
/** The first and the last step of the search (radians), and the most tries of one refinement, a limb. */
const STEPS: readonly [number, number] = [0.5, 0.03];
/** Trouble that is less than this is mended by small steps from the shortest way. */
const SLIGHT = 1;
const SMALL_STEPS: readonly [number, number] = [0.15, 0.02];
/** How many moments a search may look at, for legs, for arms, and for arms when it starts all over the place. */
const BUDGET = { legs: 4000, arms: 8000, wide: 12_000 } as const;

const toDetour = (
  [x = 0, y = 0, z = 0, bend = 0, forearm = 0, left = 0, up = 0, front = 0, late = 0, wait = 0]: Numbers,
): Detour => ({
  turn: [x, y, z],
  bend,
  forearm,
  off: [left / 4, up / 4, front / 4],
  late: Math.max(-0.4, Math.min(0.4, late)),
  wait: Math.max(-0.4, Math.min(0.4, wait)),
});

/** From which detours the search sets out: none, the elbow out, forward, inward, bent. */
function startsOf(side: Side, held: boolean): Numbers[] {
  const out = side === "left" ? 1 : -1;
  const starts = held
    ? [[], [0, 0, 0, 0, 0, 0, 0, 0.3], [0, 0, 0, 0, 0, out * 0.2, 0, 0.2], [0, 0, out * 0.6], [0, 0, 0, 0, 0, 0, 0.3]]
    : [[], [0, 0, out * 0.6], [-0.6], [0, -out * 0.7], [0, 0, 0, 0.7], [-0.4, 0, out * 0.5, -0.4]];
  return starts.map((numbers) => NOTHING.map((zero, i) => numbers[i] ?? zero));
}

/** The root of `x ** (d + 1) = x + 1`, whose powers spread points evenly in `d` dimensions (Roberts 2018). */
function spread(d: number): number {
  let x = 2;
  for (let i = 0; i < 30; i++) x = (1 + x) ** (1 / (d + 1));
  return x;
}

/** Detours spread evenly over all that there are: the same ones each time. */
function* scattered(sides: number): Generator<readonly Numbers[]> {
  const root = spread(sides * NOTHING.length);
  for (let n = 1; n <= SCATTERED; n++) {
    yield Array.from(
      { length: sides },
      (_, i) => NOTHING.map((_, k) => ((0.5 + n / root ** (i * NOTHING.length + k + 1)) % 1) * 2 - 1),
    );
  }
}

/**
 * The detours of the arms that leave the least trouble.
 *
 * @param wide whether to set out from all over the place, not only from what mostly helps.
 */
export function* searchArms(
  move: Pick<Move, "held">,
  judge: Judge<Detours["arms"]>,
  sides: readonly Side[],
  wide: boolean,
): Planning<Finished<Detours["arms"]>> {
  const armsOf = (numbers: readonly Numbers[]): Detours["arms"] =>
    Object.fromEntries(sides.map((side, i) => [side, toDetour(numbers[i] ?? NOTHING)]));
  const effort = (numbers: readonly Numbers[]) => EFFORT * numbers.flat().reduce((sum, x) => sum + x * x, 0);
  const costOf = (numbers: readonly Numbers[], enough: number) => {
    const own = effort(numbers);
    return own >= enough ? own : own + judge.cost(armsOf(numbers), enough - own);
  };
  const refine = (from: Found, steps?: typeof STEPS) => refined(from, places, costOf, effort, spent, steps);
  const most = wide ? WIDE_STARTS : 1;
  const before = judge.looked();
  const spent = () => judge.looked() - before > (wide ? BUDGET.wide : BUDGET.arms);
  const [ones = [], others] = sides.map((side) => startsOf(side, move.held[side]));
  const starts = wide
    ? scattered(sides.length)
    : ones.flatMap((one) => (others ?? [undefined]).map((other) => other ? [one, other] : [one]));
  const places = sides.map((side) => move.held[side] ? HELD : FREE);
  const nothing = { numbers: sides.map(() => NOTHING), cost: judge.cost({}, SLIGHT) };
  if (!wide && nothing.cost < SLIGHT) {
    const found = yield* refine(nothing, SMALL_STEPS);
    const slight = yield* finished(found, judge, armsOf, (from) => refine(from, SMALL_STEPS), effort);
    if (slight.cost < GOOD) return slight;
  }
  let ranked: Found[] = [];
  for (const numbers of starts) {
    const enough = ranked[most - 1]?.cost ?? Infinity;
    const cost = costOf(numbers, enough);
    yield;
    if (cost < enough) ranked = [...ranked, { numbers, cost }].sort((a, b) => a.cost - b.cost).slice(0, most);
  }
  let best: Found = { numbers: [], cost: Infinity };
  for (const start of ranked) {
    const found = yield* refine(start);
    if (found.cost < best.cost) best = found;
    if (best.cost - effort(best.numbers) < GOOD) break;
  }
  return yield* finished(best, judge, armsOf, refine, effort);
}

interface Found {
  readonly numbers: readonly Numbers[];
  readonly cost: number;
}

/** Detours, and what they leave. */
export interface Finished<T> {
  readonly detours: T;
  readonly cost: number;
}

/** How often a search goes on with what slipped through. */
const ROUNDS = 4;

/** Goes on with moments that slipped through. */
function* finished<T>(
  first: Found,
  judge: Judge<T>,
  detoursOf: (numbers: readonly Numbers[]) => T,
  refine: (from: Found) => Planning<Found>,
  effort: (numbers: readonly Numbers[]) => number,
): Planning<Finished<T>> {
  let best = first;
  for (let round = 0; round < ROUNDS && judge.sharpen(detoursOf(best.numbers)); round++) {
    yield;
    best = yield* refine({ ...best, cost: effort(best.numbers) + judge.cost(detoursOf(best.numbers)) });
  }
  return { detours: detoursOf(best.numbers), cost: judge.cost(detoursOf(best.numbers)) };
}

/** The least cost near a start: one number after another, in ever smaller steps (Hooke & Jeeves 1961). */
function* refined(
  start: Found,
  free: readonly (readonly number[])[],
  costOf: (numbers: readonly Numbers[], enough: number) => number,
  effort: (numbers: readonly Numbers[]) => number,
  spent: () => boolean,
  [firstStep, lastStep] = STEPS,
): Planning<Found> {
  let best = start;
  for (let step = firstStep; step >= lastStep && !spent();) {
    let better = false;
    for (const [i, places] of free.entries()) {
      for (const k of places) {
        for (const by of [step, -step]) {
          const numbers = best.numbers.map((one, at) => at === i ? one.with(k, (one[k] ?? 0) + by) : one);
          const cost = costOf(numbers, best.cost);
          yield;
          if (cost >= best.cost - 1e-6) continue;
          best = { numbers, cost };
          better = true;
          break;
        }
      }
    }
    if (best.cost - effort(best.numbers) < GOOD) break;
    if (!better) step /= 2;
  }
  return best;
}

/** How far (m) feet go out, up and ahead, and how far the knee goes round (quarters of a radian): where the search sets out. */
const FOOT_STARTS: readonly Numbers[] = [[0, 0, 0, 0], [0.16, 0.04, 0, 0], [0.08, 0.04, 0.2, 0], [0.08, 0.04, -0.2, 0]];
/** The same of the pelvis: left, up, ahead. */
const PELVIS_STARTS: readonly Numbers[] = [[0, 0, 0], [0, 0.12, 0]];
/** The farthest that a foot goes aside (m), and what a metre aside costs. */
const FARTHEST = 0.28;
const FOOT_EFFORT = 20;
const LEG_PLACES = [[0, 1, 2, 3], [0, 1, 2, 3], [0, 1, 2]] as const;
const LEG_STEPS: readonly [number, number] = [0.1, 0.01];

/** The detours of pelvis and legs that leave the least trouble. */
export function* searchLegs(judge: Judge<LegDetours>): Planning<Finished<LegDetours>> {
  const foot = ([out = 0, up = 0, ahead = 0, knee = 0]: Numbers, x: 1 | -1): FootDetour => {
    const far = Math.min(1, FARTHEST / (Math.hypot(out, up, ahead) || 1));
    return { aside: [x * out * far, Math.max(0, up) * far, ahead * far], knee: x * 4 * knee };
  };
  const legsOf = ([left = [], right = [], [x = 0, y = 0, z = 0] = []]: readonly Numbers[]): LegDetours => ({
    left: foot(left, 1),
    right: foot(right, -1),
    ...(x !== 0 || y !== 0 || z !== 0) && { pelvis: [x, y, z] },
  });
  const effort = (numbers: readonly Numbers[]) => FOOT_EFFORT * numbers.flat().reduce((sum, x) => sum + x * x, 0);
  const costOf = (numbers: readonly Numbers[], enough: number) => {
    const own = effort(numbers);
    return own >= enough ? own : own + judge.cost(legsOf(numbers), enough - own);
  };
  const refine = (from: Found) =>
    refined(from, LEG_PLACES, costOf, effort, () => judge.looked() > BUDGET.legs, LEG_STEPS);
  const nothing: Found = { numbers: [NOTHING, NOTHING, NOTHING], cost: judge.cost({}, SLIGHT) };
  if (nothing.cost < SLIGHT) {
    const slight = yield* finished(yield* refine(nothing), judge, legsOf, refine, effort);
    if (slight.cost < GOOD) return slight;
  }
  const starts = PELVIS_STARTS.flatMap((pelvis) =>
    FOOT_STARTS.flatMap((one) => FOOT_STARTS.map((other): readonly Numbers[] => [one, other, pelvis]))
  );
  let start: Found = { numbers: [], cost: Infinity };
  for (const numbers of starts) {
    const cost = costOf(numbers, start.cost);
    yield;
    if (cost < start.cost) start = { numbers, cost };
  }
  return yield* finished(yield* refine(start), judge, legsOf, refine, effort);
}
