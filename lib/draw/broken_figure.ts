/** A figure that no body is: its bones as they are, with what is wrong with them marked in red. */
import {
  BONE_LENGTH,
  distance,
  type Joint,
  JOINTS,
  type Joints,
  lerp,
  type OutsideFault,
  PARENT,
  RADIUS,
  type Vec3,
} from "../skeleton/mod.ts";
import type { Camera } from "./camera.ts";
import type { Pen } from "./canvas.ts";
import { paintFloor } from "./ground.ts";
import { openLabels } from "./labels.ts";
import { blend, type Colour, COLOURS } from "./palette.ts";
import { disc, line, taper } from "./shape.ts";

/** What is right and what is wrong; both colours have their blends in the palette. */
const RIGHT = blend(COLOURS.shirt, COLOURS.paper, 3 / 7);
const WRONG = COLOURS.right.sleeve[0];

/** Half the thickness in metres of the bone that ends in a joint. */
const THICKNESS: Readonly<Record<string, number>> = {
  spine: 0.055,
  neck: 0.055,
  shoulder: 0.045,
  hip: 0.05,
  knee: 0.05,
};
const USUAL_THICKNESS = 0.036;
/** Pixels that a bone is thick at least, half of it, however small the figure. */
const LEAST = 1.5;

/** What is to be drawn of a pose that is not valid. */
export interface Broken {
  /** Those that have a place. */
  readonly joints: Partial<Joints>;
  readonly faults: readonly OutsideFault[];
}

interface Bone {
  readonly joint: Joint;
  readonly from: Vec3;
  readonly to: Vec3;
  /** Of its length to what it should be. */
  readonly ratio: number;
}

/** Paints the figure, then its marks over it. */
export function paintBroken(pen: Pen, { joints, faults }: Broken, camera: Camera) {
  paintFloor(camera, pen);
  const faulty = (code: OutsideFault["code"]) => new Set(faults.filter((f) => f.code === code).map((f) => f.joint));
  const stretched = faulty("bone_length");
  const bones = bonesOf(joints);
  const depth = ({ from, to }: Bone) => camera.depth(lerp(from, to, 0.5));
  const colourOf = (joint: string) => stretched.has(joint) ? WRONG : RIGHT;
  for (const bone of bones.toSorted((a, b) => depth(a) - depth(b))) {
    paintBone(pen, camera, bone, colourOf(bone.joint));
    if (bone.joint === "head") paintHead(pen, camera, bone.to, colourOf("head"));
  }
  // Joints that hang on nothing.
  const held = new Set(bones.flatMap(({ joint }) => [joint, PARENT[joint]]));
  for (const [joint, at] of Object.entries(joints)) if (!held.has(joint as Joint)) paintDot(pen, camera, at, WRONG);

  const labels = openLabels(pen, camera);
  const placed = (...codes: OutsideFault["code"][]) =>
    codes.flatMap((code) => [...faulty(code)]).flatMap((joint) => {
      const at = joints[joint as Joint];
      return at ? [at] : [];
    });
  for (const at of placed("range_of_motion")) paintRing(pen, camera, at);
  const heights = placed("floor", "floating");
  for (const at of heights) paintHeight(pen, camera, at);
  for (const at of heights) labels.put(camera.project(at), heightText(at[1]), WRONG);
  const oddness = ({ ratio }: Bone) => Math.abs(Math.log(ratio + 0.01));
  for (
    const { from, to, ratio } of bones.filter(({ joint }) => stretched.has(joint)).sort((a, b) =>
      oddness(b) - oddness(a)
    )
  ) {
    labels.put(camera.project(lerp(from, to, 0.5)), ratioText(ratio), WRONG);
  }
  const missing = [...faulty("missing_joint"), ...faulty("not_a_place")].map((joint) => `– ${joint}`);
  labels.corner([...missing, ...[...faulty("unknown_joint")].map((joint) => `+ ${joint} ?`)], WRONG);
}

function bonesOf(joints: Partial<Joints>): Bone[] {
  return JOINTS.flatMap((joint): Bone[] => {
    const parent = PARENT[joint];
    const [from, to] = [parent === null ? undefined : joints[parent], joints[joint]];
    return from && to ? [{ joint, from, to, ratio: distance(from, to) / BONE_LENGTH[joint] }] : [];
  });
}

/** `×2.3`; what is wrong by little has one digit more. */
function ratioText(ratio: number): string {
  if (ratio < 0.05) return "×0";
  if (ratio >= 9.95) return `×${ratio.toFixed(0)}`;
  return `×${ratio.toFixed(Math.abs(ratio - 1) < 0.1 ? 2 : 1)}`;
}

const heightText = (y: number) => `${y < 0 ? "−" : "+"}${Math.round(Math.abs(y) * 100)} cm`;

const thick = (camera: Camera, at: Vec3, metres: number) => {
  const ball = camera.ball(at, metres);
  return { ...ball, r: Math.max(LEAST, ball.r) };
};

function paintBone(pen: Pen, camera: Camera, { joint, from, to }: Bone, colour: Colour) {
  const metres = THICKNESS[joint.replace(/^(left|right)_/, "")] ?? USUAL_THICKNESS;
  const [a, b] = [thick(camera, from, metres), thick(camera, to, metres)];
  const rim = Math.max(1, camera.scale * 0.014);
  for (const [grown, fill] of [[rim, COLOURS.paper], [0, colour]] as const) {
    pen.fillStyle = fill;
    pen.beginPath();
    taper(pen, { ...a, r: a.r + grown }, { ...b, r: b.r + grown });
    pen.fill();
  }
}

function paintHead(pen: Pen, camera: Camera, at: Vec3, colour: Colour) {
  const ball = thick(camera, at, RADIUS.head);
  pen.fillStyle = colour;
  pen.beginPath();
  disc(pen, ball);
  pen.fill();
  pen.fillStyle = COLOURS.skin;
  pen.beginPath();
  disc(pen, { ...ball, r: ball.r * 0.8 });
  pen.fill();
}

function paintDot(pen: Pen, camera: Camera, at: Vec3, colour: Colour) {
  pen.fillStyle = colour;
  pen.beginPath();
  disc(pen, thick(camera, at, 0.05));
  pen.fill();
}

/** Around a joint that bends as none can. */
function paintRing(pen: Pen, camera: Camera, at: Vec3) {
  const { x, y, r } = thick(camera, at, 0.085);
  pen.strokeStyle = WRONG;
  pen.lineWidth = Math.max(1.5, camera.scale * 0.018);
  pen.beginPath();
  pen.arc(x, y, r, 0, 2 * Math.PI);
  pen.stroke();
}

/** From a joint straight to the floor, with a foot. */
function paintHeight(pen: Pen, camera: Camera, at: Vec3) {
  const floor = camera.project([at[0], 0, at[2]]);
  pen.strokeStyle = WRONG;
  pen.lineWidth = Math.max(1, camera.scale * 0.01);
  pen.beginPath();
  line(pen, [camera.project(at), floor]);
  pen.stroke();
  const side = Math.max(3, camera.scale * 0.05);
  pen.beginPath();
  line(pen, [[floor[0] - side, floor[1]], [floor[0] + side, floor[1]]]);
  pen.stroke();
  paintDot(pen, camera, at, WRONG);
}
