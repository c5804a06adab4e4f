/** A motion as BVH (Biovision hierarchy), which Blender and most animation programs import. Metres, degrees. */
import type { Motion } from "../motion/mod.ts";
import {
  along,
  type Body,
  bodyOf,
  cross,
  dot,
  type Frame,
  frameFrom,
  HEIGHT,
  type Joint,
  REST,
  scale,
  SEGMENT,
  type Side,
  SIDES,
  sign,
  sub,
  unit,
  type Vec3,
  WORLD,
} from "../skeleton/mod.ts";
import type { MediaOptions } from "./media_options.ts";
import { momentsOf } from "./moments.ts";
import { writeLines } from "./write_lines.ts";

const FPS = 30;

/**
 * The joint that each joint turns with. It is the skeleton's own parent, but for the shoulders: they keep their place in
 * the chest whatever the neck does.
 */
const CARRIER: readonly (readonly [Joint, Joint])[] = [
  ["spine", "pelvis"],
  ["neck", "spine"],
  ["head", "neck"],
  ...SIDES.flatMap((side): [Joint, Joint][] => [
    [`${side}_shoulder`, "spine"],
    [`${side}_elbow`, `${side}_shoulder`],
    [`${side}_wrist`, `${side}_elbow`],
  ]),
  ...SIDES.flatMap((side): [Joint, Joint][] => [
    [`${side}_hip`, "pelvis"],
    [`${side}_knee`, `${side}_hip`],
    [`${side}_ankle`, `${side}_knee`],
    [`${side}_foot`, `${side}_ankle`],
  ]),
];

/** Where the last bones end, from their joint. */
const ENDS: readonly (readonly [Joint, Vec3])[] = [
  ["head", [0, HEIGHT - REST.head[1], 0]],
  ...SIDES.flatMap((side): [Joint, Vec3][] => [
    [`${side}_wrist`, [0, -SEGMENT.hand, 0]],
    [`${side}_foot`, [0, 0, SEGMENT.toe - SEGMENT.ball]],
  ]),
];

/** Every joint's frame in the world; at rest all are the world's own. */
type Frames = Readonly<Record<Joint, Frame>>;

/**
 * Writes a motion as BVH: the hierarchy in the rest pose, the pelvis's place, and each joint's rotation in the order
 * Z, X, Y. The joints that a reader computes from it are the motion's.
 *
 * @throws {RangeError} for a rate or a motion that can't be written.
 */
export async function* writeBvh(motion: Motion, options: MediaOptions): AsyncGenerator<Uint8Array> {
  const { count, step, at } = momentsOf(motion, options.fps ?? FPS);
  const head = `HIERARCHY\n${hierarchy("pelvis", "")}MOTION\nFrames: ${count}\nFrame Time: ${step.toFixed(8)}\n`;
  let before: Frames | undefined;
  const line = (i: number) => {
    const body = bodyOf(motion.poseAt(at(i)));
    const frames: Frames = framesOf(body, before);
    before = frames;
    const angles = ORDER.flatMap((joint) => {
      const carrier = CARRIER.find(([child]) => child === joint)?.[1];
      return eulerZxy(frames[joint], carrier ? frames[carrier] : WORLD);
    });
    return `${[...body.joints.pelvis, ...angles].map((value) => value.toFixed(6)).join(" ")}\n`;
  };
  yield* writeLines({ head, count, line, foot: "" }, options);
}

const childrenOf = (joint: Joint) => CARRIER.filter(([, carrier]) => carrier === joint).map(([child]) => child);

/** The joints in the order of the hierarchy: each line of numbers follows it. */
const ORDER: readonly Joint[] = (function walk(joint: Joint): Joint[] {
  return [joint, ...childrenOf(joint).flatMap(walk)];
})("pelvis");

