/** Vectors and frames in three dimensions, as plain readonly arrays. Angles are in degrees. */

/** A point (metres) or a direction. */
export type Vec3 = readonly [x: number, y: number, z: number];

/** Three orthogonal unit vectors: `x` to the figure's own left, `y` up, `z` forward. */
export interface Frame {
  /** To the left. */
  readonly x: Vec3;
  /** Up. */
  readonly y: Vec3;
  /** Forward: `cross(x, y)`. */
  readonly z: Vec3;
}

const RADIAN = Math.PI / 180;

/** The world's own frame. */
export const WORLD: Frame = { x: [1, 0, 0], y: [0, 1, 0], z: [0, 0, 1] };

/** `a + b`. */
export const add = (a: Vec3, b: Vec3): Vec3 => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];

/** `a − b`. */
export const sub = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];

/** `k · a`. */
export const scale = (a: Vec3, k: number): Vec3 => [a[0] * k, a[1] * k, a[2] * k];

/** `a + k · b`. */
export const along = (a: Vec3, b: Vec3, k: number): Vec3 => [
  a[0] + k * b[0],
  a[1] + k * b[1],
  a[2] + k * b[2],
];

/** The scalar product. */
export const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** The vector product, right-handed: `cross(x, y) = z`. */
export const cross = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

/** Euclidean length. */
export const length = (a: Vec3): number => Math.hypot(a[0], a[1], a[2]);

/** Euclidean distance. */
export const distance = (a: Vec3, b: Vec3): number => length(sub(a, b));

/** `a` scaled to length 1; the zero vector stays zero. */
export const unit = (a: Vec3): Vec3 => scale(a, 1 / (length(a) || 1));

/** The point at share `t` of the way from `a` to `b`. */
export const lerp = (a: Vec3, b: Vec3, t: number): Vec3 => along(scale(a, 1 - t), b, t);

/** The part of `v` perpendicular to the unit vector `n`. */
export const reject = (v: Vec3, n: Vec3): Vec3 => along(v, n, -dot(v, n));

/** The angle between two directions, 0–180°. */
export function angle(a: Vec3, b: Vec3): number {
  return Math.atan2(length(cross(a, b)), dot(a, b)) / RADIAN;
}

/** `v` turned about `axis` by `degrees`, right-handed (Rodrigues' formula). */
export function rotate(v: Vec3, axis: Vec3, degrees: number): Vec3 {
  const k = unit(axis);
  const c = Math.cos(degrees * RADIAN);
  const s = Math.sin(degrees * RADIAN);
  return along(along(scale(v, c), cross(k, v), s), k, dot(k, v) * (1 - c));
}

/** `a` turned towards `b` by `degrees`, in the plane that both span. */
export function rotateTowards(a: Vec3, b: Vec3, degrees: number): Vec3 {
  const axis = cross(a, b);
  return length(axis) < 1e-9 ? a : rotate(a, axis, degrees);
}

/** Every axis of a frame turned about `axis` by `degrees`. */
export function rotateFrame(f: Frame, axis: Vec3, degrees: number): Frame {
  if (degrees === 0) return f;
  return {
    x: rotate(f.x, axis, degrees),
    y: rotate(f.y, axis, degrees),
    z: rotate(f.z, axis, degrees),
  };
}

/** A vector given along a frame's axes, in the world. */
export function toWorld(f: Frame, v: Vec3): Vec3 {
  return along(along(scale(f.x, v[0]), f.y, v[1]), f.z, v[2]);
}

/** A vector of the world, along a frame's axes. */
export const toFrame = (f: Frame, v: Vec3): Vec3 => [dot(v, f.x), dot(v, f.y), dot(v, f.z)];

/** The frame whose `y` is `up` exactly and whose `x` is as near to `left` as that allows. */
export function frameFrom(up: Vec3, left: Vec3): Frame {
  const y = unit(up);
  const side = reject(left, y);
  const x = unit(length(side) > 1e-9 ? side : reject(Math.abs(y[0]) < 0.9 ? [1, 0, 0] : [0, 0, 1], y));
  return { x, y, z: cross(x, y) };
}

/** The sine and cosine of `degrees` along a pair of directions: `cos · a + sin · b`. */
export function between(a: Vec3, b: Vec3, degrees: number): Vec3 {
  return along(scale(a, Math.cos(degrees * RADIAN)), b, Math.sin(degrees * RADIAN));
}
