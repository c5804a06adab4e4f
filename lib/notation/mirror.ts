/** Left and right exchanged, in the notation and in the body. */
import { type Hand, type Joint, JOINTS, type Pose, type Vec3 } from "../skeleton/mod.ts";
import type { Notation } from "./spec.ts";

const swapWord = (text: string) => text.replace(/left|right/g, (word) => word === "left" ? "right" : "left");

function swap(value: unknown): unknown {
  if (typeof value === "string") return swapWord(value);
  if (Array.isArray(value)) return value.map(swap);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [swapWord(key), swap(inner)]));
}

/** The notation of the mirrored pose. `side` and `across` stay: they are each limb's own. */
export const mirrorNotation = (spec: Notation): Notation => swap(spec) as Notation;

const flip = (v: Vec3): Vec3 => [-v[0], v[1], v[2]];
const flipHand = (hand: Hand): Hand => ({ direction: flip(hand.direction), palm: flip(hand.palm) });

/** The pose seen in a mirror: x negated, left and right exchanged. */
export function mirrorPose(pose: Pose): Pose {
  const joints = Object.fromEntries(
    JOINTS.map((joint) => [joint, flip(pose.joints[swapWord(joint) as Joint])]),
  ) as Record<Joint, Vec3>;
  return {
    ...pose,
    joints,
    ...(pose.hands && { hands: { left: flipHand(pose.hands.right), right: flipHand(pose.hands.left) } }),
    ...(pose.gaze && { gaze: flip(pose.gaze) }),
    ...(pose.view !== undefined && { view: -pose.view }),
  };
}
