/** Arms and legs: tapered bones, cut into lengths that find their own place in depth; shoes. */
import { along, angle, distance, lerp, type Side, SIDES, sub, type Vec3 } from "../skeleton/mod.ts";
import type { ShapePen } from "./canvas.ts";
import type { Piece } from "./order.ts";
import { COLOURS, type Tint } from "./palette.ts";
import { type Place, type Scene, spot, tintOf } from "./scene.ts";
import { hull, polygon, rim, taper } from "./shape.ts";
import { beforeTrunk } from "./trunk.ts";

/** Radii in metres where a bone begins and ends. */
const RADII = {
  upperArm: [0.053, 0.043],
  forearm: [0.043, 0.033],
  thigh: [0.076, 0.058],
  shank: [0.058, 0.04],
} as const;

interface Bone {
  readonly tint: Tint;
  readonly side: Side;
  readonly from: Vec3;
  readonly to: Vec3;
  readonly radii: readonly [number, number];
  /** The number of lengths it is cut into. */
  readonly cuts: number;
  readonly place: (middle: Vec3) => Place;
}

type Part = Pick<Bone, "radii" | "cuts" | "place">;

/** Degrees of bend up to which a limb counts as straight. */
const STRAIGHT = 35;

/** The pieces of one bone. */
function bonePieces(scene: Scene, { side, tint, from, to, radii, cuts, place }: Bone): Piece[] {
  const colour = COLOURS[side].sleeve[tint];
  const radius = (t: number) => radii[0] + (radii[1] - radii[0]) * t;
  // The joint's own disc stays free of the next bone's rim.
  const start = radii[0] * 0.8 / distance(from, to);
  return Array.from({ length: cuts }, (_, i) => {
    const [t0, t1] = [i / cuts, (i + 1) / cuts];
    const a = spot(scene, lerp(from, to, t0), radius(t0));
    const b = spot(scene, lerp(from, to, t1), radius(t1));
    const clear = i === 0 ? spot(scene, lerp(from, to, Math.min(start, t1)), radius(t0)) : a;
    return {
      a,
      b,
      trunk: place(lerp(from, to, (t0 + t1) / 2)),
      paint: (pen: ShapePen) => {
        pen.fillStyle = COLOURS.paper;
        pen.beginPath();
        sideRim(pen, clear, b, scene.rim);
        pen.fill();
        pen.fillStyle = colour;
        pen.beginPath();
        taper(pen, a, b);
        pen.fill();
      },
    };
  });
}

/** White along both sides only, so that the lengths of one bone join. */
function sideRim(pen: ShapePen, a: { x: number; y: number; r: number }, b: typeof a, width: number) {
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const nx = -(b.y - a.y) / length, ny = (b.x - a.x) / length;
  const [ra, rb] = [a.r + width, b.r + width];
  polygon(pen, [
    [a.x + nx * ra, a.y + ny * ra],
    [b.x + nx * rb, b.y + ny * rb],
    [b.x - nx * rb, b.y - ny * rb],
    [a.x - nx * ra, a.y - ny * ra],
  ]);
}

/** All pieces of arms and legs, shoes with them, without hands. */
export function limbPieces(scene: Scene): Piece[] {
  const { joints: j } = scene.body;
  const arm = (p: Vec3): Place => beforeTrunk(scene, p) > 0 ? "over" : "under";
  // A shoulder is inside the trunk: the upper arm goes as a whole where its lower half is.
  const upperArm = (side: Side) => () => arm(lerp(j[`${side}_shoulder`], j[`${side}_elbow`], 0.7));
  const leg = (p: Vec3): Place => {
    const before = beforeTrunk(scene, p);
    return before > 0.85 ? "over" : before < -0.85 ? "under" : "between";
  };
  return SIDES.flatMap((side) => {
    const [shoulder, elbow, wrist] = [j[`${side}_shoulder`], j[`${side}_elbow`], j[`${side}_wrist`]];
    const [hip, knee, ankle] = [j[`${side}_hip`], j[`${side}_knee`], j[`${side}_ankle`]];
    const limb = (points: readonly [Vec3, Vec3, Vec3], parts: readonly [Part, Part]) => {
      const [start, joint, end] = points;
      // A straight limb has one tint, a bent one may have two.
      const straight = angle(sub(joint, start), sub(end, joint)) < STRAIGHT;
      return ([[start, joint, parts[0]], [joint, end, parts[1]]] as const).flatMap(([from, to, part]) =>
        bonePieces(scene, { side, from, to, tint: tintOf(scene, straight ? joint : lerp(from, to, 0.5)), ...part })
      );
    };
    return [
      ...limb([shoulder, elbow, wrist], [
        { radii: RADII.upperArm, cuts: 3, place: upperArm(side) },
        { radii: RADII.forearm, cuts: 4, place: arm },
      ]),
      ...limb([hip, knee, ankle], [
        { radii: RADII.thigh, cuts: 4, place: leg },
        { radii: RADII.shank, cuts: 3, place: leg },
      ]),
      shoePiece(scene, side),
    ];
  });
}

/** A shoe: a wedge from heel to toe, high at the ankle. */
function shoePiece(scene: Scene, side: Side): Piece {
  const { joints: j, feet } = scene.body;
  const { heel, ball, toe, up } = feet[side];
  const ankle = j[`${side}_ankle`];
  const raised = (p: Vec3, height: number) => along(p, up, height);
  const back = spot(scene, raised(heel, 0.032), 0.034);
  const middle = spot(scene, raised(ball, 0.033), 0.041);
  const tip = spot(scene, lerp(raised(toe, 0.026), raised(ball, 0.026), 0.3), 0.03);
  const top = spot(scene, ankle, 0.041);
  const instep = spot(scene, raised(lerp(heel, ball, 0.65), 0.038), 0.037);
  const colour = COLOURS[side].dark[tintOf(scene, lerp(ankle, toe, 0.5))];
  const before = beforeTrunk(scene, lerp(ankle, ball, 0.5));
  const sole = hull([...rim(back), ...rim(middle), ...rim(tip)]);
  const shaft = hull([...rim(top), ...rim(back), ...rim(instep)]);
  return {
    a: back,
    b: tip,
    trunk: before > 0 ? "over" : "under",
    paint: (pen) => {
      pen.lineJoin = "round";
      pen.strokeStyle = COLOURS.paper;
      pen.lineWidth = 1.7 * scene.rim;
      pen.beginPath();
      polygon(pen, sole);
      pen.stroke();
      pen.fillStyle = colour;
      pen.beginPath();
      polygon(pen, sole);
      polygon(pen, shaft);
      pen.fill();
    },
  };
}
