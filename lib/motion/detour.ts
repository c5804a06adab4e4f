/** Moves that would go through the body, or bend an arm where it does not bend, go round: found once for every move. */
import { bodyOf, capsulesOf, depth, limitViolations, type Side, SIDES } from "../skeleton/mod.ts";
import { type Pair, pairsBetween, underFloor } from "./clearance.ts";
import { ease, hump } from "./ease.ts";
import type { Detour } from "./limb_path.ts";
import type { Detours, Move } from "./move.ts";
import type { Stand } from "./stand.ts";

/**
 * An arm's detour as a list: the upper arm's turn about x, y and z, the elbow's bend, the forearm's turn, how far off a
 * hand that is held goes (in quarters of a metre), when, and how long the arm waits.
 */
type Numbers = readonly number[];
const NOTHING: Numbers = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
/** The numbers that have an effect on an arm that is free, and on one whose hand is held. */
const FREE = [0, 1, 2, 3, 4, 8, 9], HELD = [0, 1, 2, 5, 6, 7, 8];

/** How many moments of a move are looked at. */
const MOMENTS = 21;
/** The shares of the time at which the share of the way is 1/42, 3/42, …, and some near the ends. */
const TIMES: readonly number[] = Array.from({ length: MOMENTS }, (_, n) => {
  // From the middle outwards: what goes wrong mostly does so there.
  const i = (MOMENTS >> 1) + (n % 2 === 0 ? n / 2 : -(n + 1) / 2);
  let [low, high] = [0, 1];
  for (let k = 0; k < 30; k++) {
    const middle = (low + high) / 2;
    if (ease(middle) < (i + 0.5) / MOMENTS) low = middle;
    else high = middle;
  }
  return low;
}).concat(0.03, 0.06, 0.94, 0.97);

/** The same, close enough together that nothing slips through between two of them. */
const FINE_TIMES: readonly number[] = Array.from({ length: 48 }, (_, i) => (i + 0.5) / 48);

/** Half way between keys parts stay this much (m) farther out of each other than they must. */
const MARGIN = 0.004;
/** Only who has the pelvis below this (m) may go through the floor. */
const LOW = 0.75;
/** A centimetre too deep is as bad as this many degrees too far. */
const DEGREES_A_CENTIMETRE = 3;
/** Detours that leave less than this are good enough. */
const GOOD = 0.02;
/** What is worse than this is searched again, and wider. */
const BAD = 0.15;
/** What is worse than this is left as it is: a body that rolls over its arms has no way round. */
const HOPELESS = 150;
/** How many starts the wider search tries, and from how many of the best of them it sets out. */
const SCATTERED = 500, WIDE_STARTS = 3;
/** What an extra radian costs. */
const EFFORT = 0.04;
/** The first and the last step of the search (radians), and the most tries of one refinement, a limb. */
const STEPS: readonly [number, number] = [0.5, 0.06], TRIES = 150;

const NO_DETOURS: Detours = { arms: {}, feet: {} };

/** What is looked at: pairs of parts, joints whose ranges count, and which joints must not be under the floor. */
interface Watched {
  readonly pairs: readonly Pair[];
  readonly joints: RegExp;
  readonly floor: RegExp;
}

/** What a move breaks, squared and summed over its moments, and which arms have a part in it. */
interface Trouble {
  readonly cost: number;
  readonly arms: ReadonlySet<Side>;
}

