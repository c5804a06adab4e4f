/** Poses from outside as a looped GIF, with what is wrong with them. */
import { captionHeight, COLOURS, openBackend, type Outsider, paintCaption, paintOutside } from "../draw/mod.ts";
import type { AnimationOptions } from "./animation.ts";
import { openBreath } from "./breathe.ts";
import { openGif } from "./gif.ts";

/** A pose from outside and how long it shows. */
export interface OutsideKey {
  /** The figure as it was written, valid or not. */
  readonly pose: Outsider;
  /** How long. */
  readonly seconds: number;
  /** What was asked for, or what is wrong. */
  readonly caption?: string;
}

const CAPTION_LINES = 2;

/**
 * Draws poses from outside and encodes them as a GIF. Valid ones look as they always do; each of the others is as large as
 * its picture lets it be.
 *
 * @returns the file's bytes.
 * @throws {RangeError} without a pose, for a size that no canvas has, for a time that is not positive; the signal's
 * reason when aborted.
 */
export async function drawOutsideAnimation(
  keys: readonly OutsideKey[],
  options: AnimationOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  if (keys.length === 0) throw new RangeError("Cannot draw an animation: give at least one pose");
  const { size = 480, loop = 0, view, backend = await openBackend(), onProgress, signal } = options;
  const breathe = openBreath(signal);
  const foot = keys.some(({ caption }) => caption !== undefined) ? captionHeight(size, CAPTION_LINES) : 0;
  const surface = backend.createSurface(size, size + foot);
  const gif = openGif({ width: size, height: size + foot, loop });
  for (const [i, { pose, seconds, caption = "" }] of keys.entries()) {
    const { pen } = surface;
    paintOutside(pen, pose, { width: size, height: size, ...(view !== undefined && { view }) });
    if (foot > 0) {
      pen.fillStyle = COLOURS.paper;
      pen.fillRect(0, size, size, foot);
      paintCaption(pen, caption, { y: size, width: size, lines: CAPTION_LINES, note: `${i + 1}/${keys.length}` });
    }
    gif.add({ pixels: surface.picture().pixels, delayMs: seconds * 1000 });
    onProgress?.(i + 1, keys.length);
    await breathe();
  }
  return gif.finish();
}
