/** Slots → notation: the words of a pose file for what a description states. */
import { other, type Side, SIDES } from "../skeleton/mod.ts";
import { armFrom, BEFORE, handFrom } from "./arm_from_slots.ts";
import { legFrom } from "./leg_from_slots.ts";
import { slotsOf, withSides } from "./slot_words.ts";
import type { Slot, SlotOf } from "./slots.ts";
import { type ArmNotation, isFree, type Notation, type StandingLeg, touchOf } from "./spec.ts";

type Draft = { -readonly [K in keyof Notation]: Notation[K] };

/** The base and the bends that a posture means. */
function takePosture(draft: Draft, slot: SlotOf<"posture">, slots: readonly Slot[]): void {
  const { posture, side = "right" } = slot;
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
      takeLunge(draft, slot.side, slotsOf(slots, "step"));
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

/** A lunge: the leg that steps forward or aside bends; one that steps back leaves that to the other. */
function takeLunge(draft: Draft, front: Side | undefined, steps: readonly SlotOf<"step">[]): void {
  const aside = steps.find(({ direction }) => direction?.startsWith("side"));
  const back = steps.find(({ direction }) => direction?.startsWith("back"))?.leg;
  const ahead = back === "left" ? "right" : back === "right" ? "left" : undefined;
  const leg = aside ? aside.leg : ahead ?? front ?? steps[0]?.leg;
  const side = leg === "left" ? "left" : "right";
  draft[`${side}_leg`] = aside ? { step: "side 0.36", knee: 75 } : { step: "forward long", knee: 85 };
  if (aside) draft.weight = side;
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
      // Feet that are wide apart are apart as well.
      if (draft.feet !== "wide") draft.feet = slot.stance;
  }
}

/**
 * The notation of what slots state; what they leave out stays as its base has it.
 *
 * @param stated from a parsed text or from a model.
 * @returns words for `solve` or `compose`; they need not make a possible body.
 */
export function notationOf(stated: readonly Slot[]): Notation {
  const slots = withSides(stated);
  const draft: Draft = {};
  for (const slot of slots) if (slot.kind === "posture") takePosture(draft, slot, slots);
  for (const slot of slots) {
    if (["lean", "twist", "sway", "head", "stance"].includes(slot.kind)) takeTrunk(draft, slot as SlotOf<"lean">);
    if (slot.kind === "palm" && slot.hand !== "any") draft[`${slot.hand}_palm`] = slot.facing;
  }
  const lunges = slots.some((slot) => slot.kind === "posture" && slot.posture === "lunge");
  const over = slots.some((slot) => slot.kind === "crossed" && slot.limbs === "arms") || bothOpposite(slots);
  for (const side of SIDES) {
    const arm = armFrom(side, slots, over);
    if (arm !== undefined) draft[`${side}_arm`] = arm;
    const hand = handFrom(arm, draft[`${side}_palm`]);
    if (hand !== undefined) draft[`${side}_hand`] = hand;
    const leg = lunges ? undefined : legFrom(side, slots, draft);
    if (leg !== undefined) draft[`${side}_leg`] ??= leg;
  }
  const legs = slots.some((slot) => slot.kind === "crossed" && slot.limbs === "legs");
  if (legs && (draft.base === "floor" || draft.base === "seat") && !draft.left_leg && !draft.right_leg) {
    draft.legs = "left over right";
  }
  takeHands(draft, slots);
  takeWeight(draft, slots);
  takeSteps(draft);
  reachDown(draft);
  return draft;
}

/** Hands that are on each other, crossed, or on one place. */
function takeHands(draft: Draft, slots: readonly Slot[]): void {
  const [left, right] = SIDES.map((side) => touchOf(draft[`${side}_arm`] ?? "place low")?.touch);
  if (slots.some(({ kind }) => kind === "clasp") && !(left && right)) clasp(draft);
  else if (slots.some((slot) => slot.kind === "crossed" && slot.limbs === "arms")) {
    if (draft.left_arm === "place high" && draft.right_arm === "place high") {
      Object.assign(draft, { left_arm: "forward-across 65", right_arm: "across 65" });
    }
    draft.right_arm ??= { touch: "left_elbow", elbow: "place low" };
    draft.left_arm ??= { touch: "right_elbow", elbow: "forward low", over: true };
  } else if (left !== undefined && left === right && left !== "floor") {
    draft.left_arm = { ...draft.left_arm as object, touch: left, over: true };
  }
}

