import assert from "node:assert/strict";
import { join } from "node:path";
import type { Asset, AssetProgress } from "./asset.ts";
import { fetchAsset, isCached } from "./fetch_asset.ts";
import { CONTENT, serve, sha256, withServer } from "./testing.ts";

/** The content backwards, in pieces. */
async function* backwards(path: string) {
  const bytes = (await Deno.readFile(path)).reverse();
  for (let at = 0; at < bytes.length; at += 100_000) yield bytes.subarray(at, at + 100_000);
}

const REVERSED = CONTENT.toReversed();
const rewrittenOf = (original: Asset, rewrite = backwards): Asset => ({
  name: "reversed.bin",
  sha256: sha256(REVERSED),
  bytes: REVERSED.length,
  licence: "MIT",
  source: { original, rewrite },
});

/** All names in a folder. */
const namesIn = async (folder: string) =>
  (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).toSorted();
const REWRITTEN = [".reversed.bin.lock", ".reversed.bin.verified", "reversed.bin"];
/** The original stays, checked, for the next run. */
const ORIGINAL = [".reversed.bin.lock", ".weights.bin.lock", ".weights.bin.verified", "weights.bin"];

Deno.test("fetchAsset() rewrites what it fetched, once, and keeps only what came out", async () => {
  await withServer((request) => serve(CONTENT, request), async ({ folder, asset, seen }) => {
    const heard: AssetProgress[] = [];
    const wanted = rewrittenOf(asset);
    const paths = await Promise.all(
      [1, 2].map(() => fetchAsset(wanted, { folder, onProgress: (progress) => heard.push(progress) })),
    );
    assert.deepEqual(paths, [join(folder, "reversed.bin"), join(folder, "reversed.bin")]);
    assert.deepEqual(await Deno.readFile(join(folder, "reversed.bin")), REVERSED);
    assert.deepEqual(await namesIn(folder), REWRITTEN);
    assert.deepEqual([...new Set(heard.map(({ name, stage }) => `${stage} ${name}`))], [
      "download weights.bin",
      "rewrite reversed.bin",
    ]);
    assert.equal(heard.at(-1)?.done, REVERSED.length);
    assert.equal(await isCached(wanted, folder), true);
    await fetchAsset(wanted, { folder });
    assert.equal(seen.length, 1);
  });
});

Deno.test("fetchAsset() rewrites an original that is there without asking anybody", async () => {
  await withServer((request) => serve(CONTENT, request), async ({ folder, asset, seen }) => {
    await Deno.writeFile(join(folder, asset.name), CONTENT);
    await fetchAsset(rewrittenOf(asset), { folder });
    assert.equal(seen.length, 0);
    assert.deepEqual(await namesIn(folder), REWRITTEN);
  });
});

Deno.test("fetchAsset() aborted while it rewrites leaves nothing half-made, and goes on from the original", async () => {
  await withServer((request) => serve(CONTENT, request), async ({ folder, asset, seen }) => {
    const controller = new AbortController();
    const onProgress = ({ stage }: AssetProgress) => stage === "rewrite" && controller.abort();
    const fetching = fetchAsset(rewrittenOf(asset), { folder, signal: controller.signal, onProgress });
    await assert.rejects(fetching, { name: "AbortError" });
    assert.deepEqual(await namesIn(folder), ORIGINAL);
    await fetchAsset(rewrittenOf(asset), { folder });
    assert.deepEqual(await namesIn(folder), REWRITTEN);
    assert.equal(seen.length, 1);
  });
});

Deno.test("fetchAsset() refuses what a rewriting makes otherwise than it was pinned", async () => {
  await withServer((request) => serve(CONTENT, request), async ({ folder, asset }) => {
    const wanted = rewrittenOf(asset, async function* (path) {
      yield await Deno.readFile(path);
    });
    await assert.rejects(fetchAsset(wanted, { folder }), {
      name: "AssetError",
      code: "checksum",
      message: new RegExp(`weights\\.bin, rewritten as reversed\\.bin, has the SHA-256 ${asset.sha256} instead of`),
    });
    assert.deepEqual(await namesIn(folder), ORIGINAL);
  });
});

Deno.test("fetchAsset() says why a rewriting could not go on, and leaves nothing half-made", async () => {
  await withServer((request) => serve(CONTENT, request), async ({ folder, asset }) => {
    // What the system says of a full disk: tests may not write to /dev/full.
    const wanted = rewrittenOf(asset, async function* (path) {
      for await (const piece of backwards(path)) {
        yield piece;
        throw new Error("No space left on device (os error 28)");
      }
    });
    await assert.rejects(fetchAsset(wanted, { folder }), {
      name: "AssetError",
      code: "write",
      message: /Cannot store reversed\.bin \(300000 bytes\) in .*: No space left on device.*\. Free some space/,
    });
    assert.deepEqual(await namesIn(folder), ORIGINAL);
  });
});

Deno.test("fetchAsset() keeps the original beside what it made of it, where both are needed", async () => {
  await withServer((request) => serve(CONTENT, request), async ({ folder, asset, seen }) => {
    const wanted: Asset = {
      ...rewrittenOf(asset),
      source: { original: asset, rewrite: backwards, keepOriginal: true },
    };
    const path = await fetchAsset(wanted, { folder });
    assert.deepEqual(await Deno.readFile(path), REVERSED);
    assert.deepEqual(await Deno.readFile(join(folder, asset.name)), CONTENT);
    assert.equal(await isCached(asset, folder), true);
    assert.equal(seen.length, 1);
  });
});
