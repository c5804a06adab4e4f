import { openBreath } from "./breathe.ts";
import type { MediaOptions } from "./media_options.ts";

/** How many lines are held before they are handed on. */
const PART = 100;

/**
 * Writes a text that has a line a frame, in parts, so that a long one is never in memory whole and others have their turn
 * between two frames.
 *
 * @param text what is around the lines, how many there are, and each of them, with its end; asked for once, in order.
 */
export async function* writeLines(
  text: { readonly head: string; readonly count: number; readonly line: (i: number) => string; readonly foot: string },
  { signal, onProgress }: Pick<MediaOptions, "signal" | "onProgress">,
): AsyncGenerator<Uint8Array> {
  const { count, line } = text;
  const breathe = openBreath(signal);
  const encoder = new TextEncoder();
  let part = text.head;
  for (let i = 0; i < count; i++) {
    part += line(i);
    if (i % PART === PART - 1) {
      yield encoder.encode(part);
      part = "";
      onProgress?.(i + 1, count);
    }
    await breathe();
  }
  onProgress?.(count, count);
  yield encoder.encode(part + text.foot);
}
