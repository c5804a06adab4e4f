/** What a projection starts from, and how a body follows from the numbers that it searches over. */
import {
  add,
  along,
  angle,
  type Body,
  bodyOf,
  cross,
  dot,
  type Frame,
  length,
  lowPoints,
  other,
  type Pose,
  reject,
  rotate,
  rotateFrame,
  scale,
  type Side,
  SIDES,
  sub,
  unit,
  type Vec3,
} from "../skeleton/mod.ts";
import { type Landmark, placeOf } from "./landmarks.ts";
import {
  carry,
  handOn,
  type Hold,
  holdOf,
  type Limb,
  type LimbName,
  LIMBS,
  lineOf,
  poseOf,
  reachFor,
  type Shape,
  shapeOf,
  sideOf,
  turnBetween,
} from "./shape.ts";
import type { Solved } from "./solve.ts";
import { isFree, type Notation } from "./spec.ts";
import { beyondLimits, inFront } from "./strain.ts";

/** What may move: limbs, the trunk's tilt, the pelvis's place. */
export type Movable = LimbName | "trunk" | "root";

/** How many numbers move each: a limb's two directions (or a held hand's place and elbow), tilts, centimetres. */
export const parametersOf = (one: Movable): number => one === "root" ? 3 : 4;

/**
 * What a degree (a held hand's millimetre, the pelvis's centimetre) costs. A limb reads by where its end points and by its
 * lower bone, so the upper bone gives way first; a limb that only hangs there gives way before one that words ask for.
 */
const COST = {
  upper: 0.6,
  lower: 1,
  line: 1,
  bend: 0.3,
  unasked: 0.4,
  pelvis: 0.3,
  chest: 0.8,
  askedChest: 1.6,
  swivel: 0.3,
  root: 1,
  standing: 0.4,
} as const;

/** A body to be projected, and what is known of it. */
export interface Task {
  readonly spec: Notation;
  readonly contacts: Solved["contacts"];
  readonly airborne: boolean;
  /** What was asked, its trunk and head already inside their ranges. */
  readonly asked: Shape;
  readonly body: Body;
  /** The limbs whose end is held: feet that stand, hands that touch or carry. */
  readonly holds: Readonly<Partial<Record<LimbName, Hold>>>;
  /** The sides whose upper arm passes in front of the chest. */
  readonly front: readonly Side[];
  /** Whether feet stand, so that the pelvis may shift over them. */
  readonly stands: boolean;
}

/** Places on arms. */
const ON_ARM = /_(upper_arm|elbow|hand)$/;

/** The place that a hand is asked to touch. */
export function touchOf(spec: Notation, side: Side): Landmark | undefined {
  const arm = spec[`${side}_arm`];
  return typeof arm === "object" && "touch" in arm ? arm.touch : undefined;
}

/** Metres in the air, unless said: the solver's. */
const USUAL_HEIGHT = 0.25;

const ON_HANDS = /plank|all_fours/;

/** Whether hands carry the body: then they are held, and it is not set down anew. */
const handsCarry = (spec: Notation) =>
  ON_HANDS.test(spec.base ?? "") || SIDES.some((side) => touchOf(spec, side) === "floor");

const isStanding = (spec: Notation) =>
  (spec.base ?? "standing") === "standing" && SIDES.some((side) => !isFree(spec[`${side}_leg`]));

function isHeld(spec: Notation, limb: LimbName, contacts: Solved["contacts"]): boolean {
  const side = sideOf(limb);
  if (limb.endsWith("leg")) return isStanding(spec) && !isFree(spec[`${side}_leg`]);
  return ON_HANDS.test(spec.base ?? "") || touchOf(spec, side) !== undefined ||
    contacts.some(([part]) => part === `${side}_hand`);
}

/** The share of the way from one frame to another at which a test still passes, by halving. */
function frameWithin(from: Frame, to: Frame, passes: (frame: Frame) => boolean): Frame {
  if (passes(to)) return to;
  const { axis, degrees } = turnBetween(from, to);
  let [low, high] = [0, 1];
  for (let i = 0; i < 14; i++) {
    const middle = (low + high) / 2;
    if (passes(rotateFrame(from, axis, degrees * middle))) low = middle;
    else high = middle;
  }
  return rotateFrame(from, axis, degrees * low);
}

/** Brings trunk and head inside their ranges: each turns back, the way it came, as little as it takes. */
function limitTrunk(shape: Shape): Shape {
  const within = (next: Shape, joints: readonly string[]) =>
    !beyondLimits(bodyOf(poseOf(next))).some(({ joint }) => joints.includes(joint));
  const headWith = (chest: Frame): Pick<Shape, "crown" | "gaze"> => {
    const { axis, degrees } = turnBetween(shape.chest, chest);
    return { crown: rotate(shape.crown, axis, degrees), gaze: rotate(shape.gaze, axis, degrees) };
  };
  const chest = frameWithin(shape.pelvis, shape.chest, (chest) => within({ ...shape, chest }, ["spine"]));
  const upright = chest === shape.chest ? shape : { ...shape, chest, ...headWith(chest) };
  if (within(upright, ["neck", "head"])) return upright;
  const { head } = bodyOf(poseOf(upright));
  const turnedHead = (to: Frame): Shape => {
    const { axis, degrees } = turnBetween(head, to);
    return { ...upright, crown: rotate(upright.crown, axis, degrees), gaze: rotate(upright.gaze, axis, degrees) };
  };
  return turnedHead(frameWithin(upright.chest, head, (to) => within(turnedHead(to), ["neck", "head"])));
}

