/**
 * Runs tasks one after the other, in the order they came.
 *
 * @returns A function that queues a task. Its promise settles as the task does, or rejects with the signal's reason as
 *   soon as that aborts, even while the task, which hears the signal too, is still coming to its end: the next task
 *   waits for that end.
 */
export function createQueue(): <T>(task: () => Promise<T>, signal?: AbortSignal) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(task: () => Promise<T>, signal?: AbortSignal) => {
    const mine = last.then(() => {
      signal?.throwIfAborted();
      return task();
    });
    last = mine.catch(() => {});
    if (signal === undefined) return mine;
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    mine.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
    return promise;
  };
}
