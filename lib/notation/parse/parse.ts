/**
 * Text → slots: what a description in English or Russian says of a body, and which words were not understood.
 *
 * The text is read word by word, as concepts of the lexicon. A part of the body becomes the subject; what follows (or,
 * in a clause without a subject yet, what came before) is said of it, until another part or the clause's end.
 */
import { SIDES } from "../../skeleton/mod.ts";
import type { Slot } from "../slots.ts";
import { finishAction, isClap, readAct, readPosture } from "./act.ts";
import { readConcepts, type Token } from "./lexicon.ts";
import { copyOther, fillEllipsis, mention, setSubject, standsOn } from "./mention.ts";
import { readMotion, sayAngle } from "./motion.ts";
import { ARM_PARTS, HANDS, LEG_PARTS } from "./parts.ts";
import {
  afterFillers,
  beforeFillers,
  forgetClause,
  newReading,
  type Reading,
  setPosture,
  takeAllBack,
} from "./reading.ts";
import { type Gathered, slotsOf } from "./records.ts";
import { apply, modify, sayStance } from "./say.ts";
import { skip } from "./skip.ts";
import { touchPlace } from "./touch.ts";

/** What a text says of a body. */
export interface Parsed {
  /** The facts that it states, in the order of the text. */
  readonly slots: readonly Slot[];
  /** Words that say nothing to the parser. */
  readonly unknown: readonly string[];
  /** Whether there are slots and most of the words went into them: then a description can be held against a pose. */
  readonly understood: boolean;
}

/** A text of which a larger share of words is not understood counts as not understood. */
const MOST_UNKNOWN = 0.34;

/** How high both arms are that are held like a letter. */
const SHAPES: Readonly<Record<string, string>> = { t: "level.horizontal", y: "dir.up" };

/** Reads every token, then makes the slots of what was gathered. */
function read(r: Reading): void {
  for (let i = 0; i < r.tokens.length; i++) {
    const token = r.tokens[i];
    if (!token) break;
    const [kind = "", value = ""] = token.concept.split(".");
    const skipped = skip(r, kind, token, i);
    if (skipped !== undefined) {
      i = skipped;
      continue;
    }
    r.at = i;
    readToken(r, kind, value, token, i);
    if (kind !== "and" && kind !== "filler") r.and = false;
  }
  endClause(r);
  if (r.basic && !r.all.some(({ part }) => ARM_PARTS.has(part))) {
    for (const side of SIDES) r.all.push({ part: "arm", side, dirs: ["hang"] });
  }
  const heels = r.all.filter(({ part, raised, dirs }) => part === "heel" && raised && dirs.length === 0);
  if (new Set(heels.map(({ side }) => side)).size === 2) setPosture(r, "tiptoe");
  for (const record of r.all) {
    // Beside an arm that is told of, its hand's ways are the hand's alone.
    const arm = (other: Gathered) =>
      /^(arm|forearm)$/.test(other.part) && other.side === record.side && other.dirs.length > 0;
    if (record.part === "hand" && r.all.some(arm)) continue;
    r.slots.push(...slotsOf(record.joint && bendsElbow(r, record) ? { ...record, part: "upper_arm" } : record));
  }
}

/** Whether the elbow of an arm bends, by what was said of another part of it. */
const bendsElbow = (r: Reading, { side, bend: own }: Gathered): boolean =>
  r.all.some(({ part, side: other, bend }) =>
    part === "elbow" && (side === other || side === "any" || other === "any") && bend !== undefined &&
    bend !== "straight"
  ) || (own !== undefined && own !== "straight");

