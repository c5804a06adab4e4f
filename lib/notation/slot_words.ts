/** What the slots of one description say, asked limb by limb. */
import type { Side } from "../skeleton/mod.ts";
import type { Slot, SlotOf, SlotSide } from "./slots.ts";

/** The slots of one kind. */
export const slotsOf = <K extends Slot["kind"]>(slots: readonly Slot[], kind: K): SlotOf<K>[] =>
  slots.filter((slot): slot is SlotOf<K> => slot.kind === kind);

/** What is said of a limb or bone of one side, over several slots: the first that says a direction or level stands. */
export function limbSlot(slots: readonly Slot[], limb: SlotOf<"limb">["limb"], side: Side): SlotOf<"limb"> | undefined {
  const said = slotsOf(slots, "limb").filter((slot) => slot.limb === limb && slot.side === side && !slot.not);
  return said.length === 0 ? undefined : Object.assign({}, ...said.toReversed());
}

/** How far a joint of one side is said to bend. */
export const bendOf = (
  slots: readonly Slot[],
  joint: "elbow" | "knee",
  side: Side,
): SlotOf<"bend">["bend"] | undefined =>
  slotsOf(slots, "bend").findLast((slot) => slot.joint === joint && slot.side === side)?.bend;

/** Whether a slot is about legs, where it has a side at all. */
const aboutLegs = (slot: Slot): boolean =>
  slot.kind === "support" || slot.kind === "step" || (slot.kind === "bend" && slot.joint === "knee") ||
  (slot.kind === "limb" && /leg|thigh|shank|knee/.test(slot.limb));

const sideOf = (slot: Slot): SlotSide | undefined =>
  "hand" in slot
    ? slot.hand
    : "leg" in slot
    ? slot.leg
    : slot.kind === "limb" || slot.kind === "bend"
    ? slot.side
    : undefined;

/** The same slot, of that side. */
function withSide(slot: Slot, side: Side): Slot {
  if ("hand" in slot) return { ...slot, hand: side };
  if ("leg" in slot) return { ...slot, leg: side };
  return slot.kind === "limb" || slot.kind === "bend" ? { ...slot, side } : slot;
}

/** What a slot says something about, without its side: of one arm it is said once. */
const subjectOf = (slot: Slot): string => slot.kind === "limb" ? slot.limb : slot.kind;

/**
 * Slots in which "one arm" and "one leg" are given a side: that of which the same is not said yet, rather one of which
 * nothing is said, and of two such the right one.
 */
export function withSides(slots: readonly Slot[]): Slot[] {
  const said = (side: Side, test: (slot: Slot) => boolean) => slots.some((slot) => sideOf(slot) === side && test(slot));
  const given: Slot[] = [];
  for (const slot of slots) {
    if (sideOf(slot) !== "any") {
      given.push(slot);
      continue;
    }
    const same = (other: Slot) => subjectOf(other) === subjectOf(slot);
    const cost = (side: Side) =>
      (said(side, same) || given.some((other) => sideOf(other) === side && same(other)) ? 2 : 0) +
      (said(side, (other) => aboutLegs(other) === aboutLegs(slot)) ? 1 : 0);
    given.push(withSide(slot, cost("left") < cost("right") ? "left" : "right"));
  }
  return given;
}

/** Degrees above the horizontal that a height means for the end of a straight arm. */
const HEIGHTS: Readonly<Record<string, string>> = {
  knee: "-75",
  hip: "-60",
  waist: "-45",
  below_shoulder: "-25",
  chest: "-15",
  shoulder: "middle",
  above_shoulder: "25",
  head: "35",
  overhead: "70",
};

/** The same for a thigh or leg, which hangs lower. */
const LEG_HEIGHTS: Readonly<Record<string, string>> = {
  ...HEIGHTS,
  knee: "-40",
  hip: "middle",
  waist: "10",
  chest: "30",
  shoulder: "45",
  head: "60",
};

/** The direction words of a limb, or undefined where nothing says them. */
export function wordsFor({ limb, direction, level, height }: SlotOf<"limb">): string | undefined {
  if (direction === "place") return level === "low" ? "place low" : "place high";
  const degrees = height && (/leg|thigh|shank/.test(limb) ? LEG_HEIGHTS : HEIGHTS)[height];
  if (direction !== undefined) return `${direction} ${level && level !== "raised" ? level : degrees ?? "middle"}`;
  if (height === "overhead" || level === "high") return "place high";
  if (level === "low") return "place low";
  if (degrees !== undefined) return `forward ${degrees}`;
  return level === "middle" || level === "raised" ? "forward middle" : undefined;
}
