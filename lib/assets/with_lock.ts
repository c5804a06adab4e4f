const POLL_MS = 150;

/**
 * Runs a task while no other process (and no other call in this one) holds the same lock file. The operating system
 * releases the lock when its holder dies, however it dies; the empty lock file stays.
 *
 * @param lockFile Path of the lock file; its folder must exist.
 * @param task What to run alone.
 * @param signal Ends the waiting, not the task.
 * @returns What the task returns.
 */
export async function withLock<T>(lockFile: string, task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  using file = await Deno.open(lockFile, { create: true, write: true });
  while (!(await file.tryLock(true))) {
    signal?.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  try {
    signal?.throwIfAborted();
    return await task();
  } finally {
    await file.unlock();
  }
}
