/** A motion as data. */
import type { Motion } from "../motion/mod.ts";
import type { Pose } from "../skeleton/mod.ts";
import type { MediaOptions } from "./media_options.ts";
import { momentsOf } from "./moments.ts";
import { writeLines } from "./write_lines.ts";

const FPS = 25;
/** Micrometres and their like: what is finer says nothing and takes room. */
const DIGITS = 6;

/**
 * Writes a motion as JSON, `{…sidecar, "motion": {"fps", "seconds", "loop", "frames": [{"pose"}]}}`, a line a frame:
 * evenly spaced poses, so many a second that a loop comes out even; numbers to 6 decimals.
 *
 * @throws {RangeError} for a rate or a motion that can't be written.
 */
export async function* writeMotionJson(motion: Motion, options: MediaOptions): AsyncGenerator<Uint8Array> {
  const { fps = FPS, sidecar = {} } = options;
  const { count, step, at } = momentsOf(motion, fps);
  const before = JSON.stringify(sidecar, null, 2).replace(/\n?\}$/, "");
  const about = `"fps": ${round(1 / step)}, "seconds": ${round(motion.seconds)}, "loop": ${motion.loop}`;
  yield* writeLines({
    head: `${before}${before === "{" ? "" : ","}\n  "motion": {${about}, "frames": [\n`,
    count,
    line: (i) => `    ${JSON.stringify({ pose: rounded(motion.poseAt(at(i))) })}${i < count - 1 ? "," : ""}\n`,
    foot: "  ]}\n}\n",
  }, options);
}

const round = (value: number) => Number(value.toFixed(DIGITS));

const rounded = (pose: Pose) =>
  JSON.parse(JSON.stringify(pose, (_, value) => typeof value === "number" ? round(value) : value)) as Pose;
