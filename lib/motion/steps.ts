/** What feet do between two keys: stay, step, leave the floor, land on it. */
import {
  add,
  along,
  cross,
  distance,
  lerp,
  other,
  type Side,
  SIDES,
  sign,
  sub,
  unit,
  type Vec3,
} from "../skeleton/mod.ts";
import { clamp01, ease, easeWithin, hump } from "./ease.ts";
import { about, arc, inverse, NONE, ofFrame, type Rotation, slerp, then, turned } from "./rotation.ts";
import { EDGE, type Foothold, type Stand } from "./stand.ts";

/** Where a foot is while the floor has a say. */
export interface FootAt {
  readonly ankle: Vec3;
  /** From ankle to ball, a unit vector. */
  readonly slope: Vec3;
  /** 0: as given here; 1: as the leg's own rotations have it. */
  readonly free: number;
  /** Whether it stands. */
  readonly stands: boolean;
  /** Of a foot that stands, or will stand, on its heel or its edge: where that is, and the sole's axis to the left. */
  readonly heel?: { readonly at: Vec3; readonly left: Vec3 };
  /** How much of the way lies between it and where it stands: 0 where it stands. */
  readonly away: number;
  /** How much the weight goes over the other foot, 0…1. */
  readonly light: number;
  /** How much of a detour it takes, 0…1. */
  readonly aside: number;
}

/** The share of its turn that the body has made at a share of the move. */
export type Yaw = (u: number) => number;

/**
 * How a body turns on its way: all the time or, where it flies, in the air, and as long as it stands on one foot, on which
 * it can turn; legs that both stand would wind round each other.
 */
export function yawOf(a: Stand, b: Stand, flight?: Window): Yaw {
  if (!flight) return ease;
  const both = ({ feet }: Stand) => feet.left.on !== null && feet.right.on !== null;
  const from = both(a) ? flight[0] * 0.7 : 0;
  const to = both(b) ? 1 - (1 - flight[1]) * 0.7 : 1;
  return (u) => easeWithin(u, from, to);
}

/** A foot's way, as a function of the move's share; undefined where the floor has no say. */
export type FootPath = ((u: number) => FootAt) | undefined;

/** Places nearer to each other than this (m) are one. */
const SAME = 0.0005;
/** Turns that are larger than this (radians) take several steps. */
const STEP_TURN = 2.1;
/** In turns that are larger than this (radians) feet turn on their balls with the body. */
const PIVOT_TURN = 1.2;
/** How far (m) outwards a foot is set down between the steps of a large turn. */
const APART = 0.07;

/** The share of a step in which a foot only rises, and only comes down. */
const LIFT = 0.18;

/** A foot on its heel or its edge leaves the floor at once, before it tips over: so high (m) in this share of the way. */
const TIP = 0.008, TIPS = 0.06;
type Window = readonly [from: number, to: number];

const UP: Vec3 = [0, 1, 0];
const soleOf = ({ up, forward }: Foothold): Rotation => ofFrame({ x: cross(up, forward), y: up, z: forward });

type Role = "stay" | "step" | "leave" | "land" | "free";

/** The point on which a foot stays, if it does. */
function pivotOf(a: Foothold, b: Foothold): "ball" | "heel" | undefined {
  const places = (["ball", "heel"] as const).filter((point) =>
    a[point][1] < 0.012 && b[point][1] < 0.012 && distance(a[point], b[point]) < SAME
  );
  return places[0];
}

function roleOf(a: Foothold, b: Foothold): Role {
  if (a.on === null) return b.on === null ? "free" : "land";
  if (b.on === null) return "leave";
  return pivotOf(a, b) ? "stay" : "step";
}

/** The foot that steps first: the one that goes ahead in the way of both, else the one that has farther to go. */
function firstOf(a: Stand, b: Stand): Side {
  const way = (side: Side) => sub(b.feet[side].ball, a.feet[side].ball);
  const [left, right] = [way("left"), way("right")];
  const mean = unit([left[0] + right[0], 0, left[2] + right[2]]);
  const apart = sub(a.feet.left.ball, a.feet.right.ball);
  const ahead = apart[0] * mean[0] + apart[2] * mean[2];
  if (Math.abs(ahead) > 0.02) return ahead > 0 ? "left" : "right";
  const turn = b.turn - a.turn;
  if (Math.abs(turn) > 0.05) return turn > 0 ? "left" : "right";
  return Math.hypot(right[0], right[2]) > Math.hypot(left[0], left[2]) + 1e-6 ? "right" : "left";
}

