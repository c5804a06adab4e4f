/** Whether what a description says of a body is so: slots held against geometry. */
import { DIRECTIONS, type Landmark, LANDMARKS, parse, placeOf, type Slot, type SlotOf } from "../notation/mod.ts";
import {
  along,
  angle,
  type Body,
  bodyOf,
  distance,
  type Frame,
  frameFrom,
  lerp,
  other,
  type Pose,
  RADIUS,
  reject,
  SEGMENT,
  type Side,
  SIDES,
  sign,
  sub,
  toFrame,
  unit,
  type Vec3,
} from "../skeleton/mod.ts";
import { heelsLifted, holdsPosture, supportOf, UP } from "./posture.ts";

/**
 * How far (degrees) a limb may be from a direction word and still be said to point there: people name eight directions
 * around and three levels, each 45° from the next, so that anything nearer than the next word's middle is allowed.
 */
const AROUND = 40;
const AROUND_DIAGONAL = 50;
const AROUND_BENT = 60;
/** A hand nearer than this (m) to a place is on it, as people say it. */
const ON = 0.1;
/** How much further (m) it may be where it is said to be beside it. */
const BESIDE = 0.25;
const DEGREES = 180 / Math.PI;

/** A body with what slots are compared with. */
export interface Facts {
  readonly body: Body;
  readonly support: ReturnType<typeof supportOf>;
  /** The frames in which words of direction may be meant: the room's, turned as chest or hips are, or the body's own. */
  readonly frames: { readonly arms: readonly Frame[]; readonly legs: readonly Frame[] };
  /** Whether the trunk stands up, so that heights are heights above the floor. */
  readonly upright: boolean;
}

/** What slots are compared with, worked out once for a pose. */
export function factsOf(pose: Pose): Facts {
  const body = bodyOf(pose);
  const upright = (f: Frame) => frameFrom(UP, reject(f.x, UP));
  const stands = angle(unit(sub(body.joints.neck, body.joints.pelvis)), UP) < 65;
  const room = [upright(body.chest), upright(body.pelvis)];
  const legs = [upright(body.pelvis), ...(stands ? [] : [body.pelvis])];
  return {
    body,
    support: supportOf(body),
    frames: { arms: stands ? room : [...room, body.chest], legs },
    upright: stands,
  };
}

interface Bones {
  readonly upper: Vec3;
  readonly lower: Vec3;
  readonly whole: Vec3;
  readonly end: Vec3;
  readonly middle: Vec3;
  readonly bend: number;
}

function bonesOf(body: Body, limb: "arm" | "leg", side: Side): Bones {
  const j = body.joints;
  const [a, b, c] = limb === "arm"
    ? [j[`${side}_shoulder`], j[`${side}_elbow`], j[`${side}_wrist`]]
    : [j[`${side}_hip`], j[`${side}_knee`], j[`${side}_ankle`]];
  const [upper, lower] = [sub(b, a), sub(c, b)];
  return { upper, lower, whole: sub(c, a), end: c, middle: b, bend: angle(upper, lower) };
}

/** Whether a bone or limb points where direction and level say, in one frame. */
function points(vector: Vec3, slot: SlotOf<"limb">, frame: Frame, side: Side, around: number): boolean {
  const [x, y, z] = toFrame(frame, unit(vector));
  const elevation = Math.asin(Math.max(-1, Math.min(1, y))) * DEGREES;
  const { direction, level } = slot;
  if (direction === "place") return level === "low" ? elevation <= -50 : elevation >= 55;
  if (direction !== undefined) {
    const [away, ahead] = DIRECTIONS[direction] ?? [0, 1];
    const flat = Math.hypot(x, z);
    if (flat < 0.13) return false;
    const lateral = x * sign(side);
    const near = Math.acos(Math.max(-1, Math.min(1, (lateral * away + z * ahead) / (flat * Math.hypot(away, ahead))))) *
      DEGREES;
    // "Across the chest" is always ahead of it as well.
    const fits = direction === "across"
      ? lateral / flat < -0.3
      : near <= (direction.includes("-") ? Math.max(around, AROUND_DIAGONAL) : around);
    if (!fits) return false;
    if (level === "high") return elevation >= 18;
    if (level === "low") return elevation <= -15;
    if (level === "middle") return Math.abs(elevation) <= 27;
    // An arm does not go far back.
    const most = direction.startsWith("back") ? 80 : 52;
    return slot.height !== undefined || Math.abs(elevation) <= most;
  }
  if (level === "high") return elevation >= 25;
  if (level === "low") return elevation <= -25;
  if (level === "middle") return Math.abs(elevation) <= 27;
  if (level === "raised") return elevation >= -40;
  return true;
}

