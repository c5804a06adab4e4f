/** The way from one key to the next. */
import {
  add,
  along,
  angle,
  bodyOf,
  BONE_LENGTH,
  cross,
  distance,
  length,
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
import { type Bent, Figure, highestPelvis, LEG, lowestOfFoot, reach, rolled, softened, SOLE } from "./figure.ts";
import { type Carriers, type Grip, type Hold, holdsOf } from "./holds.ts";
import { armPath, type Detour, legPath } from "./limb_path.ts";
import { about, arc, NONE, ofFrame, type Rotation, slerp, then, turned } from "./rotation.ts";
import type { Stand } from "./stand.ts";
import { type FootAt, footPaths } from "./steps.ts";

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

/** What limbs do beside the shortest way. */
export interface Detours {
  readonly arms: Partial<Record<Side, Detour>>;
  readonly feet: Partial<Record<Side, FootDetour>>;
}

/** The way from one key to another. */
export interface Move {
  /** The pose at a share of the move's time, 0…1; below 0 the body holds, though it may fly. */
  at(u: number, detours?: Detours): Pose;
  /** Which hands stay on something. */
  readonly held: Readonly<Record<Side, boolean>>;
}

/** How far the weight goes over the foot that stands while the other steps. */
const WEIGHT = 0.35;
/** How far an ankle bends down and up, degrees: its range, and almost what poses may be beyond it. */
const DORSIFLEXION = [-65.3, 40.3] as const;
/** The share by which legs stay short of straight on the way: near straight a small step jerks the knee. */
const SLACK = 0.004;
/** The most that knees give way (m). */
const DIP = 0.014;
/** How high (m) a foot that is on its way stays over the floor. */
const CLEAR = 0.025;
/** How far (m) poses may be under the floor. */
const FLOOR = 0.005;
const UP: Vec3 = [0, 1, 0];
const NO_DETOURS: Detours = { arms: {}, feet: {} };

/**
 * The way between two keys.
 *
 * @param swapped whether, of two feet that step, the one goes first that usually would not.
 */
export function moveOf(a: Stand, b: Stand, flight?: InFlight, swapped = false): Move {
  const [p, q] = [a.configuration, b.configuration];
  const arms = bothSides((side) => armPath(side, p.arms[side], q.arms[side]));
  const legs = bothSides((side) => legPath(side, p.legs[side], q.legs[side]));
  const feet = footPaths(a, b, swapped, flight?.window);
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
  function assemble(share: number, raised: number, detours: Detours): { figure: Figure; carriers: Carriers } {
    const u = clamp01(share);
    const s = ease(u);
    const figure = new Figure();
    const { j } = figure;
    const hips = then(about(UP, a.turn + (b.turn - a.turn) * s), slerp(a.hips, b.hips, s));
    const chest = then(hips, slerp(p.chest, q.chest, s));
    const head = then(chest, slerp(p.head, q.head, s));
    const at = bothSides((side) => feet[side]?.(u));
    const hipOffset = bothSides((side) =>
      scale(turned(hips, unit(lerp(p.hipAt[side], q.hipAt[side], s))), SEGMENT.hip)
    );

    const limit = LEG * (1 - SLACK * hump(u));
    let pelvis = lerp(a.pelvis, b.pelvis, s);
    if (flight) pelvis = [pelvis[0], flight.height(share), pelvis[2]];
    else pelvis = overFeet([pelvis[0], pelvis[1] + raised - dip * hump(u), pelvis[2]], at, hipOffset, limit);
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
      const detour = detours.feet[side];
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
      );
      figure.put(`${side}_foot`, `${side}_ankle`, slope);
      for (const [name, from, to] of [["thigh", "hip", "knee"], ["shank", "knee", "ankle"]] as const) {
        const y = unit(sub(j[`${side}_${from}`], j[`${side}_${to}`]));
        const x = unit(reject(hinge, y));
        carriers[`${side}_${name}`] = { origin: j[`${side}_${from}`], rotation: ofFrame({ x, y, z: cross(x, y) }) };
      }
      figure.put(`${side}_shoulder`, "neck", turned(chest, unit(lerp(p.shoulderAt[side], q.shoulderAt[side], s))));
    }
    return { figure, carriers: carriers as Carriers };
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
    const reached = reach({ root, middle, end, hinge: turned(chest, arm.hinge), swivel: arm.swivel }, place);
    j[`${side}_elbow`] = reached.middle;
    j[`${side}_wrist`] = reached.end;
    figure.hands[side] = { direction: turned(grip.rotation, [0, -1, 0]), palm: turned(grip.rotation, [1, 0, 0]) };
  }

  const endAt = (u: 0 | 1) => {
    const { figure, carriers } = assemble(u, 0, NO_DETOURS);
    for (const side of SIDES) putArm(figure, side, u, u, carriers, undefined);
    return { carriers, grips: bothSides((side) => gripOf(figure, side)) };
  };
  const holds = holdsOf(a, b, endAt(0), endAt(1));

  function whole(share: number, raised: number, detours: Detours): Figure {
    const u = clamp01(share);
    const s = ease(u);
    const { figure, carriers } = assemble(share, raised, detours);
    for (const side of SIDES) putArm(figure, side, s, u, carriers, holds[side], detours.arms[side]);
    return figure;
  }

  return {
    held: bothSides((side) => holds[side] !== undefined),
    at(share, detours = NO_DETOURS) {
      let pose = whole(share, 0, detours).pose(seat, view);
      let raised = 0;
      for (let round = 0; low && round < 4; round++) {
        const deep = underFloor(bodyOf(pose)) - FLOOR;
        if (deep <= 0) break;
        raised += deep;
        pose = whole(share, raised, detours).pose(seat, view);
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

/**
 * Puts knee and ankle so that the foot is where the floor wants it, where its leg has it, or on the way between both;
 * never under the floor, and the ankle never bent beyond its range.
 *
 * @returns the line from ankle to ball.
 */
function placeFoot(
  figure: Figure,
  side: Side,
  leg: Bent,
  at: FootAt | undefined,
  slopeOfLeg: Vec3,
  aside: Vec3,
  around: boolean,
  high: number,
  floor: number,
  rolls: boolean,
  limit: number,
): Vec3 {
  let [ankle, slope] = [leg.end, slopeOfLeg];
  let moved = around;
  const planted = at?.stands === true;
  const put = () => {
    const reached = reach(leg, ankle);
    figure.j[`${side}_knee`] = reached.middle;
    figure.j[`${side}_ankle`] = reached.end;
  };
  if (at && at.free < 1) {
    const stood = rolls ? rolled(leg.root, at.ankle, at.slope, limit) : at;
    ankle = lerp(stood.ankle, leg.end, at.free);
    slope = at.free === 0 ? stood.slope : turned(slerp(NONE, arc(stood.slope, slope), at.free), stood.slope);
    moved = true;
  }
  if (!planted) {
    ankle = add(ankle, aside);
    const low = lowestOfFoot(ankle, slope, leg.hinge);
    const up = atLeastZero(floor + high - low, high / 2);
    if (up > 0) ankle = along(ankle, UP, up);
    moved ||= up > 0 || aside.some((x) => x !== 0);
  }
  if (moved && !planted) {
    const way = sub(ankle, leg.root);
    ankle = along(leg.root, unit(way), softened(length(way), LEG, (LEG - limit) * 6 * (at?.free ?? 1)));
  }
  if (moved) put();
  // The ankle does not bend too far: the heel rises about the ball of a foot that stands, the toes of a free one sink.
  const stands = at ? 1 - at.free : 0;
  for (let round = 0; moved && round < 6; round++) {
    const bent = dorsiflexion(figure, side, slope);
    const excess = bent - Math.max(DORSIFLEXION[0], Math.min(DORSIFLEXION[1], bent));
    if (excess === 0) break;
    const pivot = along(ankle, slope, BONE_LENGTH.left_foot * stands);
    slope = turned(about(unit(reject(leg.hinge, slope)), -1.1 * excess * Math.PI / 180), slope);
    ankle = along(pivot, slope, -BONE_LENGTH.left_foot * stands);
    put();
  }
  return slope;
}

/** `x` where it is well above 0, 0 where it is well below, and no corner in between for a `soft` other than 0. */
const atLeastZero = (x: number, soft: number): number => soft === 0 ? Math.max(0, x) : (x + Math.hypot(x, soft)) / 2;

/** How far (degrees) the line from ankle to ball is bent up against the shank. */
function dorsiflexion({ j }: Figure, side: Side, slope: Vec3): number {
  const shank = unit(sub(j[`${side}_knee`], j[`${side}_ankle`]));
  return 90 + SOLE * 180 / Math.PI - angle(slope, shank);
}
