/** A made-up dance of simple figures, for tests that need movement but no library. */
import { along, type Pose, REST, rotate, SEGMENT, type Side, SIDES, sign, type Vec3 } from "../../skeleton/mod.ts";
import type { KeyPose } from "../animation.ts";

/** The rest pose with its arms turned about the shoulders: degrees raised sideways and then swung forward. */
export function armsPose(angles: Readonly<Record<Side, readonly [raised: number, swung: number]>>): Pose {
  const joints = { ...REST };
  for (const side of SIDES) {
    const [raised, swung] = angles[side];
    const out = rotate([0, -1, 0], [0, 0, 1], sign(side) * raised);
    const direction: Vec3 = rotate(out, [0, 1, 0], -sign(side) * swung);
    const elbow = along(REST[`${side}_shoulder`], direction, SEGMENT.upperArm);
    joints[`${side}_elbow`] = elbow;
    joints[`${side}_wrist`] = along(elbow, direction, SEGMENT.forearm);
  }
  return { joints };
}

/** Key poses of 0.4 s in which the arms go round. */
export const dance = (count: number): KeyPose[] =>
  Array.from({ length: count }, (_, i) => ({
    pose: armsPose({ left: [20 + i * 140 / count, i * 30 % 90], right: [160 - i * 140 / count, i * 40 % 90] }),
    seconds: 0.4,
  }));
