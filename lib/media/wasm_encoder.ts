/** H.264 by `npm:h264-mp4-encoder`: WebAssembly, slower and larger, wherever Deno runs. */
import { type Encoding, keyFrameEvery, type VideoEncoding, type VideoFormat } from "./video_encoder.ts";

/** H.264's quantizer: about the quality of the native encoder's. */
const QUANTIZER = 21;
/** 0 is best, 10 is fastest. */
const SPEED = 5;

async function open({ width, height, step }: VideoFormat): Promise<Encoding> {
  const { default: { createH264MP4Encoder } } = await import("h264-mp4-encoder");
  const encoder = await createH264MP4Encoder();
  Object.assign(encoder, {
    width,
    height,
    frameRate: 1 / step,
    quantizationParameter: QUANTIZER,
    speed: SPEED,
    groupOfPictures: keyFrameEvery({ step }),
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
