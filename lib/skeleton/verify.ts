/** What "verified" means: bones, ranges of motion, floor, balance, clearance, and no two poses the same. */
import { balanceOf } from "./balance.ts";
import { type Body, bodyOf } from "./body.ts";
import { allowedDepth, capsulesOf, depth, type Part, RADIUS } from "./capsules.ts";
import { limitViolations } from "./limits.ts";
import type { Pose } from "./pose.ts";
import { BONE_LENGTH, type Joint, JOINTS, type Joints, PARENT, SEGMENT, SIDES } from "./skeleton.ts";
import { along, angle, distance } from "./vec.ts";

/** What a pose breaks. */
export interface Fault {
  /** Which of the rules is broken, for programs. */
  readonly code: "bone_length" | "range_of_motion" | "floor" | "floating" | "balance" | "penetration";
  /** Where: the joint itself, or the one at the end of the bone or part meant. */
  readonly joint: Joint;
  /** What is wrong, with the value and the limit, for people. */
  readonly message: string;
}

/** What a check needs to know beyond the joints. */
export interface VerifyOptions {
  /** Pairs of parts that touch on purpose, as `"right_hand chest"`. */
  readonly contacts?: readonly (readonly [Part, Part])[];
  /** Whether nothing needs to touch the floor. */
  readonly airborne?: boolean;
  /** Whether the body is off its balance on purpose. */
  readonly dynamic?: boolean;
  /** `library`: a pose of ours; `outside`: from a model or a client, with the wider tolerances of the design. */
  readonly tolerance?: "library" | "outside";
}

/** How much flesh (m) lies between a joint and what it rests on. */
const FLESH: Readonly<Partial<Record<string, number>>> = {
  pelvis: RADIUS.seat,
  spine: RADIUS.waist,
  head: RADIUS.head,
  shoulder: 0.055,
  elbow: RADIUS.forearm,
  wrist: 0.025,
  hip: RADIUS.seat,
  knee: RADIUS.shank,
  ankle: 0.035,
  foot: 0,
};

/** The lowest points of a body: each with its height above the floor (m) and the joint it belongs to. */
export function lowPoints(body: Body): { joint: Joint; height: number }[] {
  const points = JOINTS.filter((joint) => joint !== "neck").map((joint) => ({
    joint,
    height: body.joints[joint][1] - (FLESH[joint.replace(/^(left|right)_/, "")] ?? 0),
  }));
  for (const side of SIDES) {
    const { heel, toe } = body.feet[side];
    const hand = body.hands[side];
    const wrist = body.joints[`${side}_wrist`];
    points.push(
      { joint: `${side}_ankle`, height: heel[1] },
      { joint: `${side}_foot`, height: toe[1] },
      { joint: `${side}_wrist`, height: along(wrist, hand.direction, SEGMENT.hand)[1] - 0.012 },
    );
  }
  return points;
}

const centimetres = (metres: number) => `${(metres * 100).toFixed(1)} cm`;

/** How far a bone's length may be off: by `absolute` metres or by `relative` of it, whichever is more. */
export interface BoneTolerance {
  /** In metres. */
  readonly absolute: number;
  /** As a share of the bone's length, 0.05 for 5 %. */
  readonly relative: number;
}

const LIBRARY_BONES: BoneTolerance = { absolute: 1e-6, relative: 0 };

/** Of a pose from outside. */
export const OUTSIDE_BONES: BoneTolerance = { absolute: 0.015, relative: 0.05 };

/** Bones whose length is not the skeleton's; those that miss an end are passed over. */
export function boneFaults(joints: Partial<Joints>, { absolute, relative }: BoneTolerance): Fault[] {
  return JOINTS.flatMap((joint): Fault[] => {
    const parent = PARENT[joint];
    const [from, to] = [parent === null ? undefined : joints[parent], joints[joint]];
    if (!from || !to) return [];
    const wanted = BONE_LENGTH[joint];
    const found = distance(from, to);
    if (Math.abs(found - wanted) <= Math.max(absolute, relative * wanted)) return [];
    return [{
      code: "bone_length",
      joint,
      message: `${parent} to ${joint} is ${centimetres(found)} long, not ${centimetres(wanted)}`,
    }];
  });
}

