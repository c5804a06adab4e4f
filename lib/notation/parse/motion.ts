/** Movements of joints as anatomy names them: abduction, flexion, …, by degrees. */
import type { SlotSide } from "../slots.ts";
import type { Reading, Subject } from "./reading.ts";
import type { Gathered } from "./records.ts";
import { apply } from "./say.ts";

/** Parts whose joint is the shoulder, and the hip. */
const SHOULDER = new Set(["shoulder", "arm", "hand", "upper_arm"]);
const HIP = new Set(["hip", "leg", "foot", "thigh", "pelvis"]);

/** Which way a movement takes the limb; a bent arm or knee is no movement of its shoulder or hip. */
const WAYS: Readonly<Record<string, string>> = {
  abduction: "side",
  adduction: "across",
  flexion: "forward",
  extension: "back",
};

/** Reads a movement, or its degrees. */
export function readMotion(r: Reading, kind: string, value: string): void {
  if (kind === "angle") return sayAngle(r, value);
  // "Forearms supinated" is how the palms face.
  if (value === "up" || value === "down") {
    const hands = r.hasSubject ? r.subjects.flatMap(({ sides }) => sides) : [];
    for (const hand of hands) r.slots.push({ kind: "palm", hand, facing: value });
    return;
  }
  const token = { concept: `motion.${value}`, text: "" };
  if (r.hasSubject) apply(r, token);
  else r.pending.push(token);
}

/** A movement is said of what is spoken of. */
export function sayMotion(r: Reading, value: string, { part, sides, records }: Subject): void {
  const bends = value === "flexion" || value === "extension";
  // Whoever flexes an arm or a leg bends it; a shoulder or a hip moves the whole.
  if (part === "elbow" || part === "knee" || part === "forearm" || (bends && (part === "arm" || part === "leg"))) {
    if (bends) { for (const record of records) record.bend = value === "flexion" ? "bent" : "straight"; }
    return;
  }
  const limb = SHOULDER.has(part) ? "arm" : HIP.has(part) ? "leg" : undefined;
  const way = WAYS[value];
  if (limb === undefined || way === undefined) {
    if (bends) r.action ??= { act: "lean", way: value === "flexion" ? "forward" : "back" };
    return;
  }
  r.moved = limb === part ? records : sides.map((side) => recordOf(r, limb, side));
  for (const record of r.moved) {
    record.dirs.push(way);
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
  for (const record of r.moved) {
    if (degrees === "180") record.dirs.push("overhead");
    else record.level = degrees === "45" ? "low" : degrees === "135" ? "high" : "middle";
  }
}
