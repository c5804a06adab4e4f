/** The head: hair, ears and a face that show where it is turned and how it is tilted. */
import { add, along, cross, dot, rotate, scale, toWorld, unit, type Vec3 } from "../skeleton/mod.ts";
import type { ShapePen } from "./canvas.ts";
import type { Piece } from "./order.ts";
import { COLOURS } from "./palette.ts";
import { type Scene, spot } from "./scene.ts";
import { type Disc, disc, hull, line, type Point, polygon, rim } from "./shape.ts";

const RADIUS = 0.118;
/** The hair is the cap beyond a plane: the plane's normal (up and back) and distance in radii, the hair's own radius. */
const HAIR: Vec3 = unit([0, 0.74, -0.67]);
const HAIRLINE = -0.02;
const HAIR_RADIUS = 1.1;
/** Places on the head: to its left (mirrored for its right), up, forward. */
const EAR = [1, -0.16, -0.12] as const;
const EYE = [0.37, 0.0, 0.9] as const;
const BROW = [[0.55, 0.3, 0.85], [0.37, 0.35, 0.88], [0.22, 0.31, 0.92]] as const;
const SMILE = [[0.33, -0.46], [0.18, -0.56], [0, -0.6], [-0.18, -0.56], [-0.33, -0.46]] as const;

/** The piece of the head. */
export function headPiece(scene: Scene): Piece {
  const { body, camera } = scene;
  const centre = spot(scene, body.joints.head, RADIUS);
  // Leaning far away from the viewer, the chest hides the head.
  const over = camera.depth(body.joints.head) - camera.depth(body.joints.neck) > -0.12;
  return { a: centre, b: centre, trunk: over ? "over" : "under", paint: (pen) => paintHead(scene, pen) };
}

function paintHead({ body: { head, joints }, camera, rim: clear }: Scene, pen: ShapePen) {
  const ball = camera.ball(joints.head, RADIUS);
  const radius = ball.r / camera.scale;
  const fine = camera.scale * 0.013;
  type Place = readonly [left: number, up: number, forward: number];
  const towards = (place: Place) => toWorld(head, unit(place));
  const seen = (place: Place) => dot(towards(place), camera.toViewer);
  const at = (place: Place, out = 1) => camera.project(along(joints.head, towards(place), out * radius));
  const mirrored = ([x, y, z]: Place): Place => [-x, y, z];

  const fillDisc = (where: Disc, colour: string) => {
    pen.fillStyle = colour;
    pen.beginPath();
    disc(pen, where);
    pen.fill();
  };
  const fillShape = (points: readonly Point[], colour: string) => {
    pen.fillStyle = colour;
    pen.beginPath();
    polygon(pen, points);
    pen.fill();
  };
  const stroke = (points: readonly Point[], width: number, colour: string) => {
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.lineCap = pen.lineJoin = "round";
    pen.beginPath();
    line(pen, points);
    pen.stroke();
  };

  const ears = (near: boolean) => {
    for (const place of [EAR, mirrored(EAR)]) {
      if (seen(place) > 0 !== near) continue;
      const [x, y] = at(place, 1.03);
      fillDisc({ x, y, r: ball.r * 0.22 + fine / 2 }, COLOURS.skinShade);
      // Far behind all others, in a pose from outside, a head may be smaller than its outline.
      fillDisc({ x, y, r: Math.max(0, ball.r * 0.22 - fine / 2) }, COLOURS.skin);
    }
  };
  const nose = () => {
    const side = [at([0, -0.02, 1]), at([0, -0.2, 1], 1.17), at([0, -0.28, 1])];
    fillShape(side, COLOURS.skin);
    stroke(side, fine, COLOURS.skinShade);
  };
  const faceSeen = dot(head.z, camera.toViewer) > -0.05;
  const normal = toWorld(head, HAIR);
  const hair = capShape(normal, HAIRLINE, HAIR_RADIUS);
  const hairNear = dot(normal, camera.toViewer) >= 0;

  pen.strokeStyle = COLOURS.paper;
  pen.lineWidth = 2 * clear;
  pen.lineJoin = "round";
  pen.beginPath();
  polygon(pen, hair);
  disc(pen, ball);
  pen.stroke();
  ears(false);
  if (!faceSeen) nose();
  // A cap whose cut faces away from us covers its whole outline; else the face covers part of it.
  if (!hairNear) fillShape(hair, COLOURS.hair);
  const skin = hairNear ? rim(ball, 40) : capShape(scale(normal, -1), -HAIRLINE, 1);
  fillShape(skin, COLOURS.skin);
  pen.strokeStyle = COLOURS.skinShade;
  pen.lineWidth = fine;
  pen.beginPath();
  polygon(pen, skin);
  pen.stroke();
  if (hairNear) fillShape(hair, COLOURS.hair);
  ears(true);
  if (!faceSeen) return;
  for (const mirror of [(p: Place) => p, mirrored]) {
    if (seen(mirror(EYE)) < 0.15) continue;
    const [x, y] = at(mirror(EYE));
    fillDisc({ x, y, r: ball.r * 0.125 }, COLOURS.hair);
    stroke(BROW.map((p) => at(mirror(p))), fine, COLOURS.hair);
  }
  nose();
  const smile = SMILE.map(([x, y]): Place => [x, y, 0.84]).filter((p) => seen(p) > 0.1);
  if (smile.length > 2) stroke(smile.map((p) => at(p)), fine * 1.4, COLOURS.mouth);

  /** What lies of a ball of `size` radii beyond a plane, on the screen: convex. */
  function capShape(axis: Vec3, distance: number, size: number): Point[] {
    const side = unit(cross(axis, Math.abs(axis[1]) < 0.9 ? [0, 1, 0] : [1, 0, 0]));
    const round = Math.sqrt(1 - distance ** 2);
    const edge = Array.from({ length: 30 }, (_, i) => {
      const out = add(scale(axis, distance), scale(rotate(side, axis, i * 12), round));
      return camera.project(along(joints.head, out, radius * size));
    });
    const right = unit(cross([0, 1, 0], camera.toViewer));
    const up = cross(camera.toViewer, right);
    const whole = { ...ball, r: ball.r * size };
    const outline = rim(whole, 40).filter(([x, y]) =>
      (x - ball.x) * dot(axis, right) + (ball.y - y) * dot(axis, up) >= distance * whole.r
    );
    return hull([...edge, ...outline]);
  }
}