/** When each foot may be off the floor. A flight's take-off and landing are shares of the move. */
function windowsOf(
  roles: Record<Side, Role>,
  a: Stand,
  b: Stand,
  swapped: boolean,
  flight?: Window,
): Record<Side, Window[]> {
  if (flight) return { left: [flight], right: [flight] };
  const both = SIDES.filter((side) => roles[side] !== "stay" && roles[side] !== "free");
  if (both.length < 2) return { left: [[0.04, 0.96]], right: [[0.04, 0.96]] };
  const first: Window[] = [], second: Window[] = [];
  const kinds = both.map((side) => roles[side]).sort().join(" ");
  const usual = firstOf(a, b);
  let lead = swapped ? other(usual) : usual;
  if (kinds === "leave step") lead = roles.left === "step" ? "left" : "right";
  if (kinds === "land step" || kinds === "land leave") lead = roles.left === "land" ? "left" : "right";
  const steps = kinds === "step step" ? Math.max(1, Math.ceil(Math.abs(b.turn - a.turn) / STEP_TURN)) : 1;
  if (kinds === "leave leave" || kinds === "land land") return { left: [[0, 1]], right: [[0, 1]] };
  for (let i = 0; i < steps; i++) {
    first.push([i / steps, (i + 0.5) / steps]);
    second.push([(i + 0.5) / steps, (i + 1) / steps]);
  }
  return lead === "left" ? { left: first, right: second } : { left: second, right: first };
}

/** A foot on its edge has ball and heel on the floor: held on its ball alone, it would roll and its heel slide. */
const heelOf = ({ on, heel, up, forward }: Foothold): Pick<FootAt, "heel"> =>
  on === "heel" || on === "edge" ? { heel: { at: heel, left: cross(up, forward) } } : {};

/** A foot that stays on its ball or heel, turning and rolling on it. */
function staying(a: Foothold, b: Foothold, pivot: "ball" | "heel", turn: number, yaw: Yaw): FootPath {
  const [p, q] = [soleOf(a), soleOf(b)];
  // The sole turns with the figure; what else it does goes the shortest way.
  const unturned = then(about(UP, -turn), q);
  const point = a[pivot];
  const arm = sub(a.ankle, point);
  const local = turned(inverse(p), arm);
  const slopeA = unit(sub(a.ball, a.ankle));
  const slopeLocal = turned(inverse(p), slopeA);
  const slopes = arc(slopeA, turned(about(UP, -turn), unit(sub(b.ball, b.ankle))));
  const length = distance(a.ball, a.ankle);
  return (u) => {
    const s = ease(u);
    const round = about(UP, turn * yaw(u));
    if (pivot === "ball") {
      const slope = turned(then(round, slerp(NONE, slopes, s)), slopeA);
      return { ankle: along(point, slope, -length), slope, free: 0, stands: true, away: 0, light: 0, aside: 0 };
    }
    const sole = then(round, slerp(p, unturned, s));
    return {
      ankle: add(point, turned(sole, local)),
      slope: turned(sole, slopeLocal),
      free: 0,
      stands: true,
      away: 0,
      light: 0,
      aside: 0,
    };
  };
}