/** Whether the end of a limb is as high as a named height. */
function atHeight(
  height: NonNullable<SlotOf<"limb">["height"]>,
  point: Vec3,
  vector: Vec3,
  { joints: j }: Body,
): boolean {
  const near = (y: number, by: number) => Math.abs(point[1] - y) <= by;
  const level = Math.abs(Math.asin(Math.max(-1, Math.min(1, unit(vector)[1]))) * DEGREES) <= 25;
  const shoulders = (j.left_shoulder[1] + j.right_shoulder[1]) / 2;
  const hips = (j.left_hip[1] + j.right_hip[1]) / 2;
  switch (height) {
    case "shoulder":
      return level || near(shoulders, 0.16);
    case "chest":
      return level || near((shoulders + j.spine[1]) / 2, 0.2);
    case "waist":
      return near(j.pelvis[1] + 0.14, 0.2);
    case "hip":
      return level || near(hips, 0.2);
    case "head":
      return near(j.head[1], 0.24);
    case "above_shoulder":
      return point[1] > shoulders + 0.05;
    case "below_shoulder":
      return point[1] < shoulders - 0.03;
    case "overhead":
      return point[1] > j.head[1] + 0.08;
    case "knee":
      return near(Math.max(j.left_knee[1], j.right_knee[1]), 0.2) || near(SEGMENT.shank, 0.2);
  }
}

function limbHolds(slot: SlotOf<"limb">, side: Side, facts: Facts): boolean {
  const { body, frames, support, upright } = facts;
  const { limb } = slot;
  if (limb === "knee") {
    return elbowPoints(slot, side, bonesOf(body, "leg", side).upper, body.joints[`${side}_knee`], facts, "legs");
  }
  const arm = limb === "arm" || limb === "upper_arm" || limb === "forearm" || limb === "elbow";
  const bones = bonesOf(body, arm ? "arm" : "leg", side);
  if (limb === "leg" && slot.level === "raised") {
    const lifted = !support.includes(`${side}_foot`) && !support.includes(`${side}_knee`);
    if (!lifted) return false;
    if (slot.direction === undefined && slot.height === undefined) return true;
  }
  if (limb === "thigh" && slot.level === "raised" && slot.direction === undefined) {
    const [, y] = unit(bones.upper);
    if (upright && y < Math.sin(-50 / DEGREES)) return false;
  }
  if (limb === "elbow") return elbowPoints(slot, side, bones.upper, body.joints[`${side}_elbow`], facts, "arms");
  // A leg that stands forward is one that has stepped there.
  if (limb === "leg" && slot.direction !== undefined && slot.direction !== "place" && (slot.level ?? "low") === "low") {
    const step = { kind: "step" as const, leg: side, direction: slot.direction as SlotOf<"step">["direction"] };
    if (legsHold(step, { body, frames, support, upright })) return true;
  }
  const bent = bones.bend > 50;
  const one = limb === "upper_arm" || limb === "thigh"
    ? bones.upper
    : limb === "forearm" || limb === "shank"
    ? bones.lower
    : undefined;
  const vectors = one ? [one] : bent ? [bones.whole, bones.upper, bones.lower] : [bones.whole];
  const end = one === bones.upper ? bones.middle : bones.end;
  const hand = along(end, body.hands[side].direction, SEGMENT.hand / 2);
  const heights = limb === "leg"
    ? [end, bones.middle, body.joints[`${side}_foot`]]
    : arm && end === bones.end
    ? [end, hand]
    : [end];
  return vectors.some((vector) => {
    const around = limb === "arm" && bent ? AROUND_BENT : one ? AROUND_DIAGONAL : AROUND;
    const directed = (arm ? frames.arms : frames.legs).some((frame) => points(vector, slot, frame, side, around));
    return directed &&
      (slot.height === undefined || !upright ||
        heights.some((point) => atHeight(slot.height ?? "hip", point, vector, body)));
  });
}

