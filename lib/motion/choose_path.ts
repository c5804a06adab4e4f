/** Poses chosen as a sequence: what each move's description fits, and how hard it is to get from one to the next. */
import { mirrorPose } from "../notation/mod.ts";
import { bodyOf, distance, type Pose, poseDistance, SIDES } from "../skeleton/mod.ts";

/** A pose that a move may be. */
export interface PathCandidate {
  /** Its name in the library. */
  readonly id: string;
  /** Its joints (m, world frame). */
  readonly pose: Pose;
  /** How near the move's description is to the pose's own, 0–1. */
  readonly score: number;
}

/** What a choice of poses comes to. */
export interface Path {
  /** For every move, the place of its pose among the move's candidates. */
  readonly choice: readonly number[];
  /** The sum of the scores. */
  readonly score: number;
  /** Metres that a joint moves, on the mean over joints, summed over the moves. */
  readonly travel: number;
  /** How often a foot is set down elsewhere. */
  readonly replants: number;
  /** How often the body lies down or gets up. */
  readonly baseChanges: number;
  /** How often it turns into its own mirror image. */
  readonly flips: number;
  /** How often it stays as it is. */
  readonly repeats: number;
  /** The scores less what the ways between poses cost: what the path is chosen for. */
  readonly total: number;
}

/** How to weigh the ways between poses. */
export interface PathOptions {
  /** Whether the last pose leads to the first; default true. */
  readonly loop?: boolean;
  /** How much of a score a way costs: 1 as below, 0 for the greedy choice; default 1. */
  readonly weight?: number;
}

/** What a way costs, as scores: a metre of every joint; a foot set down elsewhere; lying down or getting up; turning into
 * one's mirror image; two moves that are the same pose. */
const COST = { metre: 0.2, replant: 0.02, base: 0.15, flip: 0.04, repeat: 0.12 };

interface Way {
  readonly travel: number;
  readonly replants: number;
  readonly base: number;
  readonly flip: number;
  readonly repeat: number;
}

/** The way from one pose to another: its length (m) and what is awkward about it. */
function wayBetween(a: Pose, b: Pose): Way {
  const [p, q] = [bodyOf(a), bodyOf(b)];
  const travel = poseDistance(a, b);
  const replants = SIDES.filter((side) => {
    const [f, g] = [p.feet[side].ball, q.feet[side].ball];
    return f[1] < 0.01 && g[1] < 0.01 && distance(f, g) > 0.03;
  }).length;
  const changes = Math.abs(p.chest.y[1] - q.chest.y[1]) > 0.6 ||
    Math.abs(a.joints.pelvis[1] - b.joints.pelvis[1]) > 0.4;
  return {
    travel,
    replants,
    base: changes ? 1 : 0,
    flip: travel > 0.08 && poseDistance(mirrorPose(a), b) < 0.04 ? 1 : 0,
    repeat: travel < 1e-6 ? 1 : 0,
  };
}

const costOf = ({ travel, replants, base, flip, repeat }: Way): number =>
  COST.metre * travel + COST.replant * replants + COST.base * base + COST.flip * flip + COST.repeat * repeat;

/** What a choice comes to. */
function pathOf(
  candidates: readonly (readonly PathCandidate[])[],
  choice: readonly number[],
  ways: (i: number, from: number, to: number) => Way,
  { loop, weight }: Required<PathOptions>,
): Path {
  const score = choice.reduce((sum, k, i) => sum + (candidates[i]?.[k]?.score ?? 0), 0);
  const last = loop ? choice.length : choice.length - 1;
  const all = choice.slice(0, last).map((k, i) => ways(i, k, choice[(i + 1) % choice.length] ?? 0));
  const sum = (of: (way: Way) => number) => all.reduce((total, way) => total + of(way), 0);
  return {
    choice,
    score,
    travel: sum(({ travel }) => travel),
    replants: sum(({ replants }) => replants),
    baseChanges: sum(({ base }) => base),
    flips: sum(({ flip }) => flip),
    repeats: sum(({ repeat }) => repeat),
    total: score - weight * sum(costOf),
  };
}

/**
 * Chooses a pose for every move so that descriptions fit and the ways between poses are short and not awkward: the best of
 * all sequences, by dynamic programming (Viterbi 1967), in time linear in the moves. In a loop it is the best for each
 * first pose in turn, so a factor of the candidates slower.
 *
 * @param candidates for every move its candidates, best first; at least one each.
 * @returns the path, and the greedy choice (each move's best candidate) to compare it with.
 * @throws {RangeError} naming the move that has no candidate.
 */
export function choosePath(
  candidates: readonly (readonly PathCandidate[])[],
  options: PathOptions = {},
): { readonly path: Path; readonly greedy: Path } {
  const { loop = true, weight = 1 } = options;
  const n = candidates.length;
  const empty = candidates.findIndex((of) => of.length === 0);
  if (n === 0 || empty >= 0) {
    throw new RangeError(
      `Cannot choose poses: ${n === 0 ? "give at least one move" : `move ${empty} has no candidate`}`,
    );
  }
  const known = candidates.map((): (Way | undefined)[] => []);
  const ways = (i: number, from: number, to: number): Way => {
    const next = candidates[(i + 1) % n] ?? [];
    const [p, q] = [candidates[i]?.[from], next[to]];
    if (!p || !q) throw new RangeError(`Cannot choose poses: no candidate ${from} of move ${i}`);
    return (known[i] ??= [])[from * next.length + to] ??= wayBetween(p.pose, q.pose);
  };
  const scores = candidates.map((of) => of.map(({ score }) => score));

  /** The best path, its first pose given or free. */
  function best(first: number | undefined): { total: number; choice: number[] } {
    let totals = (scores[0] ?? []).map((score, k) => first === undefined || k === first ? score : -Infinity);
    const from: number[][] = [];
    for (let i = 1; i < n; i++) {
      const arrived = (scores[i] ?? []).map((score, to) => {
        let [most, at] = [-Infinity, 0];
        totals.forEach((total, k) => {
          if (total === -Infinity) return;
          const here = total - weight * costOf(ways(i - 1, k, to));
          if (here > most) [most, at] = [here, k];
        });
        return { total: most + score, at };
      });
      totals = arrived.map(({ total }) => total);
      from.push(arrived.map(({ at }) => at));
    }
    if (first !== undefined && n > 1) totals = totals.map((total, k) => total - weight * costOf(ways(n - 1, k, first)));
    let last = totals.indexOf(Math.max(...totals));
    const total = totals[last] ?? -Infinity;
    const choice = [last];
    for (const back of from.toReversed()) choice.unshift(last = back[last] ?? 0);
    return { total, choice };
  }

  const loops = loop && n > 1;
  const found = loops
    ? (scores[0] ?? []).map((_, k) => best(k)).reduce((a, b) => b.total > a.total ? b : a)
    : best(undefined);
  const greedy = scores.map((of) => of.indexOf(Math.max(...of)));
  const settings = { loop: loops, weight };
  return { path: pathOf(candidates, found.choice, ways, settings), greedy: pathOf(candidates, greedy, ways, settings) };
}
