/**
 * The skeleton that every figure shares: 18 joints, their parents, segment lengths and the rest pose.
 *
 * Segment lengths are fractions of the body's height after Drillis & Contini (1966), as printed in Winter,
 * *Biomechanics and Motor Control of Human Movement* (2009), figure 4.1. Where that figure has no value (how the trunk
 * divides, how far apart the hip joints are, where the ball of the foot lies) the comment says so.
 *
 * | joint | parent | at rest (m) |
 * |---|---|---|
 * | pelvis | – | 0, 0.901, 0 |
 * | spine | pelvis | 0, 1.105, 0 |
 * | neck | spine | 0, 1.411, 0 |
 * | head | neck | 0, 1.590, 0 |
 * | left_shoulder | neck | 0.196, 1.391, 0 |
 * | left_elbow | left_shoulder | 0.196, 1.074, 0 |
 * | left_wrist | left_elbow | 0.196, 0.826, 0 |
 * | left_hip | pelvis | 0.102, 0.901, 0 |
 * | left_knee | left_hip | 0.102, 0.485, 0 |
 * | left_ankle | left_knee | 0.102, 0.066, 0 |
 * | left_foot | left_ankle | 0.102, 0, 0.122 |
 *
 * The right side mirrors x. `head` is the centre of the head, `foot` the ball of the foot, on the sole.
 */
import { along, distance, type Vec3 } from "./vec.ts";

/** The figure's own left or right. */
export type Side = "left" | "right";

/** Both sides, left first. */
export const SIDES: readonly Side[] = ["left", "right"];

/** +1 for left and −1 for right: the sign of that side's x. */
export const sign = (side: Side): 1 | -1 => side === "left" ? 1 : -1;

/** The opposite side. */
export const other = (side: Side): Side => side === "left" ? "right" : "left";

/** The 18 joints, SMPL's names, parents before children. */
export const JOINTS = [
  "pelvis",
  "spine",
  "neck",
  "head",
  "left_shoulder",
  "left_elbow",
  "left_wrist",
  "right_shoulder",
  "right_elbow",
  "right_wrist",
  "left_hip",
  "left_knee",
  "left_ankle",
  "left_foot",
  "right_hip",
  "right_knee",
  "right_ankle",
  "right_foot",
] as const;

/** The name of a joint. */
export type Joint = (typeof JOINTS)[number];

/** A place (metres, world frame) for every joint. */
export type Joints = Readonly<Record<Joint, Vec3>>;

/** The joint that each joint hangs on; `null` for the root. */
export const PARENT: Readonly<Record<Joint, Joint | null>> = {
  pelvis: null,
  spine: "pelvis",
  neck: "spine",
  head: "neck",
  left_shoulder: "neck",
  left_elbow: "left_shoulder",
  left_wrist: "left_elbow",
  right_shoulder: "neck",
  right_elbow: "right_shoulder",
  right_wrist: "right_elbow",
  left_hip: "pelvis",
  left_knee: "left_hip",
  left_ankle: "left_knee",
  left_foot: "left_ankle",
  right_hip: "pelvis",
  right_knee: "right_hip",
  right_ankle: "right_knee",
  right_foot: "right_ankle",
};

/** Standing height in metres. */
export const HEIGHT = 1.70;

/** Lengths of segments and offsets in metres. */
export const SEGMENT = {
  upperArm: 0.186 * HEIGHT,
  forearm: 0.146 * HEIGHT,
  hand: 0.108 * HEIGHT,
  thigh: 0.245 * HEIGHT,
  shank: 0.246 * HEIGHT,
  ankleHeight: 0.039 * HEIGHT,
  /** Ankle to the ball of the foot, to the tip of the toes and to the heel, along the sole; their sum with the heel is
   * Drillis & Contini's foot (0.152), the division is ours. */
  ball: 0.072 * HEIGHT,
  toe: 0.112 * HEIGHT,
  heel: 0.040 * HEIGHT,
  /** Half the distance of the shoulder joints: 2.4 cm inside Drillis & Contini's 0.129, which is to the skin. */
  shoulder: 0.115 * HEIGHT,
  /** The shoulders' drop below the neck joint, so that they are at Drillis & Contini's 0.818. */
  shoulderDrop: 0.012 * HEIGHT,
  /** Half the distance of the hip joints; Drillis & Contini's 0.191 is the whole breadth to the skin. */
  hip: 0.060 * HEIGHT,
  /** The trunk, pelvis to neck, divided at the height of the waist; the division is ours. */
  lumbar: 0.120 * HEIGHT,
  thorax: 0.180 * HEIGHT,
  /** Neck joint to the centre of the head: midway between chin (0.870) and crown (1.0). */
  neck: 0.105 * HEIGHT,
} as const;

function restJoints(): Joints {
  const pelvis: Vec3 = [0, SEGMENT.thigh + SEGMENT.shank + SEGMENT.ankleHeight, 0];
  const spine = along(pelvis, [0, 1, 0], SEGMENT.lumbar);
  const neck = along(spine, [0, 1, 0], SEGMENT.thorax);
  const head = along(neck, [0, 1, 0], SEGMENT.neck);
  const joints: Partial<Record<Joint, Vec3>> = { pelvis, spine, neck, head };
  for (const side of SIDES) {
    const x = sign(side);
    const shoulder: Vec3 = [x * SEGMENT.shoulder, neck[1] - SEGMENT.shoulderDrop, 0];
    const hip: Vec3 = [x * SEGMENT.hip, pelvis[1], 0];
    joints[`${side}_shoulder`] = shoulder;
    joints[`${side}_elbow`] = along(shoulder, [0, -1, 0], SEGMENT.upperArm);
    joints[`${side}_wrist`] = along(shoulder, [0, -1, 0], SEGMENT.upperArm + SEGMENT.forearm);
    joints[`${side}_hip`] = hip;
    joints[`${side}_knee`] = along(hip, [0, -1, 0], SEGMENT.thigh);
    joints[`${side}_ankle`] = along(hip, [0, -1, 0], SEGMENT.thigh + SEGMENT.shank);
    joints[`${side}_foot`] = [hip[0], 0, SEGMENT.ball];
  }
  return joints as Joints;
}

/** The rest pose: upright on both feet, arms hanging, palms to the thighs. */
export const REST: Joints = restJoints();

/** The length in metres of the bone from each joint's parent to the joint; 0 for the root. */
export const BONE_LENGTH: Readonly<Record<Joint, number>> = Object.fromEntries(
  JOINTS.map((joint) => {
    const parent = PARENT[joint];
    return [joint, parent === null ? 0 : distance(REST[joint], REST[parent])];
  }),
) as Record<Joint, number>;

/**
 * Each body segment's share of the body's mass and where its centre of mass lies, as a share of the way between two
 * points. After Dempster (1955) as printed in Winter (2009), table 4.1.
 */
export const MASS = {
  head: { share: 0.081, at: 1.0 },
  trunk: { share: 0.497, at: 0.5 },
  upperArm: { share: 0.028, at: 0.436 },
  forearm: { share: 0.016, at: 0.43 },
  hand: { share: 0.006, at: 0.506 },
  thigh: { share: 0.1, at: 0.433 },
  shank: { share: 0.0465, at: 0.433 },
  foot: { share: 0.0145, at: 0.5 },
} as const;
