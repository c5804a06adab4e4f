/** What is right and wrong with a motion, in numbers. */
import {
  type Body,
  bodyOf,
  BONE_LENGTH,
  capsulesOf,
  CLEARANCE,
  distance,
  type Joint,
  JOINTS,
  limitViolations,
  PARENT,
  type Side,
  SIDES,
  type Vec3,
} from "../skeleton/mod.ts";
import { deepest, pairsBetween, underFloor } from "./clearance.ts";
import type { Motion, TimedKey } from "./motion.ts";

/** A motion's measures, over all its frames. */
export interface MotionMeasures {
  /** How many moments were looked at. */
  readonly frames: number;
  /** The most that a bone differs from the skeleton's (m). */
  readonly boneError: number;
  /** The farthest that a foot slides while it stands (mm), over one stand; and when it ends (s). */
  readonly skate: number;
  /** See `skate`. */
  readonly skateAt: number;
  /** The root of the mean squared jerk of all joints (m/s³). */
  readonly jerk: number;
  /** Frames with a joint outside its range by more than the library's half degree, and the most (degrees). */
  readonly limitFrames: number;
  /** See `limitFrames`. */
  readonly limitDegrees: number;
  /** Which joint that is, how it moves, and when; empty where there is none. */
  readonly limitWhat: string;
  /** The deepest that a part is in another (cm), soft pairs less their extra allowance; over 1 is too deep. */
  readonly penetration: number;
  /** Frames with a part in another. */
  readonly penetrationFrames: number;
  /** Which two parts are the deepest in each other, and when. */
  readonly penetrationWhat: string;
  /** The deepest under the floor (cm). */
  readonly floor: number;
  /** The farthest that a joint is from itself across the loop's seam (m), where it is a micrometre at least. */
  readonly loopGap: number;
  /** The farthest that a joint goes from one sixtieth of a second to the next (cm). */
  readonly fastest: number;
}

/** Degrees beyond their ranges that joints may be: as those of the library's poses, and what rounding adds. */
const TOLERANCE = 0.5 + 0.01;
/** Places that are nearer to each other than this (m) are one, as bones of the library are right within it. */
const SAME = 1e-6;

/** A foot that is nearer to the floor than this (m) stands. */
const STANDS = 0.003;

/** The foot's points that stand, with their places. */
function standing(body: Body, side: Side): { ball?: Vec3; heel?: Vec3 } {
  const { ball, heel } = body.feet[side];
  return { ...(ball[1] < STANDS && { ball }), ...(heel[1] < STANDS && { heel }) };
}

/** How far (m) a foot has slid since the frame before: the less of ball and heel, since it may turn on either. */
function slid(before: ReturnType<typeof standing>, now: ReturnType<typeof standing>): number | undefined {
  const ways = (["ball", "heel"] as const).flatMap((point) => {
    const [p, q] = [before[point], now[point]];
    return p && q ? [Math.hypot(p[0] - q[0], p[2] - q[2])] : [];
  });
  return ways.length === 0 ? undefined : Math.min(...ways);
}

const around = (motion: Motion, seconds: number): [TimedKey, TimedKey] => {
  const { keys, loop } = motion;
  const i = Math.max(0, keys.findLastIndex(({ at }) => at <= seconds + 1e-9));
  const key = keys[i] as TimedKey;
  return [key, keys[i + 1] ?? (loop ? keys[0] as TimedKey : key)];
};

/**
 * Measures a motion, frame by frame.
 *
 * @param fps frames a second that are looked at for limits and clearance; bones, feet and speed are at 60.
 */
export function measureMotion(motion: Motion, fps = 25): MotionMeasures {
  let [boneError, skate, skateAt, limitFrames, limitDegrees, penetration, penetrationFrames, floor] = [
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
  ];
  let [limitWhat, penetrationWhat] = ["", ""];
  const frames = Math.max(1, Math.round(motion.seconds * fps));
  for (let i = 0; i < frames; i++) {
    const t = i / fps;
    const body = bodyOf(motion.poseAt(t));
    const broken = limitViolations(body, TOLERANCE);
    if (broken.length > 0) limitFrames++;
    for (const { joint, motion: name, degrees, min, max } of broken) {
      const by = Math.max(min - degrees, degrees - max);
      if (by > limitDegrees) {
        [limitDegrees, limitWhat] = [by, `${joint} ${name} ${degrees.toFixed(0)}° at ${t.toFixed(2)} s`];
      }
    }
    const worst = deepest(capsulesOf(body), pairsBetween(...around(motion, t)));
    if (worst.depth > 1e-4) penetrationFrames++;
    if (worst.depth > penetration) {
      [penetration, penetrationWhat] = [worst.depth, `${worst.names} at ${t.toFixed(2)} s`];
    }
    floor = Math.max(floor, underFloor(body));
  }

  const fine = Math.max(4, Math.round(motion.seconds * 60));
  const dt = motion.seconds / fine;
  const bodies: Body[] = [];
  const slides: Record<Side, number> = { left: 0, right: 0 };
  let [jerkSum, fastest] = [0, 0];
  for (let i = 0; i <= fine; i++) {
    const body = bodyOf(motion.poseAt(i * dt));
    for (const joint of JOINTS) boneError = Math.max(boneError, boneOff(body, joint));
    const before = bodies.at(-1);
    if (before) {
      for (const joint of JOINTS) fastest = Math.max(fastest, distance(before.joints[joint], body.joints[joint]));
      for (const side of SIDES) {
        const by = slid(standing(before, side), standing(body, side));
        slides[side] = by === undefined ? 0 : slides[side] + by;
        if (slides[side] > skate) [skate, skateAt] = [slides[side], i * dt];
      }
    }
    bodies.push(body);
    if (bodies.length > 4) bodies.shift();
    if (bodies.length === 4) jerkSum += jerkSquared(bodies, dt);
  }
  return {
    frames,
    boneError,
    skate: skate * 1000,
    skateAt,
    jerk: Math.sqrt(jerkSum / Math.max(1, fine - 2)),
    limitFrames,
    limitDegrees,
    limitWhat,
    penetration: (penetration + CLEARANCE) * 100,
    penetrationFrames,
    penetrationWhat,
    floor: floor * 100,
    loopGap: motion.loop ? loopGap(motion) : 0,
    fastest: fastest * 100 * (1 / 60) / dt,
  };
}

function boneOff({ joints }: Body, joint: Joint): number {
  const parent = PARENT[joint];
  return parent === null ? 0 : Math.abs(distance(joints[joint], joints[parent]) - BONE_LENGTH[joint]);
}

/** The mean over joints of the squared third difference of four frames (m²/s⁶). */
function jerkSquared(bodies: readonly Body[], dt: number): number {
  let sum = 0;
  for (const joint of JOINTS) {
    const [a, b, c, d] = bodies.map(({ joints }) => joints[joint]) as [Vec3, Vec3, Vec3, Vec3];
    for (let k = 0 as 0 | 1 | 2; k < 3; k++) sum += ((d[k] - 3 * c[k] + 3 * b[k] - a[k]) / dt ** 3) ** 2;
  }
  return sum / JOINTS.length;
}

function loopGap(motion: Motion): number {
  const start = motion.poseAt(0).joints;
  // The pose at the end is the one at the start; the one just before must lead to it.
  const ends = [motion.seconds, motion.seconds * (1 - 1e-12)].map((time) => motion.poseAt(time).joints);
  const gap = Math.max(...ends.flatMap((end) => JOINTS.map((joint) => distance(end[joint], start[joint]))));
  return gap < SAME ? 0 : gap;
}
