/** Many poses side by side. */
import type { Pose } from "../skeleton/mod.ts";
import { type Backend, openBackend, type Pen, type Picture } from "./canvas.ts";
import { captionHeight, paintCaption } from "./caption.ts";
import { type Outsider, paintOutside } from "./draw_outside.ts";
import { paintPose } from "./draw_pose.ts";
import { COLOURS } from "./palette.ts";

/** How to lay out a contact sheet. */
export interface SheetOptions {
  /** Pixels of one figure's cell, which is square; default 240. */
  readonly size?: number;
  /** Default: as many as make the sheet about one and a half times as wide as high, at most six. */
  readonly columns?: number;
  /** A line under each figure; default none. */
  readonly captions?: readonly string[];
  /** The most lines of a caption; default 2. */
  readonly lines?: number;
  /** Degrees of yaw added to the usual direction for all; default: each pose's own. */
  readonly view?: number;
  readonly backend?: Backend;
}

const GAP = 4;

/**
 * Draws a contact sheet.
 *
 * @throws {RangeError} without a pose, or if columns or size are not whole numbers from 1.
 */
export function drawSheet(poses: readonly Pose[], options: SheetOptions = {}): Promise<Picture> {
  return layOut(poses, paintPose, options);
}

/**
 * Draws a contact sheet of poses from outside, with what is wrong with them.
 *
 * @throws {RangeError} as {@linkcode drawSheet} does.
 */
export function drawOutsideSheet(poses: readonly Outsider[], options: SheetOptions = {}): Promise<Picture> {
  return layOut(poses, paintOutside, options);
}

async function layOut<Posed>(
  poses: readonly Posed[],
  paint: (pen: Pen, pose: Posed, options: { width: number; height: number; view?: number }) => void,
  options: SheetOptions,
): Promise<Picture> {
  if (poses.length === 0) throw new RangeError("Cannot draw a contact sheet: give at least one pose");
  const { size = 240, captions = [], lines = 2, backend = await openBackend() } = options;
  const columns = options.columns ?? Math.min(6, Math.ceil(Math.sqrt(poses.length * 1.5)));
  for (const [name, value] of Object.entries({ columns, size })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new RangeError(`Cannot draw a contact sheet: ${name} is a whole number from 1, not ${value}`);
    }
  }
  const foot = captions.length > 0 ? captionHeight(size, lines) : 0;
  const [across, down] = [Math.min(columns, poses.length), Math.ceil(poses.length / columns)];
  const surface = backend.createSurface(across * (size + GAP) + GAP, down * (size + foot + GAP) + GAP);
  const { pen } = surface;
  pen.fillStyle = COLOURS.frame;
  pen.fillRect(0, 0, surface.width, surface.height);
  pen.fillStyle = COLOURS.paper;
  pen.fillRect(1, 1, surface.width - 2, surface.height - 2);
  poses.forEach((pose, i) => {
    pen.save();
    pen.translate(GAP + (i % columns) * (size + GAP), GAP + Math.floor(i / columns) * (size + foot + GAP));
    pen.fillStyle = COLOURS.frame;
    pen.fillRect(-1, -1, size + 2, size + foot + 2);
    pen.fillStyle = COLOURS.paper;
    pen.fillRect(0, 0, size, size + foot);
    pen.beginPath();
    pen.rect(0, 0, size, size + foot);
    pen.clip();
    paint(pen, pose, { width: size, height: size, ...(options.view !== undefined && { view: options.view }) });
    const caption = captions[i];
    if (caption !== undefined) paintCaption(pen, caption, { y: size, width: size, lines });
    pen.restore();
  });
  return surface.picture();
}
