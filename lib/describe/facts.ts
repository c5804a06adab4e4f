/** What the slots of a description are compared with. */
import {
  along,
  angle,
  type Body,
  bodyOf,
  type Frame,
  frameFrom,
  type Pose,
  reject,
  SEGMENT,
  type Side,
  sub,
  unit,
  type Vec3,
} from "../skeleton/mod.ts";
import { followsBody, postureOf, type Support, supportOf, UP } from "./posture.ts";

/** A body with what slots are compared with. */
export interface Facts {
  /** Joints (m, world frame) and what they imply. */
  readonly body: Body;
  /** Which of the feet, knees, hands and seat carry the body. */
  readonly support: readonly Support[];
  /** The frames in which words of direction may be meant: the room's, turned as chest or hips are, or the body's own. */
  readonly frames: { readonly arms: readonly Frame[]; readonly legs: readonly Frame[] };
  /** Whether the trunk stands up, so that heights are heights above the floor. */
  readonly upright: boolean;
}

/** What slots are compared with, worked out once for a pose. */
export function factsOf(pose: Pose): Facts {
  const body = bodyOf(pose);
  const upright = (f: Frame) => frameFrom(UP, reject(f.x, UP));
  const support = supportOf(body);
  const stands = !followsBody(postureOf(body, support));
  const room = [upright(body.chest), upright(body.pelvis)];
  const legs = [upright(body.pelvis), ...(stands ? [] : [body.pelvis])];
  return {
    body,
    support,
    frames: { arms: stands ? room : [...room, body.chest], legs },
    upright: stands && angle(unit(sub(body.joints.neck, body.joints.pelvis)), UP) < 65,
  };
}

/** An arm or leg as vectors: metres, world frame. */
export interface Bones {
  /** From shoulder to elbow, or from hip to knee. */
  readonly upper: Vec3;
  /** From elbow to wrist, or from knee to ankle. */
  readonly lower: Vec3;
  /** From shoulder to wrist, or from hip to ankle. */
  readonly whole: Vec3;
  /** Where the wrist or ankle is. */
  readonly end: Vec3;
  /** Where the elbow or knee is. */
  readonly middle: Vec3;
  /** The elbow's or knee's bend in degrees; 0 where it is straight. */
  readonly bend: number;
}

/** The bones of a body, worked out once: nearly every slot asks for some. */
const BONES = new WeakMap<Body, Record<`${Side}_${"arm" | "leg"}`, Bones>>();

/** The bones of one arm or leg. */
export function bonesOf(body: Body, limb: "arm" | "leg", side: Side): Bones {
  let known = BONES.get(body);
  if (known === undefined) {
    const of = (limb: "arm" | "leg", side: Side) => readBones(body, limb, side);
    known = {
      left_arm: of("arm", "left"),
      right_arm: of("arm", "right"),
      left_leg: of("leg", "left"),
      right_leg: of("leg", "right"),
    };
    BONES.set(body, known);
  }
  return known[`${side}_${limb}`];
}

function readBones({ joints: j }: Body, limb: "arm" | "leg", side: Side): Bones {
  const [a, b, c] = limb === "arm"
    ? [j[`${side}_shoulder`], j[`${side}_elbow`], j[`${side}_wrist`]]
    : [j[`${side}_hip`], j[`${side}_knee`], j[`${side}_ankle`]];
  const [upper, lower] = [sub(b, a), sub(c, b)];
  return { upper, lower, whole: sub(c, a), end: c, middle: b, bend: angle(upper, lower) };
}

/** Points along the palms of a body, worked out once. */
const PALMS = new WeakMap<Body, Record<Side, readonly Vec3[]>>();

/** Points along a palm, from its heel to the fingers. */
export function palmPoints(body: Body, hand: Side): readonly Vec3[] {
  const known = PALMS.get(body);
  if (known) return known[hand];
  const of = (side: Side) =>
    [0.5, 0.75, 0.95].map((share) =>
      along(body.joints[`${side}_wrist`], body.hands[side].direction, SEGMENT.hand * share)
    );
  const palms = { left: of("left"), right: of("right") };
  PALMS.set(body, palms);
  return palms[hand];
}
