/** The way from one key to the next. */
import {
  add,
  along,
  bodyOf,
  BONE_LENGTH,
  cross,
  distance,
  lerp,
  other,
  type Pose,
  reject,
  scale,
  SEGMENT,
  type Side,
  SIDES,
  sub,
  unit,
  type Vec3,
} from "../skeleton/mod.ts";
import { bothSides } from "./configuration.ts";
import { underFloor } from "./clearance.ts";
import { clamp01, ease, easeWithin, hump } from "./ease.ts";
import { Figure, highestPelvis, LEG, lowestOfFoot, reach } from "./figure.ts";
import { type Carriers, type Grip, type Hold, holdsOf } from "./holds.ts";
import { armPath, type Detour, legPath } from "./limb_path.ts";
import { about, arc, NONE, ofFrame, type Rotation, slerp, then, turned } from "./rotation.ts";
import { CLEAR, placeFoot } from "./place_foot.ts";
import type { Stand } from "./stand.ts";
import { type FootAt, footPaths, yawOf } from "./steps.ts";

/** What a jump says of a move: the pelvis's height and when feet are off the floor, by the move's share. */
export interface InFlight {
  readonly height: (u: number) => number;
  readonly window: readonly [from: number, to: number];
}

/** What a leg does beside the shortest way. */
export interface FootDetour {
  /** How far (m, in the pelvis's frame) the foot goes aside while it is lifted. */
  readonly aside: Vec3;
  /** Radians by which the knee goes round the line from hip to ankle. */
  readonly knee: number;
}

/** What pelvis and legs do beside the shortest way. */
export interface LegDetours extends Partial<Record<Side, FootDetour>> {
  /** How far (m, in the figure's own directions) the pelvis goes aside half way. */
  readonly pelvis?: Vec3;
}

/** What a body does beside the shortest way. */
export interface Detours {
  readonly arms: Partial<Record<Side, Detour>>;
  readonly legs: LegDetours;
}

/** Trunk, head and legs on their way; arms come last. */
export interface Stance {
  readonly figure: Figure;
  readonly carriers: Carriers;
  /** How far (m) the pelvis was raised so that nothing but arms is under the floor. */
  readonly raised: number;
}

/** The way from one key to another. */
export interface Move {
  /** The pose at a share of the move's time, 0…1; below 0 the body holds, though it may fly. */
  at(u: number, detours?: Detours): Pose;
  /** The same without arms, and the arms put to it: whoever tries many ways of the arms needs the rest but once. */
  stanceAt(u: number, legs: LegDetours): Stance;
  withArms(u: number, stance: Stance, arms: Detours["arms"]): Pose;
  /** Where each foot is to be while the floor has a say. */
  feetAt(u: number): Readonly<Record<Side, FootAt | undefined>>;
  /** Which hands stay on something. */
  readonly held: Readonly<Record<Side, boolean>>;
}

/** How far the weight goes over the foot that stands while the other steps. */
const WEIGHT = 0.35;
/**
 * How far an ankle bends down and up, degrees, at the ends of a move: its range, and almost what poses may be beyond it. On
 * the way it bends less, down by so much: a foot in line with its shank has no axis to speak of, and might turn about
 * any.
 */
const DORSIFLEXION = [-65.45, 40.45] as const, LESS = [12, 0.35] as const;
/** The share by which legs stay short of straight on the way: near straight a small step jerks the knee. */
const SLACK = 0.004;
/** The most that knees give way (m). */
const DIP = 0.014;
/** How far (m) poses may be under the floor. */
const FLOOR = 0.0049;
/** The farthest (m) from hip to ball of a foot on tiptoe. */
const TIPTOE = LEG + 0.95 * BONE_LENGTH.left_foot;
/** In how many rounds a body is raised off the floor. */
const ROUNDS = 4;
const ARMS = /elbow|wrist/, NO_ARMS = /pelvis|spine|head|shoulder|hip|knee|ankle|foot/;
const UP: Vec3 = [0, 1, 0];
const NO_DETOURS: Detours = { arms: {}, legs: {} };

/**
 * The way between two keys.
 *
 * @param swapped whether, of two feet that step, the one goes first that usually would not.
 */
