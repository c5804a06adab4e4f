/** How the commands save motions. */
import { RefusedError } from "../agent/mod.ts";
import { drawAnimation, type Format, formatOf, save, type Saved, writeFile } from "../media/mod.ts";
import type { Motion } from "../motion/mod.ts";
import type { Terminal } from "./terminal.ts";

/** What a person says about the file. */
export interface MotionFileOptions {
  readonly size: number;
  /** Frames a second; default: the format's own. */
  readonly fps?: number;
  /** Key poses one after another, without the movement between them: a GIF only. */
  readonly stills: boolean;
}

/** The format of a file. @throws {RefusedError} if no motion is saved under that name, or not so. */
export function checkFormat(path: string, { stills, fps }: Omit<MotionFileOptions, "size">): Format {
  try {
    const format = formatOf(path);
    if (stills && format !== "gif") throw new RangeError(`Cannot save stills as "${path}": its name must end in .gif`);
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
  { size, fps, stills }: MotionFileOptions,
  { count, say, signal }: Pick<Terminal, "count" | "say" | "signal">,
  { sidecar, title }: { readonly sidecar?: object; readonly title?: string } = {},
): Promise<Saved> {
  if (stills) {
    const ends = [...motion.keys.slice(1).map(({ at }) => at), motion.seconds];
    const gif = await drawAnimation(
      motion.keys.map(({ pose, at, caption }, i) => ({
        pose,
        seconds: (ends[i] ?? at) - at,
        ...(caption !== undefined && { caption }),
      })),
      { size, loop: motion.loop ? 0 : 1, signal },
    );
    await writeFile(path, gif, signal);
    return { format: "gif", bytes: gif.length };
  }
  const isPicture = /\.png$/i.test(path);
  return await save(motion, path, {
    signal,
    ...(!isPicture && { size }),
    ...(fps !== undefined && { fps }),
    ...(sidecar && { sidecar }),
    ...(title !== undefined && { title }),
    onProgress: (done, total) => count(path, done, total),
    onEvent: ({ name, failed }) => {
      for (const { name: other, reason } of failed) say(`${name}: ${other} → ${reason}`);
    },
  });
}
