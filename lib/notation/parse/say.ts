/** A direction, height, bend or stance is said of what is spoken of. */
import type { SlotOf } from "../slots.ts";
import type { Token } from "./lexicon.ts";
import { fillEllipsis } from "./mention.ts";
import { sayAngle, sayMotion } from "./motion.ts";
import { touchPlace } from "./touch.ts";
import { ARM_PARTS, HANDS, HEIGHT, LEG_PARTS } from "./parts.ts";
import { clauseHas, type Reading } from "./reading.ts";
import { facingOf, type Gathered } from "./records.ts";

export function modify(r: Reading, token: Token, i: number): void {
  const [kind, value = ""] = token.concept.split(".");
  // "On the back" is a place.
  if (kind === "dir" && value === "back" && r.touch === "on") return touchPlace(r, "back", "on");
  if (
    kind === "dir" && value === "upright" &&
    !(r.hasSubject && r.subjects.some(({ part }) => ARM_PARTS.has(part)))
  ) {
    return;
  }
  if (kind === "level" && (r.level === "above" || r.level === "below") && value in HEIGHT) {
    return sayHeight(r, value);
  }
  if (kind === "level" && ["at", "above", "below", "up_to"].includes(value)) {
    r.level = value;
    return;
  }
  r.level = undefined;
  // "Прогнуться назад": the way was in the verb.
  if (kind === "dir" && r.action?.way === value && r.action.act === "lean") return;
  const open = r.action?.way === undefined || (r.action.way === "side" && /^(left|right)$/.test(value));
  if (r.action && open && kind === "dir" && takesWay(r, value)) {
    r.action.way = value;
    return;
  }
  if (i >= 0) fillEllipsis(r, i + 1);
  if (r.hasSubject) apply(r, token);
  else r.pending.push(token);
}

export function sayHeight(r: Reading, part: string): void {
  const level = r.level;
  r.level = undefined;
  r.side = undefined;
  const height = HEIGHT[part];
  if (height === undefined) return;
  const value = level === "above"
    ? height === "head" ? "dir.overhead" : height === "shoulder" ? "level.above_shoulder" : "raise"
    : level === "below"
    ? height === "shoulder" ? "level.below_shoulder" : "level.low"
    : `level.${height}`;
  modify(r, { concept: value, text: "" }, -1);
}

export function takesWay(r: Reading, value: string): boolean {
  const ways = { lean: ["forward", "back", "left", "right", "side", "up", "down"], turn: ["left", "right"] };
  const { act, target } = r.action ?? {};
  if (act === "turn" && target === undefined && r.palm) return false;
  if (act === "step") return ["forward", "back", "left", "right", "side"].includes(value);
  return act !== undefined && (ways[act].includes(value) || (target === "head" && ["up", "down"].includes(value)));
}

export function apply(r: Reading, token: Token): void {
  const [kind, value = ""] = token.concept.split(".");
  const last = r.slots.at(-1);
  if (r.laid && last?.kind === "contact" && kind === "dir" && (value === "forward" || value === "back")) {
    // "На бёдрах сзади", "on the hips in front".
    if (value === "back" && ["hip", "thigh", "waist"].includes(last.place)) {
      for (const slot of r.slots) {
        if (slot.kind === "contact" && slot.place === last.place) slot.place = "hip_back";
      }
    }
    return;
  }
  for (const subject of r.subjects) {
    const { part } = subject;
    // "The palm in front looks up": in front is where it is.
    if (r.palm && kind === "dir" && !clauseHas(r, r.at, /^part\.gaze$/)) {
      const facings = r.palm.map((hand) => ({ hand, facing: facingOf(value, hand) }));
      if (facings.every(({ facing }) => facing !== undefined)) {
        for (const { hand, facing } of facings) if (facing) r.slots.push({ kind: "palm", hand, facing });
        r.faced = facings.length;
        r.palm = undefined;
        return;
      }
    }
    if (kind === "motion") {
      sayMotion(r, value, subject);
      continue;
    }
    // "Abducted to 90°" is how high, and bends nothing.
    if (kind === "bend" && value === "right_angle" && r.moved.length > 0) {
      sayAngle(r, "90");
      continue;
    }
    subject.said = true;
    if (kind === "stance") sayStance(r, value, part);
    else if (part === "head" || part === "gaze" || part === "face") sayHead(r, kind ?? "", value);
    else if (subject.records.length === 0) {
      if (kind === "level" && value === "horizontal") r.slots.push({ kind: "lean", way: "forward" });
      if (kind === "bend" && value === "bent" && part !== "chest") r.action ??= { act: "lean" };
      if (kind === "dir" && part === "torso" && ["forward", "back", "left", "right"].includes(value)) {
        r.slots.push({ kind: "lean", way: value as SlotOf<"lean">["way"] });
      }
    } else for (const record of subject.records) sayOf(r, record, kind ?? "", value);
  }
  if (kind !== "raise") r.negated = false;
}

export function sayOf(r: Reading, record: Gathered, kind: string, value: string): void {
  if (r.negated && kind !== "raise") {
    if (kind === "bend") record.bend = "straight";
    else record.not = true;
    if (kind === "bend") return;
  }
  if (kind === "dir") record.dirs.push(value);
  else if (kind === "raise") {
    record.raised = true;
  } else if (kind === "bend") record.bend = value === "round" ? "bent" : value as SlotOf<"bend">["bend"];
  else if (kind === "level") {
    if (value === "horizontal") record.level = "middle";
    else if (value === "high" || value === "low") record.level = value;
    else record.height = value;
  }
}

export function sayHead(r: Reading, kind: string, value: string): void {
  const way = kind === "raise" ? "up" : value === "hang" ? "down" : value;
  if (["left", "right", "up", "down", "forward"].includes(way)) {
    if (way !== "forward") r.slots.push({ kind: "head", way: way as SlotOf<"head">["way"] });
  } else if (way === "back") r.slots.push({ kind: "head", way: "up" });
}

export function sayStance(r: Reading, value: string, part: string): void {
  if (HANDS.has(part)) {
    // Arms held wide may be anywhere between the front and the sides.
    if (value === "together") r.slots.push({ kind: "clasp" });
    if (value === "apart") { for (const { records } of r.subjects) for (const { dirs } of records) dirs.push("side"); }
  } else if (LEG_PARTS.has(part) || part === "") {
    r.slots.push({ kind: "stance", stance: value as SlotOf<"stance">["stance"] });
  }
}