export function moveOf(a: Stand, b: Stand, flight?: InFlight, swapped = false): Move {
  const [p, q] = [a.configuration, b.configuration];
  const arms = bothSides((side) => armPath(side, p.arms[side], q.arms[side]));
  const legs = bothSides((side) => legPath(side, p.legs[side], q.legs[side]));
  const yaw = yawOf(a, b, flight?.window);
  const feet = footPaths(a, b, yaw, swapped, flight?.window);
  const neckTurn = arc(p.neck, q.neck);
  const seat = a.body.seat ?? b.body.seat;
  const { view } = a.key.pose;
  /** Feet that do not stand may be as low as keys have them. */
  const lows = bothSides((side): [number, number] => {
    const low = ({ body, configuration: { hips } }: Stand, hinge: Vec3) => {
      const { [`${side}_ankle` as const]: ankle, [`${side}_foot` as const]: ball } = body.joints;
      return Math.min(0, lowestOfFoot(ankle, unit(sub(ball, ankle)), turned(hips, hinge)));
    };
    return [low(a, legs[side](0).hinge), low(b, legs[side](1).hinge)];
  });
  const dip = flight || SIDES.every((side) => !feet[side]) ? 0 : dipOf(a, b);
  const low = Math.min(a.pelvis[1], b.pelvis[1]) < 0.7 && !flight;

  /** Trunk, head and legs, the arms as their rotations have them. */
  function assemble(share: number, raised: number, legDetours: LegDetours): Stance {
    const u = clamp01(share);
    const s = ease(u);
    const figure = new Figure();
    const { j } = figure;
    const hips = then(about(UP, a.turn + (b.turn - a.turn) * yaw(u)), slerp(a.hips, b.hips, s));
    const chest = then(hips, slerp(p.chest, q.chest, s));
    const head = then(chest, slerp(p.head, q.head, s));
    const at = bothSides((side) => feet[side]?.(u));
    const hipOffset = bothSides((side) =>
      scale(turned(hips, unit(lerp(p.hipAt[side], q.hipAt[side], s))), SEGMENT.hip)
    );

    const limit = LEG * (1 - SLACK * hump(u));
    let pelvis = lerp(a.pelvis, b.pelvis, s);
    if (legDetours.pelvis) {
      const turn = about(UP, a.turn + (b.turn - a.turn) * yaw(u));
      pelvis = along(pelvis, turned(turn, legDetours.pelvis), hump(u));
    }
    pelvis = flight
      ? landed([pelvis[0], flight.height(share), pelvis[2]], at, hipOffset)
      : overFeet([pelvis[0], pelvis[1] + raised - dip * hump(u), pelvis[2]], at, hipOffset, limit);
    j.pelvis = pelvis;
    figure.put("spine", "pelvis", turned(hips, UP));
    figure.put("neck", "spine", turned(chest, UP));
    figure.put("head", "neck", turned(chest, turned(slerp(NONE, neckTurn, s), p.neck)));
    figure.gaze = unit(turned(head, [0, 0, 1]));

    const carriers: Partial<Record<keyof Carriers, { origin: Vec3; rotation: Rotation }>> = {
      head: { origin: j.head, rotation: head },
      chest: { origin: j.neck, rotation: chest },
      hips: { origin: pelvis, rotation: hips },
    };
    for (const side of SIDES) {
      const hip = add(pelvis, hipOffset[side]);
      j[`${side}_hip`] = hip;
      const leg = legs[side](s);
      const hinge = turned(hips, leg.hinge);
      const knee = figure.put(`${side}_knee`, `${side}_hip`, turned(hips, leg.upper));
      const ankle = figure.put(`${side}_ankle`, `${side}_knee`, turned(hips, leg.lower));
      const detour = legDetours[side];
      const around = (detour?.knee ?? 0) * hump(u);
      const slope = placeFoot(
        figure,
        side,
        { root: hip, middle: knee, end: ankle, hinge, swivel: leg.swivel + around },
        at[side],
        turned(hips, leg.slope),
        scale(turned(hips, detour?.aside ?? [0, 0, 0]), at[side]?.aside ?? hump(u)),
        around !== 0,
        hump(at[side]?.free ?? u) * CLEAR,
        lows[side][0] * (1 - s) + lows[side][1] * s,
        flight !== undefined,
        limit,
        [DORSIFLEXION[0] + LESS[0] * hump(u), DORSIFLEXION[1] - LESS[1] * hump(u)],
      );
      figure.put(`${side}_foot`, `${side}_ankle`, slope);
      for (const [name, from, to] of [["thigh", "hip", "knee"], ["shank", "knee", "ankle"]] as const) {
        const y = unit(sub(j[`${side}_${from}`], j[`${side}_${to}`]));
        const x = unit(reject(hinge, y));
        carriers[`${side}_${name}`] = { origin: j[`${side}_${from}`], rotation: ofFrame({ x, y, z: cross(x, y) }) };
      }
      figure.put(`${side}_shoulder`, "neck", turned(chest, unit(lerp(p.shoulderAt[side], q.shoulderAt[side], s))));
    }
    return { figure, carriers: carriers as Carriers, raised };
  }

  /** Puts an arm as its rotations have it, and the hand where it is held. */
  function putArm(
    figure: Figure,
    side: Side,
    s: number,
    u: number,
    carriers: Carriers,
    hold: Hold | undefined,
    detour?: Detour,
  ) {
    const { j } = figure;
    const { rotation: chest } = carriers.chest;
    const share = detour ? hump(u ** (2 ** detour.late)) : 0;
    const wait = detour?.wait ?? 0;
    const own = wait === 0 ? s : easeWithin(u, Math.max(0, wait), 1 + Math.min(0, wait));
    const arm = arms[side](own, detour, share);
    const root = j[`${side}_shoulder`];
    const middle = figure.put(`${side}_elbow`, `${side}_shoulder`, turned(chest, arm.upper));
    const end = figure.put(`${side}_wrist`, `${side}_elbow`, turned(chest, arm.lower));
    figure.hands[side] = { direction: turned(chest, arm.direction), palm: turned(chest, arm.palm) };
    if (!hold) return;
    const grip = hold(u, s, carriers, gripOf(figure, side));
    const place = detour ? along(grip.origin, turned(chest, detour.off), share) : grip.origin;
    // Who is there already stays: near straight the elbow would jump at nothing.
    if (distance(place, end) > 1e-7) {
      const reached = reach({ root, middle, end, hinge: turned(chest, arm.hinge), swivel: arm.swivel }, place);
      j[`${side}_elbow`] = reached.middle;
      j[`${side}_wrist`] = reached.end;
    }
    figure.hands[side] = { direction: turned(grip.rotation, [0, -1, 0]), palm: turned(grip.rotation, [1, 0, 0]) };
  }

  const endAt = (u: 0 | 1) => {
    const { figure, carriers } = assemble(u, 0, {});
    for (const side of SIDES) putArm(figure, side, u, u, carriers, undefined);
    return { carriers, grips: bothSides((side) => gripOf(figure, side)) };
  };
  const holds = holdsOf(a, b, endAt(0), endAt(1));

  /** How far (m) some joints are deeper under the floor than keys may be. */
  const deepAt = (u: number, pose: Pose, joints: RegExp) =>
    underFloor(bodyOf(pose), joints) - FLOOR - 3e-4 * (1 - hump(u));

  function stanceAt(share: number, legDetours: LegDetours, least = 0): Stance {
    let stance = assemble(share, least, legDetours);
    for (let round = 0; low && round < ROUNDS; round++) {
      const deep = deepAt(share, stance.figure.pose(), NO_ARMS);
      if (deep <= 0) break;
      stance = assemble(share, stance.raised + deep, legDetours);
    }
    return stance;
  }

  function withArms(share: number, { figure: rest, carriers }: Stance, arms: Detours["arms"]): Pose {
    const u = clamp01(share);
    const figure = new Figure(rest);
    for (const side of SIDES) putArm(figure, side, ease(u), u, carriers, holds[side], arms[side]);
    return figure.pose(seat, view);
  }

  return {
    held: bothSides((side) => holds[side] !== undefined),
    stanceAt,
    withArms,
    feetAt: (u) => bothSides((side) => feet[side]?.(u)),
    at(share, detours = NO_DETOURS) {
      let stance = stanceAt(share, detours.legs);
      let pose = withArms(share, stance, detours.arms);
      for (let round = 0; low && round < ROUNDS; round++) {
        const deep = deepAt(share, pose, ARMS);
        if (deep <= 0) break;
        stance = stanceAt(share, detours.legs, stance.raised + deep);
        pose = withArms(share, stance, detours.arms);
      }
      return pose;
    },
  };
}

