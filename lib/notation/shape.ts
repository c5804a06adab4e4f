/** A body in joint-angle terms: where its bones point. Whatever is changed in it, every bone keeps its length. */
import {
  along,
  angle,
  type Body,
  cross,
  dot,
  type Frame,
  type Hand,
  type Joint,
  length,
  type Pose,
  RADIUS,
  RANGE,
  reject,
  rotate,
  rotateTowards,
  scale,
  SEGMENT,
  type Side,
  sign,
  solveReach,
  sub,
  unit,
  type Vec3,
} from "../skeleton/mod.ts";

/** The name of a limb. */
export type LimbName = `${Side}_${"arm" | "leg"}`;

/** All four limbs. */
export const LIMBS: readonly LimbName[] = ["left_arm", "right_arm", "left_leg", "right_leg"];

/** The side of a limb. */
export const sideOf = (limb: LimbName | Joint): Side => limb.startsWith("left") ? "left" : "right";

/** The joints of a limb, from the trunk outwards. */
function jointsOf(limb: LimbName): readonly [root: Joint, middle: Joint, end: Joint] {
  const side = sideOf(limb);
  return limb.endsWith("arm")
    ? [`${side}_shoulder`, `${side}_elbow`, `${side}_wrist`]
    : [`${side}_hip`, `${side}_knee`, `${side}_ankle`];
}

/** The lengths (m) of a limb's two bones. */
const bonesOf = (limb: LimbName): readonly [number, number] =>
  limb.endsWith("arm") ? [SEGMENT.upperArm, SEGMENT.forearm] : [SEGMENT.thigh, SEGMENT.shank];

/** Where a limb's two bones point: unit vectors. */
export interface Limb {
  readonly upper: Vec3;
  readonly lower: Vec3;
}

/** From where a limb hangs to its end. */
export function lineOf(limb: LimbName, { upper, lower }: Limb): Vec3 {
  const [first, second] = bonesOf(limb);
  return unit(along(scale(upper, first), lower, second));
}

/** A body as the directions of its bones. */
export interface Shape {
  /** The pelvis, metres. */
  readonly root: Vec3;
  readonly pelvis: Frame;
  readonly chest: Frame;
  /** From the neck to the centre of the head. */
  readonly crown: Vec3;
  readonly gaze: Vec3;
  readonly limbs: Readonly<Record<LimbName, Limb>>;
  /** From each ankle to the ball of the foot. */
  readonly feet: Readonly<Record<Side, Vec3>>;
  readonly hands: Readonly<Record<Side, Hand>>;
  readonly seated: boolean;
}

/** Takes a body apart into directions. */
export function shapeOf(body: Body): Shape {
  const { joints: j, pelvis, chest, head, hands } = body;
  const limb = (name: LimbName): Limb => {
    const [root, middle, end] = jointsOf(name);
    return { upper: unit(sub(j[middle], j[root])), lower: unit(sub(j[end], j[middle])) };
  };
  const foot = (side: Side) => unit(sub(j[`${side}_foot`], j[`${side}_ankle`]));
  return {
    root: j.pelvis,
    pelvis,
    chest,
    crown: unit(sub(j.head, j.neck)),
    gaze: head.z,
    limbs: {
      left_arm: limb("left_arm"),
      right_arm: limb("right_arm"),
      left_leg: limb("left_leg"),
      right_leg: limb("right_leg"),
    },
    feet: { left: foot("left"), right: foot("right") },
    hands,
    seated: body.seat !== undefined,
  };
}

/** The length (m) from ankle to ball. */
const FOOT = Math.hypot(SEGMENT.ball, SEGMENT.ankleHeight);

/** The joint on which a limb hangs (m). */
export function rootOf({ root, pelvis, chest }: Pick<Shape, "root" | "pelvis" | "chest">, limb: LimbName): Vec3 {
  const m = sign(sideOf(limb));
  if (limb.endsWith("leg")) return along(root, pelvis.x, m * SEGMENT.hip);
  const neck = along(along(root, pelvis.y, SEGMENT.lumbar), chest.y, SEGMENT.thorax);
  return along(along(neck, chest.x, m * SEGMENT.shoulder), chest.y, -SEGMENT.shoulderDrop);
}

/** Puts a body together again: every bone has the skeleton's length. */
export function poseOf(shape: Shape): Pose {
  const { root, pelvis, chest, limbs, feet } = shape;
  const spine = along(root, pelvis.y, SEGMENT.lumbar);
  const neck = along(spine, chest.y, SEGMENT.thorax);
  const limb = (name: LimbName) => {
    const [first, second] = bonesOf(name);
    const start = rootOf(shape, name);
    const middle = along(start, limbs[name].upper, first);
    return [start, middle, along(middle, limbs[name].lower, second)] as const;
  };
  const [[ls, le, lw], [rs, re, rw]] = [limb("left_arm"), limb("right_arm")];
  const [[lh, lk, la], [rh, rk, ra]] = [limb("left_leg"), limb("right_leg")];
  return {
    joints: {
      pelvis: root,
      spine,
      neck,
      head: along(neck, shape.crown, SEGMENT.neck),
      left_shoulder: ls,
      left_elbow: le,
      left_wrist: lw,
      right_shoulder: rs,
      right_elbow: re,
      right_wrist: rw,
      left_hip: lh,
      left_knee: lk,
      left_ankle: la,
      left_foot: along(la, feet.left, FOOT),
      right_hip: rh,
      right_knee: rk,
      right_ankle: ra,
      right_foot: along(ra, feet.right, FOOT),
    },
    hands: shape.hands,
    gaze: shape.gaze,
    ...(shape.seated && { seat: root[1] - RADIUS.seat }),
  };
}

