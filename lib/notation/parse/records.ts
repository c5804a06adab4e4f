/** What a text says of one part of the body, gathered word by word, and the slots that it makes. */
import { other, type Side } from "../../skeleton/mod.ts";
import type { Slot, SlotOf, SlotSide } from "../slots.ts";

/** Everything said of one part on one side. */
export interface Gathered {
  readonly part: string;
  side: SlotSide;
  /** Values of `dir`, in the order of the text. */
  readonly dirs: string[];
  height?: string | undefined;
  level?: "high" | "middle" | "low" | undefined;
  bend?: SlotOf<"bend">["bend"] | undefined;
  raised?: boolean;
  not?: boolean;
  /** Whether it was told by its joint: "shoulders abducted" is the upper arm's alone where the elbow is bent. */
  joint?: boolean;
}

const HORIZONTAL = ["forward", "back", "side", "across"];
/** Parts whose direction is the whole arm's, or the whole leg's. */
const ARM = ["arm", "hand"];
const LEG = ["leg", "foot"];

type LimbSlot = SlotOf<"limb">;

/** `left` and `right` in the words of a limb: away from the body on its own side, over the midline on the other. */
const ownWay = (word: string, side: SlotSide): string | undefined =>
  word !== "left" && word !== "right" ? word : side === "any" ? "side" : word === side ? "side" : "across";

/** Which of the eight directions around several words make, if they fit together. */
function around(words: readonly string[], diagonal: boolean): string | undefined {
  const has = (word: string) => words.includes(word);
  const ahead = has("forward") ? "forward" : has("back") ? "back" : undefined;
  const away = has("side") ? "side" : has("across") ? "across" : undefined;
  if (ahead && away) return `${ahead}-${away}`;
  if (ahead && diagonal) return `${ahead}-side`;
  return ahead ?? away;
}

/** A direction and level from the words of a text. */
function directionOf(record: Gathered, limb: LimbSlot["limb"]): Pick<LimbSlot, "direction" | "level" | "height"> {
  // A forearm that goes inwards goes across.
  const words = record.dirs.map((word) =>
    word === "in" && limb === "forearm" ? "across" : ownWay(word, record.side) ?? word
  );
  const has = (word: string) => words.includes(word);
  const told = words.filter((word) => HORIZONTAL.includes(word));
  // "Отведение назад": what is abducted goes to the side where nothing says better.
  const horizontal = told.length > 0 || !has("abducted") ? told : ["side"];
  const up = has("up") || has("upright") || record.level === "high";
  const down = has("down") || record.level === "low";
  // "Diagonally up" and "diagonally down" are to the side; with a direction they say its level.
  const vertical = up || down || has("overhead") || has("hang");
  const direction = around(horizontal, has("diagonal")) ??
    (has("diagonal") && vertical ? "side" : has("out") ? "side" : undefined);
  const height = record.height as LimbSlot["height"];
  const withHeight = height && { height };
  if (direction !== undefined) {
    if (has("overhead") || up) return { direction, level: "high", ...withHeight };
    if (has("hang") || down) return { direction, level: "low", ...withHeight };
    return { direction, ...(record.level && { level: record.level }), ...withHeight };
  }
  if (has("overhead") || has("upright")) return { direction: "place", level: "high", ...withHeight };
  if (has("hang")) return limb === "arm" ? { direction: "place", level: "low", ...withHeight } : { level: "low" };
  // A leg that is up is off the floor.
  if (up) return { level: limb === "leg" ? "raised" : "high", ...withHeight };
  if (down) return { level: "low", ...withHeight };
  if (record.level) return { level: record.level, ...withHeight };
  if (record.raised) return { level: "raised", ...withHeight };
  return { ...withHeight };
}

function limbSlots(record: Gathered, limb: LimbSlot["limb"], joint?: "elbow" | "knee"): Slot[] {
  const slots: Slot[] = [];
  const where = directionOf(record, limb);
  if (Object.keys(where).length > 0) {
    slots.push({ kind: "limb", limb, side: record.side, ...where, ...(record.not && { not: true as const }) });
  }
  if (record.bend && joint) slots.push({ kind: "bend", joint, side: record.side, bend: record.bend });
  return slots;
}

/** A knee that is lifted takes the thigh with it; a knee on a place says nothing else. */
function kneeSlots(record: Gathered): Slot[] {
  const lifted = record.raised || record.dirs.length > 0 || record.height !== undefined;
  const up = record.dirs.includes("up") ? record.dirs.filter((word) => word !== "up") : record.dirs;
  const raised = record.raised || up.length < record.dirs.length;
  return [
    ...(lifted ? limbSlots({ ...record, dirs: [...up], raised, bend: undefined }, raised ? "thigh" : "knee") : []),
    ...(record.bend ? [{ kind: "bend" as const, joint: "knee" as const, side: record.side, bend: record.bend }] : []),
  ];
}

/**
 * The slots that a record makes.
 *
 * @param record what was said of one part.
 */
export function slotsOf(record: Gathered): Slot[] {
  const { part } = record;
  if (ARM.includes(part)) return limbSlots(record, "arm", "elbow");
  if (LEG.includes(part)) return limbSlots(record, "leg", "knee");
  switch (part) {
    case "elbow":
      return limbSlots(record, "elbow", "elbow");
    case "forearm":
      return limbSlots(record, "forearm");
    case "upper_arm":
      return limbSlots(record, "upper_arm");
    case "knee":
      return kneeSlots(record);
    case "thigh":
      return swaySlots(record) ?? limbSlots(record, "thigh");
    case "hip":
    case "pelvis":
    case "buttock": {
      const lifted = record.raised === true || record.dirs.includes("up");
      return swaySlots(record) ?? (lifted ? [{ kind: "posture", posture: "hips_lifted" }] : []);
    }
    case "heel":
      return record.raised ? [] : limbSlots(record, "leg");
    case "shin":
      return limbSlots(record, "shank");
    default:
      return [];
  }
}

/** Hips that move left or right sway. */
function swaySlots({ dirs }: Gathered): Slot[] | undefined {
  const way = dirs.find((word): word is Side => word === "left" || word === "right");
  return way && [{ kind: "sway", way }];
}

/** Where a palm faces, from a direction word; `undefined` for words that do not tell. */
export function facingOf(word: string, side: SlotSide): SlotOf<"palm">["facing"] | undefined {
  switch (word) {
    case "up":
    case "down":
    case "forward":
    case "back":
    case "in":
    case "out":
      return word;
    case "away":
      return "forward";
    case "self":
      return "back";
    case "left":
    case "right":
      return side === "any" ? undefined : word === side ? "out" : "in";
    default:
      return undefined;
  }
}

/** Which way a step in a direction word goes, for the leg that steps. */
export function stepWay(word: string, leg: SlotSide): SlotOf<"step">["direction"] {
  const own = ownWay(word, leg);
  return own !== undefined && HORIZONTAL.includes(own) ? own : undefined;
}

/** The other side, where there is one. */
export const otherSide = (side: SlotSide): SlotSide => side === "any" ? "any" : other(side);