function floorFaults(body: Body, tolerance: number, airborne: boolean): Fault[] {
  const points = lowPoints(body);
  const faults = points.filter(({ height }) => height < -tolerance).map(({ joint, height }): Fault => ({
    code: "floor",
    joint,
    message: `${joint} is ${centimetres(-height)} under the floor`,
  }));
  const lowest = points.reduce((a, b) => a.height < b.height ? a : b);
  // Who sits on a stool may lift both feet.
  const onStool = body.seat !== undefined &&
    Math.abs(body.joints.pelvis[1] - RADIUS.seat - body.seat) <= tolerance;
  if (!airborne && !onStool && lowest.height > tolerance) {
    faults.push({
      code: "floating",
      joint: lowest.joint,
      message: `nothing touches the floor: ${lowest.joint}, the lowest, is ${centimetres(lowest.height)} above it`,
    });
  }
  return faults;
}

function balanceFaults(body: Body): Fault[] {
  const { margin } = balanceOf(body);
  if (margin === null || margin >= 0) return [];
  return [{
    code: "balance",
    joint: "pelvis",
    message: `the centre of mass is ${centimetres(-margin)} outside what carries the body; ` +
      'move the weight, or say why with "dynamic"',
  }];
}

/** The joint that a part is named after in a fault. */
function jointOf(part: Part): Joint {
  const names: Record<string, string> = {
    upper_arm: "elbow",
    forearm: "wrist",
    hand: "wrist",
    thigh: "knee",
    shank: "ankle",
    foot: "foot",
  };
  const match = part.match(/^(left|right)_(.+)$/);
  if (match) return `${match[1]}_${names[match[2] ?? ""]}` as Joint;
  return part === "head" ? "head" : part === "seat" ? "pelvis" : "spine";
}

function penetrationFaults(body: Body, contacts: NonNullable<VerifyOptions["contacts"]>): Fault[] {
  const capsules = capsulesOf(body);
  const touching = new Set(contacts.flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]));
  const faults: Fault[] = [];
  capsules.forEach((a, i) => {
    for (const b of capsules.slice(i + 1)) {
      const allowed = allowedDepth(a.part, b.part);
      if (allowed === Infinity || touching.has(`${a.part} ${b.part}`)) continue;
      const deep = depth(a, b);
      if (deep <= allowed) continue;
      faults.push({
        code: "penetration",
        joint: jointOf(b.part),
        message: `${b.part} is ${centimetres(deep)} deep in ${a.part}, at most ${centimetres(allowed)} may be`,
      });
    }
  });
  return faults;
}

/**
 * Checks one pose: bone lengths, ranges of motion, the floor, balance, and parts inside each other.
 *
 * @param pose joints in metres, the floor at y = 0.
 * @returns every fault found; none means that the pose is verified (or, from outside, valid).
 */
export function verify(pose: Pose, options: VerifyOptions = {}): Fault[] {
  const outside = options.tolerance === "outside";
  const body = bodyOf(pose);
  return [
    ...boneFaults(pose.joints, outside ? OUTSIDE_BONES : LIBRARY_BONES),
    ...limitViolations(body, outside ? 5 : 0.5).map((v): Fault => ({
      code: "range_of_motion",
      joint: v.joint,
      message: `${v.joint}: ${v.motion} ${v.degrees.toFixed(0)}° is outside ${v.min}…${v.max}°`,
    })),
    ...floorFaults(body, outside ? 0.02 : 0.005, options.airborne ?? false),
    ...(outside || options.airborne || options.dynamic ? [] : balanceFaults(body)),
    ...(outside ? [] : penetrationFaults(body, options.contacts ?? [])),
  ];
}

/** How far (m) the joints of two poses are apart, on the mean, turned and placed as they are. */
export const poseDistance = (a: Pose, b: Pose): number =>
  JOINTS.reduce((sum, joint) => sum + distance(a.joints[joint], b.joints[joint]), 0) / JOINTS.length;

/**
 * Whether two poses differ enough to be two: some joint by 4 cm, a palm by 30° or the gaze by 15°.
 */
export function distinct(a: Pose, b: Pose): boolean {
  if (JOINTS.some((joint) => distance(a.joints[joint], b.joints[joint]) >= 0.04)) return true;
  const [p, q] = [bodyOf(a), bodyOf(b)];
  return angle(p.head.z, q.head.z) >= 15 || SIDES.some((side) => angle(p.hands[side].palm, q.hands[side].palm) >= 30);
}
