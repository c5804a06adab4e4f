/** The body's flesh as capsules, and how deep two parts of it are in each other. */
import type { Body } from "./body.ts";
import { SEGMENT, type Side, SIDES } from "./skeleton.ts";
import { along, dot, lerp, sub, type Vec3 } from "./vec.ts";

/** A part of the body that has a capsule. */
export type Part =
  | "head"
  | "chest"
  | "upper_waist"
  | "lower_waist"
  | "seat"
  | `${Side}_${"upper_arm" | "forearm" | "hand" | "thigh" | "shank" | "foot"}`;

/** The points within `radius` (m) of the segment from `a` to `b`. */
export interface Capsule {
  /** What of the body it stands for. */
  readonly part: Part;
  /** One end of its axis (m, world frame). */
  readonly a: Vec3;
  /** The other end of its axis (m, world frame). */
  readonly b: Vec3;
  /** In metres, about the axis and its ends. */
  readonly radius: number;
}

// Radii and half-widths are those of the humanoid of the DeepMind Control Suite (Tassa et al. 2018, `humanoid.xml`),
// which stands 1.565 m, scaled to 1.70 m. How they spread along our trunk is ours.
const SCALE = 1.70 / 1.565;

/** How thick each part is: radii in metres, after the humanoid of the DeepMind Control Suite (Tassa et al. 2018). */
export const RADIUS = {
  head: 0.090 * SCALE,
  chest: 0.070 * SCALE,
  waist: 0.060 * SCALE,
  seat: 0.090 * SCALE,
  upperArm: 0.040 * SCALE,
  forearm: 0.031 * SCALE,
  hand: 0.040 * SCALE,
  thigh: 0.060 * SCALE,
  shank: 0.049 * SCALE,
  foot: 0.027 * SCALE,
} as const;
const HALF_WIDTH = { chest: 0.070 * SCALE, waist: 0.060 * SCALE, seat: 0.070 * SCALE } as const;

/** How deep (m) parts may be in each other. */
export const CLEARANCE = 0.01;

/** How deep (m) they may be where flesh meets flesh in a deep bend. */
const SOFT_CLEARANCE = 0.04;

/** The capsules of trunk and head. */
export function trunkCapsules({ joints: j, pelvis, chest }: Pick<Body, "joints" | "pelvis" | "chest">): Capsule[] {
  const across = (part: Part, centre: Vec3, x: Vec3, half: number, radius: number): Capsule => ({
    part,
    a: along(centre, x, half),
    b: along(centre, x, -half),
    radius,
  });
  return [
    { part: "head", a: j.head, b: j.head, radius: RADIUS.head },
    across("chest", along(j.neck, chest.y, -0.10), chest.x, HALF_WIDTH.chest, RADIUS.chest),
    across("upper_waist", along(j.spine, chest.y, 0.06), chest.x, HALF_WIDTH.waist, RADIUS.waist),
    across("lower_waist", along(j.pelvis, pelvis.y, 0.14), pelvis.x, HALF_WIDTH.waist, RADIUS.waist),
    across("seat", along(j.pelvis, pelvis.y, 0.03), pelvis.x, HALF_WIDTH.seat, RADIUS.seat),
  ];
}

/**
 * The capsules of an arm. The upper arm's first third is left out: it is the shoulder, always in the chest.
 *
 * @param hand where the fingers point, a unit vector.
 */
export function armCapsules(side: Side, shoulder: Vec3, elbow: Vec3, wrist: Vec3, hand: Vec3): Capsule[] {
  const palm = along(wrist, hand, SEGMENT.hand / 2);
  return [
    { part: `${side}_upper_arm`, a: lerp(shoulder, elbow, 0.35), b: elbow, radius: RADIUS.upperArm },
    { part: `${side}_forearm`, a: elbow, b: wrist, radius: RADIUS.forearm },
    { part: `${side}_hand`, a: palm, b: palm, radius: RADIUS.hand },
  ];
}

