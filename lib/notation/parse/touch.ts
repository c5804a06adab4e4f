/** A hand is on a place, behind or before it. */
import type { SlotOf } from "../slots.ts";
import { BEFORE, HANDS, LEG_PARTS, PLACE_OF } from "./parts.ts";
import { type Reading, setPosture, type Subject } from "./reading.ts";
import { modify } from "./say.ts";

export function isPlace(r: Reading, part: string): boolean {
  const how = r.touch;
  // "Under the chin" is on it; under the knees is nowhere.
  if (how === "under") return UNDER.has(part) && r.hasSubject && r.subjects.some((subject) => HANDS.has(subject.part));
  if (how === "over" && part === "torso") return true;
  if (!(part in PLACE_OF)) return false;
  const hand = r.subjects.some((subject) => HANDS.has(subject.part)) && r.hasSubject;
  if (part === "leg" || part === "hand" || part === "palm" || part === "arm") return false;
  if (how === "before") return part in BEFORE;
  if (part === "foot" || part === "toes" || part === "heel" || part === "shin") return hand || how === "touch";
  return true;
}

/** Parts that a hand which is under them touches. */
export const UNDER: ReadonlySet<string> = new Set(["head", "nape", "chin", "forehead", "cheek"]);

export function touchPlace(r: Reading, part: string, said: string): void {
  // Of two hands that are under a forehead one may be under the other.
  const both = r.subjects.some(({ part, sides }) => HANDS.has(part) && sides.length === 2);
  const how = said !== "under" ? said : part === "head" ? "behind" : both ? "at" : "on";
  r.lastPlace = { part, at: r.at };
  const side = r.side;
  r.side = undefined;
  r.touch = undefined;
  r.palm = undefined;
  const arm = r.subjects.find((subject) => HANDS.has(subject.part) || subject.part === "elbow");
  const clausal = r.hasSubject ? arm : undefined;
  if (how === "on" && !clausal && (part === "back" || part === "belly") && r.lies) {
    return setPosture(r, part === "back" ? "lying_back" : "lying_front");
  }
  const knees = r.hasSubject ? r.subjects.find((subject) => subject.part === "knee") : undefined;
  if (how === "on" && part === "floor" && knees) {
    const [side] = knees.sides;
    if (knees.sides.length === 1 && (side === "left" || side === "right")) return setPosture(r, "half_kneeling", side);
    return setPosture(r, "kneeling");
  }
  if (how === "on" && !clausal && part === "floor") {
    const feet = r.hasSubject || r.slots.some((slot) => slot.kind === "posture" && slot.posture === "seat");
    return r.sits && !feet ? setPosture(r, "floor") : undefined;
  }
  if (how === "to" && ["foot", "toes", "heel", "shin", "floor"].includes(part)) return;
  if (how === "at" && part === "head") return modify(r, { concept: "level.head", text: "" }, -1);
  if (how === "over") {
    // "Предплечье вверх через голову" goes to the other side; an arm over the head is up.
    const bone = r.subjects.some((subject) => subject.part === "forearm");
    if (part === "head") return modify(r, { concept: bone ? "dir.across" : "dir.overhead", text: "" }, -1);
    return ["torso", "chest", "belly", "waist"].includes(part)
      ? modify(r, { concept: "dir.across", text: "" }, -1)
      : undefined;
  }
  // "Стоит на правом колене": whatever is said of hands later.
  const kneels = part === "knee" && r.tokens[r.at]?.concept === "part.knee" &&
    [2, 3, 4].some((back) => /^posture\.(stand|kneel)/.test(r.tokens[r.at - back]?.concept ?? ""));
  if (how === "on" && !clausal && part === "knee" && (kneels || !speaksOfHands(r))) {
    if (kneels) r.stands = false;
    const knee = side === "left" || side === "right" ? side : undefined;

    return setPosture(
      r,
      side === "left" || side === "right" || side === "one" || kneels ? "half_kneeling" : "kneeling",
      knee,
    );
  }
  if (!clausal) {
    // "The knee to the belt": no hand does.
    if (how === "to" && r.hasSubject && r.subjects.some((subject) => LEG_PARTS.has(subject.part))) return;
    // The hand may still come: "коснуться левого плеча правой рукой".
    r.place = { part, side, how };
    return;
  }
  if (clausal.part === "elbow") return;
  clausal.said = true;
  if (how === "before") {
    const place = BEFORE[part];
    if (place) { for (const hand of clausal.sides) r.slots.push({ kind: "before", hand, place }); }
    return;
  }
  const owner: SlotOf<"contact">["owner"] = side === "left" || side === "right"
    ? side
    : side === "opposite" || side === "other" || r.crossed
    ? "opposite"
    : undefined;
  const behind = how === "behind" || how === "on_back" || clausal.records.some(({ dirs }) => dirs.includes("back"));
  const place = behind && part === "head"
    ? "head_back"
    : behind && ["hip", "thigh", "waist", "buttock"].includes(part)
    ? "hip_back"
    : PLACE_OF[part];
  if (place === undefined) return;
  // "Stretched behind the head" is overhead: on the head's back the elbows bend.
  if (place === "head_back" && clausal.records.length > 0 && clausal.records.every(({ bend }) => bend === "straight")) {
    for (const { dirs } of clausal.records) dirs.push("overhead");
    return;
  }
  if (place === "chest" && folds(r, clausal)) return;
  // "Ладонь сзади на бедре" does not face back.
  if (r.faced > 0) r.slots.splice(r.slots.length - r.faced, r.faced);
  r.faced = 0;
  // What was said of where the hand is, is where it touches.
  for (const { dirs } of clausal.records) dirs.splice(0);
  for (const hand of clausal.sides) {
    const not = r.negated ? { not: true as const } : {};
    const near = how === "at" || how === "to" ? { near: true as const } : {};
    r.slots.push({ kind: "contact", hand, place, ...(owner && { owner }), ...near, ...not });
  }
  r.negated = false;
  r.laid = true;
}

export function speaksOfHands(r: Reading): boolean {
  return r.subjects.some(({ part }) => HANDS.has(part)) ||
    r.tokens.some(({ concept }) => /^part\.(arms?|hands?|palms?)$/.test(concept));
}

export function folds(r: Reading, arms: Subject): boolean {
  if (r.crossed) return true;
  if (arms.part !== "arm" || arms.sides.length < 2 || r.slots.at(-1)?.kind !== "clasp") return false;
  r.slots.pop();
  r.slots.push({ kind: "crossed", limbs: "arms" });
  return true;
}
