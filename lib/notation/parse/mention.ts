/** A part of the body is mentioned: which side, and whether it is what is spoken of or a place to touch. */
import type { SlotSide } from "../slots.ts";
import { ARM_PARTS, HANDS, LEG_PARTS, PLURAL, TRUNK } from "./parts.ts";
import { afterFillers, type Reading, setPosture, type Subject } from "./reading.ts";
import { type Gathered, otherSide } from "./records.ts";
import { apply, sayHeight } from "./say.ts";
import { isPlace, touchPlace, UNDER } from "./touch.ts";

export function mention(r: Reading, value: string, i: number): void {
  const many = value in PLURAL || value === "toes";
  // Where a text tells upper arm and forearm apart, Russian "плечо" is the upper arm.
  const named = PLURAL[value] ?? value;
  // "Ладонь «стоп»" is no feet.
  if (value === "feet" && r.tokens[i]?.text === "стоп" && /^part\.palm/.test(r.tokens[i - 1]?.concept ?? "")) return;
  const part = named === "shoulder" && r.bones && r.touch === undefined && r.level === undefined ? "upper_arm" : named;
  // "рука правая", "the hand, the left one": a side behind its noun, where no other noun claims it.
  const next = r.tokens[i + 1]?.concept ?? "";
  if (r.side === undefined && /^side\.(left|right)$/.test(next) && !/^part/.test(afterFillers(r, i + 2))) {
    r.side = next.slice("side.".length);
  }
  // "Hands under the forehead" hold it.
  if (r.level === "below" && UNDER.has(part) && r.hasSubject && r.subjects.some(({ part }) => HANDS.has(part))) {
    r.level = undefined;
    return touchPlace(r, part, "under");
  }
  if (r.level !== undefined) return sayHeight(r, part);
  // "Пальцами правой руки": the hand follows.
  if (part === "hand" && /^side\./.test(next) && /^part\.(arm|hand)$/.test(r.tokens[i + 2]?.concept ?? "")) return;
  // "to the left shoulder" is no direction.
  const before = r.tokens[i - 1]?.concept;
  if (
    (before === "dir.left" || before === "dir.right") && /^(to|towards?) the /.test(r.tokens[i - 1]?.text ?? "")
  ) {
    const way = before.slice("dir.".length);
    if (takeBack(r, way)) {
      r.side = way;
      r.touch = "to";
    }
  }
  // "On bent knees" is how they bend.
  if (part === "knee" && r.pending.some(({ concept }) => concept.startsWith("bend."))) r.touch = undefined;
  // "Shoulders flexed to the ears."
  if (r.touch === "to" && part === "ear" && r.moved.length > 0) {
    for (const { dirs } of r.moved) dirs.splice(0, Infinity, "overhead");
    r.touch = undefined;
    return;
  }
  if (r.touch === "under" && !isPlace(r, part)) r.touch = undefined;
  if (r.touch !== undefined && isPlace(r, part)) return touchPlace(r, part, r.touch);
  if (part === "chair" || part === "floor") {
    if (r.sits) setPosture(r, part === "chair" ? "seat" : "floor");
    return;
  }
  if (part === "neck") {
    // A hand on the neck is on no place that there is a word for.
    if (r.touch !== undefined || r.subjects.some(({ part }) => HANDS.has(part) && r.hasSubject)) {
      r.touch = undefined;
      return;
    }
    return mentionTrunk(r, "head", false);
  }
  // "Kick your own bottom": what is kicked.
  if (part === "buttock" && r.pending.some(({ concept, text }) => concept === "raise" && /^kick/.test(text))) return;
  if (part === "head" || part === "gaze" || part === "face" || TRUNK.has(part)) return mentionTrunk(r, part, many);
  if (part === "elbow" || part === "knee") sideOfLimb(r, i);
  if (part === "palm") return mentionPalms(r, many);
  if (!ARM_PARTS.has(part) && !LEG_PARTS.has(part) && part !== "buttock") {
    // An ear or a chin of which something is said: no hand's any more.
    if (part !== "mouth") r.subjects = [{ part, sides: ["any"], records: [], said: true }];
    r.side = undefined;
    return;
  }
  setSubject(r, part, sidesFor(r, part, many && !ofMotion(r, i)));
  // "Wings out", "opens its wings": to the sides.
  const opened = r.tokens[i + 1]?.text === "out" || /^(open|spread)/.test(beforeVerb(r, i));
  if (r.tokens[i]?.text === "wings" && opened) apply(r, { concept: "dir.side", text: "out" });
}

