/** Rotations as unit quaternions, and what interpolation needs of them. */
import { cross, dot, type Frame, length, scale, unit, type Vec3 } from "../skeleton/mod.ts";

/** A unit quaternion. */
export type Rotation = readonly [x: number, y: number, z: number, w: number];

/** No rotation. */
export const NONE: Rotation = [0, 0, 0, 1];

/** First `b`, then `a`. */
export const then = (a: Rotation, b: Rotation): Rotation => [
  a[3] * b[0] + a[0] * b[3] + a[1] * b[2] - a[2] * b[1],
  a[3] * b[1] - a[0] * b[2] + a[1] * b[3] + a[2] * b[0],
  a[3] * b[2] + a[0] * b[1] - a[1] * b[0] + a[2] * b[3],
  a[3] * b[3] - a[0] * b[0] - a[1] * b[1] - a[2] * b[2],
];

/** The rotation back. */
export const inverse = (q: Rotation): Rotation => [-q[0], -q[1], -q[2], q[3]];

/** The rotation about a unit axis by radians, right-handed. */
export function about(axis: Vec3, radians: number): Rotation {
  const s = Math.sin(radians / 2);
  return [axis[0] * s, axis[1] * s, axis[2] * s, Math.cos(radians / 2)];
}

/** `v` rotated. */
export function turned(q: Rotation, v: Vec3): Vec3 {
  const [x, y, z, w] = q;
  const tx = 2 * (y * v[2] - z * v[1]), ty = 2 * (z * v[0] - x * v[2]), tz = 2 * (x * v[1] - y * v[0]);
  return [v[0] + w * tx + y * tz - z * ty, v[1] + w * ty + z * tx - x * tz, v[2] + w * tz + x * ty - y * tx];
}

/** The rotation that takes the world's axes to a frame's (Shepperd 1978). */
export function ofFrame({ x, y, z }: Frame): Rotation {
  const trace = x[0] + y[1] + z[2];
  const [w2, x2, y2, z2] = [1 + trace, 1 + 2 * x[0] - trace, 1 + 2 * y[1] - trace, 1 + 2 * z[2] - trace];
  const most = Math.max(w2, x2, y2, z2);
  const s = 2 * Math.sqrt(most);
  if (most === w2) return [(y[2] - z[1]) / s, (z[0] - x[2]) / s, (x[1] - y[0]) / s, s / 4];
  if (most === x2) return [s / 4, (y[0] + x[1]) / s, (z[0] + x[2]) / s, (y[2] - z[1]) / s];
  if (most === y2) return [(y[0] + x[1]) / s, s / 4, (z[1] + y[2]) / s, (z[0] - x[2]) / s];
  return [(z[0] + x[2]) / s, (z[1] + y[2]) / s, s / 4, (x[1] - y[0]) / s];
}

/** The axes of the world, rotated. */
export const frameOf = (q: Rotation): Frame => ({
  x: turned(q, [1, 0, 0]),
  y: turned(q, [0, 1, 0]),
  z: turned(q, [0, 0, 1]),
});

/** The point at share `t` of the shortest way from `a` to `b` (Shoemake 1985). */
export function slerp(a: Rotation, b: Rotation, t: number): Rotation {
  let cos = a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3];
  const sign = cos < 0 ? -1 : 1;
  cos *= sign;
  let [p, q] = [1 - t, t * sign];
  if (cos < 0.999999) {
    const angle = Math.acos(cos);
    const sin = Math.sin(angle);
    [p, q] = [Math.sin(p * angle) / sin, sign * Math.sin(t * angle) / sin];
  }
  const r: Rotation = [p * a[0] + q * b[0], p * a[1] + q * b[1], p * a[2] + q * b[2], p * a[3] + q * b[3]];
  const norm = 1 / Math.hypot(...r);
  return [r[0] * norm, r[1] * norm, r[2] * norm, r[3] * norm];
}

/**
 * The least rotation that takes one direction to another; for opposite ones the axis is perpendicular to `through`.
 *
 * @param a, @param b unit vectors. @param through where the way leads where both directions are opposite.
 */
export function arc(a: Vec3, b: Vec3, through: Vec3 = [0.34, 0.21, 0.92]): Rotation {
  const w = 1 + dot(a, b);
  const axis = cross(a, b);
  if (w > 1e-7) {
    const norm = 1 / Math.hypot(axis[0], axis[1], axis[2], w);
    return [axis[0] * norm, axis[1] * norm, axis[2] * norm, w * norm];
  }
  const turn = cross(a, through);
  return [...unit(length(turn) > 1e-6 ? turn : cross(a, [through[1], through[2], through[0]])), 0];
}

/** A rotation as its axis times its angle in radians (at most π). */
export function logOf(q: Rotation): Vec3 {
  const sin = Math.hypot(q[0], q[1], q[2]);
  if (sin < 1e-12) return [0, 0, 0];
  const w = q[3];
  const angle = 2 * Math.atan2(w < 0 ? -sin : sin, Math.abs(w));
  return scale([q[0], q[1], q[2]], angle / sin);
}