/** A limb whose end is held where it is, as a foot that stands or a hand that touches. */
export interface Hold {
  /** Where the end is to be (m). */
  readonly end: Vec3;
  /** Which way the middle joint points. */
  readonly pole: Vec3;
}

/** How a limb is held whose end lies where it lies now. */
export function holdOf(pose: Pose, limb: LimbName): Hold {
  const [root, middle, end] = jointsOf(limb);
  const { joints: j } = pose;
  const line = unit(sub(j[end], j[root]));
  const off = reject(sub(j[middle], j[root]), line);
  // A straight limb does not tell where it bends: knees bend forward, elbows back and out.
  const m = sign(sideOf(limb));
  const usual: Vec3 = limb.endsWith("leg")
    ? [j[`${sideOf(limb)}_foot`][0] - j[end][0], 0, 0.12]
    : [0.5 * m, -0.5, -0.7];
  return { end: j[end], pole: length(off) > 0.004 ? unit(off) : unit(reject(usual, line)) };
}

/** A limb that reaches for where its end is to be; `miss` (m) is how far that stays out of reach. */
export function reachFor(shape: Shape, limb: LimbName, { end, pole }: Hold): Limb & { miss: number } {
  const start = rootOf(shape, limb);
  const reach = solveReach(start, end, ...bonesOf(limb), pole);
  return { upper: unit(sub(reach.middle, start)), lower: unit(sub(reach.end, reach.middle)), miss: reach.miss };
}

/** `v` carried along by the shortest turn from one direction to another. */
export function carry(v: Vec3, from: Vec3, to: Vec3): Vec3 {
  const axis = cross(from, to);
  return length(axis) < 1e-12 ? v : rotate(v, axis, angle(from, to));
}

/** The limits of wrist and forearm, less a margin (degrees). */
const WRIST_BEND = RANGE["wrist bend"][1] - 1;
const FOREARM_ROTATION = RANGE["forearm rotation"][1] - 1;

/**
 * The hand of an arm that was moved: it stays as it was asked, as far as wrist and forearm turn.
 *
 * @param asked the hand and forearm before. @param arm the arm now.
 */
export function handOn(side: Side, asked: { readonly hand: Hand; readonly lower: Vec3 }, arm: Limb): Hand {
  const { hand, lower: before } = asked;
  const { upper, lower } = arm;
  const follows = angle(hand.direction, before) < 1;
  let direction = follows ? lower : hand.direction;
  if (angle(lower, direction) > WRIST_BEND) direction = rotateTowards(lower, direction, WRIST_BEND);
  let palm = reject(hand.palm, direction);
  if (length(palm) < 0.2) palm = reject(carry(hand.palm, before, lower), direction);
  if (length(palm) < 0.2) palm = Math.abs(direction[1]) < 0.9 ? reject([0, -1, 0], direction) : [0, 0, 1];
  palm = unit(reject(palm, direction));
  if (angle(upper, lower) <= 15) return { direction, palm };
  const hinge = unit(scale(cross(upper, lower), sign(side)));
  const facing = reject(palm, lower);
  const excess = angle(hinge, facing) - FOREARM_ROTATION;
  if (excess <= 0 || length(facing) < 1e-6) return { direction, palm };
  const turn = Math.sign(dot(cross(facing, hinge), lower) || 1) * excess;
  return { direction: rotate(direction, lower, turn), palm: rotate(palm, lower, turn) };
}

/**
 * The turn from one frame to another: an axis and degrees, by way of the quaternion (Shepperd, "Quaternion from rotation
 * matrix", 1978).
 */
export function turnBetween(from: Frame, to: Frame): { readonly axis: Vec3; readonly degrees: number } {
  const axes = ["x", "y", "z"] as const;
  const m = (row: number, column: number): number =>
    axes.reduce((sum, name) => sum + (to[name][row] ?? 0) * (from[name][column] ?? 0), 0);
  const trace = m(0, 0) + m(1, 1) + m(2, 2);
  const squares = [trace, m(0, 0), m(1, 1), m(2, 2)];
  const largest = squares.indexOf(Math.max(...squares));
  const w = largest === 0
    ? [1 + trace, m(2, 1) - m(1, 2), m(0, 2) - m(2, 0), m(1, 0) - m(0, 1)]
    : largest === 1
    ? [m(2, 1) - m(1, 2), 1 + m(0, 0) - m(1, 1) - m(2, 2), m(0, 1) + m(1, 0), m(0, 2) + m(2, 0)]
    : largest === 2
    ? [m(0, 2) - m(2, 0), m(0, 1) + m(1, 0), 1 + m(1, 1) - m(0, 0) - m(2, 2), m(1, 2) + m(2, 1)]
    : [m(1, 0) - m(0, 1), m(0, 2) + m(2, 0), m(1, 2) + m(2, 1), 1 + m(2, 2) - m(0, 0) - m(1, 1)];
  const [real = 1, x = 0, y = 0, z = 0] = w;
  const axis: Vec3 = real < 0 ? [-x, -y, -z] : [x, y, z];
  return { axis: unit(axis), degrees: 2 * Math.atan2(length(axis), Math.abs(real)) * 180 / Math.PI };
}
