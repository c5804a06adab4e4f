/** H.264 by `npm:h264-mp4-encoder`: WebAssembly, slower and larger, wherever Deno runs. */
import type { Encoding, VideoEncoding, VideoFormat } from "./video_encoder.ts";

/** H.264's quantizer: about the quality of the native encoder's. */
const QUANTIZER = 21;
/** 0 is best, 10 is fastest. */
const SPEED = 5;
const KEY_EVERY = 2;

async function open({ width, height, step }: VideoFormat): Promise<Encoding> {
  const { default: { createH264MP4Encoder } } = await import("h264-mp4-encoder");
  const encoder = await createH264MP4Encoder();
  Object.assign(encoder, {
    width,
    height,
    frameRate: 1 / step,
    quantizationParameter: QUANTIZER,
    speed: SPEED,
    groupOfPictures: Math.max(1, Math.round(KEY_EVERY / step)),
  });
  encoder.initialize();
  let open = true;
  return {
    add(pixels) {
      encoder.addFrameRgba(pixels);
      return Promise.resolve();
    },
    finish() {
      encoder.finalize();
      return Promise.resolve(encoder.FS.readFile(encoder.outputFilename));
    },
    close() {
      if (open) encoder.delete();
      open = false;
      return Promise.resolve();
    },
  };
}

/** The encoder that needs no native code. */
export const wasmEncoder: VideoEncoding = { name: "h264-mp4-encoder", open };
