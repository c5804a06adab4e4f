/** Angles of trunk and head, in the degrees in which people name them. */
import { type Body, type Frame, sub, toFrame, unit } from "../skeleton/mod.ts";

/** Degrees of a radian. */
export const DEGREES = 180 / Math.PI;

/** Degrees above the horizontal, of a unit vector's part upwards. */
export const elevationOf = (up: number): number => Math.asin(Math.max(-1, Math.min(1, up))) * DEGREES;

/** How far the trunk leans out of upright: forward and to the left are positive. */
export function leanOf({ joints: j }: Body, frame: Frame): { readonly forward: number; readonly left: number } {
  const [x, y, z] = toFrame(frame, unit(sub(j.neck, j.pelvis)));
  return { forward: Math.atan2(z, y) * DEGREES, left: elevationOf(x) };
}

/** How far the chest is turned to the left against the hips. */
export function twistOf({ chest, pelvis }: Body): number {
  const [x, , z] = toFrame(pelvis, chest.z);
  return Math.atan2(x, z) * DEGREES;
}

/** How the head is held against the chest: turned left, nodding up, tilted left. */
export function headOf({ chest, head }: Body): { readonly turn: number; readonly nod: number; readonly tilt: number } {
  const gaze = toFrame(chest, head.z);
  const crown = toFrame(chest, head.y);
  return { turn: Math.atan2(gaze[0], gaze[2]) * DEGREES, nod: elevationOf(gaze[1]), tilt: elevationOf(crown[0]) };
}
