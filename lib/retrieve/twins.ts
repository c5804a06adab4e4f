/** Poses that are each other's mirror image. */
import { mirrorPose } from "../notation/mod.ts";
import { distinct, type Pose } from "../skeleton/mod.ts";

/**
 * Finds which of the poses is which one's mirror image, by the library's own rule for the same pose.
 *
 * @param poses Poses of which no two are the same.
 * @returns The place of each one's twin, in their order; −1 where there is none, the pose itself being no twin.
 */
export function twinsOf(poses: readonly Pose[]): Int32Array {
  const twins = new Int32Array(poses.length).fill(-1);
  poses.forEach((pose, i) => {
    if (twins[i] !== -1) return;
    const image = mirrorPose(pose);
    const twin = poses.findIndex((other, n) => n > i && !distinct(image, other));
    if (twin === -1) return;
    twins[i] = twin;
    twins[twin] = i;
  });
  return twins;
}
