/** Projection: the body nearest to an asked one that keeps within limits, clearance and balance. */
import {
  balanceOf,
  type Body,
  bodyOf,
  lowPoints,
  type Part,
  scale,
  type Side,
  sign,
  type Vec3,
} from "../skeleton/mod.ts";
import { leastSquares } from "./least_squares.ts";
import { type LimbName, LIMBS, sideOf } from "./shape.ts";
import type { Solved } from "./solve.ts";
import type { Notation } from "./spec.ts";
import { beyondLimits, FLOOR_TOLERANCE, overlapsOf, pairsOf, strainOf } from "./strain.ts";
import {
  costsOf,
  type Figure,
  figureOf,
  type Movable,
  parametersOf,
  type Task,
  taskOf,
  towards,
  unmoved,
} from "./project_task.ts";

/** What a degree or millimetre of strain costs while searching, and at the end. */
const FIRM = { search: 8, end: 40 } as const;
/** How far inside the area that carries the centre of mass is to be (m). */
const BALANCE_MARGIN = 0.008;
/** How far a limb is moved to start a search from there (degrees). */
const START = 40;
/** A body that costs less than this is near enough to look no further. */
const NEAR = 16 ** 2;
/** A body that still costs more than this while searching (a tenth of a metre off its balance, say) stays strained. */
const HOPELESS = 600_000;
/** The most bodies handed back, and the most combinations of limbs' own best that are tried. */
const MOST = 4;

/** What may move, in the order of the numbers. */
const ORDER: readonly Movable[] = [...LIMBS, "trunk", "root"];

/** The limb that a part of the body belongs to. */
export function limbOfPart(part: Part): LimbName | undefined {
  const match = part.match(/^(left|right)_(upper_arm|forearm|hand|thigh|shank|foot)$/);
  if (!match) return undefined;
  return `${match[1] as Side}_${/arm|hand/.test(match[2] ?? "") ? "arm" : "leg"}`;
}

/** The limb that a joint belongs to. */
export function limbOfJoint(joint: string): LimbName | undefined {
  const match = joint.match(/^(left|right)_(shoulder|elbow|wrist|hip|knee|ankle|foot)$/);
  if (!match) return undefined;
  return `${match[1] as Side}_${/shoulder|elbow|wrist/.test(match[2] ?? "") ? "arm" : "leg"}`;
}

/** What must move for a body to come right. */
function involved(task: Task, body: Body): Set<Movable> {
  const found = new Set<Movable>();
  const move = (limb: LimbName | undefined) => {
    if (limb !== undefined && !task.planted.includes(limb)) found.add(limb);
  };
  for (const { parts } of overlapsOf(body, task.contacts)) for (const part of parts) move(limbOfPart(part));
  for (const { joint } of beyondLimits(body)) {
    move(limbOfJoint(joint));
    // A leg goes further back and out than its hip when the pelvis tips.
    if (joint.endsWith("hip") && ["standing", "airborne", "kneeling"].includes(task.spec.base ?? "standing")) {
      found.add("trunk");
    }
  }
  for (const { joint, height } of lowPoints(body)) if (height < -FLOOR_TOLERANCE) move(limbOfJoint(joint));
  const { margin } = balanceOf(body);
  const falls = margin !== null && margin < 0.002;
  if (task.stands && (found.has("trunk") || falls)) found.add("root");
  // Who kneels sits back over the shins.
  if (task.spec.base === "kneeling" && falls) {
    for (const one of ["left_leg", "right_leg", "trunk"] as const) found.add(one);
  }
  return found;
}

/** Numbers that start a search: nothing moved, or a limb moved towards a side of the body. */
function startsOf(task: Task, limb: LimbName): number[][] {
  const { x, y, z } = task.asked.chest;
  const { upper, lower } = task.asked.limbs[limb];
  if (task.holds[limb]) return [[0, 0, 0, 0], [0, 0, 0, 35], [0, 0, 0, -35]];
  const out = scale(x, sign(sideOf(limb)));
  // The first of two that cost the same is taken: rather lower than higher, rather in front than behind.
  const ways: Vec3[] = [scale(y, -1), z, y, out, scale(z, -1), scale(out, -1)];
  const moved = ways.map((way) => [...towards(upper, way, START), ...towards(lower, way, START)]);
  return [[0, 0, 0, 0], ...moved.filter((numbers) => numbers.some((v) => v !== 0))];
}

/** Numbers that were found, and what their body costs. */
interface Found {
  readonly numbers: readonly number[];
  readonly cost: number;
}

/** What moves, in the order of its numbers, and a search for its best ones. */
interface Search {
  readonly active: readonly Movable[];
  from(start: readonly number[], firm: number, most: number): Found;
}

function searchOf(task: Task, active: readonly Movable[]): Search {
  const all = active.includes("trunk") || active.includes("root");
  const pairs = pairsOf(task.body, task.contacts, (part) => {
    const limb = limbOfPart(part);
    return all || (limb !== undefined && active.includes(limb));
  });
  const residuals = (numbers: readonly number[], firm: number) => {
    const { shape, pose, misses } = figureOf(task, active, numbers);
    const body = bodyOf(pose);
    const result = costsOf(task, active, numbers, shape);
    for (const value of strainOf(body, pairs, task.front)) result.push(value * firm);
    for (const value of misses) result.push(value * firm);
    if (all && !task.airborne) {
      result.push(Math.max(0, BALANCE_MARGIN - (balanceOf(body).margin ?? BALANCE_MARGIN)) * 1000 * firm);
    }
    return result;
  };
  return {
    active,
    from: (start, firm, most) => {
      const { at, cost } = leastSquares((numbers) => residuals(numbers, firm), start, most);
      return { numbers: at, cost };
    },
  };
}

