/** Which poses are as slots say: every slot held against every pose, and what is not said expected to be at rest. */
import { bonesOf, type Facts, factsOf, heelsLifted, holds, nearness } from "../describe/mod.ts";
import { directionOf, mirrorSlots, notationOf, type Slot, type SlotOf } from "../notation/mod.ts";
import {
  angle,
  distance,
  dot,
  lerp,
  type Pose,
  scale,
  type Side,
  SIDES,
  sign,
  sub,
  toFrame,
  unit,
  type Vec3,
  WORLD,
} from "../skeleton/mod.ts";
import { mapped } from "./dense.ts";

/** What a slot of each kind counts for. */
const WEIGHT: Record<Slot["kind"], number> = {
  limb: 1,
  bend: 0.6,
  contact: 1.5,
  before: 0.7,
  clasp: 1.5,
  crossed: 1.2,
  palm: 0.6,
  lean: 1,
  twist: 1,
  sway: 1,
  head: 0.8,
  posture: 1.5,
  stance: 0.7,
  support: 1.2,
  step: 0.8,
};
/** What a deviation from rest costs that a query does not speak of. */
const UNSAID = { otherArm: 0.5, arms: 0.3, legs: 0.6, trunk: 0.4, head: 0.2, tiptoe: 0.1, palms: 0.06, offFeet: 0.2 };
/** What a posture costs, beyond its share, that is another than the one asked for. */
const WRONG_POSTURE = 0.3;
/** What a limb costs that points another way than its words' middle. */
const OFF = 0.6;

type Limb = `${Side}_${"arm" | "leg"}`;
type Bones = readonly [upper: Vec3, lower: Vec3];

interface Entry {
  readonly facts: Facts;
  readonly bones: Readonly<Record<Limb, Bones>>;
  readonly tiptoe: boolean;
  /** Whether anything but feet carries, or nothing. */
  readonly offFeet: boolean;
  /** How far the palms are from where they face by themselves, 0 to 1. */
  readonly palms: number;
  /** How far legs, trunk and head are from rest, 0 to about 1. */
  readonly legs: number;
  readonly trunk: number;
  readonly head: number;
}

const DOWN: Vec3 = [0, -1, 0];
/** 0 for the same direction, 1 for the opposite one. */
const apart = (a: Vec3, b: Vec3) => (1 - dot(a, b)) / 2;

function entryOf(pose: Pose): Entry {
  const facts = factsOf(pose);
  const { body, frames } = facts;
  const j = body.joints;
  // Of who lies, words are about the body, which is the last of the frames; else about the room.
  const lies = frames.legs.length > 1;
  const limb = (side: Side, part: "arm" | "leg"): Bones => {
    const { upper, lower } = bonesOf(body, part, side);
    const of = frames[`${part}s`];
    const frame = (lies ? of.at(-1) : of[0]) ?? WORLD;
    return [toFrame(frame, unit(upper)), toFrame(frame, unit(lower))];
  };
  const bones = {
    left_arm: limb("left", "arm"),
    right_arm: limb("right", "arm"),
    left_leg: limb("left", "leg"),
    right_leg: limb("right", "leg"),
  };
  const hanging = [...bones.left_leg, ...bones.right_leg].reduce((sum, v) => sum + apart(v, DOWN), 0) / 4;
  const twist = Math.abs(toFrame(body.pelvis, body.chest.z)[0]);
  const feet = lerp(j.left_ankle, j.right_ankle, 0.5);
  // Hips sway over feet that stand side by side; over a step they are where the weight is.
  const sideBySide = facts.support.length > 1 && distance(j.left_ankle, j.right_ankle) < 0.3;
  const sway = sideBySide ? Math.abs(toFrame(frames.legs[0] ?? WORLD, sub(j.pelvis, feet))[0]) : 0;
  const palms = SIDES.reduce((sum, side) => {
    // A level hand faces the floor by itself, an upright or hanging one the body's middle.
    const { direction, palm } = body.hands[side];
    const usual: Vec3 = Math.abs(direction[1]) > 0.7 ? scale(body.chest.x, -sign(side)) : DOWN;
    return sum + apart(palm, usual) / 2;
  }, 0);
  return {
    facts,
    bones,
    palms,
    tiptoe: heelsLifted(body),
    offFeet: facts.support.length === 0 || facts.support.some((part) => !part.endsWith("_foot")),
    legs: 2 * hanging + (facts.support.length === 0 ? 0.3 : 0),
    trunk: angle(unit(sub(j.neck, j.pelvis)), [0, 1, 0]) / 90 + twist / 2 + 3 * sway,
    head: (angle(body.head.z, body.chest.z) + angle(body.head.y, body.chest.y)) / 180,
  };
}

