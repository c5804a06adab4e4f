/**
 * Text → slots: what a description in English or Russian says of a body, and which words were not understood.
 *
 * The text is read word by word, as concepts of the lexicon. A part of the body becomes the subject; what follows (or,
 * in a clause without a subject yet, what came before) is said of it, until another part or the clause's end.
 */
import { readConcepts, type Token } from "./lexicon.ts";
import { facingOf, type Gathered, otherSide, slotsOf, stepWay } from "./records.ts";
import type { Slot, SlotOf, SlotSide } from "./slots.ts";

/** What a text says of a body. */
export interface Parsed {
  readonly slots: readonly Slot[];
  /** Words that say nothing to the parser. */
  readonly unknown: readonly string[];
  /** Whether there are slots and most of the words went into them: then a description can be held against a pose. */
  readonly understood: boolean;
}

type Subject = { readonly part: string; readonly sides: readonly SlotSide[]; records: Gathered[]; said: boolean };
type Action = {
  readonly act: "lean" | "turn" | "sway" | "step";
  target?: string;
  way?: string;
  side?: SlotSide;
  /** Without a way it says nothing. */
  open?: boolean;
};

const PLURAL: Record<string, string> = {
  arms: "arm",
  hands: "hand",
  palms: "palm",
  elbows: "elbow",
  forearms: "forearm",
  upper_arms: "upper_arm",
  shoulders: "shoulder",
  legs: "leg",
  feet: "foot",
  knees: "knee",
  thighs: "thigh",
  shins: "shin",
  heels: "heel",
  hips: "hip",
  buttocks: "buttock",
  ears: "ear",
  cheeks: "cheek",
};
const ARM_PARTS = new Set(["arm", "hand", "palm", "elbow", "forearm", "upper_arm"]);
const HANDS = new Set(["arm", "hand", "palm"]);
const LEG_PARTS = new Set(["leg", "foot", "knee", "thigh", "shin", "heel", "toes"]);
const TRUNK = new Set(["torso", "back", "chest", "shoulder", "waist", "pelvis", "hip"]);
/** Parts that a hand can touch, as places. */
const PLACE_OF: Record<string, SlotOf<"contact">["place"]> = {
  shoulder: "shoulder",
  elbow: "elbow",
  hip: "hip",
  waist: "waist",
  thigh: "thigh",
  knee: "knee",
  ear: "ear",
  cheek: "cheek",
  head: "head",
  nape: "head_back",
  crown: "head_top",
  forehead: "forehead",
  temple: "forehead",
  mouth: "mouth",
  chin: "chin",
  chest: "chest",
  heart: "heart",
  belly: "belly",
  face: "face",
  eyes: "face",
  buttock: "hip_back",
  floor: "floor",
  back: "back",
  foot: "foot",
  toes: "foot",
  heel: "foot",
  shin: "foot",
  upper_arm: "upper_arm",
  forearm: "elbow",
};
const BEFORE: Record<string, SlotOf<"before">["place"]> = {
  face: "face",
  eyes: "face",
  mouth: "face",
  head: "head",
  forehead: "head",
  chest: "chest",
  heart: "chest",
  belly: "belly",
  waist: "belly",
  hip: "hip",
};
const HEIGHT: Record<string, string> = {
  shoulder: "shoulder",
  chest: "chest",
  waist: "waist",
  belly: "waist",
  hip: "hip",
  thigh: "hip",
  buttock: "hip",
  pelvis: "hip",
  head: "head",
  face: "head",
  eyes: "head",
  ear: "head",
  chin: "shoulder",
  knee: "knee",
  crown: "overhead",
};
/** The least share of a text's words that must be understood for the whole to count as understood. */
const MOST_UNKNOWN = 0.34;

class Parser {
  readonly slots: Slot[] = [];
  readonly unknown: string[] = [];
  readonly #all: Gathered[] = [];
  #subjects: Subject[] = [];
  #pending: Token[] = [];
  #side: string | undefined;
  #touch: string | undefined;
  #level: string | undefined;
  #place: { part: string; side: string | undefined; how: string } | undefined;
  #action: Action | undefined;
  #palm: readonly SlotSide[] | undefined;
  #hasSubject = false;
  #and = false;
  #negated = false;
  #same = false;
  #crossed = false;
  /** How many directions each record of the subject had at the last "and". */
  #saidBefore: readonly number[] = [];
  /** Whether a word of this clause was not understood. */
  #strange = false;
  #stanceNoun = false;
  /** Whether a hand was laid on a place in this clause. */
  #laid = false;
  /** How many palm slots stand last, told in this clause. */
  #faced = 0;
  #lunge: Extract<Slot, { kind: "posture" }> | undefined;
  #lastSide: SlotSide | undefined;
  #lastLimb = "arm";
  #lies = false;
  #sits = false;
  #stands = false;
  #bones = false;

