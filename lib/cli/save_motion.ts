/** How the commands save motions. */
import { RefusedError } from "../agent/mod.ts";
import type { View } from "../draw/mod.ts";
import { drawAnimation, type Format, formatOf, mirrored, save, type Saved, writeFile } from "../media/mod.ts";
import { type Motion, workOut } from "../motion/mod.ts";
import { MESSAGES } from "./messages.ts";
import type { Terminal } from "./terminal.ts";

/** What a person says about the file. */
export interface MotionFileOptions {
  readonly size: number;
  /** Frames a second; default: the format's own. */
  readonly fps?: number;
  /** Key poses one after another, without the movement between them: a GIF only. */
  readonly stills: boolean;
  /** Where from; default: as most of the key poses ask for. */
  readonly view?: View;
  /** What stands beside the figure: itself in the mirror, as a teacher who faces the pupils. */
  readonly beside?: "mirror";
}

/** Formats that show a figure; the others hold a motion as data. */
const SHOWN: readonly Format[] = ["gif", "mp4", "png", "html"];

/** The format of a file. @throws {RefusedError} if no motion is saved under that name, or not so. */
export function checkFormat(path: string, { stills, fps, view, beside }: Omit<MotionFileOptions, "size">): Format {
  try {
    const format = formatOf(path);
    if (stills && format !== "gif") throw new RangeError(`Cannot save stills as "${path}": its name must end in .gif`);
    if (stills && beside) throw new RangeError("Cannot save stills of two figures: leave out --stills or --beside");
    if (!SHOWN.includes(format) && (view !== undefined || beside)) {
      const option = beside ? "--beside" : "--view";
      throw new RangeError(`Cannot save ${format} with ${option}: it holds the motion itself, not a picture of it`);
    }
    if (format === "gif" && (fps ?? 0) > 50) {
      throw new RangeError(`Cannot make a GIF of ${fps} frames a second: at most 50`);
    }
    return format;
  } catch (error) {
    throw error instanceof RangeError ? new RefusedError(error.message) : error;
  }
}

/**
 * Saves a motion, telling how far it is and which video encoder served where the first did not.
 *
 * @param sidecar what JSON holds beside the motion.
 * @throws as `save()` does.
 */
export async function saveMotion(
  motion: Motion,
  path: string,
  { size, fps, stills, view, beside }: MotionFileOptions,
  { count, say, signal }: Pick<Terminal, "count" | "say" | "signal">,
  { sidecar, title, labels = MESSAGES.en.mirror }: {
    readonly sidecar?: object;
    readonly title?: string;
    /** What stands over the figure in the mirror, and over the figure beside it. */
    readonly labels?: readonly string[];
  } = {},
): Promise<Saved> {
  if (stills) {
    const ends = [...motion.keys.slice(1).map(({ at }) => at), motion.seconds];
    const gif = await drawAnimation(
      motion.keys.map(({ pose, at, caption }, i) => ({
        pose,
        seconds: (ends[i] ?? at) - at,
        ...(caption !== undefined && { caption }),
      })),
      { size, loop: motion.loop ? 0 : 1, signal, ...(view !== undefined && { view }) },
    );
    await writeFile(path, gif, signal);
    return { format: "gif", bytes: gif.length };
  }
  await workOut(motion, { signal, onProgress: (done, total) => count("motion", done, total) });
  const isPicture = /\.png$/i.test(path);
  return await save(beside ? [mirrored(motion), motion] : motion, path, {
    signal,
    ...(!isPicture && { size }),
    ...(fps !== undefined && { fps }),
    ...(view !== undefined && { view }),
    ...(beside && { labels }),
    ...(sidecar && { sidecar }),
    ...(title !== undefined && { title }),
    onProgress: (done, total) => count(path, done, total),
    onEvent: ({ name, failed }) => {
      for (const { name: other, reason } of failed) say(`${name}: ${other} → ${reason}`);
    },
  });
}
