/** The trunk: a shirt from shoulders to hips with its collar, the hips under it, the neck. */
import { add, along, type Body, dot, lerp, SIDES, sub, toFrame, toWorld, type Vec3 } from "../skeleton/mod.ts";
import type { ShapePen } from "./canvas.ts";
import type { Piece, Trunk } from "./order.ts";
import { COLOURS } from "./palette.ts";
import { type Scene, spot } from "./scene.ts";
import { type Disc, hull, overlap, type Point, polygon, rim, taper } from "./shape.ts";

/** An ellipse across the trunk: half its width and depth, metres. */
interface Ring {
  readonly centre: Vec3;
  readonly x: Vec3;
  readonly z: Vec3;
  readonly width: number;
  readonly depth: number;
}

/** Heights in metres over the spine joint (chest) and over the pelvis joint, with half widths and depths. */
const CHEST = [
  [0.300, 0.075, 0.055],
  [0.278, 0.140, 0.072],
  [0.240, 0.168, 0.090],
  [0.170, 0.170, 0.106],
  [0.090, 0.152, 0.100],
  [0.010, 0.133, 0.089],
] as const;
const WAIST = [
  [0.150, 0.131, 0.088],
  [0.080, 0.142, 0.094],
  [0.020, 0.165, 0.104],
  [-0.035, 0.178, 0.108],
] as const;

function rings({ joints: j, chest, pelvis }: Body): Ring[] {
  return [
    ...CHEST.map(([y, width, depth]) => ({ centre: along(j.spine, chest.y, y), x: chest.x, z: chest.z, width, depth })),
    ...WAIST.map(([y, width, depth]) => ({
      centre: along(j.pelvis, pelvis.y, y),
      x: pelvis.x,
      z: pelvis.z,
      width,
      depth,
    })),
  ];
}

const RING_POINTS = 20;

function around(ring: Ring): Vec3[] {
  return Array.from({ length: RING_POINTS }, (_, i) => {
    const turn = i / RING_POINTS * 2 * Math.PI;
    return add(
      ring.centre,
      toWorld({ x: ring.x, y: [0, 0, 0], z: ring.z }, [
        ring.width * Math.cos(turn),
        0,
        ring.depth * Math.sin(turn),
      ]),
    );
  });
}

/** The shirt's outline as overlapping convex polygons. */
function shirtShape(scene: Scene): Point[][] {
  const { body, camera } = scene;
  const flat = rings(body).map((ring) => around(ring).map(camera.project));
  const shoulders = SIDES.flatMap((side) =>
    rim(camera.ball(along(body.joints[`${side}_shoulder`], body.chest.y, -0.01), 0.043))
  );
  const yoke = hull([...shoulders, ...(flat[1] ?? []), ...(flat[3] ?? [])]);
  return [yoke, ...flat.slice(1).map((points, i) => hull([...flat[i] ?? [], ...points]))];
}

/** The trunk of a figure, and the shades that fall on it from what hangs in front: between two discs each. */
export function trunkOf(scene: Scene, shades: readonly (readonly [Disc, Disc])[]): Trunk {
  const { body, camera } = scene;
  const shapes = shirtShape(scene);
  const hips = hipsShape(scene);
  const all = [...shapes, hips].flat();
  const xs = all.map(([x]) => x), ys = all.map(([, y]) => y);
  const fallen = shades.flatMap(([a, b]) => {
    const shade = hull([...rim(a), ...rim(b)]);
    return shapes.map((shape) => overlap(shade, shape)).filter((part) => part.length > 2);
  });
  const outline = (pen: ShapePen, polygons: Point[][]) => {
    pen.beginPath();
    for (const points of polygons) polygon(pen, points);
  };
  const fill = (pen: ShapePen, polygons: Point[][], clear: boolean) => {
    outline(pen, polygons);
    pen.lineJoin = "round";
    pen.strokeStyle = COLOURS.paper;
    pen.lineWidth = 1.1 * scene.rim;
    if (clear) pen.stroke();
    pen.fillStyle = COLOURS.shirt;
    pen.fill();
  };
  return {
    box: { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) },
    depth: camera.depth(lerp(body.joints.pelvis, body.joints.neck, 0.5)),
    hips: (pen) => fill(pen, [hips], false),
    shirt: (pen) => {
      fill(pen, shapes, true);
      collar(scene, pen);
      pen.fillStyle = COLOURS.shirtShade;
      outline(pen, fallen);
      pen.fill();
    },
  };
}

