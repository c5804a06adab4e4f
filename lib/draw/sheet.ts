/** Many poses side by side. */
import type { Pose } from "../skeleton/mod.ts";
import type { View } from "./camera.ts";
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
  /** Where from, for all; default: each pose's own. */
  readonly view?: View;
  /** The canvas to draw with; default: the one that {@linkcode openBackend} opens. */
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
  paint: (pen: Pen, pose: Posed, options: { width: number; height: number; view?: View }) => void,
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
    paintCell(pen, size, size + foot);
    paint(pen, pose, { width: size, height: size, ...(options.view !== undefined && { view: options.view }) });
    const caption = captions[i];
    if (caption !== undefined) paintCaption(pen, caption, { y: size, width: size, lines });
    pen.restore();
  });
  return surface.picture();
}

/** Paints an empty cell with a thin frame around it, its corner at the pen's origin; what follows stays inside it. */
export function paintCell(pen: Pen, width: number, height: number): void {
  pen.fillStyle = COLOURS.frame;
  pen.fillRect(-1, -1, width + 2, height + 2);
  pen.fillStyle = COLOURS.paper;
  pen.fillRect(0, 0, width, height);
  pen.beginPath();
  pen.rect(0, 0, width, height);
  pen.clip();
}