/** The word before, over "its", "the" and "my". */
function beforeVerb(r: Reading, i: number): string {
  const before = r.tokens[i - 1]?.text ?? "";
  return /^(its|the|his|her|my|your)$/.test(before) ? r.tokens[i - 2]?.text ?? "" : before;
}

/** "Сгибание бедра", "приведение руки": one, in the genitive that the plural looks like. */
const ofMotion = (r: Reading, i: number): boolean =>
  /^(руки|ноги|бедра|кисти|стопы|голени|предплечья)$/.test(r.tokens[i]?.text ?? "") &&
  /^motion\./.test(r.tokens[i - 1]?.concept ?? "");

/** The side of the arm or leg that a joint is said to be of: "flexion in the shoulder of the right arm". */
function sideOfLimb(r: Reading, i: number): void {
  if (r.side !== undefined || !r.pending.some(({ concept }) => concept.startsWith("motion."))) return;
  const at = [i + 1, i + 2].find((at) => /^side\.(left|right)$/.test(r.tokens[at]?.concept ?? ""));
  if (at === undefined || !/^part\.(arm|leg)s?$/.test(r.tokens[at + 1]?.concept ?? "")) return;
  r.side = r.tokens[at]?.concept.slice("side.".length);
}

export function sidesFor(r: Reading, part: string, many: boolean): SlotSide[] {
  const side = r.side;
  r.side = undefined;
  if (side === "left" || side === "right") return [side];
  if (side === "both") return ["left", "right"];
  if (side === "other" && r.lastSide) return [otherSide(r.lastSide)];
  if (side === "one" || side === "other") return ["any"];
  const carried = r.subjects[0];
  const related = carried && (ARM_PARTS.has(carried.part) === ARM_PARTS.has(part)) ? carried.sides : undefined;
  if (ARM_PARTS.has(part) && part !== "arm" && related) return [...related];
  if (many) return ["left", "right"];
  if (related?.length === 1 && LEG_PARTS.has(part)) return [...related];
  return ["any"];
}

export function setSubject(r: Reading, part: string, sides: readonly SlotSide[]): void {
  const on = r.touch;
  r.touch = undefined;
  r.palm = undefined;
  if (on === "on" && (part === "leg" || part === "foot") && r.action?.act === "step" && sides.length === 1) {
    const [leg] = sides;
    if (leg) r.action.side ??= leg;
    if (r.lunge && (leg === "left" || leg === "right")) r.lunge.side ??= leg;
    return;
  }
  if (on === "on" && (part === "leg" || part === "foot") && !r.hasSubject) {
    // "On the right leg": it carries. With both legs there is nothing to say.
    if (sides.length === 1 && !r.lunge) r.slots.push({ kind: "support", leg: sides[0] ?? "any" });
    else if (r.lunge && sides[0] && sides[0] !== "any") r.lunge.side = sides[0];
  }
  // "Cross the hands in front" is where they cross.
  const gathered = !(r.crossed && HANDS.has(part) && sides.length === 2);
  const records = gathered ? sides.map((side): Gathered => ({ part, side, dirs: [] })) : [];
  const subject: Subject = { part, sides, records, said: false };
  const joins = r.and && r.hasSubject && r.subjects.every(({ said }) => !said);
  r.subjects = joins ? [...r.subjects, subject] : [subject];
  r.all.push(...records);
  r.laid = false;
  if (sides.length === 1) r.lastSide = sides[0];
  r.lastLimb = ARM_PARTS.has(part) ? "arm" : LEG_PARTS.has(part) ? "leg" : r.lastLimb;
  if (LEG_PARTS.has(part) && sides.length === 1 && sides[0] !== "any") {
    if (r.lunge && r.lunge.side === undefined && sides[0]) r.lunge.side = sides[0];
    if (r.action?.act === "step" && r.action.side === undefined && sides[0]) r.action.side = sides[0];
  }
  // "On knees and palms": both carry.
  if (on === "on" && HANDS.has(part)) r.place = undefined;
  if (r.place && HANDS.has(part)) {
    const { part: place, side, how } = r.place;
    r.place = undefined;
    // "На коленях руки в стороны": the hands are elsewhere.
    if (place === "knee" && how === "on" && /^(dir|level|raise)/.test(afterFillers(r, r.at + 1))) {
      setPosture(r, "kneeling");
      return setSubject(r, part, sides);
    }
    r.side = side;
    r.hasSubject = true;
    touchPlace(r, place, how);
  }
  r.hasSubject = true;
  if (r.same) copyOther(r, subject);
  // "Pick up a suitcase with both hands": it is not the hands that are lifted.
  const waiting = r.strange && HANDS.has(part) ? r.pending.filter(({ concept }) => concept !== "raise") : r.pending;
  r.pending = [];
  for (const token of waiting) apply(r, token);
}