/** Where the words for a limb point, if words do. */
function targetOf(spec: ReturnType<typeof notationOf>, limb: Limb): Bones | undefined {
  const words = spec[limb];
  const side = limb.startsWith("left") ? "left" : "right";
  if (typeof words === "string") {
    const vector = directionOf(words, WORLD, side);
    return [vector, vector];
  }
  if (typeof words !== "object" || !("upper" in words)) return undefined;
  return [directionOf(words.upper, WORLD, side), directionOf(words.lower ?? words.upper, WORLD, side)];
}

/** Whether a slot says where a limb points. */
function tells({ limb, side }: SlotOf<"limb">, of: Limb): boolean {
  const part = /arm|elbow/.test(limb) ? "arm" : "leg";
  return of === `${side}_${part}` || (side === "any" && of === `right_${part}`);
}

/** What a query speaks of. */
function spokenOf(slots: readonly Slot[]) {
  const spoken = new Set<Limb | "legs" | "trunk" | "head">();
  const both = (side: string, part: "arm" | "leg") => {
    for (const one of SIDES) if (side === "any" || side === one) spoken.add(`${one}_${part}`);
  };
  for (const slot of slots) {
    switch (slot.kind) {
      case "limb":
        both(slot.side, /arm|elbow/.test(slot.limb) ? "arm" : "leg");
        break;
      case "bend":
        both(slot.side, slot.joint === "elbow" ? "arm" : "leg");
        break;
      case "contact":
        both(slot.hand, "arm");
        // Who has a hand on the floor, a foot or a knee is not at rest.
        if (["floor", "foot", "ankle", "shin", "knee"].includes(slot.place)) spoken.add("trunk");
        if (slot.place === "floor") spoken.add("legs");
        break;
      case "before":
      case "palm":
        both(slot.hand, "arm");
        break;
      case "clasp":
        both("any", "arm");
        break;
      case "crossed":
        both("any", slot.limbs === "arms" ? "arm" : "leg");
        break;
      case "posture":
        if (slot.posture !== "standing") spoken.add("legs").add("trunk");
        break;
      case "support":
      case "step":
      case "stance":
        spoken.add("legs");
        break;
      case "lean":
      case "twist":
      case "sway":
        spoken.add("trunk");
        break;
      case "head":
        spoken.add("head");
    }
  }
  if (spoken.has("left_leg") || spoken.has("right_leg")) spoken.add("legs");
  return spoken;
}

/** What is measured of how poses fit slots. */
export const FIT = [
  // The share of what is said that is so, and how much is not so, by what each slot counts for.
  "held",
  "wrong",
  // How much more is so than with left and right exchanged.
  "sided",
  // How near the pose is to the middle of the words, and how far its limbs are from where they point, 0 to 1.
  "near",
  "off",
  // 1 where the pose has another posture than one asked for.
  "posture",
  // How far from rest is what is not spoken of: an arm beside one that is, both arms, legs, trunk, head, palms.
  "arm",
  "arms",
  "legs",
  "trunk",
  "head",
  "palms",
  // 1 where anything but feet carries, or heels are up, and nothing was said of it.
  "offFeet",
  "tiptoe",
] as const;

