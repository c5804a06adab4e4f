/** Where figures are looked at from, and how large they are on the screen. */
import { add, along, type Body, cross, dot, lerp, SEGMENT, SIDES, sub, type Vec3 } from "../skeleton/mod.ts";
import type { Disc, Point } from "./shape.ts";

/** Degrees towards the figure's left and above it: straight from the front makes arms held forward into blobs. */
const YAW = 22;
const PITCH = 12;
/** Views by name: straight from the front, as usual, from the figure's left side. */
export const VIEWS = { front: -YAW, "three-quarter": 0, side: 90 - YAW } as const;
/** Degrees of yaw added to the usual direction, positive towards the figure's left, or a name for them. */
export type View = number | keyof typeof VIEWS;

/** A view in degrees. */
export const viewDegrees = (view: View): number => typeof view === "number" ? view : VIEWS[view];

/** Metres from the viewer to the figure. */
const DISTANCE = 6;
/** The height in metres that a picture shows, and the height of its middle, for a figure that stands. */
const SHOWN = 2.12;
const MIDDLE = 0.84;
/** The lower edge of the floor's disc, as a height. */
const BELOW_FLOOR = -0.14;
/** Share of the picture's width and height that stays empty on each side, if need be by a smaller figure. */
const MARGIN = 0.035;
/** Widths grow faster towards the viewer than lengths do (3rd power): an arm that points at us is seen to. */
const WIDENING = 3;

/** The part of a picture that a camera fills, and the direction it looks from. */
export interface CameraOptions {
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  /** Default: the usual direction. */
  readonly view?: View;
  /** Degrees above the floor, −90 to 90; default 12. */
  readonly pitch?: number;
}

/** Projects points of the world onto the screen. */
export interface Camera {
  /** The picture's, in pixels. */
  readonly width: number;
  /** The picture's, in pixels. */
  readonly height: number;
  /** The unit vector from the figure to the viewer. */
  readonly toViewer: Vec3;
  /** Pixels to a metre, in the middle of the figure. */
  readonly scale: number;
  /** The disc on the floor that the figures stand on, metres. */
  readonly floor: { readonly centre: Vec3; readonly radius: number };
  /** Where a point (metres, world frame) is in the picture: pixels from the upper left corner. */
  project(point: Vec3): Point;
  /** Metres from the middle of the figure towards the viewer. */
  depth(point: Vec3): number;
  /** A ball of `radius` metres as a disc. */
  ball(point: Vec3, radius: number): Disc;
}

/**
 * One camera for all given bodies, so that frames of an animation share it. Figures that stand are always the same
 * size and on the same floor; who lies is in the middle; only what would not fit makes the figure smaller.
 *
 * @throws {RangeError} without a body.
 */
export function fitCamera(bodies: readonly Body[], { width, height, view = 0, pitch }: CameraOptions): Camera {
  if (bodies.length === 0) throw new RangeError("Cannot place a camera: give at least one body");
  const axes = axesOf(YAW + viewDegrees(view), pitch);
  const lying = bodies.every(isLying);
  const points = bodies.flatMap(extent);
  const usual = lying ? lyingMiddle(points) : standingMiddle(bodies);
  const scale = Math.min(width, height) / SHOWN;
  const excess = (centre: Vec3) => excessOf(points, cameraAt(centre, axes, scale, width, height));
  // Who reaches above the picture moves it up before making the figure smaller.
  const top = Math.max(...points.map((p) => p[1]));
  const raised: Vec3 = [usual[0], Math.max(usual[1], (top + BELOW_FLOOR) / 2), usual[2]];
  const centre = excess(usual) <= 1 || lying ? usual : raised;
  const camera = cameraAt(centre, axes, scale / Math.max(1, excess(centre)), width, height);
  return { ...camera, floor: { centre: [centre[0], 0, centre[2]], radius: lying ? 1.05 : 0.68 } };
}

/**
 * A camera for points that need be no body. What is no larger than a figure is as large as a figure that stands; all
 * points and the floor under their middle are in the picture, however far apart they are.
 */
