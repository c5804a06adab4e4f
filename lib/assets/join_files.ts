/**
 * The content of several files, one after the other.
 *
 * @param paths The files in their order.
 * @returns Pieces, each valid until the next one is asked for.
 */
export async function* joinFiles(paths: readonly string[]): AsyncGenerator<Uint8Array, void, void> {
  const buffer = new Uint8Array(1 << 18);
  for (const path of paths) {
    using piece = await Deno.open(path);
    for (let read = await piece.read(buffer); read !== null; read = await piece.read(buffer)) {
      yield buffer.subarray(0, read);
    }
  }
}