function readToken(r: Reading, kind: string, value: string, token: Token, i: number): void {
  switch (kind) {
    case "stop":
      return endClause(r, token.text === ":");
    case "and":
      r.and = /^(and|и|а)$/.test(token.text);
      if (r.and) {
        r.saidBefore = r.subjects.flatMap(({ records }) => records.map(({ dirs }) => dirs.length));
      }
      r.touch = undefined;
      if (r.place?.part === "knee" && r.place.how !== "touch" && /^(с|with)$/.test(token.text)) {
        // "On the knees with the hands held out."
        r.place = undefined;
        setPosture(r, "kneeling");
      }
      return;
    case "side":
      // "The left one".
      if (value === "one" && r.side !== undefined) return;
      // "Not the right one: the other".
      if (
        r.negated && (value === "left" || value === "right") &&
        /^(side\.one|stop)$/.test(r.tokens[i + 1]?.concept ?? "")
      ) {
        r.lastSide = value;
        r.negated = false;
        return;
      }
      r.side = value;
      if (value === "left" || value === "right") sideAsWay(r, value, i);
      return;
    case "part":
      return mention(r, value, i);
    case "someone":
      // "On the shoulders of the one in front": not on one's own.
      while (r.slots.at(-1)?.kind === "contact") r.slots.pop();
      return;
    case "place":
      fillEllipsis(r, i);
      return touchPlace(r, "back", "behind");
    case "stance":
      if (value === "noun") {
        r.stands = true;
        r.stanceNoun = true;
        return;
      }
      return modify(r, token, i);
    case "level":
      // "Достань левой рукой до правой стопы."
      if (value === "up_to" && reaches(r, i)) {
        r.touch = "touch";
        return;
      }
      return modify(r, token, i);
    case "dir":
      // "The back horizontal": a part.
      if (token.text === "back" && /^(|stop|and|filler)$/.test(r.tokens[i - 1]?.concept ?? "")) {
        if (r.tokens[i + 1]?.concept === "level.horizontal") return mention(r, "torso", i);
      }
      return modify(r, token, i);
    case "bend":
    case "raise":
      return modify(r, token, i);
    case "motion":
    case "angle":
      return readMotion(r, kind, value, token.text);
    case "shape":
      setSubject(r, "arm", ["left", "right"]);
      apply(r, { concept: "dir.side", text: "" });
      return apply(r, { concept: SHAPES[value] ?? "level.horizontal", text: "" });
    case "basic":
      r.stands = true;
      r.basic = true;
      return;
    case "correction":
      if (value === "all" || takesBack(r, i)) takeAllBack(r);
      return;
    case "joint":
      // "Flexion in the elbow".
      if (!r.hasSubject && r.pending.some(({ concept }) => concept.startsWith("motion."))) {
        return mention(r, /х(?=$| )|s$/.test(token.text) ? `${value}s` : value, i);
      }
      return;
    case "touch":
      fillEllipsis(r, i);
      // "Almost on the knee" is near it.
      r.touch = value === "on" && /^(почти|almost|nearly)$/.test(r.tokens[i - 1]?.text ?? "") ? "at" : value;
      r.palm = undefined;
      return;
    case "posture":
      return readPosture(r, value, token);
    case "act":
      return readAct(r, value, token, i);
    case "neg":
      r.negated = true;
      return;
    case "same":
      r.same = true;
      if (r.subjects.every(({ said }) => !said)) r.subjects.forEach((subject) => copyOther(r, subject));
      return;
    case "unknown":
      if (/^\d{2,3}$/.test(token.text) && r.moved.length > 0) return sayAngle(r, token.text);
      // "Can't hear": it is that which is denied.
      if (beforeFillers(r, i)?.concept === "neg") r.negated = false;
      r.unknown.push(token.text);
      r.strange = true;
      r.touch = undefined;
      return;
  }
}

/** Whether the clause has a word for touching already. */
function reaches(r: Reading, i: number): boolean {
  for (let at = i - 1; at >= 0 && r.tokens[at]?.concept !== "stop"; at--) {
    const { concept, text = "" } = r.tokens[at] ?? {};
    if (concept === "touch.touch" || isClap(text)) return true;
  }
  return false;
}

/** "No, the other way round", "нет, лучше …": what was said before is not meant. */
const takesBack = (r: Reading, i: number): boolean =>
  r.tokens.slice(i + 1, i + 4).some(({ concept, text }) =>
    concept === "mirror" || /^(лучше|rather|wait|sorry|instead)$/.test(text)
  );

function endClause(r: Reading, announced = false): void {
  if (r.lastPlace?.part === "knee" && r.touch === "on" && r.side !== undefined && r.hasSubject) {
    touchPlace(r, "knee", "on");
  }
  fillAtEnd(r);
  if (r.touch === "behind") modify(r, { concept: "dir.back", text: "" }, -1);
  // "Forward at shoulder height: the right arm": what it is said of comes after the clause.
  const early = announced && !r.strange && r.subjects.length === 0 &&
    r.pending.every(({ concept }) => !concept.startsWith("stance."));
  if (r.pending.length > 0 && !early) {
    const waiting = r.pending;
    r.pending = [];
    for (const token of waiting) {
      if (
        token.concept.startsWith("stance.") &&
        (r.stanceNoun || !r.subjects.some(({ part }) => LEG_PARTS.has(part) || HANDS.has(part)))
      ) {
        sayStance(r, token.concept.slice(7), "");
      } else apply(r, token);
    }
  }
  if (r.place) {
    const { part, side, how } = r.place;
    r.place = undefined;
    if (r.subjects.some((subject) => HANDS.has(subject.part))) {
      r.side = side;
      r.hasSubject = true;
      touchPlace(r, part, how);
    }
  }
  finishAction(r);
  r.lunge = undefined;
  forgetClause(r);
}