/**
 * How each pose fits a query's slots: a number a pose, in their order, of each of {@linkcode FIT};
 * `denied`: 1 where it is what a slot denies.
 */
export type SlotFits = Readonly<Record<(typeof FIT)[number] | "denied", Float64Array>>;

/** Poses as slots find them. */
export interface SlotIndex {
  /**
   * How each pose fits.
   *
   * @param slots what is asked for.
   * @returns all zeros without slots.
   */
  fits(slots: readonly Slot[]): SlotFits;
}

/**
 * One number of a fit.
 *
 * @returns a number a pose: 1 where all is as said and the rest at rest; it may be below 0.
 */
export const scoresOf = (fits: SlotFits): Float64Array =>
  fits.held.map((held, i) => {
    const of = (name: keyof SlotFits) => fits[name][i] ?? 0;
    return held - OFF * of("off") - WRONG_POSTURE * of("posture") - UNSAID.otherArm * of("arm") -
      UNSAID.arms * of("arms") - UNSAID.legs * of("legs") - UNSAID.trunk * of("trunk") - UNSAID.head * of("head") -
      UNSAID.palms * of("palms") - UNSAID.offFeet * of("offFeet") - UNSAID.tiptoe * of("tiptoe");
  });

/** Whether a slot holds of each pose, and how nearly. */
interface Held {
  readonly slot: Slot;
  readonly holds: Uint8Array;
  /** Worked out when it is first asked for: of a mirror image it never is. */
  near(): Float32Array;
}

/**
 * Indexes poses for slots.
 *
 * @param poses any poses with joints in metres.
 */
export function createSlotIndex(poses: readonly Pose[]): SlotIndex {
  const entries = poses.map(entryOf);
  const column = (of: (entry: Entry) => number) => Float64Array.from(entries, of);
  const nothing = new Float64Array(entries.length);
  const lifted = ({ bones }: Entry, side: Side) => {
    const [upper, lower] = bones[`${side}_arm`];
    return (apart(upper, DOWN) + apart(lower, DOWN)) / 2;
  };
  const rest = {
    left_arm: column((entry) => lifted(entry, "left")),
    right_arm: column((entry) => lifted(entry, "right")),
    legs: column(({ legs }) => legs),
    trunk: column(({ trunk }) => trunk),
    head: column(({ head }) => head),
    palms: column(({ palms }) => palms),
    offFeet: column(({ offFeet }) => offFeet ? 1 : 0),
    tiptoe: column(({ tiptoe }) => tiptoe ? 1 : 0),
  };
  /** How each slot ever asked for fits each pose: people ask for few different ones. */
  const known = new Map<string, Held>();
  const heldBy = (slot: Slot): Held => {
    const key = JSON.stringify(slot);
    const before = known.get(key);
    if (before) return before;
    let near: Float32Array | undefined;
    const held = {
      slot,
      holds: Uint8Array.from(entries, ({ facts }) => holds(slot, facts) ? 1 : 0),
      near: () => near ??= Float32Array.from(entries, ({ facts }) => nearness(slot, facts)),
    };
    if (known.size > 5000) known.clear();
    known.set(key, held);
    return held;
  };
  const sumOf = (held: readonly Held[], value: (one: Held) => ArrayLike<number>) => {
    const sums = new Float64Array(entries.length);
    for (const one of held) {
      const [values, weight] = [value(one), WEIGHT[one.slot.kind]];
      for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] ?? 0) + weight * (values[i] ?? 0);
    }
    return sums;
  };
  return {
    fits(slots) {
      if (slots.length === 0) return Object.fromEntries([...FIT, "denied"].map((name) => [name, nothing])) as SlotFits;
      const asked = askedOf(slots);
      const held = slots.map(heldBy);
      const so = sumOf(held, ({ holds }) => holds);
      const mirrored = mirrorSlots(slots);
      const otherwise = JSON.stringify(mirrored) === JSON.stringify(slots)
        ? so
        : sumOf(mirrored.map(heldBy), ({ holds }) => holds);
      const anyFails = (kept: readonly Held[]) =>
        kept.length === 0 ? nothing : mapped(nothing, (_, i) => kept.some(({ holds }) => holds[i] === 0) ? 1 : 0);
      const [one, other] = asked.arms;
      // In a posture arms have other places to be than at the sides.
      const share = asked.rests ? 1 : 1 / 3;
      const unless = (spoken: boolean, values: Float64Array) => spoken ? nothing : values;
      return {
        held: mapped(so, (value) => value / asked.weight),
        wrong: mapped(so, (value) => asked.weight - value),
        sided: mapped(so, (value, i) => (value - (otherwise[i] ?? 0)) / asked.weight),
        near: mapped(sumOf(held, ({ near }) => near()), (value) => value / asked.weight),
        off: offOf(entries, asked),
        posture: anyFails(held.filter(({ slot }) => slot.kind === "posture")),
        denied: anyFails(held.filter(({ slot }) => "not" in slot && slot.not)),
        arm: one && !other ? mapped(rest[`${one}_arm`], (value) => share * value) : nothing,
        arms: one && other
          ? mapped(rest.left_arm, (value, i) => share * (value + (rest.right_arm[i] ?? 0)) / 2)
          : nothing,
        legs: unless(asked.spoken.has("legs"), rest.legs),
        trunk: unless(asked.spoken.has("trunk"), rest.trunk),
        head: unless(asked.spoken.has("head"), rest.head),
        palms: unless(asked.handed, rest.palms),
        offFeet: unless(asked.postured || asked.propped, rest.offFeet),
        tiptoe: unless(asked.tiptoe, rest.tiptoe),
      };
    },
  };
}

