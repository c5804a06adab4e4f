/** Movements of joints as anatomy names them: abduction, flexion, …, by degrees. */
import type { SlotSide } from "../slots.ts";
import { clauseHas, type Reading, type Subject } from "./reading.ts";
import type { Gathered } from "./records.ts";
import { apply } from "./say.ts";

/** Parts whose joint is the shoulder, and the hip. */
const SHOULDER = new Set(["shoulder", "arm", "upper_arm"]);
/** Parts that turn with the palm. */
const PALMED = new Set(["arm", "hand", "forearm", "elbow"]);
const BENDING = new Set(["torso", "back", "chest", "waist", "belly"]);
const HIP = new Set(["hip", "leg", "foot", "thigh", "pelvis"]);

/** Which way a movement takes the limb; a bent arm or knee is no movement of its shoulder or hip. */
const WAYS: Readonly<Record<string, string>> = {
  abduction: "side",
  adduction: "across",
  flexion: "forward",
  extension: "back",
};

const FULL = /(?<!\p{L})(full|maximal|полн|максимальн)/u;
const SLIGHT = /(?<!\p{L})(slight|small|a little|небольш|легк|слегка|незначительн|чуть|немного)/u;

/** How far a movement goes, by the words before it. */
export function extentOf(r: Reading): Reading["extent"] {
  const before = r.tokens.slice(Math.max(0, r.at - 2), r.at).map(({ text }) => text).join(" ");
  return FULL.test(before) ? "full" : SLIGHT.test(before) ? "slight" : undefined;
}

const OVERHEAD = 165;
/** How far (degrees) from a right angle is level still. */
const LEVEL = 22;

/** Reads a movement, or its degrees. */
export function readMotion(r: Reading, kind: string, value: string, text: string): void {
  if (kind === "angle") return sayAngle(r, value);
  r.extent = extentOf(r);
  const token = { concept: `motion.${value}`, text };
  if (r.hasSubject) apply(r, token);
  else r.pending.push(token);
}

/** A movement is said of what is spoken of. */
export function sayMotion(r: Reading, value: string, { part, sides, records }: Subject, text: string): void {
  // "Forearms supinated" is how the palms face.
  if (value === "up" || value === "down") {
    if (PALMED.has(part)) { for (const hand of sides) r.slots.push({ kind: "palm", hand, facing: value }); }
    return;
  }
  const bends = value === "flexion" || value === "extension";
  if (part === "head") {
    if (bends) r.slots.push({ kind: "head", way: value === "flexion" ? "down" : "up" });
    return;
  }
  // Whoever flexes an arm or a leg bends it; a shoulder or a hip moves the whole.
  if (part === "elbow" || part === "knee" || part === "forearm" || (bends && (part === "arm" || part === "leg"))) {
    if (bends) { for (const record of records) record.bend = value === "flexion" ? "bent" : "straight"; }
    return;
  }
  const limb = SHOULDER.has(part) ? "arm" : HIP.has(part) ? "leg" : undefined;
  // "Отведение" may be any way that is told with it.
  const way = value === "abduction" && /^отвед/.test(text) ? "abducted" : WAYS[value];
  if (limb === undefined || way === undefined) {
    if (bends && BENDING.has(part)) r.action ??= { act: "lean", way: value === "flexion" ? "forward" : "back" };
    return;
  }
  // Both hips flexed may be legs that are raised or a trunk that leans; a hip that turns as well goes elsewhere.
  if (bends && part === "hip" && (sides.length === 2 || clauseHas(r, r.at, /^act\.turn$/))) return;
  r.moved = limb === part ? records : sides.map((side) => recordOf(r, limb, side));
  for (const record of r.moved) {
    // "Full flexion of the shoulder" is an arm straight up.
    const overhead = limb === "arm" && r.extent === "full" && (value === "flexion" || value === "abduction");
    record.dirs.push(overhead ? "overhead" : way);
    if (part === "shoulder" || part === "upper_arm") record.joint = true;
    if (r.extent === "slight") record.level ??= "low";
    if (limb === "leg") record.raised = true;
    if (limb === "arm" && value === "extension") record.level ??= "low";
  }
  if (r.angle !== undefined) sayAngle(r, r.angle);
}

/** The record of the limb that moves, on the side last spoken of where none is said. */
function recordOf(r: Reading, part: "arm" | "leg", said: SlotSide): Gathered {
  const side = said === "any" ? r.lastSide ?? "any" : said;
  const before = r.all.find((record) => record.part === part && record.side === side);
  if (before) return before;
  const record: Gathered = { part, side, dirs: [] };
  r.all.push(record);
  return record;
}

/** Degrees from hanging, as the height of what is moved by them. */
export function sayAngle(r: Reading, degrees: string): void {
  r.angle = degrees;
  // "Past 90°" is somewhere above.
  if (/^(past|over|beyond|above|больше|более|выше|свыше)$/.test(r.tokens[r.at - 1]?.text ?? "")) return;
  for (const record of r.moved) {
    const up = Number(degrees);
    if (up >= OVERHEAD) record.dirs.splice(0, Infinity, "overhead");
    else record.level = Math.abs(up - 90) <= LEVEL ? "middle" : up < 90 ? "low" : "high";
  }
}