/** Every capsule of a body. */
export function capsulesOf(body: Body): Capsule[] {
  const j = body.joints;
  const parts = trunkCapsules(body);
  for (const side of SIDES) {
    const [hip, knee, ankle] = [j[`${side}_hip`], j[`${side}_knee`], j[`${side}_ankle`]];
    const up = body.feet[side].up;
    parts.push(
      ...armCapsules(side, j[`${side}_shoulder`], j[`${side}_elbow`], j[`${side}_wrist`], body.hands[side].direction),
      { part: `${side}_thigh`, a: hip, b: knee, radius: RADIUS.thigh },
      { part: `${side}_shank`, a: knee, b: ankle, radius: RADIUS.shank },
      {
        part: `${side}_foot`,
        a: along(body.feet[side].heel, up, RADIUS.foot),
        b: along(body.feet[side].toe, up, RADIUS.foot),
        radius: RADIUS.foot,
      },
    );
  }
  return parts;
}

/** The distance (m) of two segments (Ericson, *Real-Time Collision Detection*, 2005, section 5.1.9). */
export function segmentDistance(p1: Vec3, q1: Vec3, p2: Vec3, q2: Vec3): number {
  const d1 = sub(q1, p1), d2 = sub(q2, p2), r = sub(p1, p2);
  const a = dot(d1, d1), e = dot(d2, d2), f = dot(d2, r), c = dot(d1, r), b = dot(d1, d2);
  const clamp = (x: number) => x < 0 ? 0 : x > 1 ? 1 : x;
  const tiny = 1e-12;
  let s = 0, t = 0;
  if (a <= tiny) t = e <= tiny ? 0 : clamp(f / e);
  else if (e <= tiny) s = clamp(-c / a);
  else {
    const parallel = a * e - b * b;
    s = parallel > tiny ? clamp((b * f - c * e) / parallel) : 0;
    t = (b * s + f) / e;
    if (t < 0) {
      t = 0;
      s = clamp(-c / a);
    } else if (t > 1) {
      t = 1;
      s = clamp((b - c) / a);
    }
  }
  const x = r[0] + d1[0] * s - d2[0] * t, y = r[1] + d1[1] * s - d2[1] * t, z = r[2] + d1[2] * s - d2[2] * t;
  return Math.sqrt(x * x + y * y + z * z);
}

/** How deep (m) two capsules are in each other; negative: how far apart. */
export const depth = (a: Capsule, b: Capsule): number => a.radius + b.radius - segmentDistance(a.a, a.b, b.a, b.b);

const limb = (part: Part) => part.replace(/^(left|right)_/, "");
const sideOf = (part: Part) => part.startsWith("left_") ? "left" : part.startsWith("right_") ? "right" : "";
const TRUNK: ReadonlySet<string> = new Set(["head", "chest", "upper_waist", "lower_waist", "seat"]);
const ADJACENT: ReadonlySet<string> = new Set([
  "forearm upper_arm",
  "forearm hand",
  "shank thigh",
  "foot shank",
  "seat thigh",
]);

/**
 * How deep two parts may be in each other (m).
 *
 * @returns `Infinity` for neighbours in the skeleton, 4 cm for thigh against calf's foot or belly, else 1 cm.
 */
export function allowedDepth(p: Part, q: Part): number {
  const [a, b] = [limb(p), limb(q)].sort() as [string, string];
  if (TRUNK.has(a) && TRUNK.has(b)) return Infinity;
  const same = sideOf(p) === sideOf(q);
  if (ADJACENT.has(`${a} ${b}`) && (same || a === "seat")) return Infinity;
  if (b === "thigh" && (a === "lower_waist" || a === "upper_waist")) return SOFT_CLEARANCE;
  if (same && ((a === "foot" && b === "thigh") || (a === "seat" && b === "shank"))) return SOFT_CLEARANCE;
  if (a === "foot" && b === "seat") return SOFT_CLEARANCE;
  return CLEARANCE;
}
