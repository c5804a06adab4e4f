/** Captions: a pose told in English or Russian, from its posecodes. */
import { type Side, SIDES } from "../skeleton/mod.ts";
import type { Language } from "../text/mod.ts";
import PHRASES from "./phrases.json" with { type: "json" };
import type { Posecode } from "./posecodes.ts";
import { followsBody } from "./posture.ts";

/** How to tell a pose. */
export interface CaptionOptions {
  /** The language to tell it in. */
  readonly language: Language;
  /** `short` leaves out what hangs and stands as it usually does; `long` says it all. Default `short`. */
  readonly length?: "short" | "long";
  /** Which of the phrases that mean the same; the same seed gives the same caption. Default 0. */
  readonly seed?: number;
}

type Kind = Posecode["kind"];
type Code<K extends Kind> = Extract<Posecode, { kind: K }>;

/** The wording of one language, one way of saying things. */
class Teller {
  readonly #words;
  #picks = 0;

  /** The facts that went into words. */
  readonly told = new Set<Posecode>();

  constructor(readonly codes: readonly Posecode[], readonly options: Required<CaptionOptions>) {
    this.#words = PHRASES[options.language];
  }

  all<K extends Kind>(kind: K): Code<K>[] {
    return this.codes.filter((code): code is Code<K> => code.kind === kind);
  }

  one<K extends Kind>(kind: K, where: (code: Code<K>) => boolean = () => true): Code<K> | undefined {
    return this.all(kind).find(where);
  }

  /** Notes facts as told. */
  tell(...codes: readonly (Posecode | undefined)[]): void {
    for (const code of codes) if (code) this.told.add(code);
  }