function hipsShape({ body, camera }: Scene): Point[] {
  const { joints: j, pelvis } = body;
  const sides = SIDES.flatMap((side) => rim(camera.ball(along(j[`${side}_hip`], pelvis.y, -0.005), 0.074)));
  return hull([...sides, ...rim(camera.ball(along(j.pelvis, pelvis.y, -0.02), 0.045))]);
}

/** The opening of the shirt on the chest, seen from in front. */
function collar({ body, camera }: Scene, pen: ShapePen) {
  const { joints: j, chest } = body;
  if (dot(chest.z, camera.toViewer) < 0.05) return;
  const at = (x: number, y: number, z: number) => camera.project(add(j.neck, toWorld(chest, [x, y, z])));
  pen.fillStyle = COLOURS.skin;
  pen.beginPath();
  polygon(pen, [
    at(0.062, 0.005, 0.035),
    at(0.03, -0.055, 0.09),
    at(0, -0.095, 0.104),
    at(-0.03, -0.055, 0.09),
    at(
      -0.062,
      0.005,
      0.035,
    ),
  ]);
  pen.fill();
}

/** The neck. */
export function neckPiece(scene: Scene): Piece {
  const { joints: j, chest } = scene.body;
  const a = spot(scene, along(j.neck, chest.y, -0.03), 0.047);
  const b = spot(scene, lerp(j.neck, j.head, 0.5), 0.043);
  const shadeEnd = spot(scene, lerp(j.neck, j.head, 0.52), 0.045);
  const over = dot(chest.y, scene.camera.toViewer) > -0.3;
  return {
    a,
    b,
    trunk: over ? "over" : "under",
    paint: (pen) => {
      pen.fillStyle = COLOURS.skin;
      pen.beginPath();
      taper(pen, a, b);
      pen.fill();
      pen.fillStyle = COLOURS.skinShade;
      pen.beginPath();
      taper(pen, { ...shadeEnd, r: shadeEnd.r * 0.96 }, shadeEnd);
      pen.fill();
    },
  };
}

/**
 * How far a point is in front of the trunk (positive) or behind it (negative), in the trunk's own half-depths, as the
 * viewer sees it: what is beside the trunk is near 0.
 */
export function beforeTrunk({ body, camera }: Scene, point: Vec3): number {
  const { joints: j, chest, pelvis } = body;
  const upper = dot(sub(point, j.spine), chest.y) > 0;
  const frame = upper ? chest : pelvis;
  const centre = upper ? along(j.spine, chest.y, 0.12) : along(j.pelvis, pelvis.y, 0.08);
  const size: Vec3 = upper ? [0.17, 0.25, 0.1] : [0.155, 0.25, 0.1];
  const p = toFrame(frame, sub(point, centre)), k = toFrame(frame, camera.toViewer);
  const scaled = (v: Vec3): Vec3 => [v[0] / size[0], v[1] / size[1], v[2] / size[2]];
  const towards = scaled(k);
  return dot(scaled(p), towards) / Math.hypot(...towards);
}

/** How far (metres) a point hangs in front of the trunk's surface, along the chest's own forward direction. */
export function gapToTrunk({ body }: Scene, point: Vec3): number {
  const { joints: j, chest, pelvis } = body;
  const upper = dot(sub(point, j.spine), chest.y) > 0;
  const [frame, origin] = upper ? [chest, j.spine] : [pelvis, j.pelvis];
  return dot(sub(point, origin), frame.z) - 0.1;
}
