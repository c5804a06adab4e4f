/** A pose as rotations: each part of the body in the frame of the part that carries it. */
import { type Body, bodyOf, frameFrom, type Pose, type Side, sub, toFrame, unit, type Vec3 } from "../skeleton/mod.ts";
import { inverse, ofFrame, type Rotation, then } from "./rotation.ts";

/** A limb of two bones: unit vectors in the frame of chest or pelvis. */
export interface Limb {
  readonly upper: Vec3;
  readonly lower: Vec3;
}

/** An arm and its hand, in the chest's frame. */
export interface Arm extends Limb {
  readonly direction: Vec3;
  readonly palm: Vec3;
}

/** A leg and the line from ankle to ball, in the pelvis's frame. */
export interface Leg extends Limb {
  readonly slope: Vec3;
}

/** A pose as rotations. Lengths do not matter: the skeleton's own are put back. */
export interface Configuration {
  readonly pelvis: Vec3;
  /** The pelvis in the figure's own frame, before the figure turns. */
  readonly hips: Rotation;
  /** The chest in the pelvis's frame. */
  readonly chest: Rotation;
  /** From neck to head, in the chest's frame. */
  readonly neck: Vec3;
  /** The head's frame, whose z is the gaze, in the chest's. */
  readonly head: Rotation;
  /** Where hip joints and shoulders lie: unit vectors in the frames of pelvis and chest. */
  readonly hipAt: Readonly<Record<Side, Vec3>>;
  readonly shoulderAt: Readonly<Record<Side, Vec3>>;
  readonly arms: Readonly<Record<Side, Arm>>;
  readonly legs: Readonly<Record<Side, Leg>>;
}

/** Something of each side. */
export const bothSides = <T>(of: (side: Side) => T): Record<Side, T> => ({ left: of("left"), right: of("right") });

/** The configuration of a pose, and the body it was read from. */
export function configurationOf(pose: Pose): { readonly configuration: Configuration; readonly body: Body } {
  const body = bodyOf(pose);
  const { joints: j, pelvis, chest, head } = body;
  const within = (frame: typeof pelvis, from: Vec3, to: Vec3) => toFrame(frame, unit(sub(to, from)));
  const [hips, chestTurn] = [ofFrame(pelvis), ofFrame(chest)];
  return {
    body,
    configuration: {
      pelvis: j.pelvis,
      hips,
      chest: then(inverse(hips), chestTurn),
      neck: within(chest, j.neck, j.head),
      head: then(inverse(chestTurn), ofFrame(head)),
      hipAt: bothSides((side) => within(pelvis, j.pelvis, j[`${side}_hip`])),
      shoulderAt: bothSides((side) => within(chest, j.neck, j[`${side}_shoulder`])),
      arms: bothSides((side) => {
        const hand = body.hands[side];
        const direction = unit(hand.direction);
        // A palm from outside need not be perpendicular to the fingers.
        const palm = frameFrom(direction, hand.palm).x;
        return {
          upper: within(chest, j[`${side}_shoulder`], j[`${side}_elbow`]),
          lower: within(chest, j[`${side}_elbow`], j[`${side}_wrist`]),
          direction: toFrame(chest, direction),
          palm: toFrame(chest, palm),
        };
      }),
      legs: bothSides((side) => ({
        upper: within(pelvis, j[`${side}_hip`], j[`${side}_knee`]),
        lower: within(pelvis, j[`${side}_knee`], j[`${side}_ankle`]),
        slope: within(pelvis, j[`${side}_ankle`], j[`${side}_foot`]),
      })),
    },
  };
}