function troubleOf(
  move: Move,
  { pairs, joints, floor }: Watched,
  detours: Detours,
  enough = Infinity,
  times: readonly number[] = TIMES,
): Trouble {
  const arms = new Set<Side>();
  const blame = (name: string) => {
    for (const side of SIDES) {
      if (new RegExp(`${side}_(upper_arm|forearm|hand|shoulder|elbow|wrist)`).test(name)) arms.add(side);
    }
  };
  let cost = 0;
  for (const u of times) {
    const body = bodyOf(move.at(u, detours));
    const capsules = capsulesOf(body);
    const margin = MARGIN * hump(u);
    for (const { a, b, names, allowed } of pairs) {
      const [p, q] = [capsules[a], capsules[b]];
      const deep = p && q ? depth(p, q) - allowed + margin : 0;
      if (deep <= 0) continue;
      cost += (deep * 100) ** 2;
      blame(names);
    }
    for (const { joint, degrees, min, max } of limitViolations(body)) {
      if (!joints.test(joint)) continue;
      cost += (Math.max(min - degrees, degrees - max) / DEGREES_A_CENTIMETRE) ** 2;
      blame(joint);
    }
    if (body.joints.pelvis[1] < LOW) cost += (Math.max(0, underFloor(body, floor) - 0.006) * 100) ** 2;
    if (cost > enough) break;
  }
  return { cost, arms };
}

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
function searchArms(
  move: Move,
  watched: Watched,
  sides: readonly Side[],
  feet: Detours["feet"],
  wide: boolean,
): { readonly detours: Detours; readonly cost: number } {
  const detoursOf = (numbers: readonly Numbers[]): Detours => ({
    arms: Object.fromEntries(sides.map((side, i) => [side, toDetour(numbers[i] ?? NOTHING)])),
    feet,
  });
  const effort = (numbers: readonly Numbers[]) => EFFORT * numbers.flat().reduce((sum, x) => sum + x * x, 0);
  const costOf = (numbers: readonly Numbers[], enough: number) => {
    const own = effort(numbers);
    return own + troubleOf(move, watched, detoursOf(numbers), enough - own, wide ? FINE_TIMES : TIMES).cost;
  };
  const [ones = [], others] = sides.map((side) => startsOf(side, move.held[side]));
  const starts = wide
    ? scattered(sides.length)
    : ones.flatMap((one) => (others ?? [undefined]).map((other) => other ? [one, other] : [one]));
  const most = wide ? WIDE_STARTS : 1;
  let ranked: Found[] = [];
  for (const numbers of starts) {
    const enough = ranked[most - 1]?.cost ?? Infinity;
    const cost = costOf(numbers, enough);
    if (cost < enough) ranked = [...ranked, { numbers, cost }].sort((a, b) => a.cost - b.cost).slice(0, most);
  }
  let best: Found = { numbers: [], cost: Infinity };
  for (const start of ranked) {
    const found = refined(start, sides.map((side) => move.held[side] ? HELD : FREE), costOf, effort);
    if (found.cost < best.cost) best = found;
    if (best.cost - effort(best.numbers) < GOOD) break;
  }
  return { detours: detoursOf(best.numbers), cost: best.cost - effort(best.numbers) };
}

interface Found {
  readonly numbers: readonly Numbers[];
  readonly cost: number;
}

/** The least cost near a start: one number after another, in ever smaller steps (Hooke & Jeeves 1961). */
function refined(
  start: Found,
  free: readonly (readonly number[])[],
  costOf: (numbers: readonly Numbers[], enough: number) => number,
  effort: (numbers: readonly Numbers[]) => number,
  [firstStep, lastStep] = STEPS,
): Found {
  let best = start;
  let tries = 0;
  for (let step = firstStep; step >= lastStep && tries < TRIES * free.length;) {
    let better = false;
    free.forEach((places, i) => {
      for (const k of places) {
        for (const by of [step, -step]) {
          tries++;
          const numbers = best.numbers.map((one, at) => at === i ? one.with(k, (one[k] ?? 0) + by) : one);
          const cost = costOf(numbers, best.cost);
          if (cost >= best.cost - 1e-6) continue;
          best = { numbers, cost };
          better = true;
          break;
        }
      }
    });
    if (best.cost - effort(best.numbers) < GOOD) break;
    if (!better) step /= 2;
  }
  return best;
}

