/** A signal that aborts when a caller's does or when time is up. */
export interface TimeLimit extends Disposable {
  /** Aborts with either of the two. */
  readonly signal: AbortSignal;
  /** Aborts only when time is up. */
  readonly late: AbortSignal;
}

/**
 * Limits something in time. Dispose of it (`using`) when that is done, or its timer goes on.
 *
 * @param ms Milliseconds.
 * @param signal The caller's own signal, if it has one.
 */
export function timeLimit(ms: number, signal?: AbortSignal): TimeLimit {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new DOMException(`More than ${ms} ms`, "TimeoutError")), ms);
  const late = controller.signal;
  return {
    late,
    signal: signal === undefined ? late : AbortSignal.any([signal, late]),
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}
