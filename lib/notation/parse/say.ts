/** A direction, height, bend or stance is said of what is spoken of. */
import type { SlotOf } from "../slots.ts";
import type { Token } from "./lexicon.ts";
import { fillEllipsis } from "./mention.ts";
import { extentOf, sayAngle, sayMotion } from "./motion.ts";
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
  // "Below the horizontal" is low; slightly below it is neither.
  if (kind === "level" && value === "horizontal" && besideHorizontal(r, i)) {
    const high = r.level === "above";
    r.level = undefined;
    // A thigh is above the horizontal by little.
    if (r.hasSubject && r.subjects.every(({ part }) => LEG_PARTS.has(part))) return;
    const at = r.tokens.slice(0, Math.max(0, i)).findLastIndex(({ concept }) => /^level\.(above|below)$/.test(concept));
    if (
      /^(чуть|немного|slightly|a little|bit|немножко|just|слегка|небольш\p{L}+)$/u.test(r.tokens[at - 1]?.text ?? "")
    ) return;
    return modify(r, { concept: high ? "level.high" : "level.low", text: "" }, -1);
  }
  if (kind === "bend" && value === "straight" && isAdverb(r, token, i)) return;
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

/** Whether "above" or "below" is said of the horizontal, not of something before it: "над ними горизонтально". */
const besideHorizontal = (r: Reading, i: number): boolean =>
  (r.level === "above" || r.level === "below") &&
  /^level\./.test(r.tokens[r.tokens[i - 1]?.text === "the" ? i - 2 : i - 1]?.concept ?? "");

/** "Stands straight", "straight forward": no limb is. */
function isAdverb(r: Reading, { text }: Token, i: number): boolean {
  if (text !== "straight" || i < 0) return false;
  let at = i - 1;
  while (/^(filler|dir\.up)$/.test(r.tokens[at]?.concept ?? "")) at--;
  if (/^posture\.(stand|sit|kneel|lie|step)$/.test(r.tokens[at]?.concept ?? "")) {
    return !/^part\./.test(r.tokens[i + 1]?.concept ?? "");
  }
  return /^dir\./.test(r.tokens[i + 1]?.concept ?? "") && r.hasSubject &&
    r.subjects.some(({ records }) => records.some(({ bend }) => bend !== undefined));
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
    // A palm that is level lies on nothing and says nothing of its arm; an upper arm that is vertical may hang.
    if (r.palm && kind === "level" && value === "horizontal") return;
    if (part === "upper_arm" && /^(vertical|vertically|вертикальн\p{L}+)$/u.test(token.text)) continue;
    // "To the temple on the right."
    if (r.laid && last?.kind === "contact" && kind === "dir" && (value === "left" || value === "right")) return;
    // "At its side": at the ball's that is handled.
    if (r.strange && /(?<!\p{L})its side/u.test(token.text)) return;
    // "Hip flexed" is what flexion of the hip is.
    if (kind === "motion" || (/^flexed/.test(token.text) && /^(hip|shoulder)$/.test(part))) {
      if (kind === "bend") r.extent = extentOf(r);
      sayMotion(r, kind === "motion" ? value : "flexion", subject, token.text);
      continue;
    }
    // "Abducted to 90°" is how high, and bends nothing.
    if (kind === "bend" && value === "right_angle" && r.moved.length > 0 && part !== "elbow" && part !== "knee") {
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
  r.negated = false;
}

export function sayOf(r: Reading, record: Gathered, kind: string, value: string): void {
  // "To the side, without raising it": nothing but that it is not higher.
  if (r.negated && kind === "raise") {
    if (record.dirs.length === 0 && record.height === undefined) Object.assign(record, { raised: true, not: true });
    return;
  }
  if (r.negated) {
    if (kind === "bend") record.bend = "straight";
    else record.not = true;
    if (kind === "bend") return;
  }
  // "Elbows bent up": the forearms go there.
  if (
    kind === "dir" && r.tokens[r.at]?.text === "up" && record.part === "elbow" &&
    r.tokens[r.at - 1]?.concept.startsWith("bend.")
  ) {
    r.all.push({ part: "forearm", side: record.side, dirs: [value] });
    return;
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
    if (value === "apart") {
      for (const { records } of r.subjects) for (const { dirs } of records) if (!r.laid) dirs.push("side");
    }
  } else if (LEG_PARTS.has(part) || part === "") {
    // "Feet not apart" may be anything but wide.
    if (r.negated && value !== "together") return;
    if (r.negated) value = "apart";
    r.slots.push({ kind: "stance", stance: value as SlotOf<"stance">["stance"] });
  }
}
