/**
 * Six seconds of the Macarena, 480 px, 25 frames a second, as H.264 in MP4 and as a GIF: beside
 * `lib/dev/peers/imageio_mp4.py`. It begins by writing what the peer needs: the frames, and the joints in them.
 *
 * @module
 */
import { loadLibrary } from "../../library/mod.ts";
import { framesOf } from "../../media/frames.ts";
import { openStage } from "../../media/stage.ts";
import { markColours } from "../../media/mp4_colours.ts";
import { writeMp4 } from "../../media/mp4.ts";
import { writeGif } from "../../media/smooth_gif.ts";
import { webcodecs } from "../../media/webcodecs_encoder.ts";
import { motionOf } from "../../motion/mod.ts";
import { answerRounds, type Work } from "./answer_rounds.ts";

const SECONDS = 6;
const FPS = 25;

const library = await loadLibrary();
const choreography = library.choreography("macarena");
if (choreography === undefined) throw new Error("Cannot bench: the library has no Macarena");
const beats = choreography.moves.reduce((sum, move) => sum + move.beats, 0);
const motion = motionOf(library, choreography, undefined, { bpm: 60 * beats / SECONDS });

const { draw, moments, width, height } = await framesOf([motion], openStage, { fps: FPS, captions: false });
const pictures: Uint8ClampedArray[] = [];
for await (const { pixels } of draw()) pictures.push(pixels.slice());
const rgb = new Uint8Array(pictures.length * width * height * 3);
pictures.forEach((pixels, i) => {
  for (let from = 0, to = i * width * height * 3; from < pixels.length; from += 4) {
    rgb[to++] = pixels[from] ?? 0;
    rgb[to++] = pixels[from + 1] ?? 0;
    rgb[to++] = pixels[from + 2] ?? 0;
  }
});
await Deno.writeFile(".cache/bench/frames.rgb", rgb);
const joints = pictures.map((_, i) => motion.poseAt(moments.at(i)).joints);
await Deno.writeTextFile(".cache/bench/motion.json", JSON.stringify(joints));

/** Writes parts as a file, as the peer does. */
const saved = (name: string, parts: () => AsyncIterable<Uint8Array>): Work => async () => {
  const path = `.cache/bench/${name}`;
  using file = await Deno.open(path, { write: true, create: true, truncate: true });
  for await (const part of parts()) await file.write(part);
  return async () => ({ bytes: (await Deno.stat(path)).size });
};

/** As `writeMp4` encodes, but of frames that are drawn already. */
async function* encode() {
  const encoding = await webcodecs.open({ width, height, step: moments.step });
  for (const pixels of pictures) await encoding.add(pixels);
  yield markColours(await encoding.finish());
  await encoding.close();
}

const options = { fps: FPS, captions: false };
await answerRounds({
  "encode": saved("ours.mp4", encode),
  "whole": saved("whole.mp4", () => writeMp4([motion], options)),
  "gif": saved("smooth.gif", () => writeGif([motion], options)),
});
