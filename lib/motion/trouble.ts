/** What a move breaks on its way: ranges of motion, clearance, the floor, feet that slip. */
import {
  along,
  armCapsules,
  armMotionsOf,
  type Body,
  bodyOf,
  BONE_LENGTH,
  type Capsule,
  capsulesOf,
  depth,
  distance,
  type Joints,
  type LimitViolation,
  limitViolations,
  type Side,
  SIDES,
  type Vec3,
  violationsAmong,
} from "../skeleton/mod.ts";
import { type Pair, underFloor } from "./clearance.ts";
import { hump } from "./ease.ts";
import type { Detours, LegDetours, Move } from "./move.ts";

/** How many moments a search looks at, a second and at least; how many there are when it has found something. */
const MOMENTS = 24, LEAST = 20, FINE = 90;
/** A moment that costs more than this is looked at from then on; so many of them at once. */
const SLIPPED = 0.0015, MOST_SLIPPED = 6;

const timesOf = (seconds: number, rate: number): number[] => {
  const count = Math.max(LEAST, Math.ceil(seconds * rate));
  return Array.from({ length: count }, (_, i) => (i + 0.5) / count);
};

/** Half way between keys parts stay this much (m) farther out of each other than they must. */
const MARGIN = 0.004;
/** Degrees beyond its range that a joint may be: half as many as keys may. */
const TOLERANCE = 0.25;
/** Only who has the pelvis below this (m) may go through the floor. */
const LOW = 0.75;
/** A centimetre too deep is as bad as this many degrees too far, and as a foot that slips so far (m). */
const DEGREES = 3, SLIP = 0.002;
/** How far (m) under the floor is no trouble. */
const FLOOR = 0.0052;

/** Some moments of a move, the worst first, and what each one costs. */
export interface Judge<T> {
  /** What detours break, squared and summed; as soon as it is more than `enough`, what there is of it. */
  cost(detours: T, enough?: number): number;
  /**
   * Looks more closely: moments that slipped through are looked at from then on. @returns whether there were any.
   */
  sharpen(detours: T): boolean;
  /** How many moments were looked at so far: what looking costs. */
  looked(): number;
}

const beyond = ({ degrees, min, max }: LimitViolation) => (Math.max(min - degrees, degrees - max) / DEGREES) ** 2;

function tooDeep(
  capsules: readonly Capsule[],
  pairs: readonly Pair[],
  margin: number,
  blame?: (names: string) => void,
) {
  let cost = 0;
  for (const { a, b, names, allowed } of pairs) {
    const [p, q] = [capsules[a], capsules[b]];
    const deep = p && q ? depth(p, q) - allowed + margin : 0;
    if (deep <= 0) continue;
    cost += (deep * 100) ** 2;
    blame?.(names);
  }
  return cost;
}

const slip = (wanted: Vec3, is: Vec3) => (Math.max(0, distance(wanted, is) - 4e-4) / SLIP) ** 2;

/** Sums what moments cost, and remembers which cost most: they are looked at first from then on. */
function summing<M, T>(
  seconds: number,
  momentAt: (u: number) => M,
  costAt: (moment: M, detours: T) => number,
): Judge<T> & { readonly moments: () => readonly M[] } {
  let ordered = timesOf(seconds, MOMENTS).map((u) => momentAt(u));
  let fine: M[] | undefined;
  let looked = 0;
  const look = (moment: M, detours: T) => {
    looked++;
    return costAt(moment, detours);
  };
  return {
    moments: () => ordered,
    looked: () => looked,
    cost(detours, enough = Infinity) {
      let sum = 0;
      for (const [i, moment] of ordered.entries()) {
        sum += look(moment, detours);
        if (sum <= enough) continue;
        // What decided comes to the front.
        if (i > 3) ordered = [moment, ...ordered.filter((other) => other !== moment)];
        break;
      }
      return sum;
    },
    sharpen(detours) {
      fine ??= timesOf(seconds, FINE).map(momentAt);
      const slipped = fine.map((moment) => ({ moment, cost: look(moment, detours) }))
        .filter(({ cost }) => cost > SLIPPED)
        .sort((a, b) => b.cost - a.cost).slice(0, MOST_SLIPPED);
      ordered = [...slipped.map(({ moment }) => moment), ...ordered];
      return slipped.length > 0;
    },
  };
}