/** An elbow or knee points out, forward or down as soon as it is clearly that way of the shoulder or hip. */
function elbowPoints(
  slot: SlotOf<"limb">,
  side: Side,
  upper: Vec3,
  joint: Vec3,
  { body, frames, upright }: Facts,
  of: "arms" | "legs",
): boolean {
  const { direction, level, height } = slot;
  if (height !== undefined && upright && !atHeight(height, joint, upper, body)) return false;
  // A standing leg's knee is in front or behind by where it is, not by where the thigh points.
  const from = of === "legs" && upright ? sub(joint, body.joints.pelvis) : upper;
  const least = of === "legs" ? 0.1 : 0.2;
  return frames[of].some((frame) => {
    const [x, y, z] = toFrame(frame, unit(from));
    const away = x * sign(side);
    if (level === "high" && y < 0.1) return false;
    if (level === "low" && y > -0.25) return false;
    if (level === "middle" && Math.abs(y) > 0.5) return false;
    if (direction === undefined || direction === "place") return true;
    const [aside, ahead] = DIRECTIONS[direction] ?? [0, 1];
    return (aside === 0 || away * aside > least) && (ahead === 0 || z * ahead > least);
  });
}

function bendHolds({ joint, bend }: SlotOf<"bend">, side: Side, { body }: Facts): boolean {
  const { bend: degrees } = bonesOf(body, joint === "elbow" ? "arm" : "leg", side);
  switch (bend) {
    case "straight":
      return degrees <= (joint === "elbow" ? 40 : 30);
    case "slight":
      return degrees >= 8 && degrees <= 80;
    case "right_angle":
      return degrees >= 62 && degrees <= 118;
    case "bent":
      return degrees >= (joint === "elbow" ? 20 : 14);
  }
}

/** Landmarks that people call by one name. */
const CALLED: Record<string, readonly string[]> = {
  hip: ["hip", "waist", "hip_back", "thigh"],
  waist: ["waist", "hip", "hip_back"],
  thigh: ["thigh", "hip", "knee", "hip_back"],
  chest: ["chest", "heart"],
  heart: ["heart", "chest"],
  forehead: ["forehead", "temple", "eyes"],
  upper_arm: ["upper_arm", "elbow", "shoulder"],
  elbow: ["elbow", "upper_arm"],
  ear: ["ear", "temple"],
  mouth: ["mouth", "chin"],
};

const palmPoints = (body: Body, hand: Side): Vec3[] =>
  [0.5, 0.75, 0.95].map((share) =>
    along(body.joints[`${hand}_wrist`], body.hands[hand].direction, SEGMENT.hand * share)
  );

function contactHolds({ place, owner, near: beside }: SlotOf<"contact">, hand: Side, { body }: Facts): boolean {
  const palm = [...palmPoints(body, hand), ...(beside ? [body.joints[`${hand}_wrist`]] : [])];
  const more = beside ? BESIDE : 0;
  const near = (point: Vec3, within: number) => palm.some((one) => distance(one, point) <= within + more);
  const owners: readonly Side[] = owner === "left" || owner === "right"
    ? [owner]
    : owner === "own"
    ? [hand]
    : owner === "opposite"
    ? [other(hand)]
    : SIDES;
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
  const names = (CALLED[place] ?? [place]).flatMap((name) =>
    (LANDMARKS as readonly string[]).includes(name) ? [name] : owners.map((side) => `${side}_${name}`)
  );
  return names.some((name) => {
    if (!(LANDMARKS as readonly string[]).includes(name) || name === "floor") return false;
    if (new RegExp(`^${hand}_(upper_arm|elbow|hand)$`).test(name)) return false;
    return near(placeOf(name as Exclude<Landmark, "floor">, hand, body).point, ON);
  });
}

