/** A motion as data. */
import type { Motion } from "../motion/mod.ts";
import type { Pose } from "../skeleton/mod.ts";
import { openBreath } from "./breathe.ts";
import type { MediaOptions } from "./media_options.ts";
import { momentsOf } from "./moments.ts";

const FPS = 25;
/** Micrometres and their like: what is finer says nothing and takes room. */
const DIGITS = 6;
const PART = 100;

/**
 * Writes a motion as JSON, `{…sidecar, "motion": {"fps", "seconds", "loop", "frames": [{"pose"}]}}`, a line a frame:
 * evenly spaced poses, so many a second that a loop comes out even; numbers to 6 decimals.
 *
 * @throws {RangeError} for a rate or a motion that can't be written.
 */
export async function* writeMotionJson(motion: Motion, options: MediaOptions): AsyncGenerator<Uint8Array> {
  const { fps = FPS, sidecar = {}, signal, onProgress } = options;
  const breathe = openBreath(signal);
  const { count, step, at } = momentsOf(motion, fps);
  const encoder = new TextEncoder();
  const before = JSON.stringify(sidecar, null, 2).replace(/\n?\}$/, "");
  const head = `"fps": ${round(1 / step)}, "seconds": ${round(motion.seconds)}, "loop": ${motion.loop}`;
  let text = `${before}${before === "{" ? "" : ","}\n  "motion": {${head}, "frames": [\n`;
  for (let i = 0; i < count; i++) {
    text += `    ${JSON.stringify({ pose: rounded(motion.poseAt(at(i))) })}${i < count - 1 ? "," : ""}\n`;
    if (i % PART === PART - 1) {
      yield encoder.encode(text);
      text = "";
      onProgress?.(i + 1, count);
    }
    await breathe();
  }
  onProgress?.(count, count);
  yield encoder.encode(`${text}  ]}\n}\n`);
}

const round = (value: number) => Number(value.toFixed(DIGITS));

const rounded = (pose: Pose) =>
  JSON.parse(JSON.stringify(pose, (_, value) => typeof value === "number" ? round(value) : value)) as Pose;