const isOfArms = (names: string) => /arm|hand/.test(names);

/** Judges what legs do. */
export function judgeLegs(move: Move, pairs: readonly Pair[], seconds: number): Judge<LegDetours> {
  const ofLegs = pairs.filter(({ names }) => !isOfArms(names));
  const momentAt = (u: number) => ({ u, feet: move.feetAt(u), margin: MARGIN * hump(u) });
  return summing(seconds, momentAt, ({ u, feet, margin }, detours: LegDetours) => {
    const body = bodyOf(move.stanceAt(u, detours).figure.pose());
    let cost = tooDeep(capsulesOf(body), ofLegs, margin);
    for (const one of limitViolations(body, TOLERANCE)) {
      if (/hip|knee|ankle/.test(one.joint)) cost += beyond(one);
    }
    for (const side of SIDES) {
      const foot = feet[side];
      if (!foot?.stands) continue;
      const wanted = along(foot.ankle, foot.slope, BONE_LENGTH[`${side}_foot`]);
      cost += slip(wanted, body.joints[`${side}_foot`]) + (foot.heel ? slip(foot.heel.at, body.feet[side].heel) : 0);
    }
    return cost + (body.joints.pelvis[1] < LOW ? (Math.max(0, underFloor(body, LEGS) - FLOOR) * 100) ** 2 : 0);
  });
}
const LEGS = /pelvis|hip|knee|ankle|foot/;

/** Judges what arms do, the legs on their way. */
export function judgeArms(
  move: Move,
  pairs: readonly Pair[],
  legs: LegDetours,
  seconds: number,
): Judge<Detours["arms"]> & { readonly arms: () => readonly Side[] } {
  const ofArms = pairs.filter(({ names }) => isOfArms(names));
  const momentAt = (u: number) => {
    const stance = move.stanceAt(u, legs);
    const body = bodyOf(stance.figure.pose());
    return { u, stance, body, capsules: capsulesOf(body), margin: MARGIN * hump(u) };
  };
  const look = (
    { u, stance, body: rest, capsules, margin }: ReturnType<typeof momentAt>,
    detours: Detours["arms"],
    blame?: (name: string) => void,
  ): number => {
    const { joints, hands } = move.withArms(u, stance, detours);
    const body: Body = { ...rest, joints, hands: hands ?? rest.hands };
    let cost = tooDeep(withArmsOf(capsules, body), ofArms, margin, blame);
    for (const side of SIDES) {
      for (const one of violationsAmong(armMotionsOf(side, body), TOLERANCE)) {
        cost += beyond(one);
        blame?.(one.joint);
      }
    }
    if (lowest(joints) < NEAR_FLOOR) cost += (Math.max(0, underFloor(body, /elbow|wrist/) - FLOOR) * 100) ** 2;
    return cost;
  };
  const judge = summing(seconds, momentAt, look);
  return {
    ...judge,
    /** The arms that have a part in what is wrong with the shortest way. */
    arms() {
      const blamed = new Set<Side>();
      for (const moment of judge.moments()) {
        look(moment, {}, (name) => {
          for (const side of SIDES) if (OF_ARM[side].test(name)) blamed.add(side);
        });
      }
      return SIDES.filter((side) => blamed.has(side));
    },
  };
}
/** Arms above this (m) cannot go through the floor. */
const NEAR_FLOOR = 0.25;
const lowest = (joints: Joints) =>
  Math.min(...SIDES.flatMap((side) => [joints[`${side}_elbow`][1], joints[`${side}_wrist`][1]]));
const OF_ARM: Record<Side, RegExp> = {
  left: /left_(upper_arm|forearm|hand|shoulder|elbow|wrist)/,
  right: /right_(upper_arm|forearm|hand|shoulder|elbow|wrist)/,
};

/** Capsules of a body whose arms alone have moved. */
function withArmsOf(capsules: readonly Capsule[], { joints: j, hands }: Body): Capsule[] {
  const moved = SIDES.flatMap((side) =>
    armCapsules(side, j[`${side}_shoulder`], j[`${side}_elbow`], j[`${side}_wrist`], hands[side].direction)
  );
  const of = new Map(moved.map((capsule) => [capsule.part, capsule]));
  return capsules.map((capsule) => of.get(capsule.part) ?? capsule);
}