/** How far (m) the knees give way while arms swing: bodies have weight. Not on the floor. */
function dipOf(a: Stand, b: Stand): number {
  if (Math.min(a.pelvis[1], b.pelvis[1]) < 0.7 || a.body.seat !== undefined) return 0;
  const travel = Math.max(...SIDES.map((side) =>
    distance(
      sub(a.body.joints[`${side}_wrist`], a.body.joints.pelvis),
      sub(b.body.joints[`${side}_wrist`], b.body.joints.pelvis),
    )
  ));
  return DIP * Math.min(1, travel / 0.6);
}

function gripOf({ j, hands }: Figure, side: Side): Grip {
  const { direction, palm } = hands[side];
  const y = scale(direction, -1);
  return { origin: j[`${side}_wrist`], rotation: ofFrame({ x: palm, y, z: cross(palm, y) }) };
}

/** The pelvis over the foot that stands while the other steps, and low enough for legs to reach where they must. */
function overFeet(
  pelvis: Vec3,
  at: Record<Side, FootAt | undefined>,
  hipOffset: Record<Side, Vec3>,
  leg: number,
): Vec3 {
  let [x, y, z] = pelvis;
  for (const side of SIDES) {
    const [standing, light] = [at[side], at[other(side)]?.light ?? 0];
    if (!standing || light === 0) continue;
    const to = along(standing.ankle, standing.slope, BONE_LENGTH.left_foot / 2);
    x += (to[0] - pelvis[0]) * WEIGHT * light;
    z += (to[2] - pelvis[2]) * WEIGHT * light * 0.5;
  }
  for (const side of SIDES) {
    const foot = at[side];
    if (foot) y = Math.min(y, highestPelvis([x, y, z], hipOffset[side], foot.ankle, leg) + foot.free);
  }
  return [x, y, z];
}

/** The pelvis of who takes off or lands, low enough for feet on tiptoe to be where they must. */
function landed(
  [x, height, z]: Vec3,
  at: Record<Side, FootAt | undefined>,
  hipOffset: Record<Side, Vec3>,
): Vec3 {
  let y = height;
  for (const side of SIDES) {
    const foot = at[side];
    if (!foot) continue;
    const ball = along(foot.ankle, foot.slope, BONE_LENGTH.left_foot);
    y = Math.min(y, highestPelvis([x, y, z], hipOffset[side], ball, TIPTOE) + 2 * foot.free);
  }
  return [x, y, z];
}