function fillAtEnd(r: Reading): void {
  const side = r.side;
  const [subject] = r.subjects;
  const bare = r.pending.length === 0 && !r.same && !r.strange && r.action === undefined;
  if ((side === "left" || side === "right") && (r.hasSubject || bare) && namesLate(r, side)) return;
  if ((side === "left" || side === "right") && r.hasSubject && subject && HANDS.has(subject.part)) {
    // "… and reach up with the left": what was said since the "and" is the other one's.
    const moved = subject.records.flatMap(({ dirs }, i) => dirs.splice(r.saidBefore[i] ?? dirs.length));
    if (moved.length > 0) r.all.push({ part: "arm", side, dirs: moved });
    r.side = undefined;
    return;
  }
  if (r.side !== undefined && r.lunge && r.lunge.side === undefined) {
    if (r.side === "left" || r.side === "right") r.lunge.side = r.side;
  } else if (r.side !== undefined && (r.same || r.pending.length > 0 || standsOn(r, r.at))) {
    fillEllipsis(r, r.tokens.length);
  }
}

/** "One hand is up — the left one": the side of what was told already. */
function namesLate(r: Reading, side: "left" | "right"): boolean {
  const [subject] = r.subjects;
  const [record] = subject?.records ?? [];
  if (!subject || record?.side !== "any" || !(subject.said || record.bend || r.moved.length > 0)) return false;
  if (r.touch === "to" || (r.touch === "on" && !/^(knee|elbow|hip|shoulder)$/.test(subject.part))) return false;
  if ((r.saidBefore[0] ?? 0) > 0 && r.saidBefore[0] !== record.dirs.length) return false;
  for (const told of [record, ...r.moved]) if (told.side === "any") told.side = side;
  for (const slot of r.slots) {
    if ((slot.kind === "contact" || slot.kind === "palm" || slot.kind === "before") && slot.hand === "any") {
      slot.hand = side;
    }
  }
  r.subjects = [{ ...subject, sides: [side] }];
  r.lastSide = side;
  r.side = undefined;
  return true;
}

/** "Leaning left", "look right": a side with no noun behind it is a way. */
function sideAsWay(r: Reading, side: "left" | "right", i: number): void {
  const next = afterFillers(r, i + 1);
  const ends = next === "stop" || next === "and" || next === "";
  // "Turned left towards the target": what follows is no part of the body that it could belong to.
  if (!ends && !(r.action?.act === "turn" && r.action.way === undefined && !/^(part|bend|dir)\./.test(next))) return;
  // "Flexed on the left".
  if (r.touch === "on" && r.hasSubject && namesLate(r, side)) return;
  const subject = r.hasSubject ? r.subjects[0]?.part : undefined;
  const turns = subject !== undefined && ["gaze", "head", "torso", "pelvis", "hip"].includes(subject);
  if (!turns && (r.action === undefined || (r.action.way !== undefined && r.action.way !== "side"))) return;
  r.side = undefined;
  modify(r, { concept: `dir.${side}`, text: side }, -1);
}

/** Leaves out what a later or fuller slot says better, and what stands twice. */
function tidy(slots: readonly Slot[], stands: boolean): Slot[] {
  const seen = new Set<string>();
  const postures = new Set(slots.flatMap((slot) => slot.kind === "posture" ? [slot.posture] : []));
  const better: Record<string, readonly string[]> = {
    tiptoe: ["airborne"],
    sitting: ["seat", "floor", "squat", "half_squat"],
    lying_back: ["reverse_plank", "bridge", "shoulder_stand"],
    lying: ["lying_back", "lying_front", "lying_left", "lying_right", "plank"],
  };
  const last = new Map(slots.map((slot) => [slot.kind === "bend" ? `${slot.joint} ${slot.side}` : slot, slot]));
  const kept = slots.filter((slot) => {
    // "Stretched back with the knee bent": the last word counts.
    if (slot.kind === "bend" && last.get(`${slot.joint} ${slot.side}`) !== slot) return false;
    if (slot.kind === "posture" && better[slot.posture]?.some((one) => postures.has(one as "seat"))) return false;
    const key = JSON.stringify(slot);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return stands && postures.size === 0 ? [{ kind: "posture", posture: "standing" }, ...kept] : kept;
}

/**
 * Reads what a description says of a body.
 *
 * @param text a phrase or some sentences, Russian or English; any word order, inflection, "ё" or "е", small slips.
 * @returns slots with the figure's own left and right; words not understood; nothing is ever thrown.
 */
export function parse(text: string): Parsed {
  const tokens = readConcepts(text);
  const reading = newReading(tokens);
  read(reading);
  const slots = tidy(reading.slots, reading.stands);
  const words = tokens.filter(({ concept }) => concept !== "stop" && concept !== "filler").length;
  const { unknown } = reading;
  return { slots, unknown, understood: slots.length > 0 && unknown.length <= MOST_UNKNOWN * words };
}
