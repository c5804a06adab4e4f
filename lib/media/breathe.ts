/** Long work gives way to others (a signal, an event) about this often. */
const YIELD_MS = 100;

/**
 * Lets long work breathe.
 *
 * @returns what to await after each piece of work: now and then it lets the event loop run, and throws the signal's
 * reason once aborted.
 */
export function openBreath(signal?: AbortSignal): () => Promise<void> {
  signal?.throwIfAborted();
  let pause = performance.now() + YIELD_MS;
  return async () => {
    if (performance.now() < pause) return;
    await new Promise((resolve) => setTimeout(resolve));
    signal?.throwIfAborted();
    pause = performance.now() + YIELD_MS;
  };
}