/** Hands that touch each other: where the right arm is said to be, before the chest unless said. */
function clasp(draft: Draft): void {
  const said = draft.right_arm ?? draft.left_arm;
  if (said === "place high") {
    Object.assign(draft, { left_arm: { touch: "above_head" }, right_arm: { touch: "above_head" } });
    return;
  }
  // Straight ahead of the shoulders hands do not meet: the forearms turn in.
  const [way, level = "middle"] = typeof said === "string" ? said.split(" ") : [];
  const meet: ArmNotation | undefined = way === "forward"
    ? { upper: `forward ${level}`, lower: `forward-across ${level}` }
    : said === "place low"
    ? { upper: "place low", lower: "forward-across -50" }
    : undefined;
  draft.right_arm = meet ?? draft.right_arm ?? BEFORE.chest;
  draft.left_arm = { touch: touchOf(draft.right_arm) ? "right_hand_back" : "right_hand" };
}

/** Of two feet that step apart one step is enough: that of a leg whose knee is told of, or that carries. */
function takeSteps(draft: Draft): void {
  const [left, right] = [draft.left_leg, draft.right_leg];
  if (typeof left !== "object" || !("step" in left) || typeof right !== "object" || !("step" in right)) return;
  const tells = ({ step, knee }: StandingLeg, side: Side) =>
    (step?.endsWith("short") ? 4 : 0) + (knee === undefined ? 0 : 2) + (draft.weight === side ? 1 : 0);
  const stays: Side = tells(right, "right") > tells(left, "left") ? "left" : "right";
  const [going, staying] = stays === "left" ? [right, left] : [left, right];
  // A front leg stays straight where a short step back took the weight.
  if (going.step === "forward short" && staying.step === "back") {
    draft[`${stays}_leg`] = { step: "back 0.25" };
    delete draft[`${other(stays)}_leg`];
    draft.weight = stays;
    return;
  }
  const { step: _, ...rest } = staying;
  if (rest.knee === undefined && rest.toes === undefined) delete draft[`${stays}_leg`];
  else draft[`${stays}_leg`] = rest;
}

/** Which foot carries, and whose knee bends while the other leg is lifted. */
function takeWeight(draft: Draft, slots: readonly Slot[]): void {
  const support = slotsOf(slots, "support")[0]?.leg;
  if (support !== undefined && support !== "any" && slotsOf(slots, "step").length > 0) draft.weight = support;
  const lifted = SIDES.filter((side) => isFree(draft[`${side}_leg`]));
  const [one] = lifted;
  if (draft.knees === undefined || one === undefined || lifted.length > 1) return;
  draft[`${other(one)}_leg`] ??= { knee: draft.knees };
  delete draft.knees;
}

/** Who stands and has the hands on thighs, knees, feet or the floor leans as far as that takes. */
function reachDown(draft: Draft): void {
  if ((draft.base ?? "standing") !== "standing" || SIDES.some((side) => isFree(draft[`${side}_leg`]))) return;
  const places = SIDES.map((side) => touchOf(draft[`${side}_arm`] ?? "place low")?.touch ?? "");
  const [way = "forward", said = "0"] = draft.torso?.lean?.split(" ") ?? [];
  const reach = (degrees: number, knees: number) => {
    if (way === "forward") draft.torso = { ...draft.torso, lean: `forward ${Math.max(degrees, Number(said))}` };
    if (SIDES.every((side) => draft[`${side}_leg`] === undefined)) draft.knees ??= knees;
  };
  if (places.some((place) => /floor|foot|ankle/.test(place))) reach(100, 30);
  else if (places.some((place) => /shin|knee/.test(place))) reach(60, 30);
  else if (places.some((place) => /thigh/.test(place))) reach(40, 10);
}

/** Whether each hand lies on the other side: one arm is then over the other. */
const bothOpposite = (slots: readonly Slot[]): boolean =>
  SIDES.every((side) =>
    slots.some((slot) =>
      slot.kind === "contact" && slot.hand === side && (slot.owner === "opposite" || slot.owner === other(side))
    )
  );
