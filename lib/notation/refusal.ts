/** Why a notation is refused, in the notation's own words. */
import { type Body, bodyOf, type Fault, other, type Part, RANGE, SIDES } from "../skeleton/mod.ts";
import { type Deviation, MOST_DEVIATION, mostOf } from "./deviation.ts";
import { baseOf, isOnFoot, onHands, placeTouched } from "./bases.ts";
import { type Miss, tellMiss } from "./miss.ts";
import { limbOfJoint, limbOfPart } from "./project.ts";
import { type LimbName, sideOf } from "./shape.ts";
import type { Solved } from "./solve.ts";
import type { Notation } from "./spec.ts";
import { beyondLimits, overlapsOf } from "./strain.ts";

/** Legs that hang straight down stand, where a body stands: the words say no more than leaving them out. */
export function withStandingLegs(spec: Notation): Notation {
  if ((spec.base ?? "standing") !== "standing") return spec;
  const { left_leg, right_leg, ...rest } = spec;
  return {
    ...rest,
    ...(left_leg !== undefined && left_leg !== "place low" && { left_leg }),
    ...(right_leg !== undefined && right_leg !== "place low" && { right_leg }),
  };
}

/** Hands that only by their base lie on thighs, or on the floor beside who lies, hang where those are out of reach. */
export function withHandsFree(spec: Notation, { misses }: Solved): Notation {
  if (onHands(baseOf(spec))) return spec;
  const free = misses.filter(({ end, side }) => end === "hand" && spec[`${side}_arm`] === undefined);
  if (free.length === 0) return spec;
  return { ...spec, ...Object.fromEntries(free.map(({ side }) => [`${side}_arm`, "place low"])) };
}

/** How far (degrees) knees may be said to bend before straight legs contradict them. */
const BENT = 20;

/** What in a notation contradicts itself, whatever a body could do. */
export function contradictionsOf(spec: Notation): string[] {
  const reasons: string[] = [];
  const base = spec.base ?? "standing";
  const free = SIDES.filter((side) => spec[`${side}_leg`] !== undefined && !isOnFoot(spec, side));
  if (base === "standing" && free.length === 2) {
    reasons.push(
      `both legs cannot be raised while standing (${said(spec, "left_leg")}, ${said(spec, "right_leg")}): ` +
        'leave one out, or give a base that carries the body, as in "base": "airborne" or "seat"',
    );
  }
  for (const side of free) {
    const leg = spec[`${side}_leg`];
    if (typeof leg === "string" && (spec.knees ?? 0) > BENT) {
      reasons.push(
        `knees ${spec.knees} bends both knees, and ${said(spec, `${side}_leg`)} is straight: ` +
          `give the other leg its own bend, as in "${other(side)}_leg": {"knee": ${spec.knees}}`,
      );
    }
    if (base === "standing" && spec.weight === side && free.length < 2) {
      reasons.push(`the ${side} foot cannot carry the weight while ${said(spec, `${side}_leg`)} is raised`);
    }
  }
  return reasons;
}

/** What a notation says of a limb: `left arm "across middle"`, `right hand on "left_knee"`. */
function said(spec: Notation, limb: LimbName): string {
  const words = spec[limb];
  const name = limb.replace("_", " ");
  if (words === undefined) return name;
  if (typeof words === "string") return `${name} "${words}"`;
  if ("touch" in words) return `${sideOf(limb)} ${limb.endsWith("arm") ? "hand" : "foot"} on "${words.touch}"`;
  if ("upper" in words) return `${name} "${words.upper}" then "${words.lower ?? words.upper}"`;
  return name;
}

const TRUNK: Partial<Record<Part, string>> = {
  head: "the head",
  chest: "the chest",
  upper_waist: "the belly",
  lower_waist: "the belly",
  seat: "the hips",
};
const named = (part: Part): string => TRUNK[part] ?? `the ${limbOfPart(part)?.replace("_", " ") ?? part}`;

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

const noRoom = (place: string) =>
  `both hands are asked to be on "${place}", where only one has room: say "over": true of the one that lies over the other`;

/** Which limbs go through what. Of two limbs, the one that words ask for is told of. */
function overlapReasons(spec: Notation, body: Body, contacts: Solved["contacts"]): string[] {
  const through = new Map<LimbName, Set<string>>();
  const asked = (limb: LimbName) => spec[limb] !== undefined;
  const reasons: string[] = [];
  const [left, right] = SIDES.map((side) => placeTouched(spec, side));
  for (const { parts } of overlapsOf(body, contacts)) {
    const [p, q] = parts;
    if (left !== undefined && left === right && [p, q].every((part) => part.endsWith("_hand"))) {
      reasons.push(noRoom(left));
      continue;
    }
    const [a, b] = [limbOfPart(p), limbOfPart(q)];
    const teller = b !== undefined && (a === undefined || !asked(a) || asked(b)) ? b : a;
    if (teller === undefined) continue;
    const names = through.get(teller) ?? new Set();
    names.add(named(teller === b ? p : q));
    through.set(teller, names);
  }
  for (const [limb, names] of through) reasons.push(`${said(spec, limb)} goes through ${listed([...names])}`);
  return reasons;
}

/** Which joints go further than they can. */
function limitReasons(spec: Notation, body: Body): string[] {
  return beyondLimits(body).map(({ joint, motion, value }) => {
    const [min, max] = RANGE[motion];
    const limb = limbOfJoint(joint);
    const who = limb ? said(spec, limb) : joint === "spine" ? "the trunk as asked" : "the head as asked";
    return `${who} needs ${motion} ${value.toFixed(0)}°, and that goes from ${min}° to ${max}°`;
  });
}

/** What of a solved notation stays too far from where it should be for any turn of joints to help. */
export const missedBy = (spec: Notation, misses: readonly Miss[]): Miss[] =>
  misses.filter(({ end, side, metres }) => metres * 100 > (end === "hand" ? mostOf(spec, side) : MOST_DEVIATION.foot));

/**
 * Why a body cannot be held.
 *
 * @param faults of the solved body. @param nearest how far the nearest body that verifies is; none where none was found.
 */
export function reasonsOf(
  spec: Notation,
  solved: Solved,
  faults: readonly Fault[],
  nearest: readonly Deviation[] | undefined,
): string[] {
  const body = bodyOf(solved.pose);
  const told = [...limitReasons(spec, body), ...overlapReasons(spec, body, solved.contacts)];
  for (const { code, message } of faults) {
    if (code === "balance" || code === "floor" || code === "floating") told.push(message);
  }
  const far = nearest?.filter(({ amount, most }) => amount > most) ?? [];
  const misses = missedBy(spec, solved.misses).map(tellMiss);
  const distance = far.map(({ part, amount, unit, most }) => {
    const mark = unit === "degrees" ? "°" : " cm";
    return `${part} ${amount.toFixed(unit === "degrees" ? 0 : 1)}${mark} away, at most ${most}${mark}`;
  });
  const reasons = [...new Set([...misses, ...told])];
  if (misses.length > 0) return reasons;
  const [left, right] = SIDES.map((side) => placeTouched(spec, side));
  if (left !== undefined && left === right && reasons.length === 0) reasons.push(noRoom(left));
  if (nearest === undefined) return [...reasons, "no body near to that was found"];
  return far.length === 0
    ? reasons
    : [...reasons, `the nearest that a body can hold is too far off: ${listed(distance)}`];
}
