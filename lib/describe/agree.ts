/** Whether what a description says of a body is so: slots held against geometry. */
import { parse, type Slot } from "../notation/mod.ts";
import { type Side, SIDES } from "../skeleton/mod.ts";
import { type Facts } from "./facts.ts";
import { beforeHolds, clasped, contactHolds, crossed, palmHolds } from "./hands_agree.ts";
import { bendHolds, limbHolds } from "./limbs_agree.ts";
import { holdsPosture } from "./posture.ts";
import { legsHold, trunkHolds } from "./stance_agree.ts";

/**
 * Whether one slot is so of a pose.
 *
 * @param slot what is said. @param facts the pose's, from `factsOf`.
 */
export function holds(slot: Slot, facts: Facts): boolean {
  const either = (side: "left" | "right" | "any", test: (side: Side) => boolean) =>
    side === "any" ? SIDES.some(test) : test(side);
  switch (slot.kind) {
    case "limb":
      return either(slot.side, (side) => limbHolds(slot, side, facts) !== (slot.not ?? false));
    case "bend":
      return either(slot.side, (side) => bendHolds(slot, side, facts));
    case "contact":
      return either(slot.hand, (side) => contactHolds(slot, side, facts) !== (slot.not ?? false));
    case "before":
      return either(slot.hand, (side) => beforeHolds(slot, side, facts));
    case "palm":
      return either(slot.hand, (side) => palmHolds(slot, side, facts));
    case "clasp":
      return clasped(facts);
    case "crossed":
      return crossed(slot.limbs, facts);
    case "lean":
    case "twist":
    case "sway":
    case "head":
      return trunkHolds(slot, facts);
    case "stance":
    case "support":
    case "step":
      return legsHold(slot, facts);
    case "posture":
      return holdsPosture(slot, facts.body, facts.support);
  }
}

/**
 * What a description says of a pose that is not so.
 *
 * @returns the slots that fail; none where the description agrees, or where the parser does not understand it.
 */
export function disagreements(description: string, facts: Facts): Slot[] {
  const { slots, understood } = parse(description);
  return understood ? slots.filter((slot) => !holds(slot, facts)) : [];
}
