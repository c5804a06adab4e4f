/** Files that are either whole or not there. */
import { basename, dirname, join } from "node:path";

/** A file could not be written: which, why, and what to do. */
export class WriteError extends Error {
  /** Tells it apart where classes can't. */
  override name = "WriteError";
}

/**
 * Writes a file beside its final name and renames it when it is whole; makes the folders that are missing. A device
 * (`/dev/stdout`, `/dev/full`) is written to itself.
 *
 * @param path where to; what is there is replaced.
 * @param data the file's whole contents, or its parts as they come: an error among them is thrown as it is.
 * @param signal given up on before the rename: the old file, if any, stays as it was.
 * @throws {WriteError} if the folder or the file can't be written; the signal's reason when aborted. Nothing
 * unfinished is left.
 */
export async function writeFile(
  path: string,
  data: Uint8Array | string | AsyncIterable<Uint8Array>,
  signal?: AbortSignal,
): Promise<void> {
  const folder = dirname(path);
  const device = await isDevice(path);
  const unfinished = device ? path : join(folder, `.${basename(path)}.${crypto.randomUUID()}.part`);
  let source: unknown;
  const parts = async function* (): AsyncGenerator<Uint8Array> {
    try {
      yield* typeof data === "string" ? [new TextEncoder().encode(data)] : data instanceof Uint8Array ? [data] : data;
    } catch (error) {
      source = error;
      throw error;
    }
  };
  try {
    signal?.throwIfAborted();
    if (!device) await Deno.mkdir(folder, { recursive: true });
    {
      using file = await Deno.open(unfinished, { write: true, createNew: !device });
      for await (const part of parts()) {
        for (let at = 0; at < part.length;) {
          at += await file.write(part.subarray(at, at + PART));
          signal?.throwIfAborted();
        }
      }
    }
    if (!device) await Deno.rename(unfinished, path);
  } catch (cause) {
    if (!device) await Deno.remove(unfinished).catch(() => {});
    signal?.throwIfAborted();
    if (source !== undefined) throw source;
    throw new WriteError(`Cannot write "${path}": ${explain(cause, folder)}`, { cause });
  }
}

/** So many bytes are written between two looks at the signal. */
const PART = 1 << 22;

/** Whether there is something at a path that is neither a file nor a folder. */
async function isDevice(path: string): Promise<boolean> {
  try {
    const { isFile, isDirectory } = await Deno.stat(path);
    return !isFile && !isDirectory;
  } catch {
    return false;
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
  if (cause instanceof Error && "code" in cause && cause.code === "ENOSPC") {
    return "the disk is full; make room or choose another folder";
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
