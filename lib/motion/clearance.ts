/** How deep the parts of a moving body are in each other. */
import {
  allowedDepth,
  type Body,
  bodyOf,
  type Capsule,
  capsulesOf,
  depth,
  lowPoints,
  type Part,
  REST,
} from "../skeleton/mod.ts";
import type { Key } from "./motion.ts";

/** Two capsules of `capsulesOf`, by their places in it, and how deep they may be in each other (m). */
export interface Pair {
  readonly a: number;
  readonly b: number;
  readonly names: string;
  readonly allowed: number;
}

const PARTS: readonly Part[] = capsulesOf(bodyOf({ joints: REST })).map(({ part }) => part);

const ALL: readonly Pair[] = PARTS.flatMap((p, a) =>
  PARTS.slice(a + 1).flatMap((q, i): Pair[] => {
    const allowed = allowedDepth(p, q);
    return allowed === Infinity ? [] : [{ a, b: a + 1 + i, names: `${p} ${q}`, allowed }];
  })
);

/**
 * The pairs of parts that must stay out of each other between two keys: not those that touch on purpose in either.
 */
export function pairsBetween(a: Pick<Key, "contacts">, b: Pick<Key, "contacts">): readonly Pair[] {
  const touching = new Set(
    [...a.contacts ?? [], ...b.contacts ?? []].flatMap(([p, q]) => [`${p} ${q}`, `${q} ${p}`]),
  );
  return touching.size === 0 ? ALL : ALL.filter(({ names }) => !touching.has(names));
}

/** How much deeper (m) than allowed capsules are in each other. @returns the most, and in which pair. */
export function deepest(capsules: readonly Capsule[], pairs: readonly Pair[]): { depth: number; names: string } {
  let worst = { depth: 0, names: "" };
  for (const { a, b, names, allowed } of pairs) {
    const deep = depth(capsules[a] as Capsule, capsules[b] as Capsule) - allowed;
    if (deep > worst.depth) worst = { depth: deep, names };
  }
  return worst;
}

/** How far (m) the lowest point of a body, or of some of its joints, is under the floor; 0 where none is. */
export const underFloor = (body: Body, joints = /./): number =>
  lowPoints(body).reduce((deep, { joint, height }) => joints.test(joint) ? Math.max(deep, -height) : deep, 0);