function beforeHolds({ place }: SlotOf<"before">, hand: Side, { body }: Facts): boolean {
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

function palmHolds({ facing }: SlotOf<"palm">, hand: Side, { body, frames }: Facts): boolean {
  return frames.arms.some((frame) => {
    const [x, y, z] = toFrame(frame, body.hands[hand].palm);
    const away = x * sign(hand);
    const value = { up: y, down: -y, forward: z, back: -z, out: away, in: -away }[facing];
    // An inward palm may face the other hand, the thigh or the face.
    return value >= (facing === "in" || facing === "back" ? 0.35 : 0.45);
  });
}

function trunkHolds(slot: SlotOf<"lean" | "twist" | "sway" | "head">, { body, frames, upright }: Facts): boolean {
  const { joints: j, chest, pelvis } = body;
  switch (slot.kind) {
    case "lean": {
      const frame = upright || body.joints.pelvis[1] > 0.35 ? frames.legs[0] ?? pelvis : pelvis;
      const [x, y, z] = toFrame(frame, unit(sub(j.neck, j.pelvis)));
      const forward = Math.atan2(z, y) * DEGREES;
      const left = Math.atan2(x, Math.hypot(y, z)) * DEGREES;
      const least = 4;
      return { forward, back: -forward, left, right: -left, side: Math.abs(left) }[slot.way] >= least;
    }
    case "twist": {
      const [x, , z] = toFrame(pelvis, chest.z);
      return Math.atan2(x, z) * DEGREES * sign(slot.way) >= 10;
    }
    case "sway": {
      const [x] = toFrame(frames.legs[0] ?? pelvis, sub(j.pelvis, lerp(j.left_ankle, j.right_ankle, 0.5)));
      return x * sign(slot.way) >= 0.025;
    }
    case "head":
      return headHolds(slot.way, body);
  }
}

function headHolds(way: SlotOf<"head">["way"], { chest, head }: Body): boolean {
  const gaze = toFrame(chest, head.z);
  const crown = toFrame(chest, head.y);
  const turn = Math.atan2(gaze[0], gaze[2]) * DEGREES;
  const nod = Math.asin(Math.max(-1, Math.min(1, gaze[1]))) * DEGREES;
  const inRoom = Math.asin(Math.max(-1, Math.min(1, head.z[1]))) * DEGREES;
  const tilt = Math.asin(Math.max(-1, Math.min(1, crown[0]))) * DEGREES;
  const least = 5;
  switch (way) {
    case "left":
      return Math.max(turn, tilt) >= least;
    case "right":
      return Math.max(-turn, -tilt) >= least;
    case "up":
      return Math.max(nod, inRoom) >= least;
    case "down":
      return Math.max(-nod, -inRoom) >= least;
    case "tilt-left":
      return tilt >= least;
    case "tilt-right":
      return -tilt >= least;
    case "forward":
      return Math.abs(turn) < 20;
    case "back":
      return nod >= least;
  }
}

function legsHold(slot: SlotOf<"stance" | "support" | "step">, facts: Facts): boolean {
  const { body, support, frames } = facts;
  const j = body.joints;
  const frame = frames.legs[0] ?? body.pelvis;
  const apart = toFrame(frame, sub(j.left_ankle, j.right_ankle));
  switch (slot.kind) {
    case "stance": {
      const gap = distance(j.left_ankle, j.right_ankle);
      return slot.stance === "together"
        ? Math.min(gap, distance(j.left_knee, j.right_knee)) <= 0.21
        : slot.stance === "wide"
        ? gap >= 0.42
        : gap >= 0.14;
    }
    case "support": {
      const sides = slot.leg === "any" ? SIDES : [slot.leg];
      return sides.some((side) => support.includes(`${side}_foot`) && !support.includes(`${other(side)}_foot`)) ||
        sides.some((side) => carriesMore(side, facts));
    }
    case "step": {
      const sides = slot.leg === "any" ? SIDES : [slot.leg];
      return sides.some((side) => {
        const [x, , z] = side === "left" ? apart : [-apart[0], apart[1], -apart[2]] as Vec3;
        const away = x * sign(side);
        const way = slot.direction;
        if (way === undefined) return Math.hypot(x, z) > 0.2;
        const [side_, ahead] = DIRECTIONS[way] ?? [0, 1];
        return (side_ === 0 || away * side_ > 0.12) && (ahead === 0 || z * ahead > 0.1);
      });
    }
  }
}

/** Whether most of the weight is over one of two standing feet. */
function carriesMore(side: Side, { body }: Facts): boolean {
  const { joints: j } = body;
  const over = (foot: Vec3) => Math.hypot(j.pelvis[0] - foot[0], j.pelvis[2] - foot[2]);
  return over(j[`${side}_ankle`]) + 0.08 < over(j[`${other(side)}_ankle`]);
}

function clasped({ body }: Facts): boolean {
  const at = (side: Side) => palmPoints(body, side);
  return at("left").some((a) => at("right").some((b) => distance(a, b) <= 0.15));
}

function crossed(limbs: "arms" | "legs", { body }: Facts): boolean {
  const { joints: j } = body;
  if (limbs === "legs") return toFrame(body.pelvis, sub(j.left_ankle, j.right_ankle))[0] < 0.06;
  return palmPoints(body, "left").some((left, i) => {
    const right = palmPoints(body, "right")[i] ?? left;
    return toFrame(body.chest, sub(left, right))[0] < 0.02;
  }) || toFrame(body.chest, sub(j.left_wrist, j.right_wrist))[0] < 0.02;
}

/**
 * Whether one slot is so of a pose.
 *
 * @param slot what is said. @param facts the pose's, from `factsOf`.
 */
export function holds(slot: Slot, facts: Facts): boolean {
  const either = (side: "left" | "right" | "any", test: (side: Side) => boolean) =>
    side === "any" ? SIDES.some(test) : test(side);
  switch (slot.kind) {
    case "limb":
      return either(slot.side, (side) => limbHolds(slot, side, facts) !== (slot.not ?? false));
    case "bend":
      return either(slot.side, (side) => bendHolds(slot, side, facts));
    case "contact":
      return either(slot.hand, (side) => contactHolds(slot, side, facts) !== (slot.not ?? false));
    case "before":
      return either(slot.hand, (side) => beforeHolds(slot, side, facts));
    case "palm":
      return either(slot.hand, (side) => palmHolds(slot, side, facts));
    case "clasp":
      return clasped(facts);
    case "crossed":
      return crossed(slot.limbs, facts);
    case "lean":
    case "twist":
    case "sway":
    case "head":
      return trunkHolds(slot, facts);
    case "stance":
    case "support":
    case "step":
      return legsHold(slot, facts);
    case "posture":
      return slot.posture === "tiptoe" ? heelsLifted(facts.body) : holdsPosture(slot, facts.body, facts.support);
  }
}

/** A slot in a few words, for a message. */
export function tellSlot(slot: Slot): string {
  const { kind, ...rest } = slot;
  const words = Object.entries(rest).filter(([, value]) => value !== true).map(([, value]) => String(value));
  const not = "not" in slot && slot.not ? "not " : "";
  return `${not}${kind === "limb" ? "" : `${kind} `}${words.join(" ").replaceAll("_", " ")}`;
}

/**
 * What a description says of a pose that is not so.
 *
 * @returns the slots that fail; none where the description agrees, or where the parser does not understand it.
 */
export function disagreements(description: string, facts: Facts): Slot[] {
  const { slots, understood } = parse(description);
  return understood ? slots.filter((slot) => !holds(slot, facts)) : [];
}
