/** Work in small steps. */

/** What comes to `T` in steps of a few milliseconds; between them whoever goes through it may do other things, or stop. */
export type Planning<T> = Generator<void, T>;

/** Goes through all the steps at once. */
export function atOnce<T>(planning: Planning<T>): T {
  for (;;) {
    const { done, value } = planning.next();
    if (done) return value;
  }
}
