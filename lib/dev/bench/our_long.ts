/**
 * Ten thousand frames of the Macarena, again and again, as a GIF and as a video: what each thousand of them took.
 *
 * @module
 */
import process from "node:process";
import { loadLibrary } from "../../library/mod.ts";
import { encodeParts, type Format } from "../../media/mod.ts";
import { createMotion, motionOf } from "../../motion/mod.ts";
import { answerRounds, type Work } from "./answer_rounds.ts";

const FRAMES = 10_000;
const FPS = 25;
const SIZE = 120;
const PART = 1000;

const library = await loadLibrary();
const choreography = library.choreography("macarena");
if (choreography === undefined) throw new Error("Cannot bench: the library has no Macarena");
const { keys, seconds } = motionOf(library, choreography);
const times = Math.ceil(FRAMES / FPS / seconds);
const motion = createMotion(Array.from({ length: times }, () => keys).flat(), { bpm: choreography.bpm });

/** Makes the frames and forgets them; the processor's time and the memory of every thousand. */
const made = (format: Format): Work => async () => {
  const [cpuMs, megabytes]: [number[], number[]] = [[], []];
  let before = process.cpuUsage();
  const onProgress = (done: number) => {
    if (done % PART !== 0) return;
    const { user, system } = process.cpuUsage(before);
    cpuMs.push((user + system) / 1000 / PART);
    megabytes.push(Deno.memoryUsage().rss / 1e6);
    before = process.cpuUsage();
  };
  const parts = encodeParts(motion, format, { fps: FPS, size: SIZE, captions: false, onProgress });
  for await (const _ of parts) { /* written nowhere */ }
  return () => ({ cpuMs, megabytes });
};

await answerRounds({ gif: made("gif"), mp4: made("mp4") });
