/** Working a motion's moves out beforehand. */
import type { Motion } from "./motion.ts";

/** After so many milliseconds of work others get their turn. */
const SLICE = 40;

/**
 * Works out how a motion's moves go, which `poseAt()` would else do when it is first asked: a hard move takes a second or
 * more. Others run in between, every 40 ms or so.
 *
 * @param onProgress is told how many moves are worked out, of how many.
 * @throws the signal's reason when aborted, be it within a move.
 */
export async function workOut(
  { keys, planning }: Pick<Motion, "keys" | "planning">,
  { signal, onProgress }: {
    readonly signal?: AbortSignal;
    readonly onProgress?: (done: number, total: number) => void;
  } = {},
): Promise<void> {
  signal?.throwIfAborted();
  let [told, started] = [0, performance.now()];
  for (const done of planning()) {
    if (done > told) onProgress?.(told = done, keys.length);
    if (performance.now() - started < SLICE) continue;
    await new Promise((resolve) => setTimeout(resolve));
    signal?.throwIfAborted();
    started = performance.now();
  }
}
