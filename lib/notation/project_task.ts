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
import { baseOf, floorGap, isOnFoot, legWords, onHands, placeTouched } from "./bases.ts";
import { isOnArm, placeOf } from "./landmarks.ts";
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
  rootOf,
  type Shape,
  shapeOf,
  sideOf,
  turnBetween,
} from "./shape.ts";
import type { Solved } from "./solve.ts";
import { isTouching, type Notation, type TouchingLeg } from "./spec.ts";
import { beyondLimits, inFront } from "./strain.ts";
import { soleRest } from "./touching_leg.ts";

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
  /** The limbs whose end is held: feet that stand, hands and feet that touch or carry. */
  readonly holds: Readonly<Partial<Record<LimbName, Hold>>>;
  /** The legs whose feet stand: what the body does, they stay where they are. */
  readonly planted: readonly LimbName[];
  /** The sides whose upper arm passes in front of the chest. */
  readonly front: readonly Side[];
  /** Whether hands or feet carry the pelvis, so that it may shift over them; else the body is set down anew. */
  readonly stands: boolean;
}

/** What is no higher (m) than this lies on the floor. */
const ON_FLOOR = 0.02;

/** The limbs whose feet stay where they are, of a body that need not be right. */
function plantedOf(spec: Notation, body: Body): LimbName[] {
  const carries = onHands(baseOf(spec));
  return SIDES.filter((side) =>
    isOnFoot(spec, side) || (carries && spec[`${side}_leg`] === undefined && isDown(body, `${side}_foot`))
  ).map((side): LimbName => `${side}_leg`);
}

const isDown = (body: Body, end: `${Side}_${"foot" | "wrist"}`) =>
  lowPoints(body).some(({ joint, height }) => joint === end && height < ON_FLOOR);

/** Whether a hand touches a place, or carries the body on the floor. */
const isHandHeld = (spec: Notation, side: Side, body: Body) =>
  placeTouched(spec, side) !== undefined || (onHands(baseOf(spec)) && isDown(body, `${side}_wrist`));

/** A place of the other leg that a foot rests against. */
export type FootRest = TouchingLeg["touch"];

/** The place that a foot is asked to rest against. */
export function footRest(spec: Notation, side: Side): FootRest | undefined {
  const leg = legWords(spec, side);
  return isTouching(leg) ? leg.touch : undefined;
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

/**
 * A body set down on the floor, or as high over it as it flies. Its arms give way to the floor, and do not lift it; feet
 * that stand there follow.
 */
function settled(shape: Shape, spec: Notation, planted: readonly LimbName[]): Shape {
  const points = lowPoints(bodyOf(poseOf(shape))).filter(({ joint }) =>
    !/elbow|wrist/.test(joint) &&
    !(/knee|ankle|foot/.test(joint) && planted.includes(`${sideOf(joint)}_leg`))
  );
  const down = floorGap(spec) - Math.min(...points.map(({ height }) => height));
  // A stool stays as high as it is, or is higher where a leg would go through the floor.
  return { ...shape, root: add(shape.root, [0, spec.base === "seat" ? Math.max(0, down) : down, 0]) };
}

/** Prepares a solved body for its projection. */
export function taskOf(spec: Notation, { pose, contacts, airborne }: Solved): Task {
  const before = bodyOf(pose);
  const planted = plantedOf(spec, before);
  const base = baseOf(spec);
  const stands = (base.name === "standing" || onHands(base)) && planted.length > 0;
  let asked = limitTrunk(shapeOf(before));
  if (!stands && !onHands(base)) asked = settled(asked, spec, planted);
  const body = bodyOf(poseOf(asked));
  const holds: Partial<Record<LimbName, Hold>> = {};
  for (const limb of LIMBS) {
    const side = sideOf(limb);
    const arm = limb.endsWith("arm");
    if (arm ? !isHandHeld(spec, side, before) : !planted.includes(limb) && footRest(spec, side) === undefined) continue;
    // Trunk and head may have come back into their ranges, and with them what the hand is on.
    const now = touched(spec, limb, body);
    const moved = now && sub(now, touched(spec, limb, before) ?? now);
    const hold = holdOf(pose, limb);
    holds[limb] = moved ? { ...hold, end: add(hold.end, moved) } : hold;
    const { upper, lower } = reachFor(asked, limb, holds[limb] ?? hold);
    asked = { ...asked, limbs: { ...asked.limbs, [limb]: { upper, lower } } };
  }
  const front = SIDES.filter((side) => inFront(before, side));
  return { spec, contacts, airborne, asked, body: bodyOf(poseOf(asked)), holds, planted, front, stands };
}

/** Where the place is that a limb's end touches; undefined where it stays where it is in the room. */
function touched(spec: Notation, limb: LimbName, body: Body): Vec3 | undefined {
  const side = sideOf(limb);
  if (limb.endsWith("leg")) {
    const rest = footRest(spec, side);
    return rest && soleRest(rest, body.joints).point;
  }
  const place = placeTouched(spec, side);
  return place === undefined || place === "floor" ? undefined : placeOf(place, side, body).point;
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
  const feet = { ...shape.feet };
  for (const limb of LIMBS) {
    if (holds[limb] !== undefined || !at.has(limb)) continue;
    const [p, q, r, s] = of(limb);
    const before = asked.limbs[limb];
    const now = { upper: turned(before.upper, p, q), lower: turned(before.lower, r, s) };
    limbs[limb] = now;
    const side = sideOf(limb);
    if (limb.endsWith("arm")) hands[side] = handOn(side, { hand: asked.hands[side], lower: before.lower }, now);
    else feet[side] = carry(feet[side], before.lower, now.lower);
  }
  shape = { ...shape, limbs, hands, feet };
  if (active.length === 0) return { shape, pose: poseOf(shape), misses: [] };
  if (!task.stands && !onHands(baseOf(spec))) shape = settled(shape, spec, task.planted);
  const misses: number[] = [];
  const reach = (limb: LimbName, hold: Hold) => {
    const { miss, ...bones } = reachFor(shape, limb, hold);
    misses.push(miss * 1000);
    shape = { ...shape, limbs: { ...shape.limbs, [limb]: bones } };
  };
  // Feet that stand come first, then what touches: it follows what it touches.
  for (const limb of task.planted) {
    const hold = holds[limb];
    if (hold) reach(limb, hold);
  }
  for (const limb of TOUCHING_ORDER) {
    const hold = holds[limb];
    if (hold === undefined || task.planted.includes(limb)) continue;
    const [x, y, z, swivel] = of(limb);
    const end = along(add(hold.end, followed(task, shape, limb)), [x, y, z], 0.001);
    const line = unit(sub(end, rootOf(shape, limb)));
    reach(limb, { end, pole: rotate(hold.pole, line, swivel) });
  }
  return { shape, pose: poseOf(shape), misses };
}

/** Feet before hands, which may be on them. */
const TOUCHING_ORDER: readonly LimbName[] = ["left_leg", "right_leg", "left_arm", "right_arm"];

/** How far (m) the place that a hand or foot touches has moved; nowhere for hands that touch each other's arms. */
function followed({ spec, body }: Task, shape: Shape, limb: LimbName): Vec3 {
  const side = sideOf(limb);
  const places = [placeTouched(spec, side), placeTouched(spec, other(side))];
  if (limb.endsWith("arm") && places.every((place) => place !== undefined && isOnArm(place))) return [0, 0, 0];
  const before = touched(spec, limb, body);
  if (before === undefined) return [0, 0, 0];
  return sub(touched(spec, limb, bodyOf(poseOf(shape))) ?? before, before);
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