/** A foot that steps from place to place, one a window; in a large turn it also turns on its ball with the body. */
function stepping(a: Stand, b: Stand, side: Side, windows: readonly Window[], yaw: Yaw): FootPath {
  const [from, to] = [a.feet[side], b.feet[side]];
  const turn = b.turn - a.turn;
  const back = about(UP, -turn);
  const n = windows.length;
  const slopeA = unit(sub(from.ball, from.ankle));
  const slopes = arc(slopeA, turned(back, unit(sub(to.ball, to.ankle))));
  const length = distance(from.ball, from.ankle);
  // Between the first place and the last one, apart from the other foot.
  const outwards = turned(a.turning, [sign(side), 0, 0]);
  const ballAt = (k: number): Vec3 => {
    if (k <= 0) return from.ball;
    if (k >= 1) return to.ball;
    return turned(about(UP, turn * k), along(lerp(from.ball, turned(back, to.ball), k), outwards, APART));
  };
  const footAt = (u: number, ball: Vec3, k: number, up: number, aside: number): FootAt => {
    const turning = Math.abs(turn) > PIVOT_TURN ? yaw(u) : k;
    const slope = turned(then(about(UP, turn * turning), slerp(NONE, slopes, k)), slopeA);
    const heel = up > 0 ? {} : k === 0 ? heelOf(from) : k === 1 ? heelOf(to) : {};
    return {
      ankle: along(ball, slope, -length),
      slope,
      free: 0,
      stands: up === 0,
      away: up,
      light: up * up,
      aside,
      ...heel,
    };
  };
  return (u) => {
    const i = windows.findIndex((window) => u < window[1]);
    if (i < 0) return footAt(u, to.ball, 1, 0, 0);
    const [start, end] = windows[i] as Window;
    const w = clamp01((u - start) / (end - start));
    const e = easeWithin(w, LIFT, 1 - LIFT);
    const [p, q] = [ballAt(i / n), ballAt((i + 1) / n)];
    const up = hump(w);
    const ball = along(lerp(p, q, e), UP, Math.min(0.09, 0.03 + 0.14 * distance(p, q)) * up);
    return footAt(u, ball, (i + e) / n, up, hump((w - LIFT) / (1 - 2 * LIFT)));
  };
}

/**
 * A foot that leaves the place where it stood or, `back`, comes to the place where it will stand: up first, then away. It
 * turns on its ball with the body.
 *
 * @param centre about which it goes round with the body that turns, once both are in the air.
 */
function leaving(
  foothold: Foothold,
  turn: number,
  [from, to]: Window,
  back: boolean,
  centre: Vec3 | undefined,
  yaw: Yaw,
): FootPath {
  const { ball, ankle, on } = foothold;
  const tip = on === "heel" || foothold.up[1] < EDGE ? TIP : 0;
  const slope = unit(sub(ball, ankle));
  const length = distance(ball, ankle);
  return (u) => {
    const w = clamp01((u - from) / (to - from));
    const away = back ? 1 - w : w;
    const turning = turned(about(UP, turn * (yaw(u) - (back ? 1 : 0))), slope);
    const off = easeWithin(away, LIFT, 3 * LIFT);
    const spun = centre && off > 0
      ? add(centre, turned(about(UP, turn * off * (yaw(u) - yaw(back ? to : from))), sub(ball, centre)))
      : ball;
    return {
      ankle: along(along(spun, UP, 0.03 * hump(away) + tip * easeWithin(away, 0, TIPS) * (1 - away)), turning, -length),
      slope: turning,
      free: easeWithin(away, LIFT, 1),
      stands: away === 0,
      away,
      ...heelOf(foothold),
      light: 0,
      aside: hump((away - LIFT) / (1 - LIFT)),
    };
  };
}

/**
 * What both feet do from one key to the next.
 *
 * @param yaw how much of its turn the body has made.
 * @param swapped whether, of two feet that step, the one goes first that usually would not.
 * @param flight the shares of the move at which feet leave the floor and come back, where the body flies.
 */
export function footPaths(a: Stand, b: Stand, yaw: Yaw, swapped: boolean, flight?: Window): Record<Side, FootPath> {
  const roles = { left: roleOf(a.feet.left, b.feet.left), right: roleOf(a.feet.right, b.feet.right) };
  const windows = windowsOf(roles, a, b, swapped, flight);
  const path = (side: Side): FootPath => {
    const [p, q] = [a.feet[side], b.feet[side]];
    const whole: Window = windows[side][0] ?? [0, 1];
    switch (roles[side]) {
      case "stay":
        return staying(p, q, pivotOf(p, q) ?? "ball", b.turn - a.turn, yaw);
      case "step":
        return stepping(a, b, side, windows[side], yaw);
      case "leave":
        return leaving(p, b.turn - a.turn, whole, false, flight && a.pelvis, yaw);
      case "land":
        return leaving(q, b.turn - a.turn, whole, true, flight && b.pelvis, yaw);
      case "free":
        return undefined;
    }
  };
  return { left: path("left"), right: path("right") };
}