export function copyOther(r: Reading, subject: Subject): void {
  r.same = false;
  const [side] = subject.sides;
  if (subject.sides.length !== 1 || side === undefined || side === "any") return;
  const source = r.all.filter((record) => record.side === otherSide(side));
  const [record] = subject.records;
  for (const { part, side: _, dirs, ...rest } of source) {
    if (record && record.part === part) {
      record.dirs.push(...dirs);
      Object.assign(record, rest);
    } else r.all.push({ part, side, dirs: [...dirs], ...rest });
  }
  for (const slot of [...r.slots]) {
    if (slot.kind === "contact" && slot.hand === otherSide(side)) {
      const owner = slot.owner === "left" ? "right" : slot.owner === "right" ? "left" : slot.owner;
      r.slots.push({ ...slot, hand: side, ...(owner && { owner }) });
    }
    if (slot.kind === "palm" && slot.hand === otherSide(side)) r.slots.push({ ...slot, hand: side });
  }
}

export function fillEllipsis(r: Reading, i: number): void {
  if (r.side === undefined || r.side === "opposite") return;
  for (let k = i; k < i + 4; k++) {
    const concept = r.tokens[k]?.concept ?? "stop";
    if (concept.startsWith("part.")) return;
    // "Левая впереди на уровне пояса": the noun behind a direction is another one.
    if (concept === "stop" || /^(side|touch|dir|level)\./.test(concept)) break;
  }
  // "Standing on the left", "опора на левую": what carries is a leg.
  const limb = standsOn(r, i) || onlyArmsFollow(r, i) ? "leg" : r.lastLimb;
  setSubject(r, limb, sidesFor(r, limb, false));
}

/** "The left one forward, arms down": where nothing was named yet and both arms are told of later, it is a leg. */
function onlyArmsFollow(r: Reading, i: number): boolean {
  if (r.all.length > 0) return false;
  const parts = r.tokens.filter(({ concept }) => concept.startsWith("part."));
  if (parts[0]?.concept !== "part.arms" || r.tokens.slice(0, i).includes(parts[0])) return false;
  return r.tokens.filter(({ concept }) => concept.startsWith("side.")).length === 1 &&
    !parts.some(({ concept }) => /^part\.(legs?|foot|feet)$/.test(concept));
}

/** Whether "on" comes behind a word for standing: what comes next carries. */
export function standsOn(r: Reading, i: number): boolean {
  const at = r.tokens.slice(0, i).findLastIndex(({ concept }) => concept === "touch.on");
  return r.touch === "on" && /^(стоя|стои|стой|опор|опир|stand|balanc)/.test(r.tokens[at - 1]?.text ?? "");
}

export function mentionPalms(r: Reading, many: boolean): void {
  const explicit = r.side;
  const sides = sidesFor(r, "palm", many);
  r.touch = undefined;
  if (explicit !== undefined || !r.subjects.some(({ part }) => HANDS.has(part))) setSubject(r, "hand", sides);
  r.palm = sides;
}

export function mentionTrunk(r: Reading, part: string, many: boolean): void {
  if (part === "gaze") {
    // "The palm looks down."
    if (
      r.palm || (r.hasSubject && r.subjects.some(({ part }) => ARM_PARTS.has(part) || part === "knee"))
    ) {
      return;
    }
  } else if (part === "face" && r.palm) return;
  if (r.action && r.action.target === undefined && r.action.way === undefined) {
    r.action.target = part;
    r.side = undefined;
    return;
  }
  sideOfLimb(r, r.at);
  const sides = sidesFor(r, part, many && !ofMotion(r, r.at));
  r.touch = undefined;
  if (part === "hip" || part === "shoulder" || part === "pelvis") return setSubject(r, part, sides);
  r.subjects = [{ part, sides: ["any"], records: [], said: false }];
  r.hasSubject = true;
  r.palm = undefined;
  const waiting = r.pending;
  r.pending = [];
  for (const token of waiting) apply(r, token);
}

export function takeBack(r: Reading, way: string): boolean {
  const at = r.pending.findLastIndex(({ concept }) => concept === `dir.${way}`);
  if (at >= 0) {
    r.pending.splice(at, 1);
    return true;
  }
  let undone = false;
  for (const { records } of r.subjects) {
    for (const { dirs } of records) {
      const last = dirs.lastIndexOf(way);
      if (last >= 0) {
        dirs.splice(last, 1);
        undone = true;
      }
    }
  }
  return undone;
}
