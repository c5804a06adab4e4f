/** How a body is held up, and whether the word for a posture fits it. */
import type { SlotOf } from "../notation/mod.ts";
import {
  along,
  angle,
  type Body,
  distance,
  dot,
  lowPoints,
  other,
  reject,
  type Side,
  SIDES,
  sub,
  unit,
  type Vec3,
} from "../skeleton/mod.ts";

/** Up. */
export const UP: Vec3 = [0, 1, 0];

/** Smaller turns and leans (degrees) are how people stand anyway. */
export const NOTABLE = 12;

/** What carries the body. */
export type Support = `${Side}_${"foot" | "knee" | "hand"}` | "seat" | "stool" | "trunk";

/** How the trunk is held, and by what where that has a name. */
export type Posture =
  | "upright"
  | "leaning"
  | "folded"
  | "all_fours"
  | "prone"
  | "reverse_plank"
  | "bridge"
  | "shoulder_stand"
  | `${"lying" | "side_plank"}_${Side}`
  | "lying_back"
  | "lying_front";

/** What of the body is on the floor, or on a stool, within 2 cm. */
export function supportOf(body: Body): Support[] {
  const near = lowPoints(body).filter(({ height }) => height < 0.02).map(({ joint }) => joint);
  const by = new Set<Support>();
  for (const joint of near) {
    const match = joint.match(/^(left|right)_(ankle|foot|knee|wrist|hip)$/);
    const side = match?.[1] as Side | undefined;
    if (side && (match?.[2] === "ankle" || match?.[2] === "foot")) by.add(`${side}_foot`);
    else if (side && match?.[2] === "knee") by.add(`${side}_knee`);
    else if (side && match?.[2] === "wrist") by.add(`${side}_hand`);
    else if (joint === "pelvis" || match?.[2] === "hip") by.add("seat");
    else if (/spine|shoulder|head/.test(joint)) by.add("trunk");
  }
  if (body.seat !== undefined) by.add("stool");
  return [...by].sort();
}

/** How the trunk is held in the room, given what carries the body. */
export function postureOf(body: Body, by: readonly Support[]): Posture {
  const { pelvis, neck } = body.joints;
  const upright = angle(unit(sub(neck, pelvis)), UP);
  const on = (part: "hand" | "foot" | "knee") => SIDES.some((side) => by.includes(`${side}_${part}`));
  const front = body.chest.z[1];
  const left = body.chest.x[1];
  const ahead = thighsAhead(body);
  // Whoever props the chest up lies on the front all the same.
  if (pelvis[1] < 0.2 && front < -0.1 && Math.abs(left) < 0.7 && ahead < -0.5) return "lying_front";
  if (on("knee") && on("hand") && pelvis[1] > 0.35 && upright > 60 && upright < 115) return "all_fours";
  const onHands = on("hand") && (on("foot") || on("knee")) && pelvis[1] > 0.2 && ahead < 0.3;
  if (onHands && front < -0.4 && upright < 100 && Math.abs(left) < 0.7) return "prone";
  if (upright < 60) return upright < NOTABLE ? "upright" : "leaning";
  if (Math.abs(left) > 0.7) return `${neck[1] > 0.35 ? "side_plank" : "lying"}_${left < 0 ? "left" : "right"}`;
  if (front > 0.4 && pelvis[1] > 0.2) {
    if (by.includes("trunk")) return on("foot") ? "bridge" : "shoulder_stand";
    return on("hand") && on("foot") ? "reverse_plank" : "leaning";
  }
  if (upright > 100 && pelvis[1] > 0.35) return "folded";
  return pelvis[1] < 0.3 && front > 0.5 ? "lying_back" : "leaning";
}

/** How far the thighs point to where the chest faces along the floor: 1 for who sits, −1 for who lies on the front. */
function thighsAhead({ joints: j, chest }: Body): number {
  const ahead = unit(reject(along(chest.z, chest.y, 1), UP));
  const thigh = (side: Side) => dot(unit(sub(j[`${side}_knee`], j[`${side}_hip`])), ahead);
  return (thigh("left") + thigh("right")) / 2;
}

