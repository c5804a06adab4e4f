/** What the parts of a figure share while they are built. */
import { type Body, dot, sub, unit, type Vec3 } from "../skeleton/mod.ts";
import type { Camera } from "./camera.ts";
import type { Piece, Spot } from "./order.ts";
import type { Tint } from "./palette.ts";

/** A body in front of a camera. */
export interface Scene {
  readonly body: Body;
  readonly camera: Camera;
  /** Pixels of white around what stands in front of something else. */
  readonly rim: number;
}

/** Puts a body in front of a camera. */
export function sceneOf(body: Body, camera: Camera): Scene {
  return { body, camera, rim: camera.scale * 0.021 };
}

/** A ball of the world on the screen. */
export const spot = ({ camera }: Scene, point: Vec3, radius: number): Spot => ({
  ...camera.ball(point, radius),
  depth: camera.depth(point),
});

/** Metres behind the pelvis to a tint; the first begins at the pelvis, midway between two legs that stand. */
const TINT_STEP = 0.11;

/** The tint of a part: 0 near, higher behind the pelvis; few steps, so that a GIF's palette holds them. */
export function tintOf(scene: Scene, point: Vec3): Tint {
  // Along the floor: seen from above, feet are farther off than heads, and that says nothing.
  const [x, , z] = scene.camera.toViewer;
  const behind = dot(sub(scene.body.joints.pelvis, point), unit([x, 0, z]));
  const steps = Math.ceil(behind / TINT_STEP);
  return steps <= 0 ? 0 : steps === 1 ? 1 : steps === 2 ? 2 : 3;
}

/** A piece's place against the trunk, see {@linkcode Piece}. */
export type Place = Piece["trunk"];
