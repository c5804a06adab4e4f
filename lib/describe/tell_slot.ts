import type { Slot } from "../notation/mod.ts";
import PHRASES from "./phrases.json" with { type: "json" };

const own = (side: string, part: string) => `${side === "any" ? "one" : `the ${side}`} ${part.replaceAll("_", " ")}`;

/** Directions as they stand by themselves in a sentence. */
const ALONE: Readonly<Record<string, string>> = { side: "to the side", across: "across the body", place: "vertical" };

/** Where a limb is said to be. */
function whereOf({ direction, level, height }: Extract<Slot, { kind: "limb" }>): string {
  const words: Readonly<Record<string, readonly string[]>> = PHRASES.en.direction;
  const known = words[`${direction} ${level}`]?.[0];
  if (known !== undefined) return known;
  const alone = { high: "up", middle: "level", low: "down", raised: "raised" };
  const at = height === undefined
    ? []
    : [height === "overhead" ? "overhead" : `at ${height.replace("_", " the ")} height`];
  return [...(direction ? [ALONE[direction] ?? direction] : level ? [alone[level]] : []), ...at].join(" ");
}

const POSTURES: Readonly<Record<string, string>> = {
  seat: "the figure sits on a chair",
  floor: "the figure sits on the floor",
  squat: "the figure squats",
  half_squat: "the figure squats halfway",
  lunge: "the figure lunges",
  airborne: "the figure is in the air",
  tiptoe: "the heels are lifted",
  hips_lifted: "the hips are lifted",
};

/** What a slot says, as a clause for a message. */
export function tellSlot(slot: Slot): string {
  const not = "not" in slot && slot.not ? "not " : "";
  switch (slot.kind) {
    case "limb":
      return `${own(slot.side, slot.limb)} ${/elbow|knee/.test(slot.limb) ? "points" : "is"} ${not}${whereOf(slot)}`;
    case "bend":
      return `${own(slot.side, slot.joint)} is ${
        slot.bend === "slight" ? "slightly bent" : slot.bend === "right_angle" ? "bent at a right angle" : slot.bend
      }`;
    case "contact": {
      const owner = slot.owner === undefined || slot.owner === "any" ? "" : `${slot.owner} `;
      return `${own(slot.hand, "hand")} is ${not}${slot.near ? "beside" : "on"} ${
        owner === "own " ? "its " : "the "
      }${owner}${slot.place.replaceAll("_", " ")}`;
    }
    case "before":
      return `${own(slot.hand, "hand")} is in front of the ${slot.place}`;
    case "clasp":
      return "the hands touch each other";
    case "crossed":
      return `the ${slot.limbs} are crossed`;
    case "palm":
      return `${own(slot.hand, "palm")} faces ${slot.facing}`;
    case "lean":
      return `the trunk leans ${slot.way}`;
    case "twist":
      return `the trunk turns to the ${slot.way}`;
    case "sway":
      return `the hips sway to the ${slot.way}`;
    case "head":
      return slot.way.startsWith("tilt-")
        ? `the head tilts to the ${slot.way.slice(5)}`
        : `the head is turned ${slot.way}`;
    case "posture": {
      const side = slot.side === undefined ? "" : ` (${slot.side})`;
      return (POSTURES[slot.posture] ?? `the figure is ${slot.posture.replaceAll("_", " ")}`) + side;
    }
    case "stance":
      return slot.stance === "wide" ? "the feet are wide apart" : `the feet are ${slot.stance}`;
    case "support":
      return `${own(slot.leg, "leg")} alone carries the body`;
    case "step":
      return `${own(slot.leg, "foot")} has stepped ${slot.direction ?? "out"}`;
  }
}
