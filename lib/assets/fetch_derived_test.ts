import assert from "node:assert/strict";
import { join } from "node:path";
import type { Asset } from "./asset.ts";
import { AssetError } from "./asset_error.ts";
import { fetchAsset, isCached } from "./fetch_asset.ts";
import { CONTENT, finished, serve, sha256, withServer } from "./testing.ts";

const REVERSED = CONTENT.toReversed();

const derived = (from: Asset, more: Partial<Asset> = {}): Asset => ({
  name: "reversed.bin",
  sha256: sha256(REVERSED),
  bytes: REVERSED.length,
  licence: "MIT",
  source: { from, make: (original) => original.toReversed() },
  ...more,
});

Deno.test("fetchAsset() makes an asset from another once, and keeps both", async () => {
  await withServer((request) => serve(CONTENT, request), async ({ folder, asset, seen }) => {
    let made = 0;
    const make = (original: Uint8Array) => {
      made++;
      return original.toReversed();
    };
    const wanted = derived(asset, { source: { from: asset, make } });
    assert.equal(await isCached(wanted, folder), false);
    const [path] = await Promise.all([fetchAsset(wanted, { folder }), fetchAsset(wanted, { folder })]);
    assert.deepEqual(await Deno.readFile(path), REVERSED);
    assert.equal(await isCached(wanted, folder), true);
    assert.deepEqual((await finished(folder)).toSorted(), ["reversed.bin", asset.name]);
    assert.deepEqual({ made, fetched: seen.length }, { made: 1, fetched: 1 });
  });
});

Deno.test("fetchAsset() makes an asset again whose bytes are not what they should be", async () => {
  await withServer((request) => serve(CONTENT, request), async ({ folder, asset, seen }) => {
    const path = await fetchAsset(derived(asset), { folder });
    await Deno.writeFile(path, REVERSED.subarray(1));
    assert.deepEqual(await Deno.readFile(await fetchAsset(derived(asset), { folder })), REVERSED);
    assert.equal(seen.length, 1);
  });
});

Deno.test("fetchAsset() refuses what is made wrongly, and leaves nothing under its name", async () => {
  await withServer((request) => serve(CONTENT, request), async ({ folder, asset }) => {
    await assert.rejects(
      fetchAsset(derived(asset, { sha256: "0".repeat(64) }), { folder }),
      (error) => error instanceof AssetError && error.code === "checksum" && error.message.includes("reversed.bin"),
    );
    await assert.rejects(Deno.stat(join(folder, "reversed.bin")), Deno.errors.NotFound);
  });
});
