/**
 * The way of a limb from one pose to another: the upper bone turns by the shortest arc, twist and all, the elbow or knee
 * opens or closes about its hinge, the hand turns about the forearm as forearms do.
 *
 * A limb that is nearly straight has no hinge to speak of: it takes the one that the other end of the way has, so that
 * it does not roll on the way there.
 */
import { add, along, angle, cross, dot, reject, scale, type Side, sign, unit, type Vec3 } from "../skeleton/mod.ts";
import type { Arm, Leg, Limb } from "./configuration.ts";
import { about, arc, inverse, NONE, ofFrame, type Rotation, slerp, then, turned } from "./rotation.ts";

/** Below this bend (degrees) a limb is as good as straight: as `lib/skeleton` judges shoulders and hips. */
const STRAIGHT = 20;
/** Upper bones that are farther apart than this (degrees) take the way that is shown to them. */
const OPPOSITE = 135;
/** How far a forearm turns from thumb up, in radians. */
const FOREARM = 90 * Math.PI / 180;

/** A limb on its way, in the frame of chest or pelvis. */
export interface LimbAt {
  readonly upper: Vec3;
  readonly lower: Vec3;
  /** The axis of elbow or knee, right-handed: the middle joint lies towards `hinge × (end − root)`, */
  readonly hinge: Vec3;
  /** but for this turn about the line from root to end: radians, other than 0 where the limb is nearly straight. */
  readonly swivel: number;
}

/** Where arms pass between opposite directions: the plane of the shoulder blade, 35° in front of the side. */
const armHint = (side: Side): Vec3 => [sign(side) * 0.82, 0, 0.57];
/** Legs pass in front. */
const legHint = (side: Side): Vec3 => [sign(side) * 0.2, 0, 0.98];

/** Where the lower bone bends to; undefined where the limb is as good as straight. */
function bendOf({ upper, lower }: Limb): Vec3 | undefined {
  return angle(upper, lower) < STRAIGHT ? undefined : unit(reject(lower, upper));
}

const upperFrame = (upper: Vec3, bend: Vec3): Rotation => {
  const y = scale(upper, -1);
  const z = unit(reject(bend, y));
  return ofFrame({ x: cross(y, z), y, z });
};

/** The forearm's or shank's frame: the upper bone's, bent. */
const lowerFrame = (frame: Rotation, { upper, lower }: Limb): Rotation => then(arc(upper, lower), frame);

/** One end of the way: the frame of the upper bone and the lower bone's direction in it. */
interface End {
  readonly frame: Rotation;
  readonly lower: Vec3;
}

const endOf = (limb: Limb, bend: Vec3): End => {
  const frame = upperFrame(limb.upper, bend);
  return { frame, lower: turned(inverse(frame), limb.lower) };
};

/** How far the plane in which a limb bends is turned from where its hinge has it. */
function swivelOf({ frame }: End, { upper, lower }: Limb): number {
  // The two bones of a limb are nearly of a length.
  const line = unit(add(upper, lower));
  const plain = reject(upper, line);
  const pole = cross(turned(frame, [1, 0, 0]), line);
  return dot(plain, plain) < 1e-10 ? 0 : Math.atan2(dot(cross(pole, plain), line), dot(pole, plain));
}

/** The turn from one frame to another as a function of the way's share; opposite upper bones pass through `hint`. */
function turning(a: Rotation, b: Rotation, from: Vec3, to: Vec3, hint: Vec3): (s: number) => Rotation {
  const apart = angle(from, to);
  if (apart <= OPPOSITE) return (s) => slerp(a, b, s);
  const pull = Math.min(1, (apart - OPPOSITE) / 25);
  const middle = unit(along(add(from, to), hint, pull));
  const axis = unit(cross(from, middle));
  const flat = reject(to, axis);
  const radians = Math.atan2(dot(cross(from, flat), axis), dot(from, flat));
  const whole = radians < 0 ? radians + 2 * Math.PI : radians;
  const rest = then(b, inverse(then(about(axis, whole), a)));
  return (s) => then(slerp(NONE, rest, s), then(about(axis, whole * s), a));
}

/** The way of two directions by the shortest arc. */
function directions(a: Vec3, b: Vec3): (s: number) => Vec3 {
  const whole = arc(a, b);
  return (s) => turned(slerp(NONE, whole, s), a);
}

/** The way of an arm's or a leg's two bones. */
function bones(a: End, b: End, from: Limb, to: Limb, hint: Vec3): (s: number) => LimbAt & { frame: Rotation } {
  const turn = turning(a.frame, b.frame, from.upper, to.upper, hint);
  const lowerAt = directions(a.lower, b.lower);
  const [p, q] = [swivelOf(a, from), swivelOf(b, to)];
  return (s) => {
    const frame = turn(s);
    return {
      frame,
      upper: turned(frame, [0, -1, 0]),
      lower: turned(frame, lowerAt(s)),
      hinge: turned(frame, [1, 0, 0]),
      swivel: p + (q - p) * s,
    };
  };
}

/** Where both limbs bend to, the straight ones as the others or, both straight, as at rest. */
function bends(from: Limb, to: Limb, natural: (upper: Vec3) => Vec3, hint: Vec3): [Vec3, Vec3] {
  const [a, b] = [bendOf(from), bendOf(to)];
  if (a && b) return [a, b];
  if (a) return [a, turned(arc(from.upper, to.upper, hint), a)];
  if (b) return [turned(arc(to.upper, from.upper, hint), b), b];
  const rest = natural(from.upper);
  return [rest, turned(arc(from.upper, to.upper, hint), rest)];
}