/** Whether words about limbs are about the body, as if it stood up, and not about the room. */
export const followsBody = (posture: Posture): boolean =>
  posture === "prone" || /^(lying|side|reverse|bridge|shoulder)/.test(posture);

/** Whether both heels are off the floor while the balls of the feet stand on it. */
export const heelsLifted = ({ feet }: Body): boolean =>
  SIDES.some((side) => feet[side].heel[1] > 0.025 && feet[side].ball[1] < 0.02) &&
  SIDES.every((side) => feet[side].heel[1] > 0.025 || feet[side].ball[1] > 0.05);

/** Whether a word for a posture fits a body. */
export function holdsPosture({ posture, side }: SlotOf<"posture">, body: Body, by: readonly Support[]): boolean {
  const { joints: j, pelvis, chest } = body;
  const has = (one: Support) => by.includes(one);
  const knee = (of: Side) => angle(sub(j[`${of}_knee`], j[`${of}_hip`]), sub(j[`${of}_ankle`], j[`${of}_knee`]));
  const most = Math.max(knee("left"), knee("right"));
  const knees = SIDES.filter((of) => has(`${of}_knee`)).length;
  const trunk = unit(sub(j.neck, j.pelvis));
  const flat = Math.abs(trunk[1]) < 0.75;
  const hands = SIDES.some((of) => has(`${of}_hand`) || j[`${of}_wrist`][1] < 0.08 || j[`${of}_elbow`][1] < 0.08);
  switch (posture) {
    case "standing":
      return SIDES.some((of) => has(`${of}_foot`)) && knees < 2 && j.pelvis[1] > 0.45;
    case "sitting":
      // People call a deep squat sitting low.
      return has("stool") || has("seat") || (knees > 0 && j.pelvis[1] < 0.4) || most > 80;
    case "seat":
      return has("stool");
    case "floor":
      return !has("stool") && j.pelvis[1] < 0.4;
    case "kneeling":
      return knees > 0;
    case "half_kneeling":
      return side === undefined ? knees > 0 : has(`${side}_knee`);
    case "plank":
      return postureOf(body, by) === "prone" && knees === 0;
    case "hips_lifted":
      return !has("seat") && j.pelvis[1] > 0.13 && (has("trunk") || hands);
    case "all_fours":
      return hands && knees > 0;
    case "lying":
      return !has("stool") && j.pelvis[1] < 0.35 && (flat || has("trunk"));
    case "lying_back":
      return (has("trunk") || j.pelvis[1] < 0.25) && (chest.z[1] > 0.45 || pelvis.z[1] > 0.45);
    case "lying_front":
      return j.pelvis[1] < 0.35 && (chest.z[1] < -0.3 || pelvis.z[1] < -0.45);
    case "lying_left":
      return j.pelvis[1] < 0.6 && pelvis.x[1] < -0.45;
    case "lying_right":
      return j.pelvis[1] < 0.6 && pelvis.x[1] > 0.45;
    case "side_plank":
      return /^side_plank/.test(postureOf(body, by));
    case "reverse_plank":
    case "bridge":
    case "shoulder_stand":
      return postureOf(body, by) === posture;
    case "squat":
      return SIDES.some((of) => has(`${of}_foot`)) && most > 55;
    case "half_squat":
      return SIDES.some((of) => has(`${of}_foot`)) && most > 18 && most < 110;
    case "lunge":
      return distance(j.left_ankle, j.right_ankle) > 0.4 && most > 30 &&
        (side === undefined || lungesOn(side, body, knee));
    case "airborne":
      return by.length === 0;
    case "tiptoe":
      return heelsLifted(body);
  }
}

/** The leg that a lunge is named after: in front, or else the one that bends more. */
function lungesOn(side: Side, { joints: j, pelvis }: Body, knee: (of: Side) => number): boolean {
  const ahead = (of: Side) => {
    const to = sub(j[`${of}_ankle`], j.pelvis);
    return to[0] * pelvis.z[0] + to[2] * pelvis.z[2];
  };
  const gap = ahead(side) - ahead(other(side));
  return Math.abs(gap) > 0.25 ? gap > 0 || knee(side) > knee(other(side)) + 20 : knee(side) > knee(other(side));
}
