import assert from "node:assert/strict";
import { Mp4Demuxer, VideoDecoder, type VideoFrame } from "@napi-rs/webcodecs";
import { framesOf } from "./frames.ts";
import { openStage } from "./stage.ts";
import type { EncoderEvent } from "./media_options.ts";
import { VIDEO_ENCODERS, writeMp4 } from "./mp4.ts";
import { boxPath } from "./mp4_boxes.ts";
import { markColours } from "./mp4_colours.ts";
import { bytesOf, macarena, wave } from "./testdata/motions.ts";
import type { VideoEncoding } from "./video_encoder.ts";

/** Frames of a video, RGB of each pixel, by BT.601's matrix as the file must say. */
async function decode(mp4: Uint8Array): Promise<{ frames: Uint8Array[]; seconds: number; matrix: string | null }> {
  const frames: VideoFrame[] = [];
  const failures: Error[] = [];
  const error = (cause: Error) => void failures.push(cause);
  const decoder = new VideoDecoder({ output: (frame) => frames.push(frame), error });
  const demuxer = new Mp4Demuxer({ videoOutput: (chunk) => decoder.decode(chunk), error });
  await demuxer.loadBuffer(mp4);
  const config = demuxer.videoDecoderConfig;
  assert.ok(config);
  decoder.configure(config);
  await demuxer.demuxAsync();
  await decoder.flush();
  assert.deepEqual(failures, []);
  const seconds = (demuxer.duration ?? NaN) / 1e6;
  const matrix = frames[0]?.colorSpace.matrix ?? null;
  const rgb = [];
  for (const frame of frames.sort((a, b) => a.timestamp - b.timestamp)) {
    const [width, height] = [frame.codedWidth, frame.codedHeight];
    const yuv = new Uint8Array(frame.allocationSize());
    await frame.copyTo(yuv);
    frame.close();
    rgb.push(fromI420(yuv, width, height));
  }
  decoder.close();
  demuxer.close();
  return { frames: rgb, seconds, matrix };
}

function fromI420(yuv: Uint8Array, width: number, height: number): Uint8Array {
  const [u, v] = [width * height, width * height * 5 / 4];
  const out = new Uint8Array(width * height * 3);
  const byte = (value: number) => Math.max(0, Math.min(255, Math.round(value)));
  for (let p = 0; p < width * height; p++) {
    const at = (Math.floor(p / width) >> 1) * (width >> 1) + (p % width >> 1);
    const y = 1.164383 * ((yuv[p] ?? 0) - 16), cb = (yuv[u + at] ?? 0) - 128, cr = (yuv[v + at] ?? 0) - 128;
    out[3 * p] = byte(y + 1.596027 * cr);
    out[3 * p + 1] = byte(y - 0.391762 * cb - 0.812968 * cr);
    out[3 * p + 2] = byte(y + 2.017232 * cb);
  }
  return out;
}

/** Peak signal to noise of two pictures, dB. */
function psnr(rgb: Uint8Array, rgba: Uint8ClampedArray): number {
  let sum = 0;
  for (let i = 0; i < rgb.length; i++) sum += ((rgb[i] ?? 0) - (rgba[Math.floor(i / 3) * 4 + i % 3] ?? 0)) ** 2;
  return 10 * Math.log10(255 ** 2 / (sum / rgb.length));
}

for (const encoder of VIDEO_ENCODERS) {
  Deno.test(`an MP4 by ${encoder.name} has every frame, the motion's length and the drawn colours, 38 dB near`, async () => {
    const motion = await macarena();
    const options = { size: 480, fps: 5, captions: false };
    const mp4 = await bytesOf(writeMp4([motion], options, [encoder]));
    const { frames, seconds, matrix } = await decode(mp4);
    const { moments, draw } = await framesOf([motion], openStage, options);
    assert.equal(frames.length, moments.count);
    assert.ok(Math.abs(seconds - motion.seconds) < 0.001, `${seconds} s`);
    assert.equal(matrix, "smpte170m");
    let [i, least] = [0, Infinity];
    for await (const { pixels } of draw()) least = Math.min(least, psnr(frames[i++] ?? new Uint8Array(), pixels));
    assert.ok(least >= 38, `${least.toFixed(1)} dB`);
  });
}

Deno.test("an MP4's index comes first, its sides are even, and its colours are said once", async () => {
  const mp4 = await bytesOf(writeMp4([wave()], { size: 65, captions: false }));
  const moov = boxPath(mp4, ["moov"])[0]?.start ?? Infinity, mdat = boxPath(mp4, ["mdat"])[0]?.start ?? 0;
  assert.ok(moov < mdat);
  const avc1 = boxPath(mp4, ["moov", "trak", "mdia", "minf", "stbl", "stsd", "avc1"]).at(-1)?.start ?? 0;
  const view = new DataView(mp4.buffer);
  assert.deepEqual([view.getUint16(avc1 + 32), view.getUint16(avc1 + 34)], [66, 66]);
  assert.deepEqual(markColours(mp4), mp4);
  assert.throws(() => markColours(Uint8Array.of(1, 2, 3)), { name: "TypeError", message: /no H.264 track/ });
});

/** An encoder that fails after some frames. */
const failing = (name: string, after: number): VideoEncoding => ({
  name,
  open: () => {
    if (after < 0) throw new Error("not installed");
    let count = 0;
    return Promise.resolve({
      add: () => count++ < after ? Promise.resolve() : Promise.reject(new Error("crashed")),
      finish: () => Promise.resolve(new Uint8Array()),
      close: () => Promise.resolve(),
    });
  },
});

Deno.test("an MP4 comes from the next encoder where one is missing or crashes, and that is said", async () => {
  const events: EncoderEvent[] = [];
  const options = { size: 64, onEvent: (event: EncoderEvent) => events.push(event) };
  const encoders = [failing("missing", -1), failing("crashing", 5), ...VIDEO_ENCODERS.slice(1)];
  const mp4 = await bytesOf(writeMp4([wave()], options, encoders));
  assert.equal((await decode(mp4)).frames.length, 30);
  assert.deepEqual(events, [{
    type: "encoder",
    name: "h264-mp4-encoder",
    failed: [{ name: "missing", reason: "not installed" }, { name: "crashing", reason: "crashed" }],
  }]);
});

Deno.test("an MP4 that no encoder makes tells what each said", async () => {
  const encoders = [failing("missing", -1), failing("crashing", 2)];
  await assert.rejects(bytesOf(writeMp4([wave()], { size: 64 }, encoders)), {
    name: "VideoError",
    message: /missing: not installed; crashing: crashed/,
  });
});

Deno.test("an MP4 stops half way when its signal says so, and no other encoder begins", async () => {
  const controller = new AbortController();
  const onProgress = (done: number) => done === 20 && controller.abort();
  const events: EncoderEvent[] = [];
  const motion = await macarena();
  const options = { size: 480, signal: controller.signal, onProgress, onEvent: (e: EncoderEvent) => events.push(e) };
  await assert.rejects(bytesOf(writeMp4([motion], options)), { name: "AbortError" });
  assert.deepEqual(events, []);
});