/** How far (m) feet go out, up and ahead, and how far the knee goes round (quarters of a radian): where the search sets out. */
const FOOT_STARTS: readonly Numbers[] = [[0, 0, 0, 0], [0.16, 0.04, 0, 0], [0.08, 0.04, 0.2, 0], [0.08, 0.04, -0.2, 0]];
/** The farthest that a foot goes aside (m), and what a metre aside costs. */
const FARTHEST = 0.28;
const FOOT_EFFORT = 20;

/** The detours of the feet that leave the least trouble. */
function searchFeet(move: Move, watched: Watched): { readonly feet: Detours["feet"]; readonly cost: number } {
  const feetOf = (numbers: readonly Numbers[]): Detours["feet"] =>
    Object.fromEntries(SIDES.map((side, i) => {
      const [out = 0, up = 0, ahead = 0, knee = 0] = numbers[i] ?? [];
      const far = Math.min(1, FARTHEST / (Math.hypot(out, up, ahead) || 1));
      const x = side === "left" ? 1 : -1;
      return [side, { aside: [x * out * far, Math.max(0, up) * far, ahead * far], knee: x * 4 * knee }];
    }));
  const effort = (numbers: readonly Numbers[]) => FOOT_EFFORT * numbers.flat().reduce((sum, x) => sum + x * x, 0);
  const costOf = (numbers: readonly Numbers[], enough: number) => {
    const own = effort(numbers);
    return own + troubleOf(move, watched, { arms: {}, feet: feetOf(numbers) }, enough - own).cost;
  };
  const starts = FOOT_STARTS.flatMap((one) => FOOT_STARTS.map((other): readonly Numbers[] => [one, other]));
  let start: Found = { numbers: [], cost: Infinity };
  for (const numbers of starts) {
    const cost = costOf(numbers, start.cost);
    if (cost < start.cost) start = { numbers, cost };
  }
  const found = refined(start, [[0, 1, 2, 3], [0, 1, 2, 3]], costOf, effort, [0.1, 0.02]);
  return { feet: feetOf(found.numbers), cost: found.cost };
}

/** How a move goes round what it would go through. */
export interface Plan {
  /** Whether, of two feet that step, the one goes first that usually would not. */
  readonly swapped: boolean;
  readonly detours: Detours;
}

/**
 * How a move goes round what it would go through, as far as a detour is found.
 *
 * @param moving the move, its feet stepping in their usual order or in the other one.
 */
export function planOf(moving: (swapped: boolean) => Move, a: Stand, b: Stand): Plan {
  const pairs = pairsBetween(a.key, b.key);
  const ofArms = {
    pairs: pairs.filter(({ names }) => /arm|hand/.test(names)),
    joints: /shoulder|elbow|wrist/,
    floor: /elbow|wrist/,
  };
  const ofLegs = { pairs: pairs.filter(({ names }) => !/arm|hand/.test(names)), joints: /hip|knee/, floor: /./ };
  let [move, swapped] = [moving(false), false];
  let feet: Detours["feet"] = {};
  if (troubleOf(move, ofLegs, NO_DETOURS, GOOD).cost > GOOD) {
    const usual = searchFeet(move, ofLegs);
    const exchanged = moving(true);
    const other = searchFeet(exchanged, ofLegs);
    swapped = other.cost < usual.cost - 0.5;
    feet = swapped ? other.feet : usual.feet;
    if (swapped) move = exchanged;
  }
  const trouble = troubleOf(move, ofArms, { arms: {}, feet }, Infinity, FINE_TIMES);
  if (trouble.cost < GOOD) return { swapped, detours: { arms: {}, feet } };
  const { detours } = searchArms(move, ofArms, SIDES.filter((side) => trouble.arms.has(side)), feet, false);
  const { cost } = troubleOf(move, ofArms, detours, HOPELESS, FINE_TIMES);
  if (cost < BAD || cost >= HOPELESS) return { swapped, detours };
  // Both arms, and from many starts.
  const wide = searchArms(move, ofArms, SIDES, feet, true);
  return { swapped, detours: wide.cost < cost ? wide.detours : detours };
}