  /** One of several phrases; which one follows from the seed and from how many were picked before. */
  pick(phrases: readonly string[]): string {
    const hash = Math.imul(this.options.seed + 1, 2654435761) + Math.imul(++this.#picks, 40503);
    return phrases[(hash >>> 8) % phrases.length] ?? "";
  }

  get words() {
    return this.#words;
  }

  side(phrase: string, side: Side): string {
    return phrase.replaceAll("{side}", this.#words.side[side]);
  }

  /** Where a whole arm points. */
  direction(words: string): string {
    return this.pick(Reflect.get(this.#words.direction, words) as string[]);
  }

  /** Where a bone or a leg points, without the arms' heights. */
  bone(words: string): string {
    return (Reflect.get(this.#words.bone, words) ?? Reflect.get(this.#words.direction, words)[0]) as string;
  }
}

/** Russian tells turning by adverbs, not by adjectives. */
const TURNED: Record<Language, Record<Side, string>> = {
  en: { left: "left", right: "right" },
  ru: { left: "влево", right: "вправо" },
};

function bodyPhrases(t: Teller): string[] {
  const { support, lean, feet, head } = t.words;
  const posture = t.one("posture")?.posture ?? "upright";
  const by = t.one("support")?.by ?? [];
  const knee = (side: Side) => t.one("bend", (code) => code.joint === `${side}_knee`)?.degrees ?? 0;
  const stance = t.one("feet")?.stance;
  const phrases: string[] = [];
  const bent = Math.min(knee("left"), knee("right"));
  const named = Reflect.get(support, posture) as string[] | undefined;
  const knees = SIDES.filter((side) => by.includes(`${side}_knee`));
  t.tell(t.one("posture"), t.one("support"));
  if (named) phrases.push(t.pick(named));
  else if (by.length === 0) phrases.push(t.pick(support.none));
  else if (by.includes("stool")) phrases.push(t.pick(support.stool));
  else if (by.includes("seat")) phrases.push(t.pick(support.seat));
  else if (posture === "prone") phrases.push(t.pick(knees.length > 0 ? support.knee_plank : support.plank));
  else if (stance === "stepped" && Math.max(knee("left"), knee("right")) > 60) {
    phrases.push(t.side(t.pick(support.lunge), frontLeg(t)));
  } else if (knees.length === 2) phrases.push(t.pick(bent > 120 ? support.heels : support.knees));
  else if (knees[0]) phrases.push(t.side(t.pick(support.one_knee), knees[0]));
  else if (by.length === 1 && (by[0] === "left_foot" || by[0] === "right_foot")) phrases.push(t.pick(support[by[0]]));
  else if (bent > 80) phrases.push(t.pick(support.squat));
  else if (bent > 35) phrases.push(t.pick(support.half_squat));
  else if (t.options.length === "long") phrases.push(t.pick(support.feet));
  if (stance === "wide" || (stance === "together" && t.options.length === "long")) {
    phrases.push(feet[stance]);
    t.tell(t.one("feet"));
  }
  if (t.one("tiptoe") && bent < 35) {
    phrases.push(t.words.tiptoe);
    t.tell(t.one("tiptoe"));
  }
  if (!named && posture !== "prone") {
    for (const { way } of t.all("lean")) phrases.push(t.pick(lean[way]));
    t.tell(...t.all("lean"));
  }
  for (const { way } of t.all("twist")) {
    phrases.push(t.pick(t.words.twist).replace("{side}", TURNED[t.options.language][way]));
  }
  t.tell(...t.all("twist"));
  // A trunk that leans, or that stands on the shoulders, turns the head by itself.
  const byItself = t.all("lean").length > 0 || posture === "bridge" || posture === "shoulder_stand";
  if (!byItself) {
    for (const { way } of t.all("head")) phrases.push(head[way]);
    t.tell(...t.all("head"));
  }
  return phrases;
}

/** In a lunge the leg in front is the one whose thigh points forward. */
function frontLeg(t: Teller): Side {
  const ahead = (side: Side) => t.one("bone", ({ bone }) => bone === `${side}_thigh`)?.direction.startsWith("forward");
  return ahead("left") ? "left" : "right";
}

/** What one arm does, told for one arm or for both; undefined where it only hangs. */
function armPhrase(t: Teller, side: Side, who: Side | "both"): string | undefined {
  const { arm, bones, contact, palm } = t.words;
  const limb = who === "both" ? arm.both : t.side(arm.one, who);
  const sides: readonly Side[] = who === "both" ? SIDES : [side];
  const touching = t.one("contact", ({ hand }) => hand === side);
  if (touching) {
    t.tell(...t.all("contact").filter((code) => sides.includes(code.hand)));
    const hand = who === "both" ? t.words.hand.both : t.side(t.words.hand.one, who);
    return contact.one.replace("{hand}", hand).replace("{place}", placeName(t, touching.place));
  }
  const whole = t.one("limb", (code) => code.limb === `${side}_arm`);
  if (t.one("support")?.by.includes(`${side}_hand`)) return undefined;
  if (followsBody(t.one("posture")?.posture ?? "upright")) {
    // Words for arms are about who stands: of who lies they say only what is beyond the head.
    if (whole?.direction !== "place high") return undefined;
    t.tell(...t.all("limb").filter((code) => sides.some((one) => code.limb === `${one}_arm`)));
    return `${limb} ${t.words.beyondHead}`;
  }
  const facing = t.one("palm", ({ hand }) => hand === side)?.facing;
  const told = (text: string) => {
    // A palm is told where it is seen: on an arm held out, or turned as it does not turn by itself.
    const seen = whole ? !whole.direction.startsWith("place") : facing !== "in" && facing !== "down";
    if (facing === undefined || !(seen || t.options.length === "long")) return text;
    t.tell(...t.all("palm").filter((code) => sides.includes(code.hand)));
    return `${text}, ${(who === "both" ? palm.both : palm.one).replace("{facing}", palm.facing[facing])}`;
  };
  if (whole) {
    if (whole.direction === "place low" && t.options.length === "short") return undefined;
    t.tell(...t.all("limb").filter((code) => sides.some((one) => code.limb === `${one}_arm`)));
    return told(`${limb} ${t.direction(whole.direction)}`);
  }
  const bone = (name: "upper_arm" | "forearm") => t.one("bone", (code) => code.bone === `${side}_${name}`)?.direction;
  const [upper, lower] = [bone("upper_arm"), bone("forearm")];
  if (upper === undefined || lower === undefined) return undefined;
  t.tell(...t.all("bone").filter((code) => sides.some((one) => code.bone.startsWith(one) && /arm$/.test(code.bone))));
  return told(
    (who === "both" ? bones.both : bones.one).replace("{limb}", limb).replace("{upper}", t.bone(upper))
      .replace("{lower}", t.bone(lower)),
  );
}

function placeName(t: Teller, place: string): string {
  const match = place.match(/^(left|right)_(.+)$/);
  const name = Reflect.get(t.words.place, match?.[2] ?? place) as string;
  return match ? t.side(name, match[1] as Side) : name;
}

/** A fact of one side, told so that it can be compared with the other side's. */
const bare = (code: Posecode) =>
  JSON.stringify(code).replace(/left_|right_/g, "").replace(/"(left|right)"/g, '"side"')
    .replace(/"degrees":\d+/, "");

function isSymmetric(t: Teller, limb: "arm" | "leg"): boolean {
  const parts = limb === "arm" ? /arm|elbow|hand/ : /leg|thigh|shank|knee/;
  const of = (side: Side) =>
    t.codes.filter((code) =>
      ("limb" in code && code.limb.startsWith(side) && parts.test(code.limb)) ||
      ("bone" in code && code.bone.startsWith(side) && parts.test(code.bone)) ||
      ("hand" in code && limb === "arm" && code.hand === side)
    ).map(bare).sort().join();
  return of("left") === of("right");
}

function armPhrases(t: Teller): string[] {
  const { contact, own, opposite } = t.words;
  const contacts = SIDES.map((side) => t.one("contact", ({ hand }) => hand === side));
  const places = contacts.map((code) => code?.place);
  const [left, right] = places.map((place) => place?.match(/^(left|right)_(.+)$/));
  if (places.some((place) => place?.endsWith("_hand_back"))) {
    t.tell(...contacts);
    const under = places.find((place) => place !== undefined && !/_hand(_back)?$/.test(place));
    return under
      ? [`${t.words.handOverHand}, ${contact.both.replace("{place}", placeName(t, under))}`]
      : [t.words.handOverHand];
  }
  if (places[0]?.endsWith("_hand") || places[1]?.endsWith("_hand")) t.tell(...contacts);
  if (places[0]?.endsWith("_hand") || places[1]?.endsWith("_hand")) return [t.pick(t.words.palmsTogether)];
  if (left && right && left[2] === right[2] && left[1] !== right[1]) {
    const crossed = left[1] === "right";
    const name = Reflect.get(crossed ? opposite : own, left[2] ?? "") as string | undefined;
    if (name) t.tell(...contacts);
    if (name) return [(crossed ? contact.crossed : contact.both).replace("{place}", name)];
  }
  if (places[0] !== undefined && places[0] === places[1]) {
    t.tell(...contacts);
    return [contact.both.replace("{place}", placeName(t, places[0]))];
  }
  if (isSymmetric(t, "arm")) return [armPhrase(t, "left", "both")].filter((phrase) => phrase !== undefined);
  // The arm that does more is told first.
  return (["right", "left"] as const).flatMap((side) => armPhrase(t, side, side) ?? []);
}

function legPhrases(t: Teller): string[] {
  const { leg, kneeUp, legBones } = t.words;
  const by = t.one("support")?.by ?? [];
  const posture = t.one("posture")?.posture ?? "upright";
  if (by.length > 2 || followsBody(posture) || by.includes("stool") || by.includes("seat")) return [];
  const phrase = (side: Side, who: Side | "both"): string[] => {
    if (by.includes(`${side}_foot`) || by.includes(`${side}_knee`)) return [];
    const limb = who === "both" ? leg.both : t.side(leg.one, who);
    const whole = t.one("limb", (code) => code.limb === `${side}_leg`);
    const sides: readonly Side[] = who === "both" ? SIDES : [side];
    t.tell(
      ...t.codes.filter((code) =>
        sides.some((one) =>
          (code.kind === "limb" && code.limb === `${one}_leg` && code.direction !== "place low") ||
          (code.kind === "bone" && (code.bone === `${one}_thigh` || code.bone === `${one}_shank`))
        )
      ),
    );
    if (whole) return whole.direction === "place low" ? [] : [`${limb} ${t.bone(whole.direction)}`];
    const bone = (name: "thigh" | "shank") => t.one("bone", (code) => code.bone === `${side}_${name}`)?.direction ?? "";
    const [upper, lower] = [bone("thigh"), bone("shank")];
    if (who !== "both" && /^forward (middle|high)$/.test(upper) && lower === "place low") {
      return [t.side(t.pick(kneeUp), side)];
    }
    return [
      (who === "both" ? legBones.both : legBones.one).replace("{limb}", limb).replace("{upper}", t.bone(upper))
        .replace("{lower}", t.bone(lower)),
    ];
  };
  if (isSymmetric(t, "leg")) return phrase("left", "both");
  return (["right", "left"] as const).flatMap((side) => phrase(side, side));
}

/** A caption and the facts that it tells. */
export interface Told {
  /** One sentence, without its full stop. */
  readonly text: string;
  /** The facts that went into words, in the order of the sentence. */
  readonly told: readonly Posecode[];
}

/**
 * Tells a pose in a sentence, and says which of its facts went into words.
 *
 * @param codes what is true of it, from `posecodes`.
 */
export function tellPose(codes: readonly Posecode[], options: CaptionOptions): Told {
  const t = new Teller(codes, { length: "short", seed: 0, ...options });
  const phrases = [...bodyPhrases(t), ...armPhrases(t), ...legPhrases(t)];
  const said = phrases.length > 0 ? phrases : [t.pick(t.words.support.feet)];
  return { text: said.join(", "), told: [...t.told] };
}

/**
 * Tells a pose in a sentence.
 *
 * @param codes what is true of it, from `posecodes`.
 * @returns phrases joined by commas, without a full stop; never empty.
 */
export const caption = (codes: readonly Posecode[], options: CaptionOptions): string => tellPose(codes, options).text;
