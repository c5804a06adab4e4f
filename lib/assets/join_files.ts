import { createHash } from "node:crypto";
import { writeAll } from "./write_all.ts";

/**
 * Writes files one after the other into one.
 *
 * @param paths The files in their order.
 * @param target File to write; an existing one is overwritten.
 * @param options `onBytes` hears how many bytes are out; `signal` ends the work.
 * @returns SHA-256 (hexadecimal) and size of what was written.
 */
export async function joinFiles(
  paths: readonly string[],
  target: string,
  options: { onBytes?: (bytes: number) => void; signal?: AbortSignal } = {},
): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash("sha256");
  let bytes = 0;
  using output = await Deno.open(target, { create: true, write: true, truncate: true });
  const buffer = new Uint8Array(1 << 18);
  for (const path of paths) {
    using piece = await Deno.open(path);
    for (let read = await piece.read(buffer); read !== null; read = await piece.read(buffer)) {
      options.signal?.throwIfAborted();
      const chunk = buffer.subarray(0, read);
      hash.update(chunk);
      await writeAll(output, chunk);
      bytes += read;
      options.onBytes?.(bytes);
    }
  }
  await output.syncData();
  return { sha256: hash.digest("hex"), bytes };
}
