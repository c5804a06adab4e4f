/** A motion as a looped GIF. */
import type { Motion } from "../motion/mod.ts";
import { framesOf } from "./frames.ts";
import { openGif } from "./gif.ts";
import { type MediaOptions, USUAL_FPS } from "./media_options.ts";
import { openPaletteStage } from "./palette_stage.ts";

/** Browsers slow down a frame that is shorter than 20 ms. */
const MOST_FPS = 50;

/**
 * Writes a motion, or several side by side, as a GIF, a part for every frame. What does not move is not written again;
 * the total time is the motion's, to a centisecond.
 *
 * @throws {RangeError} as {@linkcode framesOf} does, and for more than 50 frames a second.
 */
export async function* writeGif(
  motions: readonly Motion[],
  { fps = USUAL_FPS.gif, loop, ...options }: MediaOptions,
): AsyncGenerator<Uint8Array> {
  if (fps > MOST_FPS) throw new RangeError(`Cannot make a GIF of ${fps} frames a second: give at most ${MOST_FPS}`);
  const { width, height, moments, draw } = await framesOf(motions, openPaletteStage, { ...options, fps });
  const gif = openGif({ width, height, loop: loop ?? (motions.some((motion) => motion.loop) ? 0 : 1) });
  for await (const indices of draw()) {
    gif.add({ indices, delayMs: moments.step * 1000 });
    yield gif.take();
  }
  yield gif.finish();
}
