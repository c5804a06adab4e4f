/** One file over HTTP, taken up again where it broke off. */
import { delay } from "./delay.ts";
import { AssetError, reasonOf } from "./asset_error.ts";
import { writeAll } from "./write_all.ts";

/** How a broken download is taken up again. */
export interface RetryOptions {
  /** How often by itself (default 5). */
  readonly retries?: number;
  /** Pause before the first new attempt, doubled each time (default 500 ms). */
  readonly retryDelayMs?: number;
  /** Silence after which a connection counts as broken (default 30 s). */
  readonly stallMs?: number;
}

/** How a download is done. */
export interface DownloadOptions extends RetryOptions {
  /** The size that the file must have, in bytes. */
  readonly bytes: number;
  /** What is fetched, as the user knows it; for messages. */
  readonly name: string;
  /** Hears how many bytes of the file are on disk. */
  readonly onBytes?: (bytes: number) => void;
  /** Ends the download; what came stays on disk. */
  readonly signal?: AbortSignal;
}

/** The connection failed or broke off; worth another attempt. */
class BrokenConnection extends Error {}

/**
 * Downloads a file, going on where an earlier attempt stopped (HTTP Range) when the server allows it.
 *
 * @param url Its address.
 * @param target File to write. What it already holds is taken for the beginning of the download.
 * @param options The expected size, and how to go about it.
 * @returns When the file has exactly the expected size; its checksum is the caller's to check.
 * @throws {AssetError} `offline` when nothing ever came, `cut` when it broke off too often, `source` when the server
 *   refuses, `checksum` when the file is longer than expected. Whatever aborts the signal is thrown as it is.
 */
export async function download(url: string, target: string, options: DownloadOptions): Promise<void> {
  const { bytes, name, retries = 5, retryDelayMs = 500 } = options;
  let broken: unknown;
  let received = false;
  for (let attempt = 0; attempt <= retries; attempt++) {
    if (attempt > 0) await delay(retryDelayMs * 2 ** (attempt - 1), options.signal);
    const before = await sizeOf(target);
    if (before === bytes) return;
    try {
      await attemptDownload(url, target, before < bytes ? before : 0, options);
      return;
    } catch (error) {
      options.signal?.throwIfAborted();
      if (!(error instanceof BrokenConnection)) throw error;
      broken = error;
      received ||= await sizeOf(target) > before;
    }
  }
  const have = await sizeOf(target);
  if (!received && have === 0) {
    throw new AssetError(
      "offline",
      `Cannot download ${name}: ${
        reasonOf(broken)
      }. Connect to the network (behind a proxy: set HTTPS_PROXY) and run this again; it is fetched only once. Or copy ` +
        "the folder .cache/assets from a checkout that has it.",
      { cause: broken },
    );
  }
  throw new AssetError(
    "cut",
    `The download of ${name} broke off at ${have} of ${bytes} bytes (${reasonOf(broken)}). ` +
      "What came is kept: run this again and it goes on from there.",
    { cause: broken },
  );
}

async function attemptDownload(url: string, target: string, from: number, options: DownloadOptions): Promise<void> {
  const { bytes, name, signal, stallMs = 30_000 } = options;
  const stalled = new AbortController();
  const silence = () => stalled.abort(new BrokenConnection(`no byte in ${stallMs / 1000} s`));
  let timer = setTimeout(silence, stallMs);
  try {
    const response = await fetchRange(url, from, signal ? AbortSignal.any([signal, stalled.signal]) : stalled.signal);
    if (response.body === null || !response.ok) {
      await response.body?.cancel();
      if (response.status === 416) {
        await Deno.truncate(target, 0);
        throw new BrokenConnection("the server would not resume");
      }
      const answered = `the server answers ${response.status} ${response.statusText}`.trim();
      if (response.status === 429 || response.status >= 500) throw new BrokenConnection(answered);
      throw new AssetError("source", `Cannot download ${name}: ${answered} for ${new URL(url).pathname}.`);
    }
    let position = resumesAt(response, from) ? from : 0;
    using file = await Deno.open(target, { create: true, write: true });
    await file.truncate(position);
    await file.seek(position, Deno.SeekMode.Start);
    for await (const chunk of brokenNamed(response.body, stalled.signal)) {
      clearTimeout(timer);
      timer = setTimeout(silence, stallMs);
      position += chunk.length;
      if (position > bytes) {
        throw new AssetError(
          "checksum",
          `The download of ${name} is longer than the ${bytes} bytes that it should have: the server sends another file.`,
        );
      }
      await writeAll(file, chunk);
      options.onBytes?.(position);
    }
    if (position < bytes) throw new BrokenConnection("the connection closed early");
    await file.syncData();
  } finally {
    clearTimeout(timer);
  }
}

/** Asks for the bytes from a position on. */
async function fetchRange(url: string, from: number, signal: AbortSignal): Promise<Response> {
  // Compressed on the way, byte positions would not be those of the file.
  const headers = { "accept-encoding": "identity", ...(from > 0 ? { range: `bytes=${from}-` } : {}) };
  try {
    return await fetch(url, { headers, signal });
  } catch (error) {
    throw connectionError(error, signal);
  }
}

async function* brokenNamed(body: ReadableStream<Uint8Array>, signal: AbortSignal) {
  try {
    yield* body;
  } catch (error) {
    throw connectionError(error, signal);
  }
}

function connectionError(error: unknown, signal: AbortSignal): Error {
  if (signal.aborted && signal.reason instanceof BrokenConnection) return signal.reason;
  return new BrokenConnection(reasonOf(error), { cause: error });
}

function resumesAt(response: Response, from: number): boolean {
  return response.status === 206 && response.headers.get("content-range")?.startsWith(`bytes ${from}-`) === true;
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await Deno.stat(path)).size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}
