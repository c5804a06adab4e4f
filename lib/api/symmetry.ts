/** How far a pose is from its mirror image. */
import { along, distance, dot, type Joint, JOINTS, type Pose, SIDES, sub, unit, type Vec3 } from "../skeleton/mod.ts";

/** Metres by which joints and those of the mirror image are apart, on average. */
export interface Symmetry {
  /** Over all joints. */
  readonly distance: number;
  /** Over shoulders, elbows and wrists. */
  readonly arms: number;
  /** Over hips, knees, ankles and feet. */
  readonly legs: number;
  /** Pelvis, spine, neck and head. */
  readonly trunk: number;
  /** Whether it looks symmetric: all joints within 3 cm, on average. */
  readonly symmetric: boolean;
}

/** Who differs by less (m) from the mirror image looks symmetric. */
const SYMMETRIC = 0.03;

const PARTS = { arms: /shoulder|elbow|wrist/, legs: /hip|knee|ankle|foot/, trunk: /pelvis|spine|neck|head/ } as const;

const mirrored = (joint: Joint) =>
  joint.replace(/^(left|right)/, (side) => side === "left" ? "right" : "left") as Joint;

/**
 * Compares a pose with its image in the mirror that stands upright through the pelvis, between the hips: wherever the
 * figure stands and whichever way it faces.
 */
export function symmetryOf({ joints }: Pick<Pose, "joints">): Symmetry {
  const across = sub(joints.left_hip, joints.right_hip);
  const level: Vec3 = [across[0], 0, across[2]];
  const normal: Vec3 = Math.hypot(...level) < 1e-6 ? [1, 0, 0] : unit(level);
  const middle = SIDES.reduce<Vec3>((sum, side) => along(sum, joints[`${side}_hip`], 0.5), [0, 0, 0]);
  const image = (point: Vec3) => along(point, normal, -2 * dot(sub(point, middle), normal));
  const apart = JOINTS.map((joint) => ({ joint, metres: distance(joints[joint], image(joints[mirrored(joint)])) }));
  const mean = (part: RegExp) => {
    const some = apart.filter(({ joint }) => part.test(joint));
    return some.reduce((sum, { metres }) => sum + metres, 0) / some.length;
  };
  const whole = mean(/./);
  return {
    distance: whole,
    arms: mean(PARTS.arms),
    legs: mean(PARTS.legs),
    trunk: mean(PARTS.trunk),
    symmetric: whole < SYMMETRIC,
  };
}