/** A body set down on the floor, or as high over it as it flies. Its arms give way to the floor, and do not lift it. */
function settled(shape: Shape, spec: Notation): Shape {
  const height = spec.base === "airborne" ? spec.height ?? USUAL_HEIGHT : 0;
  const points = lowPoints(bodyOf(poseOf(shape))).filter(({ joint }) => !/elbow|wrist/.test(joint));
  return { ...shape, root: add(shape.root, [0, height - Math.min(...points.map((point) => point.height)), 0]) };
}

/** Prepares a solved body for its projection. */
export function taskOf(spec: Notation, { pose, contacts, airborne }: Solved): Task {
  const stands = isStanding(spec);
  const held = LIMBS.filter((limb) => isHeld(spec, limb, contacts));
  const before = bodyOf(pose);
  let asked = limitTrunk(shapeOf(before));
  if (!stands && !handsCarry(spec)) asked = settled(asked, spec);
  const body = bodyOf(poseOf(asked));
  const holds: Partial<Record<LimbName, Hold>> = {};
  for (const limb of held) {
    const hold = holdOf(pose, limb);
    const place = limb.endsWith("arm") ? touchOf(spec, sideOf(limb)) : undefined;
    if (place === undefined || place === "floor") holds[limb] = hold;
    else {
      // Trunk and head may have come back into their ranges, and with them what the hand is on.
      const moved = sub(placeOf(place, sideOf(limb), body).point, placeOf(place, sideOf(limb), before).point);
      const followed = { ...hold, end: add(hold.end, moved) };
      const { upper, lower } = reachFor(asked, limb, followed);
      asked = { ...asked, limbs: { ...asked.limbs, [limb]: { upper, lower } } };
      holds[limb] = followed;
    }
  }
  const front = SIDES.filter((side) => inFront(before, side));
  return { spec, contacts, airborne, asked, body: bodyOf(poseOf(asked)), holds, front, stands };
}

/** Two tangents of a direction: the first is as far upwards as can be. */
function tangentsOf(direction: Vec3): readonly [Vec3, Vec3] {
  const up = reject([0, 1, 0], direction);
  const first = unit(length(up) > 0.3 ? up : reject([0, 0, 1], direction));
  return [first, cross(direction, first)];
}

/** A direction turned by degrees along its two tangents: the exponential map of the sphere, so that angles are kept. */
function turned(direction: Vec3, p: number, q: number): Vec3 {
  const by = Math.hypot(p, q);
  if (by < 1e-12) return direction;
  const [up, across] = tangentsOf(direction);
  const radians = by * Math.PI / 180;
  const tangent = along(scale(up, p / by), across, q / by);
  return along(scale(direction, Math.cos(radians)), tangent, Math.sin(radians));
}

/** The two numbers by which a direction is turned towards another by degrees. */
export function towards(direction: Vec3, target: Vec3, degrees: number): readonly [number, number] {
  const way = reject(target, direction);
  if (length(way) < 0.2) return [0, 0];
  const [up, across] = tangentsOf(direction);
  return [dot(unit(way), up) * degrees, dot(unit(way), across) * degrees];
}

/** A body that follows from a task's numbers. */
export interface Figure {
  readonly shape: Shape;
  readonly pose: Pose;
  /** How far (mm) feet and hands stay out of reach of where they are held. */
  readonly misses: readonly number[];
}

/** The axes that pelvis and chest tilt about: the figure's own left, and forward. */
function tilt(frame: Frame, about: Frame, pitch: number, roll: number): Frame {
  return rotateFrame(rotateFrame(frame, about.x, pitch), about.z, roll);
}

/**
 * The body for given numbers.
 *
 * @param active what moves, in the order of the numbers.
 */
