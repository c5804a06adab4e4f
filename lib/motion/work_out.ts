/** Working a motion's moves out beforehand. */
import type { Motion } from "./motion.ts";

/** After so many milliseconds of work others get their turn. */
const SLICE = 40;

/**
 * Works out how a motion's moves go, one after another, which `poseAt()` would else do when it is first asked: a hard move
 * takes a good part of a second. Others run in between.
 *
 * @param onProgress is told how many moves are worked out, of how many.
 * @throws the signal's reason when aborted.
 */
export async function workOut(
  { keys, poseAt }: Motion,
  { signal, onProgress }: {
    readonly signal?: AbortSignal;
    readonly onProgress?: (done: number, total: number) => void;
  } = {},
): Promise<void> {
  let started = performance.now();
  for (const [i, { at }] of keys.entries()) {
    signal?.throwIfAborted();
    poseAt(at);
    onProgress?.(i + 1, keys.length);
    if (performance.now() - started < SLICE) continue;
    await new Promise((resolve) => setTimeout(resolve));
    started = performance.now();
  }
}
