/** A pose from outside as a picture: a valid one as any other, one that is not with what is wrong. */
import { placesOf, type PoseFromOutside, validate } from "../skeleton/mod.ts";
import { paintBroken } from "./broken_figure.ts";
import { fitPoints } from "./camera.ts";
import { openBackend, type Pen, type Picture } from "./canvas.ts";
import { captionHeight, paintCaption } from "./caption.ts";
import { type DrawOptions, paintPose } from "./draw_pose.ts";
import { COLOURS } from "./palette.ts";

/** A pose from a model or a client, which may be meant to be in the air. */
export interface Outsider extends PoseFromOutside {
  /** Whether nothing needs to touch the floor; default false. */
  readonly airborne?: boolean;
}

/**
 * Draws a pose from outside, whatever it is: bones that are too long or too short in red with their share of the right
 * length, joints under the floor with their depth, joints that bend as none can in a ring, the missing ones by their
 * names. All of it is in the picture.
 *
 * @returns RGBA pixels on white.
 * @throws {RangeError} if a side is not a whole number of pixels that a canvas can have.
 */
export async function drawOutside(pose: Outsider, options: DrawOptions = {}): Promise<Picture> {
  const { width = 480, height = width, backend = await openBackend() } = options;
  const surface = backend.createSurface(width, height);
  paintOutside(surface.pen, pose, { ...options, width, height });
  return surface.picture();
}

/** Paints a pose from outside with its caption on a part of a canvas whose corner is the pen's origin. */
export function paintOutside(
  pen: Pen,
  outside: Outsider,
  options: DrawOptions & { readonly width: number; readonly height: number },
): void {
  const { airborne = false } = outside;
  const { faults, pose } = validate(outside, { airborne });
  if (pose && faults.length === 0) return paintPose(pen, pose, options);
  const { width, height, caption, view } = options;
  const foot = caption === undefined ? 0 : captionHeight(width);
  const joints = placesOf(outside.joints);
  pen.fillStyle = COLOURS.paper;
  pen.fillRect(0, 0, width, height);
  const points = Object.values(joints);
  const camera = fitPoints(points, { width, height: height - foot, ...(view !== undefined && { view }) });
  paintBroken(pen, { joints, faults }, camera);
  if (caption !== undefined) paintCaption(pen, caption, { y: height - foot, width });
}
