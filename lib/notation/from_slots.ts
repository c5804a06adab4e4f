/** Slots → notation: the words of a pose file for what a description states. */
import { other, type Side, SIDES } from "../skeleton/mod.ts";
import { type Landmark, LANDMARKS } from "./landmarks.ts";
import type { Slot, SlotOf } from "./slots.ts";
import type { ArmNotation, LegNotation, Notation } from "./spec.ts";

type Draft = { -readonly [K in keyof Notation]: Notation[K] };
type Of<K extends Slot["kind"]> = readonly SlotOf<K>[];

/** Degrees above the horizontal that a height means for a straight arm. */
const HEIGHTS: Record<string, string> = {
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
/** Where the hand is before a part of the body. */
const BEFORE: Record<SlotOf<"before">["place"], ArmNotation> = {
  face: { upper: "forward -30", lower: "forward-across 65" },
  head: { upper: "forward -20", lower: "forward-across 70" },
  chest: { upper: "forward -60", lower: "forward-across 35" },
  belly: { upper: "forward -75", lower: "forward-across middle" },
  hip: { upper: "place low", lower: "forward-across -40" },
};
const ONE_OF_BOTH = (name: string): name is Landmark => (LANDMARKS as readonly string[]).includes(name);

/** The direction words of a limb, or undefined where nothing says them. */
function wordsFor({ direction, level, height }: SlotOf<"limb">): string | undefined {
  if (direction === "place") return level === "low" ? "place low" : "place high";
  const degrees = height === undefined ? undefined : HEIGHTS[height];
  if (direction !== undefined) return `${direction} ${level && level !== "raised" ? level : degrees ?? "middle"}`;
  if (height === "overhead" || level === "high") return "place high";
  if (level === "low") return "place low";
  if (degrees !== undefined) return `forward ${degrees}`;
  return level === "middle" || level === "raised" ? "forward middle" : undefined;
}

/** A bent arm of which only one direction is told. */
function bentArm(words: string | undefined): ArmNotation {
  if (words === undefined || words.startsWith("forward")) return { upper: "place low", lower: "forward middle" };
  if (words === "place high" || words.startsWith("side")) return { upper: "side middle", lower: "place high" };
  return words === "place low"
    ? { upper: "place low", lower: "forward -30" }
    : { upper: words, lower: "forward middle" };
}

function landmarkOf({ place, owner }: SlotOf<"contact">, hand: Side): Landmark | undefined {
  if (place === "head") return "head_top";
  if (place === "face") return `${hand}_eye`;
  if (ONE_OF_BOTH(place)) return place;
  const side = owner === "left" || owner === "right" ? owner : owner === "opposite" ? other(hand) : hand;
  const name = `${side}_${place}`;
  return ONE_OF_BOTH(name) ? name : undefined;
}

const concerns = (slotSide: string, side: Side, only: Side | undefined) =>
  slotSide === side || (slotSide === "any" && side === (only ?? "right"));

function armOf(side: Side, slots: readonly Slot[], crossed: boolean): ArmNotation | undefined {
  const of = <K extends Slot["kind"]>(kind: K) => slots.filter((slot): slot is SlotOf<K> => slot.kind === kind);
  const limb = (name: string) =>
    of("limb").findLast((slot) => slot.limb === name && !slot.not && concerns(slot.side, side, undefined));
  const contact = of("contact").findLast((slot) => !slot.not && concerns(slot.hand, side, undefined));
  const elbow = limb("elbow");
  if (contact) {
    const touch = landmarkOf(contact, side);
    const hint = elbow && wordsFor(elbow);
    if (touch) return { touch, ...(hint && { elbow: hint }), ...(crossed && side === "left" && { over: true }) };
  }
  const before = of("before").findLast((slot) => concerns(slot.hand, side, undefined));
  if (before) return BEFORE[before.place];
  const whole = limb("arm");
  const upper = limb("upper_arm") ?? elbow;
  const lower = limb("forearm");
  const bend = of("bend").findLast((slot) => slot.joint === "elbow" && concerns(slot.side, side, undefined))?.bend;
  const words = whole && wordsFor(whole);
  if (upper || lower) {
    const up = (upper && wordsFor(upper)) ?? words ?? "place low";
    return { upper: up, lower: (lower && wordsFor(lower)) ?? words ?? up };
  }
  if (bend !== undefined && bend !== "straight") return bentArm(words);
  return words;
}

function legOf(side: Side, slots: readonly Slot[]): LegNotation | undefined {
  const of = <K extends Slot["kind"]>(kind: K) => slots.filter((slot): slot is SlotOf<K> => slot.kind === kind);
  const limb = (name: string) =>
    of("limb").findLast((slot) => slot.limb === name && concerns(slot.side, side, undefined));
  const free = of("support").some(({ leg }) => leg === other(side) || (leg === "any" && side === "right"));
  const bend = of("bend").findLast((slot) => slot.joint === "knee" && concerns(slot.side, side, undefined))?.bend;
  const bent = bend !== undefined && bend !== "straight";
  const step = of("step").findLast(({ leg }) => concerns(leg, side, undefined));
  const thigh = limb("thigh") ?? (free ? limb("knee") : undefined);
  const shank = limb("shank");
  if (thigh || shank) {
    const upper = (thigh && wordsFor(thigh)) ?? "place low";
    const usual = upper.startsWith("back") || upper === "place low" ? "back middle" : "place low";
    return { upper, lower: (shank && wordsFor(shank)) ?? usual };
  }
  const whole = limb("leg");
  const words = whole && wordsFor(whole);
  if (words !== undefined && whole && (free || whole.level !== undefined || whole.height !== undefined)) {
    const [way = "forward", level = "middle"] = words.split(" ");
    // A leg that is only said to be lifted is lifted as far as people easily do.
    const told = whole.level === "raised" || whole.level === undefined && whole.height === undefined;
    return way === "place" ? words : `${way} ${told ? way === "forward" ? "-20" : "-50" : level}`;
  }
  if (whole?.direction !== undefined && whole.direction !== "place") return { step: whole.direction };
  if (step) return { step: step.direction ?? "forward", ...(bent && { knee: 70 }) };
  if (free) return { upper: "forward middle", lower: "place low" };
  return bent ? { knee: 45 } : undefined;
}

/** The base and the bends that a posture means. */
function takePosture(draft: Draft, { posture, side = "right" }: SlotOf<"posture">): void {
  switch (posture) {
    case "seat":
    case "sitting":
      draft.base = "seat";
      return;
    case "lying":
      draft.base = "lying_back";
      return;
    case "side_plank":
      draft.base = "side_plank_left";
      return;
    case "half_kneeling":
      draft.base = "kneeling";
      draft[`${other(side)}_leg`] = { step: "forward" };
      return;
    case "bridge":
      Object.assign(draft, { base: "lying_back", knees: 85, hips: "up 28" });
      return;
    case "shoulder_stand":
      Object.assign(draft, { base: "lying_back", hips: "up 50" });
      return;
    case "squat":
      Object.assign(draft, { knees: 105, torso: { lean: "forward 40" } });
      return;
    case "half_squat":
      Object.assign(draft, { knees: 55, torso: { lean: "forward 20" } });
      return;
    case "lunge":
      draft[`${side}_leg`] = { step: "forward long", knee: 90 };
      return;
    case "tiptoe":
      draft.heels = "up";
      return;
    case "hips_lifted":
      if (draft.base === "lying_back") Object.assign(draft, { knees: 85, hips: "up 28" });
      return;
    case "standing":
      return;
    default:
      draft.base = posture;
  }
}

function takeTrunk(draft: Draft, slot: SlotOf<"lean" | "twist" | "sway" | "head" | "stance">): void {
  switch (slot.kind) {
    case "lean":
      draft.torso = {
        ...draft.torso,
        lean: `${slot.way === "side" ? "right" : slot.way} ${slot.way === "back" ? 15 : 30}`,
      };
      return;
    case "twist":
      draft.torso = { ...draft.torso, twist: `${slot.way} 35` };
      return;
    case "sway":
      draft.hips = `${slot.way} 10`;
      return;
    case "head": {
      const way = slot.way === "forward" ? undefined : slot.way === "back" ? "up" : slot.way;
      if (way) draft.head = [...draft.head ?? [], `${way} ${way.startsWith("tilt") ? 25 : 35}`];
      return;
    }
    case "stance":
      draft.feet = slot.stance;
  }
}

/**
 * The notation of what slots state; what they leave out stays as its base has it.
 *
 * @param slots from a parsed text or from a model.
 * @returns words for `solve` or `compose`; they need not make a possible body.
 */
export function notationOf(slots: readonly Slot[]): Notation {
  const draft: Draft = {};
  for (const slot of slots) if (slot.kind === "posture") takePosture(draft, slot);
  for (const slot of slots) {
    if (["lean", "twist", "sway", "head", "stance"].includes(slot.kind)) takeTrunk(draft, slot as SlotOf<"lean">);
    if (slot.kind === "palm" && slot.hand !== "any") draft[`${slot.hand}_palm`] = slot.facing;
    if (slot.kind === "palm" && slot.hand === "any") draft.right_palm = slot.facing;
  }
  const crossed = slots.some(({ kind }) => kind === "crossed");
  for (const side of SIDES) {
    const arm = armOf(side, slots, crossed || bothOpposite(slots));
    if (arm !== undefined) draft[`${side}_arm`] = arm;
    const leg = legOf(side, slots);
    if (leg !== undefined) draft[`${side}_leg`] ??= leg;
  }
  if (slots.some(({ kind }) => kind === "clasp")) {
    draft.right_arm = draft.right_arm ?? BEFORE.chest;
    draft.left_arm = { touch: "right_hand" };
  } else if (slots.some((slot) => slot.kind === "crossed" && slot.limbs === "arms")) {
    draft.right_arm ??= { touch: "left_elbow", elbow: "place low" };
    draft.left_arm ??= { touch: "right_elbow", elbow: "forward low", over: true };
  }
  return draft;
}

/** Whether each hand lies on the other side: one arm is then over the other. */
const bothOpposite = (slots: readonly Slot[]): boolean =>
  SIDES.every((side) =>
    slots.some((slot) =>
      slot.kind === "contact" && slot.hand === side && (slot.owner === "opposite" || slot.owner === other(side))
    )
  );

/** What people might mean by a slot that another contradicts: two ways of one limb that no limb has at once. */
export function contradictions(slots: readonly Slot[]): (readonly [Slot, Slot])[] {
  const pairs: (readonly [Slot, Slot])[] = [];
  const limbs: Of<"limb"> = slots.filter((slot): slot is SlotOf<"limb"> => slot.kind === "limb" && !slot.not);
  limbs.forEach((a, i) => {
    for (const b of limbs.slice(i + 1)) {
      if (a.limb !== b.limb || a.side !== b.side) continue;
      const [p, q] = [wordsFor(a), wordsFor(b)];
      if (p !== undefined && q !== undefined && opposed(p, q)) pairs.push([a, b]);
    }
  });
  return pairs;
}

/** Directions that point away from each other. */
function opposed(p: string, q: string): boolean {
  const [[a = "", l = ""], [b = "", m = ""]] = [p.split(" "), q.split(" ")];
  const against = { forward: "back", back: "forward", side: "across", across: "side" };
  if (a === "place" && b === "place") return l !== m;
  return Reflect.get(against, a) === b || (a === b && ((l === "high" && m === "low") || (l === "low" && m === "high")));
}