/** How far limbs are from where words point them. */
function offOf(entries: readonly Entry[], { targets }: Asked): Float64Array {
  const all = new Float64Array(entries.length);
  for (const { limb, target: [upper, lower] } of targets) {
    for (let i = 0; i < all.length; i++) {
      const bones = entries[i]?.bones[limb];
      if (bones) all[i] = (all[i] ?? 0) + (apart(bones[0], upper) + apart(bones[1], lower)) / 2 / targets.length;
    }
  }
  return all;
}

/** What a query asks for, worked out once for all poses. */
interface Asked {
  /** What all its slots count for. */
  readonly weight: number;
  readonly spoken: ReturnType<typeof spokenOf>;
  readonly targets: readonly { readonly limb: Limb; readonly target: Bones }[];
  /** Arms that nothing is said of. */
  readonly arms: readonly Side[];
  /** Whether a posture is asked for, one at all, one in which arms hang, hands on the floor, … */
  readonly postured: boolean;
  readonly rests: boolean;
  readonly propped: boolean;
  readonly tiptoe: boolean;
  readonly handed: boolean;
}

const LIMBS = ["left_arm", "right_arm", "left_leg", "right_leg"] as const;

function askedOf(slots: readonly Slot[]): Asked {
  const spec = notationOf(slots);
  const spoken = spokenOf(slots);
  const postures = slots.filter((slot): slot is SlotOf<"posture"> => slot.kind === "posture");
  return {
    weight: slots.reduce((sum, { kind }) => sum + WEIGHT[kind], 0),
    spoken,
    targets: LIMBS.flatMap((limb) => {
      const told = slots.some((slot) => slot.kind === "limb" && tells(slot, limb));
      const target = told ? targetOf(spec, limb) : undefined;
      return target ? [{ limb, target }] : [];
    }),
    arms: SIDES.filter((side) => !spoken.has(`${side}_arm`)),
    postured: postures.length > 0,
    rests: postures.every(({ posture }) => posture === "standing" || posture === "tiptoe"),
    propped: slots.some((slot) => slot.kind === "contact" && slot.place === "floor"),
    tiptoe: postures.some(({ posture }) => posture === "tiptoe"),
    handed: slots.some(({ kind }) => kind === "palm" || kind === "contact" || kind === "clasp"),
  };
}
