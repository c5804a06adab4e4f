/** What the parser knows while it reads a text. */
import type { Slot, SlotOf, SlotSide } from "../slots.ts";
import type { Token } from "./lexicon.ts";
import { ARM_PARTS } from "./parts.ts";
import type { Gathered } from "./records.ts";

/** The part of the body that is spoken of. */
export interface Subject {
  readonly part: string;
  readonly sides: readonly SlotSide[];
  /** A record a side; none where there is nothing to gather. */
  readonly records: readonly Gathered[];
  /** Whether something was said of it. */
  said: boolean;
}

/** A lean, turn or step whose way may still come. */
export interface Action {
  readonly act: "lean" | "turn" | "step";
  target?: string;
  way?: string;
  side?: SlotSide;
  /** Without a way it says nothing. */
  readonly open?: boolean;
}

/** What is known of the clause being read, and forgotten at its end. */
interface Clause {
  /** Whether a part was mentioned in it; the subject may be an earlier clause's. */
  hasSubject: boolean;
  /** A side whose noun has not come yet. */
  side: string | undefined;
  /** "On", "behind", "touch": what comes next is a place. */
  touch: string | undefined;
  /** "At the height of": what comes next is a height. */
  level: string | undefined;
  action: Action | undefined;
  /** The hands whose palm was mentioned: a direction that follows is where it faces. */
  palm: readonly SlotSide[] | undefined;
  negated: boolean;
  /** Whether arms or legs are crossed: places are then the opposite ones. */
  crossed: boolean;
  /** Whether a hand was laid on a place. */
  laid: boolean;
  /** How many palm slots stand last. */
  faced: number;
  /** Whether a word was not understood. */
  strange: boolean;
  /** Degrees that a joint is moved by, and what they are said of: "abducted to 90°". */
  angle: string | undefined;
  moved: readonly Gathered[];
  /** Whether "stance" was said: "wide" is then how the feet stand. */
  stanceNoun: boolean;
  /** Whether the movement being read is all that the joint can do, or little: "full flexion", "slight abduction". */
  extent: "full" | "slight" | undefined;
}

const newClause = (): Clause => ({
  hasSubject: false,
  side: undefined,
  touch: undefined,
  level: undefined,
  action: undefined,
  palm: undefined,
  negated: false,
  crossed: false,
  laid: false,
  faced: 0,
  strange: false,
  angle: undefined,
  moved: [],
  stanceNoun: false,
  extent: undefined,
});

/** The state of reading one text. */
export interface Reading extends Clause {
  readonly tokens: readonly Token[];
  /** The token being read. */
  at: number;
  readonly slots: Slot[];
  readonly unknown: string[];
  /** Every record, in the order of the text. */
  readonly all: Gathered[];
  subjects: readonly Subject[];
  /** Directions and heights of a clause without a subject yet. */
  pending: Token[];
  /** A place whose hand has not come yet. */
  place: { readonly part: string; readonly side: string | undefined; readonly how: string } | undefined;
  /** The part that a hand was last laid on: "on the right knee, the other hand on the left". */
  lastPlace: { readonly part: string; readonly at: number } | undefined;
  /** Whether the last word was "and". */
  and: boolean;
  /** How many directions each record of the subject had at the last "and". */
  saidBefore: readonly number[];
  same: boolean;
  lunge: SlotOf<"posture"> | undefined;
  lastSide: SlotSide | undefined;
  lastLimb: string;
  lies: boolean;
  sits: boolean;
  stands: boolean;
  /** Whether the basic stance was named: the arms hang unless something is said of them. */
  basic: boolean;
  /** Whether the text tells upper arm and forearm apart. */
  readonly bones: boolean;
}

/** Starts to read. */
export const newReading = (tokens: readonly Token[]): Reading => ({
  ...newClause(),
  tokens,
  at: 0,
  slots: [],
  unknown: [],
  all: [],
  subjects: [],
  pending: [],
  place: undefined,
  lastPlace: undefined,
  and: false,
  saidBefore: [],
  same: false,
  lunge: undefined,
  lastSide: undefined,
  lastLimb: "arm",
  lies: false,
  sits: false,
  stands: false,
  basic: false,
  bones: tokens.some(({ concept }) => /^part\.(forearms?|upper_arms?)$/.test(concept)),
});

/** Forgets what was the last clause's. */
export const forgetClause = (r: Reading): void => void Object.assign(r, newClause());

/** Forgets all that was said so far: it was a slip of the tongue. */
export function takeAllBack(r: Reading): void {
  const { tokens, unknown, bones } = r;
  Object.assign(r, newReading(tokens), { unknown, bones, at: r.at });
}

/** Whether a concept comes later in the clause. */
export function clauseHas(r: Reading, from: number, concept: RegExp): boolean {
  for (let i = from; r.tokens[i] !== undefined && r.tokens[i]?.concept !== "stop"; i++) {
    if (concept.test(r.tokens[i]?.concept ?? "")) return true;
  }
  return false;
}

/** The token before, over fillers. */
export function beforeFillers(r: Reading, at: number): Token | undefined {
  let i = at - 1;
  while (r.tokens[i]?.concept === "filler") i--;
  return r.tokens[i];
}

/** The first concept from a token on that is no filler. */
export function afterFillers(r: Reading, from: number): string {
  let i = from;
  while (r.tokens[i]?.concept === "filler") i++;
  return r.tokens[i]?.concept ?? "";
}

/** States a posture. */
export function setPosture(r: Reading, posture: SlotOf<"posture">["posture"], side?: "left" | "right"): void {
  const slot: SlotOf<"posture"> = { kind: "posture", posture, ...(side && { side }) };
  r.slots.push(slot);
  if (posture !== "lunge") return;
  r.lunge = slot;
  // "In a lunge, the right one in front."
  if (!r.subjects.some(({ part }) => ARM_PARTS.has(part))) r.lastLimb = "leg";
}