function hierarchy(joint: Joint, indent: string): string {
  const carrier = CARRIER.find(([child]) => child === joint)?.[1];
  const offset = carrier ? sub(REST[joint], REST[carrier]) : [0, 0, 0] as const;
  const rotations = "Zrotation Xrotation Yrotation";
  const inner = `${indent}  `;
  const end = ENDS.find(([last]) => last === joint)?.[1];
  return `${indent}${carrier ? "JOINT" : "ROOT"} ${joint}\n${indent}{\n` +
    `${inner}OFFSET ${numbers(offset)}\n` +
    `${inner}CHANNELS ${carrier ? `3 ${rotations}` : `6 Xposition Yposition Zposition ${rotations}`}\n` +
    childrenOf(joint).map((child) => hierarchy(child, inner)).join("") +
    (end ? `${inner}End Site\n${inner}{\n${inner}  OFFSET ${numbers(end)}\n${inner}}\n` : "") +
    `${indent}}\n`;
}

const numbers = (v: Vec3) => v.map((value) => value.toFixed(6)).join(" ");

/** The frames of all bones; how far an upper arm turns about itself follows from the moment before. */
function framesOf(body: Body, before: Frames | undefined): Frames {
  const { joints: j, pelvis, chest, head, hands, feet } = body;
  const limb = (from: Joint, to: Joint, left: Vec3) => frameFrom(sub(j[from], j[to]), left);
  const frames: Partial<Record<Joint, Frame>> = {
    pelvis,
    spine: chest,
    neck: frameFrom(sub(j.head, j.neck), head.x),
    head,
  };
  for (const side of SIDES) {
    const hip = limb(`${side}_hip`, `${side}_knee`, pelvis.x);
    const foot = footFrame(body, side);
    const palm = scale(hands[side].palm, -sign(side));
    const shoulder = `${side}_shoulder` as const, elbow = `${side}_elbow` as const, wrist = `${side}_wrist` as const;
    frames[shoulder] = limb(shoulder, elbow, before?.[shoulder].x ?? carried(chest, unit(sub(j[shoulder], j[elbow]))));
    frames[elbow] = limb(elbow, wrist, palm);
    frames[wrist] = frameFrom(scale(hands[side].direction, -1), palm);
    frames[`${side}_hip`] = hip;
    frames[`${side}_knee`] = limb(`${side}_knee`, `${side}_ankle`, hip.x);
    frames[`${side}_ankle`] = foot;
    const toes = unit(sub(feet[side].toe, feet[side].ball));
    frames[`${side}_foot`] = { x: foot.x, y: cross(toes, foot.x), z: toes };
  }
  return frames as Frames;
}

/** The frame in which the ball of the foot lies from the ankle as it does at rest. */
function footFrame({ feet }: Body, side: Side): Frame {
  const { forward, up } = feet[side];
  return { x: cross(up, forward), y: up, z: forward };
}

/** Where a frame's `x` goes when its `y` is turned to `up` by the shortest arc. */
function carried({ x, y }: Frame, up: Vec3): Vec3 {
  const axis = cross(y, up);
  const cosine = dot(y, up);
  if (cosine < -0.999) return x;
  // Rodrigues' formula, with the axis as long as the sine.
  return along(along(scale(x, cosine), cross(axis, x), 1), axis, dot(axis, x) / (1 + cosine));
}

/** Degrees about z, x and y, applied from the last to the first, that turn `carrier` into `frame`. */
function eulerZxy(frame: Frame, carrier: Frame): Vec3 {
  const turned = ({ x, y, z }: Frame, axis: Vec3): Vec3 => [dot(axis, x), dot(axis, y), dot(axis, z)];
  // Columns: the frame's axes along the carrier's.
  const [cx, cy, cz] = [turned(carrier, frame.x), turned(carrier, frame.y), turned(carrier, frame.z)];
  const sine = Math.max(-1, Math.min(1, cy[2]));
  const degrees = (radians: number) => radians * 180 / Math.PI;
  if (Math.abs(sine) > 1 - 1e-10) return [degrees(Math.atan2(cx[1], cx[0])), degrees(Math.asin(sine)), 0];
  return [
    degrees(Math.atan2(-cy[0], cy[1])),
    degrees(Math.asin(sine)),
    degrees(Math.atan2(-cx[2], cz[2])),
  ];
}