const byCost = (found: readonly Found[]) => found.toSorted((a, b) => a.cost - b.cost);

/** Those that are not nearly the same as one before them. */
const distinctOf = (found: readonly Found[]) =>
  found.filter(({ numbers }, i) =>
    !found.slice(0, i).some((before) => before.numbers.every((v, k) => Math.abs(v - (numbers[k] ?? 0)) < 3))
  );

const zeros = (one: Movable): number[] => new Array<number>(parametersOf(one)).fill(0);

/** What is searched by itself first: each arm, and what tips with the pelvis as one. */
function blocksOf(active: readonly Movable[]): Movable[][] {
  const tips = active.includes("trunk") || active.includes("root");
  const inOne = (one: Movable) => tips && !one.endsWith("arm");
  const rest = active.filter(inOne);
  return [...active.filter((one) => !inOne(one)).map((one) => [one]), ...(rest.length > 0 ? [rest] : [])];
}

/** Numbers to start a block from: those of its first limb, the others at rest. */
function blockStarts(task: Task, block: readonly Movable[]): number[][] {
  const [first, ...rest] = block;
  if (first === undefined || first === "trunk" || first === "root") return [block.flatMap(zeros)];
  return startsOf(task, first).map((start) => [...start, ...rest.flatMap(zeros)]);
}

/** What an earlier search found, before more was to move. */
interface Before extends Found {
  readonly active: readonly Movable[];
}

/** Those numbers, with nothing moved of what is new. */
function continued({ active, numbers }: Before, now: readonly Movable[]): number[] {
  const at = new Map<Movable, readonly number[]>();
  let from = 0;
  for (const one of active) {
    at.set(one, numbers.slice(from, from + parametersOf(one)));
    from += parametersOf(one);
  }
  return now.flatMap((one) => at.get(one) ?? zeros(one));
}

/** How much more than before a body may cost that goes on from there, for nothing else to be looked for. */
const DEARER = 1.5;

/** The best starts for what moves together: each block by itself first, then what each found, combined. */
function search(task: Task, together: Search, before: Before | undefined): Found[] {
  const { active } = together;
  if (before) {
    const further = together.from(continued(before, active), FIRM.search, 12);
    if (further.cost < before.cost * DEARER + NEAR) return [further];
  }
  const straight = together.from(active.flatMap(zeros), FIRM.search, 16);
  if (straight.cost < NEAR) return [straight];
  const blocks = blocksOf(active);
  const own = blocks.map((block) => {
    const alone = searchOf(task, block);
    const found = blockStarts(task, block).map((start) => alone.from(start, FIRM.search, 8));
    return distinctOf(byCost(found)).slice(0, blocks.length > 1 ? 2 : MOST);
  });
  if (blocks.length === 1) return distinctOf(byCost([straight, ...own.flat()]));
  let combined: Found[] = [{ numbers: [], cost: 0 }];
  for (const choices of own) {
    combined = combined.flatMap((start) =>
      choices.map(({ numbers, cost }) => ({ numbers: [...start.numbers, ...numbers], cost: start.cost + cost }))
    );
  }
  const found = byCost(combined).slice(0, MOST).map(({ numbers }) => together.from(numbers, FIRM.search, 10));
  return distinctOf(byCost([straight, ...found]));
}

/**
 * The bodies nearest to a solved one that stay within limits, clear of themselves and balanced, as far as a search finds
 * any; the caller verifies them, and need not ask for a second one.
 *
 * @returns nearest first, each worked out when it is asked for.
 */
export function* project(spec: Notation, solved: Solved): Generator<Figure> {
  const task = taskOf(spec, solved);
  const moving = involved(task, task.body);
  if (moving.size === 0) {
    yield unmoved(task);
    return;
  }
  // What moves may get in the way of what did not: then that moves too.
  let earlier: Before | undefined;
  for (let round = 0; round < 3; round++) {
    const together = searchOf(task, ORDER.filter((one) => moving.has(one)));
    const found = search(task, together, earlier).slice(0, MOST);
    const finish = ({ numbers }: Found) => together.from(numbers, FIRM.end, 25);
    const figure = ({ numbers }: Found) => figureOf(task, together.active, numbers);
    const [first, ...rest] = found;
    if (first === undefined) return;
    const hopeless = first.cost > HOPELESS;
    const best = hopeless ? first : finish(first);
    const before = moving.size;
    for (const one of involved(task, bodyOf(figure(best).pose))) moving.add(one);
    if (moving.size > before && round < 2) {
      earlier = { active: together.active, numbers: best.numbers, cost: first.cost };
      continue;
    }
    if (hopeless) return;
    yield figure(best);
    for (const one of rest) if (one.cost <= HOPELESS) yield figure(finish(one));
    return;
  }
}
