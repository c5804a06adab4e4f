/** Balance: where the centre of mass is over what carries the body. */
import { type Body, centreOfMass } from "./body.ts";
import { RADIUS } from "./capsules.ts";
import { SEGMENT, SIDES } from "./skeleton.ts";
import { along, cross, sub, unit, type Vec3 } from "./vec.ts";

/** How a body balances. */
export interface Balance {
  /** The centre of mass, metres. */
  readonly centre: Vec3;
  /**
   * How far (m) the centre of mass, seen from above, is inside the area that carries; negative: how far outside.
   * `null` where nothing carries.
   */
  readonly margin: number | null;
}

type Point = readonly [x: number, z: number];

/** What is nearer to the floor than this (m) carries. */
const CARRIES = 0.025;
/** Half the breadth of a foot at the ball: Drillis & Contini's 0.055 of the height, halved. */
const HALF_FOOT = 0.055 * 1.7 / 2;
/** Half the side of the stool (m). */
const HALF_STOOL = 0.19;

/** The points, seen from above, on which a body rests. */
function restingPoints(body: Body): Point[] {
  const points: Point[] = [];
  const put = (point: Vec3, flesh: number, around = 0) => {
    if (point[1] - flesh > CARRIES) return;
    for (const [dx, dz] of [[around, around], [around, -around], [-around, around], [-around, -around]] as const) {
      points.push([point[0] + dx, point[2] + dz]);
    }
  };
  const { joints: j } = body;
  for (const side of SIDES) {
    const { heel, ball, toe, forward, up } = body.feet[side];
    const sole = sub(toe, heel);
    // On its edge, when one lies on the side, a foot carries with that edge.
    const left = Math.abs(up[1]) < 0.5 ? cross(up, forward) : unit(cross([0, 1, 0], [sole[0], 0, sole[2]]));
    for (const point of [heel, ball, toe]) {
      for (const half of [HALF_FOOT, -HALF_FOOT]) put(along(point, left, half), 0);
    }
    put(j[`${side}_knee`], RADIUS.shank, 0.03);
    const wrist = j[`${side}_wrist`];
    // The heel of the hand, and the palm.
    put(wrist, 0.04, 0.03);
    put(along(wrist, body.hands[side].direction, SEGMENT.hand / 2), 0.04, 0.03);
    put(j[`${side}_elbow`], RADIUS.forearm, 0.03);
    put(j[`${side}_hip`], RADIUS.seat, 0.08);
    put(j[`${side}_shoulder`], 0.075, 0.04);
  }
  put(j.head, RADIUS.head, 0.04);
  // The flat of the back or the belly, as thick as the seat.
  put(j.spine, RADIUS.seat, 0.06);
  if (body.seat !== undefined) put([j.pelvis[0], 0, j.pelvis[2]], 0, HALF_STOOL);
  return points;
}

/** The convex hull of points, counter-clockwise (Andrew's monotone chain, 1979). */
function hullOf(points: readonly Point[]): Point[] {
  const sorted = points.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
  const turn = (o: Point, a: Point, b: Point) => (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
  const half = (list: readonly Point[]) => {
    const chain: Point[] = [];
    for (const point of list) {
      for (;;) {
        const [o, a] = [chain.at(-2), chain.at(-1)];
        if (!o || !a || turn(o, a, point) > 0) break;
        chain.pop();
      }
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.toReversed())];
}

/**
 * How a body balances over feet, knees, hands, seat or back, whatever of them is on the floor or the stool.
 *
 * @returns the centre of mass and its margin.
 */
export function balanceOf(body: Body): Balance {
  const centre = centreOfMass(body);
  const hull = hullOf(restingPoints(body));
  if (hull.length < 3) return { centre, margin: null };
  const [x, , z] = centre;
  const margin = Math.min(...hull.map((a, i) => {
    const b = hull[(i + 1) % hull.length] ?? a;
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
    return length < 1e-9 ? Infinity : ((b[0] - a[0]) * (z - a[1]) - (b[1] - a[1]) * (x - a[0])) / length;
  }));
  return { centre, margin };
}
