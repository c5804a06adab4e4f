/**
 * Works that go on while the result of the one before is used.
 *
 * @param works begun when asked for: each before the result of the one before it is handed out.
 */
export async function* oneAhead<T>(works: Iterable<Promise<T>>): AsyncGenerator<T> {
  let before: Promise<T> | undefined;
  for (const work of works) {
    if (before) yield await before;
    before = work;
  }
  if (before) yield await before;
}