/** How far the forearm turns from thumb up, palm up positive: radians, as near to thumb up as can be. */
function forearmTurn(side: Side, frame: Rotation, { lower, palm }: Arm): number {
  const neutral = turned(frame, [-sign(side), 0, 0]);
  const flat = reject(palm, lower);
  const radians = -sign(side) * Math.atan2(dot(cross(neutral, flat), lower), dot(neutral, flat));
  // Palms turn up farther than down: the shoulder helps.
  return radians < -2 * Math.PI / 3 ? radians + 2 * Math.PI : radians;
}

/** An end of an arm's way; where the arm is straight, the shoulder takes what the forearm cannot turn. */
function armEnd(side: Side, arm: Arm, bend: Vec3): End & { readonly forearm: number; readonly hand: Rotation } {
  let end = endOf(arm, bend);
  let forearm = forearmTurn(side, lowerFrame(end.frame, arm), arm);
  if (bendOf(arm) === undefined) {
    const excess = forearm - Math.max(-FOREARM, Math.min(FOREARM, forearm));
    end = endOf(arm, turned(about(arm.upper, -sign(side) * excess), bend));
    forearm -= excess;
  }
  const turnedForearm = then(lowerFrame(end.frame, arm), about([0, 1, 0], sign(side) * forearm));
  const [x, y] = [scale(arm.palm, -sign(side)), scale(arm.direction, -1)];
  return { ...end, forearm, hand: then(inverse(turnedForearm), ofFrame({ x, y, z: cross(x, y) })) };
}

/** An arm on its way, in the chest's frame. */
export interface ArmAt extends LimbAt {
  readonly direction: Vec3;
  readonly palm: Vec3;
}

/** What an arm does beside the shortest way, so as to go round something; all 0 for the shortest way. */
export interface Detour {
  /** The upper arm's extra turn, as its axis in the chest's frame times radians. */
  readonly turn: Vec3;
  /** Radians by which the elbow bends more, and by which the forearm turns more. */
  readonly bend: number;
  readonly forearm: number;
  /** How far (m, in the chest's frame) a hand that is held goes off what it is on. */
  readonly off: Vec3;
  /** When the detour is largest: 0 half way, positive later, negative earlier. */
  readonly late: number;
  /** The share of the time for which the arm waits before it goes, or, negative, has arrived before the others. */
  readonly wait: number;
}

/** The most that an elbow bends on a detour, radians. */
const MOST_BENT = 146 * Math.PI / 180;

/**
 * The way of an arm and its hand.
 *
 * @returns where the arm is at a share of the way, with a share of a detour.
 */
export function armPath(side: Side, from: Arm, to: Arm): (s: number, detour?: Detour, share?: number) => ArmAt {
  const hint = armHint(side);
  const natural = (upper: Vec3) => turned(arc([0, -1, 0], upper, hint), [0, 0, 1]);
  const [p, q] = bends(from, to, natural, hint);
  const [a, b] = [armEnd(side, from, p), armEnd(side, to, q)];
  const at = bones(a, b, from, to, hint);
  return (s, detour, share = 0) => {
    const arm = detour ? detoured(at(s), detour, share) : at(s);
    const forearm = a.forearm + (b.forearm - a.forearm) * s + (detour ? detour.forearm * share : 0);
    const turnedForearm = then(lowerFrame(arm.frame, arm), about([0, 1, 0], sign(side) * forearm));
    const hand = then(turnedForearm, slerp(a.hand, b.hand, s));
    return { ...arm, direction: turned(hand, [0, -1, 0]), palm: turned(hand, [-sign(side), 0, 0]) };
  };
}

function detoured<L extends LimbAt & { frame: Rotation }>(arm: L, { turn, bend }: Detour, share: number): L {
  const radians = Math.hypot(...turn) * share;
  const by = radians === 0 ? NONE : about(unit(turn), radians);
  const frame = then(by, arm.frame);
  const upper = turned(by, arm.upper), hinge = turned(by, arm.hinge), lower = turned(by, arm.lower);
  const bent = Math.atan2(Math.hypot(...cross(upper, lower)), dot(upper, lower));
  const more = Math.max(-bent * 0.95, Math.min(Math.max(0, MOST_BENT - bent), bend * share));
  return { ...arm, frame, upper, hinge, lower: turned(about(hinge, -more), lower) };
}

/** A leg on its way, in the pelvis's frame. */
export interface LegAt extends LimbAt {
  readonly slope: Vec3;
}

/** The way of a leg and its foot. */
export function legPath(side: Side, from: Leg, to: Leg): (s: number) => LegAt {
  const hint = legHint(side);
  const natural = (upper: Vec3) => {
    const behind = cross([1, 0, 0], upper);
    return dot(behind, behind) > 0.05 ? unit(behind) : turned(arc([0, -1, 0], upper, hint), [0, 0, -1]);
  };
  const [p, q] = bends(from, to, natural, hint);
  const [a, b] = [endOf(from, p), endOf(to, q)];
  const at = bones(a, b, from, to, hint);
  const slopeIn = (end: End, leg: Leg) => turned(inverse(lowerFrame(end.frame, leg)), leg.slope);
  const slopes = directions(slopeIn(a, from), slopeIn(b, to));
  return (s) => {
    const leg = at(s);
    return { ...leg, slope: turned(lowerFrame(leg.frame, leg), slopes(s)) };
  };
}
