/** Knee, ankle and foot of a leg on its way: where the floor wants them, where the leg has them, or in between. */
import {
  add,
  along,
  angle,
  BONE_LENGTH,
  cross,
  dot,
  lerp,
  reject,
  scale,
  type Side,
  sub,
  unit,
  type Vec3,
} from "../skeleton/mod.ts";
import { easeWithin } from "./ease.ts";
import { type Bent, type Figure, footOf, LEG, lowestOfFoot, reach, rolled, softened, SOLE } from "./figure.ts";
import { about, arc, NONE, slerp, turned } from "./rotation.ts";
import type { FootAt } from "./steps.ts";

/** How high (m) a foot that is on its way stays over the floor. */
export const CLEAR = 0.025;
/** It is almost so high where it is a few times this far (m) from its place. */
const FAR = 0.006;
const UP: Vec3 = [0, 1, 0];

/**
 * Puts knee and ankle so that the foot is where the floor wants it, where its leg has it, or on the way between both;
 * never under the floor, and the ankle never bent beyond its range.
 *
 * @returns the line from ankle to ball.
 */
export function placeFoot(
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
  [least, most]: readonly [number, number],
): Vec3 {
  let [ankle, slope] = [leg.end, slopeOfLeg];
  let moved = around;
  const planted = at?.stands === true;
  const put = () => {
    const reached = reach(leg, ankle);
    figure.j[`${side}_knee`] = at?.heel
      ? kneeOver(leg.root, reached.middle, reached.end, at.heel.left, 1 - at.free)
      : reached.middle;
    figure.j[`${side}_ankle`] = reached.end;
  };
  if (at && at.free < 1) {
    const stood = rolls ? rolled(leg.root, at.ankle, at.slope, limit) : at;
    ankle = lerp(stood.ankle, leg.end, at.free);
    slope = at.free === 0 ? stood.slope : turned(slerp(NONE, arc(stood.slope, slope), at.free), stood.slope);
    moved = true;
  }
  // The foot's axis: the leg's, or the one that it has on its heel.
  const hinge = at?.heel ? unit(lerp(scale(at.heel.left, -1), leg.hinge, at.free)) : leg.hinge;
  // What is on its way and not near its place on the floor stays clear of it.
  const clear = (): number => {
    if (!at || rolls) return high;
    const off = at.heel ? sub(footOf(ankle, slope, hinge).heel, at.heel.at) : sub(ankle, at.ankle);
    return CLEAR * easeWithin(1 - at.free, 0, 0.25) * easeWithin(at.away, 0, 0.04) *
      (1 - Math.exp(-Math.hypot(off[0], off[2]) / FAR));
  };
  const lift = (soft: boolean) => {
    const up = clear();
    const low = lowestOfFoot(ankle, slope, hinge);
    const by = soft ? atLeastZero(floor + up - low, up / 2) : Math.max(0, floor + up / 2 - low);
    if (by > 0) ankle = along(ankle, UP, by);
    return by > 0;
  };
  if (!planted) {
    ankle = add(ankle, aside);
    moved = lift(true) || moved || aside.some((x) => x !== 0);
  }
  if (moved && !planted) ankle = within(leg.root, ankle, (LEG - limit) * 6 * (at?.free ?? 1), rolls);
  if (moved) put();
  // The ankle does not bend too far: the heel rises about the ball of a foot that stands, the toes of a free one sink.
  const stands = at ? 1 - at.free : 0;
  for (let round = 0; moved && round < 12; round++) {
    const bent = dorsiflexion(figure, side, slope);
    const excess = bent - Math.max(least, Math.min(most, bent));
    if (excess === 0) break;
    const pivot = along(ankle, slope, BONE_LENGTH.left_foot * stands);
    slope = turned(about(unit(reject(leg.hinge, slope)), -1.1 * excess * Math.PI / 180), slope);
    ankle = along(pivot, slope, -BONE_LENGTH.left_foot * stands);
    if (!planted && !rolls) lift(false);
    put();
  }
  return slope;
}

/**
 * A knee turned about the line from hip to ankle until it is in the plane of a foot that stands on its heel: turned
 * otherwise, the foot would tip over.
 *
 * @param left perpendicular to that plane. @param share of the turn.
 */
function kneeOver(hip: Vec3, knee: Vec3, ankle: Vec3, left: Vec3, share: number): Vec3 {
  const axis = unit(sub(ankle, hip));
  const centre = along(hip, axis, dot(sub(knee, hip), axis));
  const out = sub(knee, centre);
  const beside = cross(axis, out);
  const [x, y] = [dot(out, left), dot(beside, left)];
  const most = Math.hypot(x, y);
  if (most < 1e-6) return knee;
  const off = Math.acos(Math.max(-1, Math.min(1, -dot(sub(centre, ankle), left) / most)));
  // Of the two places in that plane, the one to which knees bend.
  const front = cross(axis, left);
  const turns = [1, -1].map((way) => Math.atan2(y, x) + way * off);
  const ahead = (turn: number) => Math.cos(turn) * dot(out, front) + Math.sin(turn) * dot(beside, front);
  const whole = turns.reduce((p, q) => ahead(p) >= ahead(q) ? p : q);
  const turn = share * Math.atan2(Math.sin(whole), Math.cos(whole));
  return add(centre, along(scale(out, Math.cos(turn)), beside, Math.sin(turn)));
}

/** An ankle as near to its hip as the leg is long: unless the body flies, as high as it was, where it can be. */
function within(hip: Vec3, ankle: Vec3, soft: number, flies: boolean): Vec3 {
  const [x, y, z] = sub(ankle, hip);
  const far = softened(Math.hypot(x, y, z), LEG, soft);
  const flat = Math.hypot(x, z);
  const level = Math.sqrt(Math.max(0, far * far - y * y));
  if (flies || flat < 1e-6 || level < 0.1) return along(hip, unit([x, y, z]), far);
  return add(hip, [x * level / flat, y, z * level / flat]);
}

/** `x` where it is well above 0, 0 where it is well below, and no corner in between for a `soft` other than 0. */
const atLeastZero = (x: number, soft: number): number => soft === 0 ? Math.max(0, x) : (x + Math.hypot(x, soft)) / 2;

/** How far (degrees) the line from ankle to ball is bent up against the shank. */
function dorsiflexion({ j }: Figure, side: Side, slope: Vec3): number {
  const shank = unit(sub(j[`${side}_knee`], j[`${side}_ankle`]));
  return 90 + SOLE * 180 / Math.PI - angle(slope, shank);
}
