/** A motion as a file, made in pieces between which other requests are answered. */
import { encode, type MediaOptions, USUAL_FPS } from "../media/mod.ts";
import { type Motion, workOut } from "../motion/mod.ts";
import type { ApiLimits } from "./limits.ts";

/** How to encode a motion. */
export interface EncodeMotionOptions extends Pick<MediaOptions, "size" | "backend" | "onProgress"> {
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Evenly spaced keys a second: each is one of the frames then, however many there are. */
  readonly keysPerSecond?: number;
  /** Moves planned, of how many. */
  readonly onPlanned?: (done: number, total: number) => void;
}

/**
 * Plans a motion's moves and encodes it, at the format's usual rate; what would take more frames than the limit has fewer
 * a second.
 *
 * @throws as `encode()` does.
 */
export async function encodeMotion(
  motion: Motion,
  format: "gif" | "mp4",
  { drawnFrames }: Pick<ApiLimits, "drawnFrames">,
  { keysPerSecond, onPlanned, ...options }: EncodeMotionOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  await workOut(motion, { signal: options.signal, ...(onPlanned && { onProgress: onPlanned }) });
  const usual = USUAL_FPS[format];
  const rate = keysPerSecond === undefined ? usual : keysPerSecond * Math.max(1, Math.round(usual / keysPerSecond));
  const fps = Math.max(1, Math.min(rate, drawnFrames / motion.seconds));
  return await encode(motion, format, { ...options, fps });
}
