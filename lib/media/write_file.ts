/** Files that are either whole or not there. */
import { basename, dirname, join } from "node:path";

/** A file could not be written: which, why, and what to do. */
export class WriteError extends Error {
  override name = "WriteError";
}

/**
 * Writes a file beside its final name and renames it when it is whole; makes the folders that are missing.
 *
 * @param path where to; what is there is replaced.
 * @param data the file's whole contents.
 * @param signal given up on before the rename: the old file, if any, stays as it was.
 * @throws {WriteError} if the folder or the file can't be written; the signal's reason when aborted. Nothing
 * unfinished is left.
 */
export async function writeFile(path: string, data: Uint8Array | string, signal?: AbortSignal): Promise<void> {
  const folder = dirname(path);
  const unfinished = join(folder, `.${basename(path)}.${crypto.randomUUID()}.part`);
  try {
    signal?.throwIfAborted();
    await Deno.mkdir(folder, { recursive: true });
    const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
    await Deno.writeFile(unfinished, bytes, { createNew: true, ...(signal && { signal }) });
    signal?.throwIfAborted();
    await Deno.rename(unfinished, path);
  } catch (cause) {
    await Deno.remove(unfinished).catch(() => {});
    signal?.throwIfAborted();
    throw new WriteError(`Cannot write "${path}": ${explain(cause, folder)}`, { cause });
  }
}

function explain(cause: unknown, folder: string): string {
  const reason = cause instanceof Error
    ? cause.message.replace(/: (mkdir|open|rename|writefile).*$/, "")
    : String(cause);
  if (cause instanceof Deno.errors.IsADirectory) return "a folder has that name; choose another file name";
  if (cause instanceof Deno.errors.NotADirectory || cause instanceof Deno.errors.AlreadyExists) {
    return `"${folder}" is not a folder; choose another folder`;
  }
  if (cause instanceof Deno.errors.NotCapable) {
    return `Deno may not write to "${folder}" (${reason}); run with --allow-write="${folder}" or choose another folder`;
  }
  if (cause instanceof Deno.errors.PermissionDenied) {
    return `the folder "${folder}" is not writable; choose another folder or change its permissions`;
  }
  return `${reason}; choose another folder than "${folder}"`;
}

/**
 * Checks that a folder can be written, before work whose result should go there.
 *
 * @throws {WriteError} naming the folder and what to do.
 */
export async function checkWritable(folder: string): Promise<void> {
  const probe = join(folder, `.${crypto.randomUUID()}.part`);
  try {
    await Deno.mkdir(folder, { recursive: true });
    await Deno.writeFile(probe, new Uint8Array(), { createNew: true });
    await Deno.remove(probe);
  } catch (cause) {
    throw new WriteError(`Cannot write to "${folder}": ${explain(cause, folder)}`, { cause });
  }
}
