/** Slots → an arm of the notation. */
import { other, type Side } from "../skeleton/mod.ts";
import { type Landmark, LANDMARKS } from "./landmarks.ts";
import { bendOf, limbSlot, slotsOf, wordsFor } from "./slot_words.ts";
import type { Slot, SlotOf } from "./slots.ts";
import type { ArmNotation } from "./spec.ts";

type Before = SlotOf<"before">["place"];

/** Where the hand is before a part of the body. */
export const BEFORE: Readonly<Record<Before, { readonly upper: string; readonly lower: string }>> = {
  face: { upper: "forward -30", lower: "forward-across 65" },
  head: { upper: "forward -20", lower: "forward-across 70" },
  chest: { upper: "forward -60", lower: "forward-across 35" },
  belly: { upper: "forward -75", lower: "forward-across middle" },
  hip: { upper: "place low", lower: "forward-across -40" },
};

/** Where its forearm points when the elbow is said to be somewhere else. */
const BEFORE_FROM_ELBOW: Readonly<Record<Before, string>> = {
  face: "forward-across 50",
  head: "forward-across 60",
  chest: "forward-across middle",
  belly: "forward-across -35",
  hip: "forward-across -60",
};

const isLandmark = (name: string): name is Landmark => (LANDMARKS as readonly string[]).includes(name);

function landmarkOf({ place, owner }: SlotOf<"contact">, hand: Side): Landmark | undefined {
  if (place === "head") return "head_top";
  if (place === "face") return `${hand}_eye`;
  if (isLandmark(place)) return place;
  const side = owner === "left" || owner === "right" ? owner : owner === "opposite" ? other(hand) : hand;
  const name = `${side}_${place}`;
  return isLandmark(name) ? name : undefined;
}

/** A little above and below a direction: an arm that is slightly bent. */
function slightlyBent(words: string): ArmNotation {
  if (words === "place low") return { upper: "place low", lower: "forward -60" };
  if (words === "place high") return { upper: "side 60", lower: "place high" };
  const [way = "forward", level = "middle"] = words.split(" ");
  const degrees = { high: 45, middle: 0, low: -45 }[level] ?? Number(level);
  return { upper: `${way} ${degrees - 14}`, lower: `${way} ${degrees + 14}` };
}

/** A bent arm of which only one direction is told. */
function bentArm(words: string | undefined, palm: string | undefined): ArmNotation {
  // Palms that face forward are held up, as people do who surrender.
  if (words === undefined && palm === "forward") return { upper: "side low", lower: "place high" };
  if (words === undefined) return { upper: "place low", lower: "forward middle" };
  if (words === "place low") return { upper: "place low", lower: "forward -30" };
  if (words === "place high") return { upper: "side middle", lower: "place high" };
  const [way, level] = words.split(" ");
  if (way === "forward") return { upper: "place low", lower: words };
  if (way === "side") return { upper: words, lower: level === "low" ? "forward low" : "place high" };
  return way?.startsWith("back") ? { upper: words, lower: "place low" } : { upper: words, lower: "forward middle" };
}

/** An arm of which bones are told one by one. */
function bonesOf(up: string, low: string | undefined, bend: string | undefined): ArmNotation {
  const bent = bend !== undefined && bend !== "straight";
  if (low === undefined && bend === "slight") return slightlyBent(up);
  const lower = low ?? (bent ? up.endsWith("low") ? "forward middle" : "place high" : up);
  // No elbow folds all the way.
  if (up === "place low" && lower === "place high") return { upper: "side -45", lower };
  return up === lower && bent
    ? { upper: up, lower: up.startsWith("place") ? "forward middle" : "place high" }
    : { upper: up, lower };
}

/**
 * What slots say of an arm.
 *
 * @param slots with sides. @param over whether the arm lies over the other one.
 * @returns undefined where they say nothing.
 */
export function armFrom(side: Side, slots: readonly Slot[], over: boolean): ArmNotation | undefined {
  const bend = bendOf(slots, "elbow", side);
  const elbow = limbSlot(slots, "elbow", side);
  const whole = limbSlot(slots, "arm", side);
  const words = whole && wordsFor(whole);
  const elbowWords = elbow && wordsFor(elbow);
  const contact = slotsOf(slots, "contact").findLast((slot) => !slot.not && slot.hand === side);
  const touch = contact && landmarkOf(contact, side);
  if (touch) return { touch, ...(elbowWords && { elbow: elbowWords }), ...(over && side === "left" && { over: true }) };
  const upper = limbSlot(slots, "upper_arm", side);
  const lower = limbSlot(slots, "forearm", side);
  const before = slotsOf(slots, "before").findLast((slot) => slot.hand === side)?.place;
  if (before && bend !== "straight") {
    const up = (upper && wordsFor(upper)) ?? elbowWords;
    return up === undefined || up === "place low" ? BEFORE[before] : { upper: up, lower: BEFORE_FROM_ELBOW[before] };
  }
  const palm = slotsOf(slots, "palm").findLast((slot) => slot.hand === side)?.facing;
  if (upper || elbow || lower) {
    const up = (upper && wordsFor(upper)) ?? elbowWords ?? (bend === "straight" ? words : undefined) ?? "place low";
    return bonesOf(up, forearmWords(lower, up) ?? (upper || elbow ? otherThan(words, up) : words), bend);
  }
  if (bend === "slight") return slightlyBent(words ?? "place low");
  if (bend !== undefined && bend !== "straight") return bentArm(words, palm);
  if (before) return words ?? "forward middle";
  // A palm is shown on an arm that is held out.
  if (words === undefined && (palm === "up" || palm === "forward")) return bentArm(undefined, palm);
  return words;
}

/** A forearm's words: one that is held at the waist by an arm that hangs is level. */
function forearmWords(slot: SlotOf<"limb"> | undefined, upper: string): string | undefined {
  const words = slot && wordsFor(slot);
  if (slot?.height === undefined || slot.level !== undefined || upper !== "place low") return words;
  const [way = "forward"] = words?.split(" ") ?? [];
  const degrees = { hip: "-45", waist: "middle", chest: "30", shoulder: "55", head: "70" }[slot.height as string];
  return way === "place" || degrees === undefined ? words : `${way} ${degrees}`;
}

const otherThan = (words: string | undefined, upper: string) => words === upper ? undefined : words;

/** Where the hand points for a palm to face where no forearm turns it: the wrist bends. */
const BENT_HAND: Readonly<Record<string, string>> = {
  "place high up": "side 20",
  "place high down": "forward 20",
  "place low down": "side -20",
  "forward middle forward": "forward 75",
};

/** How the hand of an arm is held, where its palm asks for a bent wrist. */
export function handFrom(arm: ArmNotation | undefined, palm: string | undefined): string | undefined {
  const lower = typeof arm === "string" ? arm : arm && "lower" in arm ? arm.lower : undefined;
  return BENT_HAND[`${lower} ${palm}`];
}
