/** A motion as a video: H.264 in MP4. */
import type { Picture } from "../draw/mod.ts";
import type { Motion } from "../motion/mod.ts";
import { type Frames, framesOf } from "./frames.ts";
import { type EncoderEvent, type MediaOptions, USUAL_FPS } from "./media_options.ts";
import { markColours } from "./mp4_colours.ts";
import { setSeconds } from "./mp4_seconds.ts";
import { openStage } from "./stage.ts";
import type { VideoEncoding } from "./video_encoder.ts";
import { wasmEncoder } from "./wasm_encoder.ts";
import { webcodecs } from "./webcodecs_encoder.ts";

/** The encoders, the first that works serves. */
export const VIDEO_ENCODERS: readonly VideoEncoding[] = [webcodecs, wasmEncoder];

/** No video could be made: every encoder and what it said. */
export class VideoError extends Error {
  /** Tells it apart where classes can't. */
  override name = "VideoError";
}

/**
 * Writes a motion, or several side by side, as MP4 (H.264, yuv420p, the index first). If an encoder is missing or fails
 * at any frame, the next one begins anew; which one served and why is an event. Pictures are held one at a time; what
 * is encoded (about a kilobyte a frame) is held until the end, as the index comes first.
 *
 * @param encoders tried in this order.
 * @throws {RangeError} as {@linkcode framesOf} does; {VideoError} if no encoder works; the signal's reason when aborted.
 */
export async function* writeMp4(
  motions: readonly Motion[],
  { fps = USUAL_FPS.mp4, onEvent, ...options }: MediaOptions,
  encoders: readonly VideoEncoding[] = VIDEO_ENCODERS,
): AsyncGenerator<Uint8Array> {
  const frames = await framesOf(motions, openStage, { ...options, fps, even: true });
  const failed: { name: string; reason: string }[] = [];
  for (const encoder of encoders) {
    try {
      const mp4 = await encodeFrames(frames, encoder);
      onEvent?.({ type: "encoder", name: encoder.name, failed } satisfies EncoderEvent);
      yield mp4;
      return;
    } catch (error) {
      options.signal?.throwIfAborted();
      failed.push({ name: encoder.name, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  const said = failed.map(({ name, reason }) => `${name}: ${reason}`).join("; ");
  throw new VideoError(`Cannot encode the video; run "deno install", or write a GIF instead (${said})`);
}

async function encodeFrames(
  { width, height, moments, draw }: Frames<Picture>,
  encoder: VideoEncoding,
): Promise<Uint8Array> {
  const encoding = await encoder.open({ width, height, step: moments.step });
  try {
    for await (const { pixels } of draw()) await encoding.add(pixels);
    const mp4 = markColours(await encoding.finish());
    setSeconds(mp4, moments.count * moments.step);
    return mp4;
  } finally {
    await encoding.close();
  }
}
