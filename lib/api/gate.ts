/** Tasks that take turns: so many at once, so many waiting, no more. */
import type { Room } from "./limits.ts";
import { Problem } from "./problem.ts";

/** Where tasks wait for their turn. */
export interface Gate {
  /** How many run and wait now. */
  readonly load: Room;
  /** @throws {Problem} `busy` when too many wait now. */
  checkRoom(): void;
  /**
   * Runs a task when it is its turn, first come, first served.
   *
   * @param onPlace hears how many are before it, whenever that changes, down to 0; not at all where there is room.
   * @throws {Problem} `busy` when too many wait; the signal's reason when it aborts before the turn comes.
   */
  run<T>(task: () => Promise<T>, signal?: AbortSignal, onPlace?: (before: number) => void): Promise<T>;
}

interface Waiter {
  readonly start: () => void;
  readonly onPlace: ((before: number) => void) | undefined;
}

/**
 * Makes a gate.
 *
 * @param what waits, in the plural, for messages. @param room how many at once. @param retrySeconds when to come again.
 */
export function createGate(what: string, room: Room, retrySeconds: number): Gate {
  let running = 0;
  const waiting: Waiter[] = [];
  const tellPlaces = () => waiting.forEach(({ onPlace }, before) => onPlace?.(before + 1));
  const next = () => {
    running--;
    const waiter = waiting.shift();
    if (!waiter) return;
    running++;
    waiter.start();
    tellPlaces();
  };
  const checkRoom = () => {
    if (running < room.running || waiting.length < room.waiting) return;
    throw new Problem("busy", `${running} ${what} run and ${waiting.length} wait: come again in a while`, {
      headers: { "retry-after": String(retrySeconds) },
    });
  };
  const turn = (signal?: AbortSignal, onPlace?: (before: number) => void) => {
    signal?.throwIfAborted();
    if (running < room.running) {
      running++;
      return;
    }
    checkRoom();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const leave = () => {
      const at = waiting.indexOf(waiter);
      if (at >= 0) waiting.splice(at, 1);
      reject(signal?.reason);
      tellPlaces();
    };
    const waiter: Waiter = {
      onPlace,
      start: () => {
        signal?.removeEventListener("abort", leave);
        onPlace?.(0);
        resolve();
      },
    };
    signal?.addEventListener("abort", leave, { once: true });
    waiting.push(waiter);
    onPlace?.(waiting.length);
    return promise;
  };
  return {
    get load() {
      return { running, waiting: waiting.length };
    },
    checkRoom,
    async run(task, signal, onPlace) {
      await turn(signal, onPlace);
      try {
        return await task();
      } finally {
        next();
      }
    },
  };
}