  constructor(readonly tokens: readonly Token[]) {
    const concepts = tokens.map(({ concept }) => concept);
    this.#bones = concepts.some((concept) => /^part\.(forearms?|upper_arms?)$/.test(concept));
  }

  read(): void {
    for (let i = 0; i < this.tokens.length; i++) {
      const token = this.tokens[i];
      if (!token) break;
      const [kind = "", value = ""] = token.concept.split(".");
      if (kind === "like") {
        // A comparison ends with its clause: what it says is an image.
        while (this.tokens[i + 1] !== undefined && this.tokens[i + 1]?.concept !== "stop") i++;
        continue;
      }
      this.#token(kind, value, token, i);
      if (kind !== "and" && kind !== "filler") this.#and = false;
    }
    this.#endClause();
    const heels = this.#all.filter(({ part, raised, dirs }) => part === "heel" && raised && dirs.length === 0);
    if (new Set(heels.map(({ side }) => side)).size === 2) this.#setPosture("tiptoe");
    for (const record of this.#all) {
      // Beside an arm that is told of, its hand's ways are the hand's alone.
      const arm = (other: Gathered) =>
        /^(arm|forearm)$/.test(other.part) && other.side === record.side && other.dirs.length > 0;
      if (record.part === "hand" && this.#all.some(arm)) continue;
      this.slots.push(...slotsOf(record, this.#bones));
    }
  }

  #token(kind: string, value: string, token: Token, i: number): void {
    switch (kind) {
      case "stop":
        return this.#endClause();
      case "and":
        this.#and = /^(and|и|а)$/.test(token.text);
        if (this.#and) {
          this.#saidBefore = this.#subjects.flatMap(({ records }) => records.map(({ dirs }) => dirs.length));
        }
        this.#touch = undefined;
        return;
      case "side":
        this.#side = value;
        return;
      case "part":
        return this.#part(value, i);
      case "place":
        return this.#contact("back", undefined, "behind");
      case "stance":
        if (value === "noun") {
          this.#stands = true;
          this.#stanceNoun = true;
          return;
        }
        return this.#mod(token, i);
      case "dir":
      case "level":
      case "bend":
      case "raise":
        return this.#mod(token, i);
      case "joint":
        return;
      case "touch":
        this.#ellipsis(i);
        this.#touch = value;
        this.#palm = undefined;
        return;
      case "posture":
        return this.#posture(value, token);
      case "act":
        return this.#act(value, token, i);
      case "neg":
        this.#negated = true;
        return;
      case "same":
        this.#same = true;
        if (this.#subjects.every(({ said }) => !said)) this.#subjects.forEach((subject) => this.#copy(subject));
        return;
      case "unknown":
        this.unknown.push(token.text);
        this.#strange = true;
        this.#touch = undefined;
        return;
    }
  }

  /** The sides that a mention is about. */
  #sidesFor(part: string, many: boolean): SlotSide[] {
    const side = this.#side;
    this.#side = undefined;
    if (side === "left" || side === "right") return [side];
    if (side === "both") return ["left", "right"];
    if (side === "other" && this.#lastSide) return [otherSide(this.#lastSide)];
    if (side === "one" || side === "other") return ["any"];
    const carried = this.#subjects[0];
    const related = carried && (ARM_PARTS.has(carried.part) === ARM_PARTS.has(part)) ? carried.sides : undefined;
    if (part === "palm" || part === "elbow" || part === "forearm" || part === "hand") {
      if (related) return [...related];
    }
    if (many) return ["left", "right"];
    if (related?.length === 1 && LEG_PARTS.has(part)) return [...related];
    return ["any"];
  }

  #part(value: string, i: number): void {
    const many = value in PLURAL || value === "toes";
    const part = PLURAL[value] ?? value;
    // "рука правая", "the hand, the left one": a side behind its noun, where no other noun claims it.
    const next = this.tokens[i + 1]?.concept ?? "";
    if (this.#side === undefined && /^side\.(left|right)$/.test(next) && !/^part/.test(this.#afterFillers(i + 2))) {
      this.#side = next.slice("side.".length);
    }
    if (this.#level !== undefined) return this.#height(part);
    // "Пальцами правой руки": the hand follows.
    if (part === "hand" && /^side\./.test(next) && /^part\.(arm|hand)$/.test(this.tokens[i + 2]?.concept ?? "")) return;
    // "to the left shoulder" is no direction.
    const before = this.tokens[i - 1]?.concept;
    if (
      (before === "dir.left" || before === "dir.right") && /^(to|towards?) the /.test(this.tokens[i - 1]?.text ?? "")
    ) {
      const way = before.slice("dir.".length);
      if (this.#undo(way)) {
        this.#side = way;
        this.#touch = "to";
      }
    }
    if (this.#touch !== undefined && this.#isPlace(part)) return this.#contact(part, many, this.#touch);
    if (part === "chair" || part === "floor") {
      if (this.#sits) this.#setPosture(part === "chair" ? "seat" : "floor");
      return;
    }
    if (part === "head" || part === "gaze" || part === "face" || TRUNK.has(part)) return this.#trunkPart(part, many);
    if (part === "palm") return this.#palms(many);
    if (!ARM_PARTS.has(part) && !LEG_PARTS.has(part) && part !== "buttock") {
      // An ear or a chin of which something is said: no hand's any more.
      if (part !== "mouth") this.#subjects = [{ part, sides: ["any"], records: [], said: true }];
      this.#side = undefined;
      return;
    }
    this.#setSubject(part, this.#sidesFor(part, many));
  }

  #afterFillers(from: number): string {
    let i = from;
    while (this.tokens[i]?.concept === "filler") i++;
    return this.tokens[i]?.concept ?? "";
  }

  /** Takes back a direction that turned out to be none. */
  #undo(way: string): boolean {
    const at = this.#pending.findLastIndex(({ concept }) => concept === `dir.${way}`);
    if (at >= 0) {
      this.#pending.splice(at, 1);
      return true;
    }
    let undone = false;
    for (const { records } of this.#subjects) {
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

  #isPlace(part: string): boolean {
    const how = this.#touch;
    if (how === "over" && part === "torso") return true;
    if (!(part in PLACE_OF)) return false;
    const hand = this.#subjects.some((subject) => HANDS.has(subject.part)) && this.#hasSubject;
    if (part === "leg" || part === "hand" || part === "palm" || part === "arm") return false;
    if (how === "before") return part in BEFORE;
    if (part === "foot" || part === "toes" || part === "heel" || part === "shin") return hand || how === "touch";
    return true;
  }

  #setSubject(part: string, sides: readonly SlotSide[]): void {
    const on = this.#touch;
    this.#touch = undefined;
    this.#palm = undefined;
    if (on === "on" && (part === "leg" || part === "foot") && this.#action?.act === "step" && sides.length === 1) {
      const [leg] = sides;
      if (leg) this.#action.side ??= leg;
      if (this.#lunge && (leg === "left" || leg === "right")) this.#lunge.side ??= leg;
      return;
    }
    if (on === "on" && (part === "leg" || part === "foot") && !this.#hasSubject) {
      // "On the right leg": it carries. With both legs there is nothing to say.
      if (sides.length === 1 && !this.#lunge) this.slots.push({ kind: "support", leg: sides[0] ?? "any" });
      else if (this.#lunge && sides[0] && sides[0] !== "any") this.#lunge.side = sides[0];
    }
    const records = sides.map((side): Gathered => ({ part, side, dirs: [] }));
    const subject: Subject = { part, sides, records, said: false };
    const joins = this.#and && this.#hasSubject && this.#subjects.every(({ said }) => !said);
    this.#subjects = joins ? [...this.#subjects, subject] : [subject];
    this.#all.push(...records);
    this.#laid = false;
    if (sides.length === 1) this.#lastSide = sides[0];
    this.#lastLimb = ARM_PARTS.has(part) ? "arm" : LEG_PARTS.has(part) ? "leg" : this.#lastLimb;
    if (LEG_PARTS.has(part) && sides.length === 1 && sides[0] !== "any") {
      if (this.#lunge && this.#lunge.side === undefined && sides[0]) this.#lunge.side = sides[0];
      if (this.#action?.act === "step" && this.#action.side === undefined && sides[0]) this.#action.side = sides[0];
    }
    if (this.#place && HANDS.has(part)) {
      const { part: place, side, how } = this.#place;
      this.#place = undefined;
      this.#side = side;
      this.#hasSubject = true;
      this.#contact(place, false, how);
    }
    this.#hasSubject = true;
    if (this.#same) this.#copy(subject);
    const waiting = this.#pending;
    this.#pending = [];
    for (const token of waiting) this.#apply(token);
  }

  /** "The same with the left": what was said of the other side. */
  #copy(subject: Subject): void {
    this.#same = false;
    const [side] = subject.sides;
    if (subject.sides.length !== 1 || side === undefined || side === "any") return;
    const source = this.#all.filter((record) => record.side === otherSide(side));
    const [record] = subject.records;
    for (const { part, side: _, dirs, ...rest } of source) {
      if (record && record.part === part) {
        record.dirs.push(...dirs);
        Object.assign(record, rest);
      } else this.#all.push({ part, side, dirs: [...dirs], ...rest });
    }
    for (const slot of [...this.slots]) {
      if (slot.kind === "contact" && slot.hand === otherSide(side)) {
        const owner = slot.owner === "left" ? "right" : slot.owner === "right" ? "left" : slot.owner;
        this.slots.push({ ...slot, hand: side, ...(owner && { owner }) });
      }
      if (slot.kind === "palm" && slot.hand === otherSide(side)) this.slots.push({ ...slot, hand: side });
    }
  }

  /** "The left one down": a side without its noun stands for the limb spoken of. */
  #ellipsis(i: number): void {
    if (this.#side === undefined || this.#side === "opposite") return;
    for (let k = i; k < i + 4; k++) {
      const concept = this.tokens[k]?.concept ?? "stop";
      if (concept.startsWith("part.")) return;
      if (concept === "stop" || concept.startsWith("side.") || concept.startsWith("touch.")) break;
    }
    this.#setSubject(this.#lastLimb, this.#sidesFor(this.#lastLimb, false));
  }

  #palms(many: boolean): void {
    const explicit = this.#side;
    const sides = this.#sidesFor("palm", many);
    this.#touch = undefined;
    if (explicit !== undefined || !this.#subjects.some(({ part }) => HANDS.has(part))) this.#setSubject("hand", sides);
    this.#palm = sides;
  }

  #trunkPart(part: string, many: boolean): void {
    if (part === "gaze") {
      // "The palm looks down."
      if (
        this.#palm || (this.#hasSubject && this.#subjects.some(({ part }) => ARM_PARTS.has(part) || part === "knee"))
      ) {
        return;
      }
    } else if (part === "face" && this.#palm) return;
    if (this.#action && this.#action.target === undefined && this.#action.way === undefined) {
      this.#action.target = part;
      this.#side = undefined;
      return;
    }
    const sides = this.#sidesFor(part, many);
    this.#touch = undefined;
    if (part === "hip" || part === "shoulder" || part === "pelvis") return this.#setSubject(part, sides);
    this.#subjects = [{ part, sides: ["any"], records: [], said: false }];
    this.#hasSubject = true;
    this.#palm = undefined;
    const waiting = this.#pending;
    this.#pending = [];
    for (const token of waiting) this.#apply(token);
  }

  #height(part: string): void {
    const level = this.#level;
    this.#level = undefined;
    this.#side = undefined;
    const height = HEIGHT[part];
    if (height === undefined) return;
    const value = level === "above"
      ? height === "head" ? "dir.overhead" : height === "shoulder" ? "level.above_shoulder" : "raise"
      : level === "below"
      ? height === "shoulder" ? "level.below_shoulder" : "level.low"
      : `level.${height}`;
    this.#mod({ concept: value, text: "" }, -1);
  }

  #mod(token: Token, i: number): void {
    const [kind, value = ""] = token.concept.split(".");
    if (
      kind === "dir" && value === "upright" &&
      !(this.#hasSubject && this.#subjects.some(({ part }) => ARM_PARTS.has(part)))
    ) {
      return;
    }
    if (kind === "level" && (this.#level === "above" || this.#level === "below") && value in HEIGHT) {
      return this.#height(value);
    }
    if (kind === "level" && ["at", "above", "below", "up_to"].includes(value)) {
      this.#level = value;
      return;
    }
    this.#level = undefined;
    const open = this.#action?.way === undefined || (this.#action.way === "side" && /^(left|right)$/.test(value));
    if (this.#action && open && kind === "dir" && this.#takesWay(value)) {
      this.#action.way = value;
      return;
    }
    if (i >= 0) this.#ellipsis(i + 1);
    if (this.#hasSubject) this.#apply(token);
    else this.#pending.push(token);
  }

  #takesWay(value: string): boolean {
    const ways = { lean: ["forward", "back", "left", "right", "side", "up", "down"], turn: ["left", "right"] };
    const { act, target } = this.#action ?? {};
    if (act === "turn" && target === undefined && this.#palm) return false;
    if (act === "sway") return value === "left" || value === "right";
    if (act === "step") return ["forward", "back", "left", "right", "side"].includes(value);
    return act !== undefined && (ways[act].includes(value) || (target === "head" && ["up", "down"].includes(value)));
  }

  /** Says a word of direction, height, bend or stance of the subject. */
  #apply(token: Token): void {
    const [kind, value = ""] = token.concept.split(".");
    const last = this.slots.at(-1);
    if (this.#laid && last?.kind === "contact" && kind === "dir" && (value === "forward" || value === "back")) {
      // "На бёдрах сзади", "on the hips in front".
      if (value === "back" && ["hip", "thigh", "waist"].includes(last.place)) {
        for (const slot of this.slots) {
          if (slot.kind === "contact" && slot.place === last.place) slot.place = "hip_back";
        }
      }
      return;
    }
    for (const subject of this.#subjects) {
      const { part } = subject;
      if (this.#palm && kind === "dir") {
        const facings = this.#palm.map((hand) => ({ hand, facing: facingOf(value, hand) }));
        if (facings.every(({ facing }) => facing !== undefined)) {
          for (const { hand, facing } of facings) if (facing) this.slots.push({ kind: "palm", hand, facing });
          this.#faced = facings.length;
          this.#palm = undefined;
          return;
        }
      }
      subject.said = true;
      if (kind === "stance") this.#stance(value, part);
      else if (part === "head" || part === "gaze" || part === "face") this.#headWay(kind ?? "", value);
      else if (subject.records.length === 0) {
        if (kind === "level" && value === "horizontal") this.slots.push({ kind: "lean", way: "forward" });
        if (kind === "bend" && value === "bent" && part !== "chest") this.#action ??= { act: "lean" };
        if (kind === "dir" && part === "torso" && ["forward", "back", "left", "right"].includes(value)) {
          this.slots.push({ kind: "lean", way: value as SlotOf<"lean">["way"] });
        }
      } else for (const record of subject.records) this.#say(record, kind ?? "", value);
    }
  }

  #say(record: Gathered, kind: string, value: string): void {
    if (this.#negated && kind !== "raise") {
      this.#negated = false;
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

  #headWay(kind: string, value: string): void {
    const way = kind === "raise" ? "up" : value === "hang" ? "down" : value;
    if (["left", "right", "up", "down", "forward"].includes(way)) {
      if (way !== "forward") this.slots.push({ kind: "head", way: way as SlotOf<"head">["way"] });
    } else if (way === "back") this.slots.push({ kind: "head", way: "up" });
  }

  #stance(value: string, part: string): void {
    if (HANDS.has(part)) {
      // Arms held wide may be anywhere between the front and the sides.
      if (value === "together") this.slots.push({ kind: "clasp" });
    } else if (LEG_PARTS.has(part) || part === "") {
      this.slots.push({ kind: "stance", stance: value as SlotOf<"stance">["stance"] });
    }
  }

  #contact(part: string, _many: boolean | undefined, how: string): void {
    const side = this.#side;
    this.#side = undefined;
    this.#touch = undefined;
    this.#palm = undefined;
    const arm = this.#subjects.find((subject) => HANDS.has(subject.part) || subject.part === "elbow");
    const clausal = this.#hasSubject ? arm : undefined;
    if (how === "on" && !clausal && (part === "back" || part === "belly") && this.#lies) {
      return this.#setPosture(part === "back" ? "lying_back" : "lying_front");
    }
    if (how === "on" && !clausal && part === "floor") {
      const feet = this.#hasSubject || this.slots.some((slot) => slot.kind === "posture" && slot.posture === "seat");
      return this.#sits && !feet ? this.#setPosture("floor") : undefined;
    }
    if (how === "to" && ["foot", "toes", "heel", "shin", "floor"].includes(part)) return;
    if (how === "at" && part === "head") return this.#mod({ concept: "level.head", text: "" }, -1);
    if (how === "over") {
      if (part === "head") return this.#mod({ concept: "dir.overhead", text: "" }, -1);
      return ["torso", "chest", "belly", "waist"].includes(part)
        ? this.#mod({ concept: "dir.across", text: "" }, -1)
        : undefined;
    }
    if (how === "on" && !clausal && part === "knee" && !this.#pendingHand()) {
      return this.#setPosture(side === "left" || side === "right" || side === "one" ? "half_kneeling" : "kneeling");
    }
    if (!clausal) {
      // The hand may still come: "коснуться левого плеча правой рукой".
      this.#place = { part, side, how };
      return;
    }
    if (clausal.part === "elbow") return;
    clausal.said = true;
    if (how === "before") {
      const place = BEFORE[part];
      if (place) { for (const hand of clausal.sides) this.slots.push({ kind: "before", hand, place }); }
      return;
    }
    const owner: SlotOf<"contact">["owner"] = side === "left" || side === "right"
      ? side
      : side === "opposite" || side === "other" || this.#crossed
      ? "opposite"
      : undefined;
    const behind = how === "behind" || how === "on_back" || clausal.records.some(({ dirs }) => dirs.includes("back"));
    const place = behind && part === "head"
      ? "head_back"
      : behind && ["hip", "thigh", "waist", "buttock"].includes(part)
      ? "hip_back"
      : PLACE_OF[part];
    if (place === undefined) return;
    if (place === "chest" && this.#fold(clausal)) return;
    // "Ладонь сзади на бедре" does not face back.
    if (this.#faced > 0) this.slots.splice(this.slots.length - this.#faced, this.#faced);
    this.#faced = 0;
    // What was said of where the hand is, is where it touches.
    for (const { dirs } of clausal.records) dirs.splice(0);
    for (const hand of clausal.sides) {
      const not = this.#negated ? { not: true as const } : {};
      const near = how === "at" || how === "to" ? { near: true as const } : {};
      this.slots.push({ kind: "contact", hand, place, ...(owner && { owner }), ...near, ...not });
    }
    this.#negated = false;
    this.#laid = true;
  }

  /** Whether hands were spoken of before this clause, or are after it. */
  #pendingHand(): boolean {
    return this.#subjects.some(({ part }) => HANDS.has(part)) ||
      this.tokens.some(({ concept }) => /^part\.(arms?|hands?|palms?)$/.test(concept));
  }

  /** Arms crossed or folded on the chest lie on no place of it. */
  #fold(arms: Subject): boolean {
    if (this.#crossed) return true;
    if (arms.part !== "arm" || arms.sides.length < 2 || this.slots.at(-1)?.kind !== "clasp") return false;
    this.slots.pop();
    this.slots.push({ kind: "crossed", limbs: "arms" });
    return true;
  }

  #setPosture(posture: SlotOf<"posture">["posture"], side?: "left" | "right"): void {
    const slot: SlotOf<"posture"> = { kind: "posture", posture, ...(side && { side }) };
    this.slots.push(slot);
    if (posture === "lunge") this.#lunge = slot;
  }

  #posture(value: string, { text }: Token): void {
    const side = this.#side === "left" || this.#side === "right" ? this.#side : undefined;
    const said = /прав|right/.test(text) ? "right" : /лев|left/.test(text) ? "left" : side;
    switch (value) {
      case "stand":
        this.#stands = true;
        return;
      case "sit":
        this.#sits = true;
        return this.#setPosture("sitting");
      case "lie":
        // "The palm lies on the chest."
        if (this.#hasSubject && this.#subjects.some(({ part }) => ARM_PARTS.has(part))) return;
        this.#lies = true;
        return this.#setPosture("lying");
      case "lie_back":
      case "lie_front":
        if (this.#hasSubject && !this.#lies) return;
        return this.#setPosture(value === "lie_back" ? "lying_back" : "lying_front");
      case "lie_left":
      case "lie_right":
        return this.#setPosture(value === "lie_left" ? "lying_left" : "lying_right");
      case "jump":
        // "Ready to jump", "перед прыжком": not yet.
        if (this.#touch === "to" || this.#touch === "before") return void (this.#touch = undefined);
        // "The left leg back in the air", "руки взлетели вверх".
        if (this.#hasSubject && this.#subjects.some(({ part }) => ARM_PARTS.has(part) || LEG_PARTS.has(part))) {
          return this.#apply({ concept: "raise", text: "" });
        }
        return this.#setPosture("airborne");
      case "crouch":
        for (const side of ["left", "right"] as const) {
          this.slots.push({ kind: "bend", joint: "knee", side, bend: "bent" });
        }
        return;
      case "step":
        return this.#step(side);
      case "half_kneel":
        return this.#setPosture("half_kneeling", said);
      case "kneel":
        return this.#setPosture("kneeling");
      case "lunge":
        this.#setPosture("lunge", side);
        return this.#step(side);
      default:
        return this.#setPosture(value as SlotOf<"posture">["posture"]);
    }
  }

  #step(side: "left" | "right" | undefined): void {
    this.#side = undefined;
    const at = this.#pending.findLastIndex(({ concept }) => /^dir\.(forward|back|left|right|side)$/.test(concept));
    const [before] = at < 0 ? [] : this.#pending.splice(at, 1);
    this.#action = { act: "step", ...(side && { side }), ...(before && { way: before.concept.slice("dir.".length) }) };
  }

  #act(value: string, { text }: Token, i: number): void {
    const subject = this.#hasSubject ? this.#subjects[0]?.part : undefined;
    const head = subject === "head" || subject === "gaze" || subject === "face";
    const limb = subject !== undefined && (ARM_PARTS.has(subject) || LEG_PARTS.has(subject));
    switch (value) {
      case "lean":
      case "lean_back":
      case "lean_side":
      case "tilt": {
        const way = leanWay(text);
        if (/^slant/.test(text) && this.#subjects.some(({ part }) => ARM_PARTS.has(part))) return;
        if (limb && /^(bent|bend)/.test(text)) {
          this.#apply({ concept: "bend.bent", text });
          if (way) this.#apply({ concept: `dir.${way}`, text });
          return;
        }
        // A slanting forearm is no leaning trunk.
        if (limb && (value === "tilt" || this.#palm || /^отклонен/.test(text))) return;
        this.#finishAction();
        const leaning = value === "lean_back" ? "back" : way;
        this.#action = {
          act: "lean",
          ...(head && { target: "head" }),
          ...(leaning && { way: leaning }),
          ...(value === "tilt" && { open: true }),
        };
        if (leaning && leaning !== "side") return;
        // "Вперёд наклониться", "forward bend": the way may stand first.
        const at = this.#pending.findLastIndex(({ concept }) => /^dir\.(forward|back|left|right)$/.test(concept));
        const [before] = at < 0 ? [] : this.#pending.splice(at, 1);
        if (before) this.#action.way = before.concept.slice("dir.".length);
        else if (head) this.#takeSaid();
        return;
      }
      case "turn":
        if (this.#palm) return;
        if (subject !== undefined && (ARM_PARTS.has(subject) || LEG_PARTS.has(subject))) return;
        this.#finishAction();
        this.#action = { act: "turn", ...(subject && { target: subject }) };
        return;
      case "sway":
        if (subject === undefined || ["hip", "thigh", "pelvis", "buttock"].includes(subject)) return;
        return;
      case "cross":
        if (limb && !/arm/.test(text) && this.#subjects[0]?.sides.length === 1) {
          return this.#apply({ concept: "dir.across", text: "" });
        }
        this.slots.push({
          kind: "crossed",
          limbs: subject !== undefined && LEG_PARTS.has(subject) && !/arm/.test(text) ? "legs" : "arms",
        });
        this.#crossed = true;
        // "Crossed in front" is where they cross.
        if (subject === undefined || ARM_PARTS.has(subject)) {
          this.#subjects = [{ part: "arm", sides: ["left", "right"], records: [], said: true }];
          this.#hasSubject = true;
        }
        return;
      case "clasp":
        if (subject !== undefined && LEG_PARTS.has(subject)) this.slots.push({ kind: "stance", stance: "together" });
        else if (subject === "arm" && /^слож/.test(text) && !this.#clauseHas(i, /^stance\.together$|^part\.palms?$/)) {
          this.slots.push({ kind: "crossed", limbs: "arms" });
          this.#crossed = true;
        } else this.slots.push({ kind: "clasp" });
    }
  }

  /** Whether a concept comes later in the clause. */
  #clauseHas(from: number, concept: RegExp): boolean {
    for (let i = from; this.tokens[i] !== undefined && this.tokens[i]?.concept !== "stop"; i++) {
      if (concept.test(this.tokens[i]?.concept ?? "")) return true;
    }
    return false;
  }

  /** "Голова влево наклонена": a way already taken for a turn is the tilt's. */
  #takeSaid(): void {
    const last = this.slots.at(-1);
    if (last?.kind === "head" && this.#action) {
      this.slots.pop();
      this.#action.way = last.way;
    }
  }

  #finishAction(): void {
    const action = this.#action;
    this.#action = undefined;
    if (action === undefined || this.#negated) return;
    const { act, target, way } = action;
    const headed = target === "head" || target === "gaze" || target === "face";
    if (act === "step") {
      const leg = action.side ?? (way === "left" || way === "right" ? way : "any");
      if (this.#lunge && way === "back") delete this.#lunge.side;
      else if (leg !== "any" && this.#lunge) this.#lunge.side ??= leg;
      const direction = way === undefined ? undefined : stepWay(way, leg);
      if (leg === "any" && direction === undefined) return;
      this.slots.push({ kind: "step", leg, ...(direction && { direction }) });
    } else if (act === "turn") {
      if (way !== "left" && way !== "right") return;
      // "The driver turns left" is not the trunk that twists.
      if (target === undefined && this.#strange) return;
      this.slots.push(headed ? { kind: "head", way } : { kind: "twist", way });
    } else if (headed) {
      const tilt = way === "left" || way === "right" ? `tilt-${way}` as const : way === "forward" ? "down" : way;
      if (tilt === undefined || tilt === "side") return;
      this.slots.push({ kind: "head", way: tilt === "back" ? "up" : tilt as SlotOf<"head">["way"] });
    } else {
      if (way === undefined && action.open) return;
      const leaning = way === undefined || way === "down" ? "forward" : way;
      if (leaning === "up" || !["forward", "back", "left", "right", "side"].includes(leaning)) return;
      this.slots.push({ kind: "lean", way: leaning as SlotOf<"lean">["way"] });
    }
  }

  #endClause(): void {
    this.#ellipsisAtEnd();
    if (this.#touch === "behind") this.#mod({ concept: "dir.back", text: "" }, -1);
    if (this.#pending.length > 0) {
      const waiting = this.#pending;
      this.#pending = [];
      for (const token of waiting) {
        if (token.concept.startsWith("stance.") && (this.#stanceNoun || !this.#legsSpokenOf())) {
          this.#stance(token.concept.slice(7), "");
        } else this.#apply(token);
      }
    }
    if (this.#place) {
      const { part, side, how } = this.#place;
      this.#place = undefined;
      if (this.#subjects.some((subject) => HANDS.has(subject.part))) {
        this.#side = side;
        this.#hasSubject = true;
        this.#contact(part, false, how);
      }
    }
    this.#finishAction();
    this.#side = undefined;
    this.#touch = undefined;
    this.#level = undefined;
    this.#palm = undefined;
    this.#hasSubject = false;
    this.#negated = false;
    this.#crossed = false;
    this.#faced = 0;
    this.#strange = false;
    this.#stanceNoun = false;
    this.#laid = false;
  }

  #legsSpokenOf(): boolean {
    return this.#subjects.some(({ part }) => LEG_PARTS.has(part) || HANDS.has(part));
  }

  #ellipsisAtEnd(): void {
    const side = this.#side;
    const [subject] = this.#subjects;
    if ((side === "left" || side === "right") && this.#hasSubject && subject && HANDS.has(subject.part)) {
      // "… and reach up with the left": what was said since the "and" is the other one's.
      const moved = subject.records.flatMap(({ dirs }, i) => dirs.splice(this.#saidBefore[i] ?? dirs.length));
      if (moved.length > 0) this.#all.push({ part: "arm", side, dirs: moved });
      this.#side = undefined;
      return;
    }
    if (this.#side !== undefined && this.#lunge && this.#lunge.side === undefined) {
      if (this.#side === "left" || this.#side === "right") this.#lunge.side = this.#side;
    } else if (this.#same && this.#side !== undefined) this.#ellipsis(this.tokens.length);
  }

  get stands(): boolean {
    return this.#stands;
  }
}

/** The way that a phrase for leaning has in it. */
function leanWay(text: string): string | undefined {
  const [word] = text.match(/back|side|left|right|forward|over/) ?? [];
  return word === "over" || /^(bow|поклон|кланя)/.test(text) ? "forward" : word;
}

/** Leaves out what a later or fuller slot says better, and what stands twice. */
function tidy(slots: readonly Slot[], stands: boolean): Slot[] {
  const seen = new Set<string>();
  const postures = new Set(slots.flatMap((slot) => slot.kind === "posture" ? [slot.posture] : []));
  const better: Record<string, readonly string[]> = {
    tiptoe: ["airborne"],
    sitting: ["seat", "floor", "squat", "half_squat"],
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
  const parser = new Parser(tokens);
  parser.read();
  const slots = tidy(parser.slots, parser.stands);
  const words = tokens.filter(({ concept }) => concept !== "stop" && concept !== "filler").length;
  const { unknown } = parser;
  return { slots, unknown, understood: slots.length > 0 && unknown.length <= MOST_UNKNOWN * words };
}
