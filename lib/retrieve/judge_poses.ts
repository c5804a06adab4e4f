/** What geometry says of a library's poses as answers to a query. */
import { type Facts, factsOf, holds } from "../describe/mod.ts";
import { mirrorSlots, type Slot } from "../notation/mod.ts";
import type { Pose } from "../skeleton/mod.ts";
import { twinsOf } from "./twins.ts";

/** A pose with the id that hits name it by. */
export interface IdentifiedPose {
  /** Its name in the library. */
  readonly id: string;
  /** Its joints (m, world frame). */
  readonly pose: Pose;
}

/** Answers what can be asked of a library's poses. */
export interface PoseJudge {
  /** Whether all slots hold of a pose; `false` for an id that there isn't. */
  holdsAll(id: string, slots: readonly Slot[]): boolean;
  /** How many of the poses all slots hold of. */
  countHolding(slots: readonly Slot[]): number;
  /** The other pose of the library that a pose is in a mirror, if there is one. */
  mirrorOf(id: string): string | undefined;
}

/**
 * Prepares poses to be judged.
 *
 * @param poses The library's poses.
 */
export function createPoseJudge(poses: readonly IdentifiedPose[]): PoseJudge {
  const facts: readonly Facts[] = poses.map(({ pose }) => factsOf(pose));
  const places = new Map(poses.map(({ id }, i) => [id, i]));
  const twins = twinsOf(poses.map(({ pose }) => pose));
  // Queries ask for few different facts.
  const known = new Map<string, Uint8Array>();
  const holding = (slot: Slot): Uint8Array => {
    const key = JSON.stringify(slot);
    const before = known.get(key);
    if (before) return before;
    const held = Uint8Array.from(facts, (of) => holds(slot, of) ? 1 : 0);
    known.set(key, held);
    return held;
  };
  return {
    holdsAll(id, slots) {
      const at = places.get(id);
      return at !== undefined && slots.every((slot) => holding(slot)[at] === 1);
    },
    countHolding(slots) {
      const held = slots.map(holding);
      return poses.reduce((count, _, i) => count + (held.every((of) => of[i] === 1) ? 1 : 0), 0);
    },
    mirrorOf: (id) => poses[twins[places.get(id) ?? -1] ?? -1]?.id,
  };
}

/**
 * Whether facts tell left from right: whether they are others in a mirror. "Both arms up" is the same.
 *
 * @param slots What must hold.
 */
export function namesSide(slots: readonly Slot[]): boolean {
  return wordsOf(mirrorSlots(slots)) !== wordsOf(slots);
}

/** The same for the same facts in any order. */
const wordsOf = (slots: readonly Slot[]) =>
  slots.map((slot) => JSON.stringify(Object.entries(slot).sort())).sort().join();
