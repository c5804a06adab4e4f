/** Whether hands touch, face and cross as a description says. */
import { isOnArm, type Landmark, LANDMARKS, placeOf, type SlotOf } from "../notation/mod.ts";
import {
  along,
  type Body,
  distance,
  dot,
  lerp,
  other,
  RADIUS,
  type Side,
  SIDES,
  sign,
  sub,
  toFrame,
  unit,
  type Vec3,
} from "../skeleton/mod.ts";
import { type Facts, palmPoints } from "./facts.ts";

/** A hand nearer than this (m) to a place is on it, as people say it. */
const ON = 0.1;
/** How much further (m) it may be where it is said to be beside it. */
const BESIDE = 0.25;

/** As far (m) as a hand is from the place that it lies on, by its own thickness. */
const NEARLY = 0.04;
/** What it costs (m) that the place is not the one that is named, but one that people also call so. */
const ALIKE = 0.05;

/** Places that are no point. */
const REGIONS: ReadonlySet<string> = new Set(["floor", "head", "face", "foot", "back"]);

/** Landmarks that people call by one name. */
const CALLED: Record<string, readonly string[]> = {
  hip: ["hip", "waist", "hip_back", "thigh"],
  waist: ["waist", "hip", "hip_back"],
  thigh: ["thigh", "hip", "knee", "hip_back"],
  chest: ["chest", "heart"],
  heart: ["heart", "chest"],
  forehead: ["forehead", "temple", "eye"],
  shin: ["shin", "ankle", "knee"],
  hand: ["hand", "hand_back"],
  upper_arm: ["upper_arm", "elbow", "shoulder"],
  elbow: ["elbow", "upper_arm"],
  ear: ["ear", "temple", "cheek"],
  cheek: ["cheek", "ear", "chin"],
  mouth: ["mouth", "chin"],
  chin: ["chin", "mouth", "cheek"],
};

export function contactHolds({ place, owner, near: beside }: SlotOf<"contact">, hand: Side, { body }: Facts): boolean {
  const palm = [...palmPoints(body, hand), ...(beside ? [body.joints[`${hand}_wrist`]] : [])];
  const more = beside ? BESIDE : 0;
  const near = (point: Vec3, within: number) => palm.some((one) => distance(one, point) <= within + more);
  const owners = ownersOf(owner, hand);
  const { joints: j, chest, head } = body;
  switch (place) {
    case "floor":
      return palm.some((point) => point[1] < 0.07);
    case "head":
      return near(j.head, RADIUS.head + 0.08);
    case "face":
      return near(along(j.head, head.z, RADIUS.head), 0.15);
    case "foot":
      return owners.some((side) => near(j[`${side}_ankle`], 0.18) || near(j[`${side}_foot`], 0.15));
    case "back": {
      const [, y, z] = toFrame(chest, sub(palm[0] ?? j.neck, j.spine));
      return z < -0.03 && y > -0.3 && y < 0.35;
    }
  }
  const { exact, called } = namesOf(place, owner, hand);
  return [...exact, ...called].some((name) => near(pointOf(name, hand, body), ON));
}

const PLACES: ReadonlySet<string> = new Set(LANDMARKS);

/** A place that is a point. */
type Point = Exclude<Landmark, "floor">;

/** Where places are, worked out once a body: many slots ask for the same few. */
const POINTS = new WeakMap<Body, Map<string, Vec3>>();

function pointOf(name: Point, hand: Side, body: Body): Vec3 {
  const known = POINTS.get(body) ?? new Map<string, Vec3>();
  POINTS.set(body, known);
  const key = `${hand} ${name}`;
  const point = known.get(key) ?? placeOf(name, hand, body).point;
  known.set(key, point);
  return point;
}

/** Whose side a place may be on. */
function ownersOf(owner: SlotOf<"contact">["owner"], hand: Side): readonly Side[] {
  if (owner === "left" || owner === "right") return [owner];
  return owner === "own" ? [hand] : owner === "opposite" ? [other(hand)] : SIDES;
}

