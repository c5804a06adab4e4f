/** What a figure stands on: the floor's disc, the shadow cast straight down, the stool. */
import { add, along, SEGMENT, SIDES, toWorld, unit, type Vec3 } from "../skeleton/mod.ts";
import type { Camera } from "./camera.ts";
import type { ShapePen } from "./canvas.ts";
import { COLOURS } from "./palette.ts";
import type { Scene } from "./scene.ts";
import { line, polygon } from "./shape.ts";

/** The disc on the floor. */
export function paintFloor({ floor, project }: Camera, pen: ShapePen) {
  pen.fillStyle = COLOURS.ground;
  pen.beginPath();
  polygon(
    pen,
    Array.from({ length: 64 }, (_, i) => {
      const turn = i / 64 * 2 * Math.PI;
      return project(add(floor.centre, [Math.cos(turn) * floor.radius, 0, Math.sin(turn) * floor.radius]));
    }),
  );
  pen.fill();
}

/** The shadow: what is held out in front shows on the floor, also where it is foreshortened above it. */
export function paintShadow({ body, camera }: Scene, pen: ShapePen) {
  const { joints: j, hands } = body;
  // A flat stroke seen from this low is as high as its width times the sine of the pitch.
  const flat = Math.max(0.5, camera.toViewer[1] * 1.5);
  pen.strokeStyle = COLOURS.shadow;
  pen.lineCap = pen.lineJoin = "round";
  const cast = (points: readonly Vec3[], width: number) => {
    pen.lineWidth = width * camera.scale * flat;
    pen.beginPath();
    line(pen, points.map(([x, , z]) => camera.project([x, 0, z])));
    pen.stroke();
  };
  cast([j.pelvis, j.neck, j.head], 0.2);
  cast([j.left_shoulder, j.right_shoulder], 0.14);
  for (const side of SIDES) {
    const tip = along(j[`${side}_wrist`], hands[side].direction, SEGMENT.hand * 0.8);
    cast([j[`${side}_shoulder`], j[`${side}_elbow`], j[`${side}_wrist`], tip], 0.07);
    cast([j[`${side}_hip`], j[`${side}_knee`], j[`${side}_ankle`], j[`${side}_foot`]], 0.08);
  }
}

const STOOL = 0.19;

/** The stool under a figure that sits on one; it is always behind the figure. */
export function paintStool({ body, camera }: Scene, pen: ShapePen) {
  const { seat, joints: { pelvis } } = body;
  if (seat === undefined || seat <= 0) return;
  const x = unit([body.pelvis.x[0], 0, body.pelvis.x[2]]);
  const z = unit([-x[2], 0, x[0]]);
  const frame = { x, y: [0, 1, 0] as Vec3, z };
  const corner = (dx: number, y: number, dz: number) =>
    camera.project(add([pelvis[0], 0, pelvis[2]], toWorld(frame, [dx * STOOL, y, dz * STOOL])));
  const face = (corners: readonly (readonly [number, number, number])[], colour: string) => {
    pen.fillStyle = colour;
    pen.beginPath();
    polygon(pen, corners.map((c) => corner(...c)));
    pen.fill();
  };
  const seen = (v: Vec3) => v[0] * camera.toViewer[0] + v[1] * camera.toViewer[1] + v[2] * camera.toViewer[2];
  const front = Math.sign(seen(z)), side = Math.sign(seen(x));
  face([[side, 0, -1], [side, 0, 1], [side, seat, 1], [side, seat, -1]], COLOURS.stoolSide);
  face([[-1, 0, front], [1, 0, front], [1, seat, front], [-1, seat, front]], COLOURS.stoolFront);
  face([[-1, seat, -1], [1, seat, -1], [1, seat, 1], [-1, seat, 1]], COLOURS.stoolTop);
}
