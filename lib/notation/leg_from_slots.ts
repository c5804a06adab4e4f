/** Slots → a leg of the notation. */
import { other, type Side } from "../skeleton/mod.ts";
import { bendOf, limbSlot, slotsOf, wordsFor } from "./slot_words.ts";
import type { Slot } from "./slots.ts";
import type { LegNotation, Notation } from "./spec.ts";

/** How far (degrees) a knee bends, by the word for it. */
const KNEE: Readonly<Record<string, number>> = { slight: 30, bent: 45, right_angle: 90 };

/** How high a leg is lifted that is only said to be lifted that way: as far as people easily do. */
const LIFTED: Readonly<Record<string, string>> = { forward: "-20" };

/** A leg that is stretched some way with nothing to stand on. */
const STRETCHED: Readonly<Record<string, string>> = { forward: "-30", back: "-60", side: "-50", across: "-65" };

/**
 * What slots say of a leg.
 *
 * @param slots with sides. @param draft what postures have said so far. @returns undefined where they say nothing.
 */
export function legFrom(side: Side, slots: readonly Slot[], draft: Readonly<Notation>): LegNotation | undefined {
  const { base } = draft;
  const steps = slotsOf(slots, "step");
  // Who steps and puts the weight on a foot keeps the other one on the floor.
  const free = steps.length === 0 && slotsOf(slots, "support").some(({ leg }) => leg === other(side));
  const bend = bendOf(slots, "knee", side);
  const bent = bend !== undefined && bend !== "straight";
  const step = steps.findLast(({ leg }) => leg === side);
  const thigh = limbSlot(slots, "thigh", side) ?? (free ? limbSlot(slots, "knee", side) : undefined);
  const shank = limbSlot(slots, "shank", side);
  if (thigh || shank) {
    const upper = (thigh && wordsFor(thigh)) ?? "place low";
    const usual = bend === "straight"
      ? upper
      : upper.startsWith("back") || upper === "place low"
      ? "back middle"
      : "place low";
    return { upper: upper.startsWith("back") ? "back -65" : upper, lower: (shank && wordsFor(shank)) ?? usual };
  }
  const whole = limbSlot(slots, "leg", side);
  const words = whole && wordsFor(whole);
  const way = whole?.direction === "place" ? undefined : whole?.direction;
  const stands = slots.some((slot) => slot.kind === "posture" && slot.posture === "standing");
  // Who is said to stand and has a leg straight out some way stands on the other one.
  const out = stands && steps.length === 0 && way !== undefined && bend === "straight";
  if (words !== undefined && whole && (free || out || whole.height !== undefined || (whole.level ?? "low") !== "low")) {
    // A leg that is only said to be lifted is lifted as far as people easily do.
    const told = whole.level === "raised" || (whole.level === undefined && whole.height === undefined);
    const lifted = way !== undefined && told ? `${way} ${LIFTED[way] ?? "-50"}` : words;
    return bent && !lifted.startsWith("place")
      ? { upper: lifted, lower: lifted.startsWith("back") ? "back middle" : "place low" }
      : lifted;
  }
  if (base === "seat" && bend === "straight") return "forward -35";
  if (base === "airborne") return inTheAir(way ?? step?.direction, bent);
  // On hands and knees a leg that goes some way leaves the floor, and one that crosses in front does too.
  if (base === "all_fours" && (way ?? step?.direction) !== undefined) return `${way ?? step?.direction} middle`;
  if (way === "across" || (step && step.direction === "across")) return "forward-across -60";
  const knee = bent ? { knee: KNEE[bend] ?? 45 } : {};
  if (way !== undefined || step) {
    const direction = way ?? step?.direction ?? "forward";
    // The front leg of a long step bends, whatever it is told.
    return { step: bend === "straight" && direction.startsWith("forward") ? `${direction} short` : direction, ...knee };
  }
  if (free) return { upper: "forward middle", lower: "place low" };
  if (!bent || draft.knees !== undefined || base === "kneeling" || base === "all_fours" || base === "seat") {
    return undefined;
  }
  return base?.startsWith("lying") || base === "floor" ? { knee: Math.max(80, KNEE[bend] ?? 45) } : knee;
}

/** A leg with nothing to stand on. */
function inTheAir(way: string | undefined, bent: boolean): LegNotation | undefined {
  if (way === undefined) return bent ? { upper: "forward -40", lower: "back -50" } : undefined;
  const words = `${way} ${STRETCHED[way] ?? "-45"}`;
  return bent ? { upper: words, lower: way === "back" ? "back middle" : "place low" } : words;
}