export function fitPoints(points: readonly Vec3[], { width, height, view = 0 }: CameraOptions): Camera {
  const axes = axesOf(YAW + viewDegrees(view));
  const scale = Math.min(width, height) / SHOWN;
  const [x, , z] = middleOf(points.length > 0 ? points : [[0, MIDDLE, 0]]);
  const all: Vec3[] = [...points, [x, BELOW_FLOOR, z]];
  const usual: Vec3 = [x, MIDDLE, z];
  const large = excessOf(all, cameraAt(usual, axes, scale, width, height)) > 1;
  const centre = large ? middleOf(all) : usual;
  const camera = cameraAt(
    centre,
    axes,
    scale / Math.max(1, excessOf(all, cameraAt(centre, axes, scale, width, height))),
    width,
    height,
  );
  return { ...camera, floor: { centre: [x, 0, z], radius: 0.68 } };
}

/** How many times too large points are for a camera's picture. */
function excessOf(points: readonly Vec3[], { project, width, height }: Pick<Camera, "project" | "width" | "height">) {
  const off = points.map(project).map(([x, y]) => Math.max(Math.abs(x / width - 0.5), Math.abs(y / height - 0.5)));
  return Math.max(...off) / (0.5 - MARGIN);
}

interface Axes {
  readonly right: Vec3;
  readonly up: Vec3;
  readonly toViewer: Vec3;
}

function axesOf(yaw: number, pitch = PITCH): Axes {
  const [y, p] = [yaw * Math.PI / 180, pitch * Math.PI / 180];
  const right: Vec3 = [Math.cos(y), 0, -Math.sin(y)];
  const toViewer: Vec3 = [Math.sin(y) * Math.cos(p), Math.sin(p), Math.cos(y) * Math.cos(p)];
  return { right, toViewer, up: cross(toViewer, right) };
}

function cameraAt(centre: Vec3, { right, up, toViewer }: Axes, scale: number, width: number, height: number) {
  const depth = (p: Vec3) => dot(sub(p, centre), toViewer);
  const nearness = (p: Vec3) => DISTANCE / (DISTANCE - Math.min(depth(p), DISTANCE / 2));
  const project = (p: Vec3): Point => {
    const from = sub(p, centre);
    const k = nearness(p) * scale;
    return [width / 2 + dot(from, right) * k, height / 2 - dot(from, up) * k];
  };
  const ball = (p: Vec3, radius: number): Disc => {
    const [x, y] = project(p);
    return { x, y, r: radius * scale * nearness(p) ** WIDENING };
  };
  return { width, height, toViewer, scale, depth, project, ball, floor: { centre, radius: 1 } };
}

/** Whether a body is broader than high: it lies, leans on its arms, or folds up on the floor. */
const isLying = ({ joints: j, chest }: Body) =>
  (Math.abs(chest.y[1]) < 0.55 && j.pelvis[1] < 0.7) || (j.pelvis[1] < 0.35 && j.head[1] < 0.8) ||
  (j.pelvis[1] < 0.8 && j.head[1] < 0.45);

/** Midway between the pelvis and the feet, over all bodies: a figure that leans stays where it stands. */
function standingMiddle(bodies: readonly Body[]): Vec3 {
  const middles = bodies.map(({ joints: j }) => lerp(j.pelvis, lerp(j.left_foot, j.right_foot, 0.5), 0.4));
  const sum = middles.reduce((a, b) => add(a, b), [0, 0, 0]);
  return [sum[0] / bodies.length, MIDDLE, sum[2] / bodies.length];
}

/** Who lies is in the middle, a little above the floor. */
function lyingMiddle(points: readonly Vec3[]): Vec3 {
  const [x, y, z] = middleOf(points);
  return [x, Math.max(0.3, y), z];
}

function middleOf(points: readonly Vec3[]): Vec3 {
  const range = (axis: 0 | 1 | 2) => {
    const values = points.map((p) => p[axis]);
    return (Math.min(...values) + Math.max(...values)) / 2;
  };
  return [range(0), range(1), range(2)];
}

/** Points that the body reaches. */
function extent({ joints, hands, feet, head }: Body): Vec3[] {
  const tips = SIDES.map((side) => along(joints[`${side}_wrist`], hands[side].direction, SEGMENT.hand * 1.1));
  const toes = SIDES.flatMap((side) => [feet[side].toe, feet[side].heel]);
  return [...Object.values(joints), ...tips, ...toes, along(joints.head, head.y, 0.14)];
}
