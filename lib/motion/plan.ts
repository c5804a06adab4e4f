/** How moves go: which foot first, and round what they would go through. */
import { pairsBetween } from "./clearance.ts";
import { type Finished, GOOD, searchArms, searchLegs } from "./detour.ts";
import type { Detours, LegDetours, Move } from "./move.ts";
import type { Planning } from "./planning.ts";
import type { Stand } from "./stand.ts";
import { type Judge, judgeArms, judgeLegs } from "./trouble.ts";
import { SIDES } from "../skeleton/mod.ts";

/** How feet go: as usual, the one first that usually would not be, or both in a hop. */
export type Gait = "usual" | "swapped" | "hop";

/** How a move goes. */
export interface Plan {
  readonly gait: Gait;
  readonly detours: Detours;
  /** What it breaks all the same, squared and summed. */
  readonly cost: number;
}

/** A gait that is tried later must leave so much less trouble. */
const BETTER = 0.5;

/**
 * How a move goes round what it would go through, as far as a detour is found.
 *
 * @param moving the move, the feet going so. @param gaits the ones that it may have where the usual one meets trouble, the best first.
 * @param seconds how long it takes.
 */
export function* planOf(
  moving: (gait: Gait) => Move,
  gaits: readonly Gait[],
  a: Stand,
  b: Stand,
  seconds: number,
): Planning<Plan> {
  const pairs = pairsBetween(a.key, b.key);
  const usual = moving("usual");
  let best: { gait: Gait; move: Move; detours: LegDetours; cost: number } | undefined;
  if (isGood(judgeLegs(usual, pairs, seconds))) best = { gait: "usual", move: usual, detours: {}, cost: 0 };
  for (const gait of best ? [] : gaits) {
    const move = moving(gait);
    const found = yield* searchLegs(judgeLegs(move, pairs, seconds));
    if (!best || found.cost + BETTER < best.cost) best = { gait, move, ...found };
    if (best.cost < GOOD) break;
  }
  if (!best) throw new RangeError("Cannot plan a move without a gait");
  const { gait, move, detours: legs, cost } = best;
  const plan = (arms: Finished<Detours["arms"]>): Plan => ({
    gait,
    detours: { arms: arms.detours, legs },
    cost: cost + arms.cost,
  });
  yield;
  const judge = judgeArms(move, pairs, legs, seconds);
  if (isGood(judge)) return plan({ detours: {}, cost: 0 });
  const near = yield* searchArms(move, judge, judge.arms(), false);
  if (near.cost < GOOD) return plan(near);
  // Both arms, and from many starts.
  const wide = yield* searchArms(move, judge, SIDES, true);
  return plan(wide.cost < near.cost ? wide : near);
}

/** Whether the shortest way breaks nothing. */
const isGood = (judge: Judge<object>) => judge.cost({}, GOOD) < GOOD && !judge.sharpen({});