interface Names {
  /** Those of the place itself, of the sides that are meant. */
  readonly exact: readonly Point[];
  /** Those of what people also call so. */
  readonly called: readonly Point[];
}

/** What a hand can touch by a place's name, worked out once a name, owner and hand. */
const NAMES = new Map<string, Names>();

function namesOf(place: string, owner: SlotOf<"contact">["owner"], hand: Side): Names {
  const key = `${place} ${owner} ${hand}`;
  const known = NAMES.get(key);
  if (known) return known;
  const points = (names: readonly string[]) =>
    names.flatMap((name) => PLACES.has(name) ? [name] : ownersOf(owner, hand).map((side) => `${side}_${name}`)).filter((
      name,
    ): name is Point => PLACES.has(name) && name !== "floor" && !isOnArm(name as Point, hand));
  const names = { exact: points([place]), called: points((CALLED[place] ?? []).filter((name) => name !== place)) };
  NAMES.set(key, names);
  return names;
}

/** How far (m) a hand is from a named place; a place that only shares its name is a little further off. */
export function contactDistance(slot: SlotOf<"contact">, hand: Side, facts: Facts): number {
  const { place, owner } = slot;
  const { body } = facts;
  if (REGIONS.has(place)) return contactHolds(slot, hand, facts) ? 0 : Infinity;
  const palms = palmPoints(body, hand);
  const reach = (names: readonly Point[]) => {
    let least = Infinity;
    for (const name of names) {
      const point = pointOf(name, hand, body);
      for (const palm of palms) least = Math.min(least, distance(palm, point));
    }
    return least;
  };
  const { exact, called } = namesOf(place, owner, hand);
  return Math.max(0, Math.min(reach(exact), reach(called) + ALIKE) - NEARLY);
}

export function beforeHolds({ place }: SlotOf<"before">, hand: Side, { body }: Facts): boolean {
  const { joints: j, chest, head } = body;
  const near = (point: Vec3, within: number) => palmPoints(body, hand).some((one) => distance(one, point) <= within);
  const [, , ahead] = toFrame(chest, sub(palmPoints(body, hand)[0] ?? j.neck, j.neck));
  switch (place) {
    case "face":
    case "head":
      return near(along(j.head, head.z, 0.25), 0.36);
    case "chest":
      return ahead > 0.02 && near(along(along(j.neck, chest.y, -0.12), chest.z, 0.25), 0.38);
    case "belly":
    case "hip":
      return ahead > 0.02 && near(along(lerp(j.pelvis, j.spine, 0.6), chest.z, 0.22), 0.42);
  }
}

export function palmHolds({ facing }: SlotOf<"palm">, hand: Side, { body, frames }: Facts): boolean {
  const { palm } = body.hands[hand];
  // "Towards the body" may be back as well, where the forearm is in front of it.
  const inwards = unit(sub(lerp(body.joints.spine, body.joints.neck, 0.6), body.joints[`${hand}_wrist`]));
  if (facing === "in" && dot(palm, inwards) > 0.6) return true;
  return frames.arms.some((frame) => {
    const [x, y, z] = toFrame(frame, palm);
    const away = x * sign(hand);
    const value = { up: y, down: -y, forward: z, back: -z, out: away, in: -away }[facing];
    // An inward palm may face the other hand, the thigh or the face.
    return value >= (facing === "in" || facing === "back" ? 0.35 : 0.45);
  });
}

export function clasped({ body }: Facts): boolean {
  const at = (side: Side) => palmPoints(body, side);
  return at("left").some((a) => at("right").some((b) => distance(a, b) <= 0.15));
}

export function crossed(limbs: "arms" | "legs", { body }: Facts): boolean {
  const { joints: j } = body;
  if (limbs === "legs") return toFrame(body.pelvis, sub(j.left_ankle, j.right_ankle))[0] < 0.06;
  return palmPoints(body, "left").some((left, i) => {
    const right = palmPoints(body, "right")[i] ?? left;
    return toFrame(body.chest, sub(left, right))[0] < -0.02;
  }) || toFrame(body.chest, sub(j.left_wrist, j.right_wrist))[0] < -0.02;
}
