import { createHash } from "node:crypto";
import { Unzip, UnzipInflate } from "fflate";
import { writeAll } from "./write_all.ts";

/**
 * Writes one file of a zip archive to disk without holding either in memory.
 *
 * @param archive Path of the zip.
 * @param member Path inside the zip.
 * @param target File to write; an existing one is overwritten.
 * @param options `onBytes` hears how many bytes are out; `signal` ends the work.
 * @returns SHA-256 (hexadecimal) and size of what was written.
 * @throws {RangeError} When the archive holds no such member.
 */
export async function unpackMember(
  archive: string,
  member: string,
  target: string,
  options: { onBytes?: (bytes: number) => void; signal?: AbortSignal } = {},
): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash("sha256");
  const pending: Uint8Array[] = [];
  let found = false;
  let finished = false;
  const unzip = new Unzip((file) => {
    if (file.name !== member) return;
    found = true;
    file.ondata = (error, chunk, final) => {
      if (error) throw error;
      pending.push(chunk);
      finished ||= final;
    };
    file.start();
  });
  unzip.register(UnzipInflate);

  let bytes = 0;
  using source = await Deno.open(archive);
  using output = await Deno.open(target, { create: true, write: true, truncate: true });
  const buffer = new Uint8Array(1 << 18);
  for (let read = await source.read(buffer); read !== null && !finished; read = await source.read(buffer)) {
    options.signal?.throwIfAborted();
    unzip.push(buffer.slice(0, read));
    for (const chunk of pending.splice(0)) {
      hash.update(chunk);
      await writeAll(output, chunk);
      bytes += chunk.length;
    }
    options.onBytes?.(bytes);
  }
  if (!found) throw new RangeError(`No file "${member}" in ${archive}`);
  await output.syncData();
  return { sha256: hash.digest("hex"), bytes };
}
