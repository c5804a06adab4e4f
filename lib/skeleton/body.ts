/** What a pose's joints imply of the body around them: frames of pelvis, chest and head, feet, hands. */
import type { Hand, Pose } from "./pose.ts";
import { type Joints, MASS, SEGMENT, type Side, SIDES, sign } from "./skeleton.ts";
import {
  along,
  cross,
  distance,
  type Frame,
  frameFrom,
  length,
  lerp,
  reject,
  rotate,
  scale,
  sub,
  unit,
  type Vec3,
} from "./vec.ts";

/** A foot: points of its sole and the sole's own directions. */
export interface Foot {
  /** The hindmost point of the sole (m). */
  readonly heel: Vec3;
  /** The ball of the foot, on the sole (m): the joint `foot`. */
  readonly ball: Vec3;
  /** The tip of the toes, on the sole (m). */
  readonly toe: Vec3;
  /** Along the sole, heel to toe. */
  readonly forward: Vec3;
  /** Out of the sole, towards the ankle. */
  readonly up: Vec3;
}

/** A pose with everything that drawing, checking and describing need. */
export interface Body {
  /** The pose's joints, as given (m, world frame). */
  readonly joints: Joints;
  /** The pose's hands, or a guess along the forearms. */
  readonly hands: Readonly<Record<Side, Hand>>;
  /** `y` towards the spine joint, `x` as near to the line of the hips as that allows. */
  readonly pelvis: Frame;
  /** `y` from the spine joint to the neck, `x` as near to the line of the shoulders as that allows. */
  readonly chest: Frame;
  /** `z` is the gaze, `y` up through the crown. */
  readonly head: Frame;
  /** The soles, from ankle, knee and ball. */
  readonly feet: Readonly<Record<Side, Foot>>;
  /** The height (m) of the stool that the figure sits on; none where it sits on nothing. */
  readonly seat?: number;
}

/** The sole's slope below the line from the ankle to the ball of the foot, degrees. */
const SOLE = Math.atan2(SEGMENT.ankleHeight, SEGMENT.ball) * 180 / Math.PI;

/**
 * Completes a pose: frames from the joints, the feet from ankle, knee and ball, and, where the pose does not give
 * them, hands along the forearms and a gaze straight ahead.
 *
 * @param pose joints in metres, with or without hands and gaze.
 * @returns the body; nothing in it is shared with later changes to `pose`.
 */
export function bodyOf(pose: Pose): Body {
  const j = pose.joints;
  const pelvis = frameFrom(sub(j.spine, j.pelvis), sub(j.left_hip, j.right_hip));
  const chest = frameFrom(sub(j.neck, j.spine), sub(j.left_shoulder, j.right_shoulder));
  const head = headFrame(j, chest, pose.gaze);
  const hands = pose.hands ?? {
    left: guessHand(j, chest, head, "left"),
    right: guessHand(j, chest, head, "right"),
  };
  const feet = { left: footOf(j, pelvis, "left"), right: footOf(j, pelvis, "right") };
  return { joints: j, hands, pelvis, chest, head, feet, ...(pose.seat !== undefined && { seat: pose.seat }) };
}

/** The head's frame: `z` is the gaze, `y` as near to the neck's direction as that allows. */
function headFrame(j: Joints, chest: Frame, gaze: Vec3 | undefined): Frame {
  const up = unit(sub(j.head, j.neck));
  if (gaze === undefined) return frameFrom(up, chest.x);
  const z = unit(gaze);
  const left = cross(up, z);
  const x = unit(length(left) > 0.05 ? left : reject(chest.x, z));
  return { x, y: cross(z, x), z };
}

/** Fingers along the forearm; the palm faces the nearest part of the body, else the floor, else the thigh. */
function guessHand(j: Joints, chest: Frame, head: Frame, side: Side): Hand {
  const wrist = j[`${side}_wrist`];
  const direction = unit(sub(wrist, j[`${side}_elbow`]));
  const centre = along(wrist, direction, SEGMENT.hand / 2);
  const places = [j.head, lerp(j.spine, j.neck, 0.6), j.spine, j.pelvis];
  const near = places.reduce((a, b) => distance(centre, a) < distance(centre, b) ? a : b);
  const wishes = [
    ...(distance(centre, near) < 0.24 ? [sub(near, centre)] : []),
    ...(Math.abs(direction[1]) < 0.5 ? [[0, -1, 0] as Vec3] : []),
    scale(chest.x, -sign(side)),
    head.z,
  ];
  const palm = wishes.map((wish) => reject(unit(wish), direction)).find((v) => length(v) > 0.2);
  return { direction, palm: unit(palm ?? frameFrom(direction, chest.x).x) };
}

function footOf(j: Joints, pelvis: Frame, side: Side): Foot {
  const ankle = j[`${side}_ankle`];
  const ball = j[`${side}_foot`];
  const shank = unit(sub(j[`${side}_knee`], ankle));
  const thigh = unit(sub(j[`${side}_hip`], j[`${side}_knee`]));
  const slope = unit(sub(ball, ankle));
  // Knee, ankle and ball lie in one line when the toes are pointed: then the knee's or the pelvis's axis serves.
  const axes = [cross(shank, slope), cross(thigh, shank), pelvis.x];
  const axis = axes.find((v) => length(reject(v, slope)) > 0.25) ?? frameFrom(slope, pelvis.x).x;
  const left = unit(reject(axis, slope));
  const forward = rotate(slope, left, -SOLE);
  const up = cross(forward, left);
  // A lifted heel leaves the toes flat on the floor.
  const bendsOnFloor = ball[1] + forward[1] * (SEGMENT.toe - SEGMENT.ball) < 0;
  return {
    forward,
    up,
    ball,
    heel: along(along(ankle, up, -SEGMENT.ankleHeight), forward, -SEGMENT.heel),
    toe: along(ball, bendsOnFloor ? frameFrom([0, 1, 0], left).z : forward, SEGMENT.toe - SEGMENT.ball),
  };
}

/**
 * The body's centre of mass, from the masses of its segments.
 *
 * @returns a point in metres.
 */
export function centreOfMass({ joints: j, hands, feet }: Pick<Body, "joints" | "hands" | "feet">): Vec3 {
  let sum: Vec3 = [0, 0, 0];
  const put = ({ share, at }: { share: number; at: number }, from: Vec3, to: Vec3) => {
    sum = along(sum, lerp(from, to, at), share);
  };
  put(MASS.head, j.neck, j.head);
  put(MASS.trunk, lerp(j.left_hip, j.right_hip, 0.5), lerp(j.left_shoulder, j.right_shoulder, 0.5));
  for (const side of SIDES) {
    const wrist = j[`${side}_wrist`];
    put(MASS.upperArm, j[`${side}_shoulder`], j[`${side}_elbow`]);
    put(MASS.forearm, j[`${side}_elbow`], wrist);
    put(MASS.hand, wrist, along(wrist, hands[side].direction, SEGMENT.hand));
    put(MASS.thigh, j[`${side}_hip`], j[`${side}_knee`]);
    put(MASS.shank, j[`${side}_knee`], j[`${side}_ankle`]);
    put(MASS.foot, feet[side].heel, feet[side].toe);
  }
  return sum;
}
