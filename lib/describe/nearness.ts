/** How near a pose is to the middle of what a slot says: `holds` only asks whether it may be called so. */
import { DIRECTIONS, type Slot, type SlotOf } from "../notation/mod.ts";
import {
  angle,
  distance,
  dot,
  lerp,
  type Side,
  SIDES,
  sign,
  sub,
  toFrame,
  unit,
  type Vec3,
  WORLD,
} from "../skeleton/mod.ts";
import { holds } from "./agree.ts";
import { elevationOf, headOf, leanOf, twistOf } from "./angles.ts";
import { bonesOf, type Facts } from "./facts.ts";
import { contactDistance } from "./hands_agree.ts";
import { heelsLifted, postureOf } from "./posture.ts";

/** Degrees from the middle of its words from which on a limb does not point there at all. */
const AWAY = 75;
/** Degrees of lean, twist and turn of the head that nobody calls slight. */
const CLEAR = 25;

/** 1 at 0, falling to 0 at `most`. */
const fading = (value: number, most: number): number => Math.max(0, 1 - Math.abs(value) / most);
/** 0 at 0, 1 from `enough` on. */
const growing = (value: number, enough: number): number => Math.max(0, Math.min(1, value / enough));

/**
 * How near a pose is to what a slot says.
 *
 * @param slot what is said. @param facts the pose's, from `factsOf`.
 * @returns 1 at the middle of the words, less away from it, 0 where nobody would say so.
 */
export function nearness(slot: Slot, facts: Facts): number {
  const best = (side: "left" | "right" | "any", of: (side: Side) => number) =>
    side === "any" ? Math.max(...SIDES.map(of)) : of(side);
  const { body } = facts;
  switch (slot.kind) {
    case "limb":
      return best(slot.side, (side) => {
        const near = limbNearness(slot, side, facts);
        return slot.not ? 1 - near : near;
      });
    case "bend":
      return best(slot.side, (side) => {
        const { bend } = bonesOf(body, slot.joint === "elbow" ? "arm" : "leg", side);
        switch (slot.bend) {
          case "straight":
            return fading(bend, 60);
          case "slight":
            return fading(bend - 30, 60);
          case "right_angle":
            return fading(bend - 90, 60);
          case "bent":
            return growing(bend, slot.joint === "elbow" ? 60 : 45);
        }
      });
    case "contact":
      return best(slot.hand, (side) => {
        const near = fading(contactDistance(slot, side, facts), slot.near ? 0.35 : 0.2);
        return slot.not ? 1 - near : near;
      });
    case "palm":
      return best(slot.hand, (side) => {
        const [x, y, z] = toFrame(facts.frames.arms[0] ?? WORLD, body.hands[side].palm);
        const away = x * sign(side);
        const facing = { up: y, down: -y, forward: z, back: -z, out: away, in: -away }[slot.facing];
        const towards = slot.facing === "in" ? dot(body.hands[side].palm, inwards(facts, side)) : -1;
        return growing(Math.max(facing, towards), 1);
      });
    case "lean":
    case "twist":
    case "sway":
    case "head":
      return trunkNearness(slot, facts);
    case "posture":
      return postureNearness(slot, facts);
    case "stance": {
      const { joints: j } = body;
      const gap = distance(j.left_ankle, j.right_ankle);
      if (slot.stance === "together") return fading(Math.max(0, gap - 0.1), 0.2);
      return slot.stance === "wide" ? growing(gap, 0.6) : fading(gap - 0.4, 0.4);
    }
    default:
      return holds(slot, facts) ? 1 : 0;
  }
}

const inwards = ({ body }: Facts, hand: Side): Vec3 =>
  unit(sub(lerp(body.joints.spine, body.joints.neck, 0.6), body.joints[`${hand}_wrist`]));

/** Degrees above the horizontal of the words for a level. */
const ELEVATION = { high: 45, middle: 0, low: -45, raised: 20 };

