/** Whether arms and legs point, reach and bend as a description says. */
import { DIRECTIONS, type SlotOf } from "../notation/mod.ts";
import {
  along,
  angle,
  type Body,
  type Frame,
  scale,
  SEGMENT,
  type Side,
  sign,
  sub,
  toFrame,
  unit,
  type Vec3,
} from "../skeleton/mod.ts";
import { DEGREES, elevationOf } from "./angles.ts";
import { bonesOf, type Facts } from "./facts.ts";
import { legsHold } from "./stance_agree.ts";

/**
 * How far (degrees) a limb may be from a direction word and still be said to point there: people name eight directions
 * around and three levels, each 45° from the next, so that anything nearer than the next word's middle is allowed.
 */
const AROUND = 40;
const AROUND_DIAGONAL = 50;
const AROUND_BENT = 60;

/** Whether a bone or limb points where direction and level say, in one frame. */
function points(vector: Vec3, slot: SlotOf<"limb">, frame: Frame, side: Side, around: number): boolean {
  const [x, y, z] = toFrame(frame, unit(vector));
  const elevation = elevationOf(y);
  const { direction, level } = slot;
  if (direction === "place") return level === "low" ? elevation <= -50 : elevation >= 55;
  if (direction !== undefined) {
    const [away, ahead] = DIRECTIONS[direction] ?? [0, 1];
    const flat = Math.hypot(x, z);
    // A shin that is a little back is back.
    if (flat < (slot.limb === "shank" ? 0.22 : 0.13)) return false;
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
    const inwards = slot.limb === "forearm" && direction.endsWith("across");
    const most = inwards || slot.limb === "shank" || (slot.limb === "arm" && direction.startsWith("back")) ? 80 : 52;
    return slot.height !== undefined || Math.abs(elevation) <= most;
  }
  if (level === "high") return elevation >= 25;
  if (level === "low") return elevation <= -25;
  if (level === "middle") return Math.abs(elevation) <= 27;
  if (level === "raised") return elevation >= (slot.limb === "arm" ? -5 : -50);
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
  const level = Math.abs(elevationOf(unit(vector)[1])) <= 25;
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

export function limbHolds(slot: SlotOf<"limb">, side: Side, facts: Facts): boolean {
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
  // A raised knee is a bent hip, however the body lies.
  if (limb === "thigh" && slot.level === "raised" && angle(bones.upper, scale(body.pelvis.y, -1)) < 40) return false;
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
    if (level === "low" && y > -0.1) return false;
    if (level === "middle" && Math.abs(y) > 0.5) return false;
    if (direction === undefined || direction === "place") return true;
    const [aside, ahead] = DIRECTIONS[direction] ?? [0, 1];
    return (aside === 0 || away * aside > least) && (ahead === 0 || z * ahead > least);
  });
}

export function bendHolds({ joint, bend }: SlotOf<"bend">, side: Side, { body }: Facts): boolean {
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
