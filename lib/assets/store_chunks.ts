import { createHash } from "node:crypto";
import { writeAll } from "./write_all.ts";

/**
 * Writes a file piece by piece.
 *
 * @param chunks The pieces; each is written before the next one is asked for.
 * @param target File to write; an existing one is overwritten.
 * @param options `onBytes` hears how many bytes are out; `signal` ends the work.
 * @returns SHA-256 (hexadecimal) and size of what was written.
 */
export async function storeChunks(
  chunks: AsyncIterable<Uint8Array>,
  target: string,
  options: { onBytes?: (bytes: number) => void; signal?: AbortSignal } = {},
): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash("sha256");
  let bytes = 0;
  using output = await Deno.open(target, { create: true, write: true, truncate: true });
  for await (const chunk of chunks) {
    options.signal?.throwIfAborted();
    hash.update(chunk);
    await writeAll(output, chunk);
    bytes += chunk.length;
    options.onBytes?.(bytes);
  }
  await output.syncData();
  return { sha256: hash.digest("hex"), bytes };
}