function limbNearness(slot: SlotOf<"limb">, side: Side, facts: Facts): number {
  const { limb, direction, level } = slot;
  if (limb === "elbow" || limb === "knee" || slot.height !== undefined) {
    const told = { ...slot, side };
    delete told.not;
    if (!holds(told, facts)) return 0;
    if (direction === undefined || limb === "elbow" || limb === "knee") return 1;
  }
  const arm = limb === "arm" || limb === "upper_arm" || limb === "forearm";
  const bones = bonesOf(facts.body, arm ? "arm" : "leg", side);
  const bone = limb === "upper_arm" || limb === "thigh"
    ? bones.upper
    : limb === "forearm" || limb === "shank"
    ? bones.lower
    : bones.whole;
  const frames = arm ? facts.frames.arms : facts.frames.legs;
  return Math.max(...frames.map((frame) => {
    const [x, y, z] = toFrame(frame, unit(bone));
    const elevation = elevationOf(y);
    if (direction === "place" || direction === undefined) {
      if (level === "raised") return growing(elevation + (arm ? 30 : 80), 60);
      // "Up" and "down" alone are straight up and down.
      if (level === "middle") return fading(elevation, AWAY);
      return fading(angle([x, y, z], [0, level === "low" ? -1 : 1, 0]), AWAY);
    }
    const [away, ahead] = DIRECTIONS[direction] ?? [0, 1];
    // A leg that stands forward points down; one that is lifted is level.
    const usual = arm ? 0 : limb === "leg" ? -55 : 0;
    const up = level === undefined ? slot.height === undefined ? usual : elevation : ELEVATION[level];
    const flat = Math.cos(up * Math.PI / 180) / Math.hypot(away, ahead);
    const middle: Vec3 = [away * sign(side) * flat, Math.sin(up * Math.PI / 180), ahead * flat];
    return fading(angle([x, y, z], middle), AWAY);
  }));
}

function trunkNearness(slot: SlotOf<"lean" | "twist" | "sway" | "head">, facts: Facts): number {
  if (!holds(slot, facts)) return 0;
  const { body, frames, upright } = facts;
  if (slot.kind === "sway") return 1;
  if (slot.kind === "twist") return growing(Math.abs(twistOf(body)), CLEAR);
  if (slot.kind === "lean") {
    const frame = upright || body.joints.pelvis[1] > 0.35 ? frames.legs[0] ?? body.pelvis : body.pelvis;
    const { forward, left } = leanOf(body, frame);
    const lean = { forward, back: -forward, left, right: -left, side: Math.abs(left) }[slot.way];
    return growing(lean, CLEAR);
  }
  const { turn, nod, tilt } = headOf(body);
  const amount = {
    left: turn,
    right: -turn,
    up: Math.max(nod, elevationOf(body.head.z[1])),
    down: Math.max(-nod, -elevationOf(body.head.z[1])),
    forward: 25 - Math.abs(turn),
    back: nod,
    "tilt-left": tilt,
    "tilt-right": -tilt,
  }[slot.way];
  return growing(amount, CLEAR);
}

/** The plainest body of each posture is 1; what may be called so, but has a word of its own, is less. */
function postureNearness(slot: SlotOf<"posture">, facts: Facts): number {
  if (slot.posture === "tiptoe") return heelsLifted(facts.body) ? 1 : 0;
  if (!holds(slot, facts)) return 0;
  const { body, support } = facts;
  const { joints: j } = body;
  const knee = (of: Side) => bonesOf(body, "leg", of).bend;
  const [least, most] = [Math.min(knee("left"), knee("right")), Math.max(knee("left"), knee("right"))];
  const has = (one: typeof support[number]) => support.includes(one);
  const knees = SIDES.filter((side) => has(`${side}_knee`)).length;
  const feet = SIDES.filter((side) => has(`${side}_foot`)).length;
  const gap = distance(j.left_ankle, j.right_ankle);
  const posture = postureOf(body, support);
  switch (slot.posture) {
    case "standing":
      return feet === 2 && most < 20 ? 1 : 0.6;
    case "sitting":
      return has("stool") || has("seat") ? 1 : 0.3;
    case "seat":
    case "airborne":
      return 1;
    case "floor":
      return has("seat") ? 1 : 0.6;
    case "kneeling":
      return posture === "all_fours" || posture === "prone" || has("stool") ? 0.3 : knees === 2 ? 1 : 0.6;
    case "half_kneeling":
      return knees === 1 && feet > 0 && !has("trunk") ? 1 : 0.3;
    case "all_fours":
      return posture === "all_fours" ? 1 : 0.5;
    case "squat":
      return feet === 2 && knees === 0 && !has("seat") && !has("stool")
        ? growing(least, 90) * (gap < 0.6 ? 1 : 0.7)
        : feet > 0 && knees === 0
        ? 0.3 * growing(most, 90)
        : 0.1;
    case "half_squat":
      return feet === 2 && knees === 0 ? fading(least - 50, 60) : 0.2;
    case "lunge":
      return knees > 0 ? 0.6 : gap > 0.5 && most - least > 20 ? 1 : 0.5;
    case "lying":
    case "lying_back":
    case "lying_front":
    case "lying_left":
    case "lying_right":
      return posture.startsWith("lying") ? slot.posture === "lying" || posture.startsWith(slot.posture) ? 1 : 0.5 : 0.4;
    default:
      return 1;
  }
}
