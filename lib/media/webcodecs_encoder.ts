/** H.264 by `npm:@napi-rs/webcodecs`: x264 in a thread of its own, muxed by the same package. */
import { type Encoding, keyFrameEvery, type VideoEncoding, type VideoFormat } from "./video_encoder.ts";

/** Frames that wait for the encoder: more would only take memory. */
const WAITING = 4;
/** High profile; the level by the macroblocks of a frame and a second (H.264, table A-1). */
const LEVELS = [[1620, 40_500, "1E"], [3600, 108_000, "1F"], [8192, 245_760, "28"], [36_864, 983_040, "33"]] as const;

async function open({ width, height, step }: VideoFormat): Promise<Encoding> {
  const { Mp4Muxer, VideoEncoder, VideoFrame } = await import("@napi-rs/webcodecs");
  const blocks = Math.ceil(width / 16) * Math.ceil(height / 16);
  const level = LEVELS.find(([frame, second]) => blocks <= frame && blocks / step <= second)?.[2] ?? "33";
  const codec = `avc1.6400${level}`;
  const framerate = 1 / step;
  const muxer = new Mp4Muxer({ fastStart: true });
  muxer.addVideoTrack({ codec, width, height, framerate });
  let failure: unknown;
  const encoder = new VideoEncoder({
    output: (chunk, metadata) => {
      try {
        muxer.addVideoChunk(chunk, metadata);
      } catch (error) {
        failure ??= error;
      }
    },
    error: (error) => failure ??= error,
  });
  // Quality, not bit rate, stays the same: a held pose takes next to nothing.
  encoder.configure({ codec, width, height, framerate, bitrateMode: "quantizer", avc: { format: "avc" } });
  const keyEvery = keyFrameEvery({ step });
  const check = () => {
    if (failure !== undefined) throw failure;
  };
  let count = 0;
  return {
    async add(pixels) {
      const start = Math.round(count * step * 1e6);
      const frame = new VideoFrame(new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength), {
        format: "RGBA",
        codedWidth: width,
        codedHeight: height,
        timestamp: start,
        duration: Math.round((count + 1) * step * 1e6) - start,
      });
      encoder.encode(frame, { keyFrame: count % keyEvery === 0 });
      frame.close();
      count++;
      while (encoder.encodeQueueSize > WAITING && failure === undefined) {
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      check();
    },
    async finish() {
      await encoder.flush();
      check();
      return muxer.finalize();
    },
    async close() {
      // An encoder that is closed while frames wait in it may block the process when it ends.
      if (encoder.state === "configured") await encoder.flush().catch(() => {});
      if (encoder.state !== "closed") encoder.close();
      muxer.close();
    },
  };
}

/** The native encoder. */
export const webcodecs: VideoEncoding = { name: "@napi-rs/webcodecs", open };