export function figureOf(task: Task, active: readonly Movable[], numbers: readonly number[]): Figure {
  const { asked, holds, spec } = task;
  const at = new Map<Movable, readonly number[]>();
  let from = 0;
  for (const one of active) {
    at.set(one, numbers.slice(from, from + parametersOf(one)));
    from += parametersOf(one);
  }
  const of = (one: Movable) => {
    const [a = 0, b = 0, c = 0, d = 0] = at.get(one) ?? [];
    return [a, b, c, d] as const;
  };
  let shape = asked;
  if (at.has("trunk")) {
    const [pitch, roll, chestPitch, chestRoll] = of("trunk");
    const head = (v: Vec3) => rotate(rotate(v, asked.chest.x, chestPitch / 2), asked.chest.z, chestRoll / 2);
    shape = {
      ...shape,
      pelvis: tilt(asked.pelvis, asked.pelvis, pitch, roll),
      chest: tilt(asked.chest, asked.chest, chestPitch, chestRoll),
      crown: head(asked.crown),
      gaze: head(asked.gaze),
    };
  }
  if (at.has("root")) {
    const [x, y, z] = of("root");
    shape = { ...shape, root: along(shape.root, [x, y, z], 0.01) };
  }
  const limbs: Record<LimbName, Limb> = { ...shape.limbs };
  const hands = { ...shape.hands };
  const misses: number[] = [];
  const feet = { ...shape.feet };
  for (const limb of LIMBS) {
    const hold = holds[limb];
    if (hold !== undefined) {
      if (limb.endsWith("leg") && (at.has("trunk") || at.has("root"))) {
        const { miss, ...leg } = reachFor(shape, limb, hold);
        limbs[limb] = leg;
        misses.push(miss * 1000);
      }
      continue;
    }
    if (!at.has(limb)) continue;
    const [p, q, r, s] = of(limb);
    const before = asked.limbs[limb];
    const now = { upper: turned(before.upper, p, q), lower: turned(before.lower, r, s) };
    limbs[limb] = now;
    const side = sideOf(limb);
    if (limb.endsWith("arm")) hands[side] = handOn(side, { hand: asked.hands[side], lower: before.lower }, now);
    else feet[side] = carry(feet[side], before.lower, now.lower);
  }
  shape = { ...shape, limbs, hands, feet };
  // Hands that touch come last: they follow what they touch.
  for (const side of SIDES) {
    const limb: LimbName = `${side}_arm`;
    const hold = holds[limb];
    if (hold === undefined || active.length === 0) continue;
    const [x, y, z, swivel] = of(limb);
    const end = along(add(hold.end, followed(task, shape, side)), [x, y, z], 0.001);
    const line = unit(sub(end, poseOf(shape).joints[`${side}_shoulder`]));
    const { miss, ...arm } = reachFor(shape, limb, { end, pole: rotate(hold.pole, line, swivel) });
    misses.push(miss * 1000);
    shape = { ...shape, limbs: { ...shape.limbs, [limb]: arm } };
  }
  if (!task.stands && !handsCarry(spec)) shape = settled(shape, spec);
  return { shape, pose: poseOf(shape), misses };
}

/** How far (m) the place that a hand touches has moved; nowhere for hands that touch each other's arms. */
function followed(task: Task, shape: Shape, side: Side): Vec3 {
  const touch = touchOf(task.spec, side);
  if (touch === undefined || touch === "floor") return [0, 0, 0];
  if ([touch, touchOf(task.spec, other(side)) ?? ""].every((place) => ON_ARM.test(place))) return [0, 0, 0];
  const now = placeOf(touch, side, bodyOf(poseOf(shape))).point;
  return sub(now, placeOf(touch, side, task.body).point);
}

/** What it costs to be so far from what was asked, as numbers whose squares add up. */
export function costsOf(task: Task, active: readonly Movable[], numbers: readonly number[], shape: Shape): number[] {
  const { asked, holds, spec } = task;
  const costs: number[] = [];
  let from = 0;
  for (const one of active) {
    const [a = 0, b = 0, c = 0, d = 0] = numbers.slice(from, from + parametersOf(one));
    from += parametersOf(one);
    if (one === "root") costs.push(...[a, b, c].map((v) => v * COST.root));
    else if (one === "trunk") {
      const chest = spec.torso === undefined ? COST.chest : COST.askedChest;
      costs.push(a * COST.pelvis, b * COST.pelvis, c * chest, d * chest);
    } else if (holds[one] !== undefined) costs.push(a, b, c, d * COST.swivel);
    else {
      const weight = spec[one] === undefined ? COST.unasked : 1;
      const [before, now] = [asked.limbs[one], shape.limbs[one]];
      costs.push(a * COST.upper * weight, b * COST.upper * weight, c * COST.lower * weight, d * COST.lower * weight);
      costs.push(COST.line * weight * angle(lineOf(one, before), lineOf(one, now)));
      costs.push(COST.bend * weight * (angle(now.upper, now.lower) - angle(before.upper, before.lower)));
    }
  }
  if (active.includes("trunk") || active.includes("root")) {
    for (const limb of LIMBS) {
      if (!limb.endsWith("leg") || holds[limb] === undefined) continue;
      const bend = ({ limbs }: Shape) => angle(limbs[limb].upper, limbs[limb].lower);
      costs.push(COST.standing * (bend(shape) - bend(asked)));
    }
  }
  return costs;
}

/** What a task's body looks like while nothing has moved. */
export const unmoved = (task: Task): Figure => ({ shape: task.asked, pose: poseOf(task.asked), misses: [] });
