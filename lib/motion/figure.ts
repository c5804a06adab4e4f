/** From rotations to a pose: the skeleton's own lengths, legs and arms that reach for where they must be. */
import {
  add,
  along,
  BONE_LENGTH,
  cross,
  distance,
  type Hand,
  type Joint,
  JOINTS,
  length,
  type Pose,
  reject,
  REST,
  scale,
  SEGMENT,
  type Side,
  sub,
  unit,
  type Vec3,
} from "../skeleton/mod.ts";
import { about, arc, turned } from "./rotation.ts";

/** The joints in their order. */
const AT_REST = Object.fromEntries(JOINTS.map((joint) => [joint, REST[joint]])) as Record<Joint, Vec3>;

/** A figure while it is put together. */
export class Figure {
  readonly j: Record<Joint, Vec3>;
  readonly hands: Record<Side, Hand> = {
    left: { direction: [0, -1, 0], palm: [-1, 0, 0] },
    right: { direction: [0, -1, 0], palm: [1, 0, 0] },
  };
  gaze: Vec3;

  /** A figure at rest, or like another one. */
  constructor(like?: Figure) {
    this.j = { ...like?.j ?? AT_REST };
    this.gaze = like?.gaze ?? [0, 0, 1];
  }

  pose(seat?: number, view?: number): Pose {
    return {
      joints: { ...this.j },
      hands: { left: this.hands.left, right: this.hands.right },
      gaze: this.gaze,
      ...(seat !== undefined && { seat }),
      ...(view !== undefined && { view }),
    };
  }

  /** Puts a joint at the skeleton's distance from its parent. */
  put(joint: Joint, parent: Joint, direction: Vec3): Vec3 {
    const place = along(this.j[parent], unit(direction), BONE_LENGTH[joint]);
    this.j[joint] = place;
    return place;
  }
}

/** A limb as its rotations have it: root, middle, end, and the axis of its middle joint. */
export interface Bent {
  readonly root: Vec3;
  readonly middle: Vec3;
  readonly end: Vec3;
  readonly hinge: Vec3;
  /** Radians about the line from root to end by which the middle is off where the hinge has it. */
  readonly swivel: number;
}

/**
 * A limb that reaches for another place than its rotations have it, bent in the plane that they bend it in (law of
 * cosines).
 */
export function reach(limb: Bent, target: Vec3): { middle: Vec3; end: Vec3 } {
  const [first, second] = [distance(limb.root, limb.middle), distance(limb.middle, limb.end)];
  const to = sub(target, limb.root);
  const was = unit(sub(limb.end, limb.root));
  const away = length(to) > 1e-9 ? unit(to) : was;
  const far = Math.min(Math.max(length(to), Math.abs(first - second) + 0.01), first + second);
  const x = (first * first - second * second + far * far) / (2 * far);
  const h = Math.sqrt(Math.max(0, first * first - x * x));
  const pole = turned(arc(was, away), turned(about(was, limb.swivel), cross(limb.hinge, was)));
  const bend = unit(reject(pole, away));
  return { middle: along(along(limb.root, away, x), bend, h), end: along(limb.root, away, far) };
}

/** The angle (radians) between the sole and the line from ankle to ball. */
export const SOLE = Math.atan2(SEGMENT.ankleHeight, SEGMENT.ball);

/** Ball and heel of a foot that bends about `hinge`. */
export function footOf(ankle: Vec3, slope: Vec3, hinge: Vec3): { readonly ball: Vec3; readonly heel: Vec3 } {
  const left = unit(reject(scale(hinge, -1), slope));
  const raised = cross(slope, left);
  const forward = along(scale(slope, Math.cos(SOLE)), raised, Math.sin(SOLE));
  const up = cross(forward, left);
  return {
    ball: along(ankle, slope, BONE_LENGTH.left_foot),
    heel: along(along(ankle, up, -SEGMENT.ankleHeight), forward, -SEGMENT.heel),
  };
}

/** The lowest point of a foot, as a height (m): ball, heel or, where they do not bend, toes. */
export function lowestOfFoot(ankle: Vec3, slope: Vec3, hinge: Vec3): number {
  const { ball, heel } = footOf(ankle, slope, hinge);
  return Math.min(heel[1], ball[1]);
}

/**
 * How high (m) the pelvis may be so that a leg reaches an ankle: its hip is `offset` away from it,
 * the leg at most `leg` long. */
export function highestPelvis(pelvis: Vec3, offset: Vec3, ankle: Vec3, leg: number): number {
  const hip = add(pelvis, offset);
  const away = Math.hypot(hip[0] - ankle[0], hip[2] - ankle[2]);
  return ankle[1] + Math.sqrt(Math.max(0.0025, leg * leg - away * away)) - offset[1];
}

/** The longest distance of hip and ankle (m). */
export const LEG = SEGMENT.thigh + SEGMENT.shank;

/**
 * How far (m) an end may be from its root so that the limb does not become straight: as given up to `soft` before `limit`,
 * then ever nearer to it.
 */
export function softened(far: number, limit: number, soft: number): number {
  const over = far - (limit - soft);
  return over <= 0 || soft <= 0 ? Math.min(far, limit) : limit - soft * Math.exp(-over / soft);
}

/** The ankle of a foot that rolls on its ball until a leg that is at most `leg` (m) long reaches it. */
export function rolled(hip: Vec3, ankle: Vec3, slope: Vec3, leg: number): { ankle: Vec3; slope: Vec3 } {
  if (distance(hip, ankle) <= leg) return { ankle, slope };
  const foot = BONE_LENGTH.left_foot;
  const ball = along(ankle, slope, foot);
  const away = sub(hip, ball);
  const far = Math.min(Math.hypot(...away), leg + foot - 1e-3);
  const cos = Math.max(-1, Math.min(1, (foot * foot + far * far - leg * leg) / (2 * foot * far)));
  const up = unit(away);
  const side = unit(reject(scale(slope, -1), up));
  const direction = along(scale(up, cos), side, Math.sqrt(1 - cos * cos));
  return { ankle: along(ball, direction, foot), slope: scale(direction, -1) };
}
