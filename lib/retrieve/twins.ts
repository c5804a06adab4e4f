/** Poses that are each other's mirror image. */
import { mirrorPose } from "../notation/mod.ts";
import { distinct, type Pose } from "../skeleton/mod.ts";
import { bareText, mirrorSides } from "../text/mod.ts";
import type { Described } from "./retriever.ts";

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

/**
 * Keeps the descriptions that a pose and its twin have in common, but for left and right: those differ in nothing else.
 *
 * @param documents The poses' descriptions. @param twins As {@linkcode twinsOf} gives them, in the same order.
 * @returns For each pose the places of such descriptions among all of all poses.
 */
export function toldAlike(documents: readonly Described[], twins: Int32Array): number[][] {
  let at = 0;
  return documents.map(({ descriptions }, i) => {
    const others = new Set(documents[twins[i] ?? -1]?.descriptions.map(bareText));
    return descriptions.flatMap((text) => {
      const place = at++;
      return others.has(bareText(mirrorSides(text))) ? [place] : [];
    });
  });
}
