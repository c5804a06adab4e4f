import { createHash } from "node:crypto";

/**
 * SHA-256 of a file, read as a stream.
 *
 * @param path The file.
 * @param signal Ends the reading.
 * @returns The digest in hexadecimal.
 */
export async function sha256OfFile(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  using file = await Deno.open(path);
  const buffer = new Uint8Array(1 << 20);
  for (let read = await file.read(buffer); read !== null; read = await file.read(buffer)) {
    signal?.throwIfAborted();
    hash.update(buffer.subarray(0, read));
  }
  return hash.digest("hex");
}
