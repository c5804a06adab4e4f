/** One pose as a picture. */
import { bodyOf, type Pose } from "../skeleton/mod.ts";
import { fitCamera, type View } from "./camera.ts";
import { type Backend, openBackend, type Pen, type Picture } from "./canvas.ts";
import { captionHeight, paintCaption } from "./caption.ts";
import { paintFigure } from "./figure.ts";
import { COLOURS } from "./palette.ts";

/** How to draw a pose. */
export interface DrawOptions {
  /** Pixels; default 480. */
  readonly width?: number;
  /** Pixels, the caption's included; default as the width. */
  readonly height?: number;
  /** A line under the figure. */
  readonly caption?: string;
  /** Where from; default: the pose's own. */
  readonly view?: View;
  /** Default: the one that {@linkcode openBackend} finds. */
  readonly backend?: Backend;
}

/**
 * Draws a pose.
 *
 * @returns RGBA pixels on white.
 * @throws {RangeError} if a side is not a whole number of pixels that a canvas can have.
 */
export async function drawPose(pose: Pose, options: DrawOptions = {}): Promise<Picture> {
  const { width = 480, height = width, backend = await openBackend() } = options;
  const surface = backend.createSurface(width, height);
  paintPose(surface.pen, pose, { ...options, width, height });
  return await surface.pictureLater();
}

/** Paints a pose with its caption on a part of a canvas whose corner is the pen's origin. */
export function paintPose(
  pen: Pen,
  pose: Pose,
  { width, height, caption, view = pose.view ?? 0 }: DrawOptions & { readonly width: number; readonly height: number },
) {
  const foot = caption === undefined ? 0 : captionHeight(width);
  const body = bodyOf(pose);
  pen.fillStyle = COLOURS.paper;
  pen.fillRect(0, 0, width, height);
  paintFigure(pen, body, fitCamera([body], { width, height: height - foot, view }));
  if (caption !== undefined) paintCaption(pen, caption, { y: height - foot, width });
}
