import assert from "node:assert/strict";
import { join } from "node:path";
import type { AssetProgress } from "./asset.ts";
import { AssetError } from "./asset_error.ts";
import { fetchAsset, isCached } from "./fetch_asset.ts";
import { BYTES, CONTENT, cutAfter, finished, quickly, serve, sha256, withServer } from "./testing.ts";

Deno.test("fetchAsset() fetches a file once, and asks nobody the second time", async () => {
  await withServer((request) => serve(CONTENT, request), async ({ folder, asset, seen }) => {
    assert.equal(await isCached(asset, folder), false);
    const progress: AssetProgress[] = [];
    const path = await fetchAsset(asset, { folder, onProgress: (p) => progress.push(p) });
    assert.equal(path, join(folder, "weights.bin"));
    assert.deepEqual(await Deno.readFile(path), CONTENT);
    assert.equal(await isCached(asset, folder), true);
    assert.deepEqual(progress.at(-1)?.done, BYTES);
    assert.deepEqual(progress.at(-1)?.total, BYTES);
    assert.equal(await fetchAsset(asset, { folder }), path);
    assert.equal(seen.length, 1);
  });
});

Deno.test("fetchAsset() goes on where a cut download stopped", async () => {
  await withServer(
    (request, count) => count === 1 ? cutAfter(CONTENT, 100_000) : serve(CONTENT, request),
    async ({ folder, asset, seen }) => {
      const path = await fetchAsset(asset, { folder, retry: quickly });
      assert.equal(sha256(await Deno.readFile(path)), asset.sha256);
      assert.deepEqual(seen.map((s) => s.range), [null, "bytes=100000-"]);
    },
  );
});

Deno.test("fetchAsset() goes on from what an earlier run left", async () => {
  await withServer((request) => serve(CONTENT, request), async ({ folder, asset, seen }) => {
    await Deno.writeFile(join(folder, "weights.bin.part"), CONTENT.subarray(0, 123_456));
    await fetchAsset(asset, { folder });
    assert.deepEqual(seen, [{ range: "bytes=123456-" }]);
  });
});

Deno.test("fetchAsset() starts again when the server can't resume", async () => {
  await withServer(() => new Response(CONTENT), async ({ folder, asset }) => {
    await Deno.writeFile(join(folder, "weights.bin.part"), CONTENT.subarray(0, 5));
    assert.deepEqual(await Deno.readFile(await fetchAsset(asset, { folder })), CONTENT);
  });
});

Deno.test("fetchAsset() starts again when what an earlier run left is wrong", async () => {
  await withServer((request) => serve(CONTENT, request), async ({ folder, asset, seen }) => {
    await Deno.writeFile(join(folder, "weights.bin.part"), new Uint8Array(1000));
    assert.deepEqual(await Deno.readFile(await fetchAsset(asset, { folder })), CONTENT);
    assert.deepEqual(seen, [{ range: "bytes=1000-" }, { range: null }]);
  });
});

Deno.test("fetchAsset() says that running again resumes when the connection is cut every time", async () => {
  await withServer((request) => {
    const from = Number(/\d+/.exec(request.headers.get("range") ?? "0")?.[0]);
    const headers = { "content-range": `bytes ${from}-${BYTES - 1}/${BYTES}` };
    return cutAfter(CONTENT.subarray(from), 1000, { status: from > 0 ? 206 : 200, headers });
  }, async ({ folder, asset, seen }) => {
    await assert.rejects(
      fetchAsset(asset, { folder, retry: { retries: 3, retryDelayMs: 5 } }),
      (error) =>
        error instanceof AssetError && error.code === "cut" && /4000 of 300000.*run this again/.test(error.message),
    );
    assert.equal(seen.length, 4);
    assert.equal((await Deno.stat(join(folder, "weights.bin.part"))).size, 4000);
    assert.deepEqual(await finished(folder), []);
  });
});

Deno.test("fetchAsset() gives up on a silent connection", async () => {
  const silent = () =>
    new Response(new ReadableStream({ start: (controller) => controller.enqueue(CONTENT.subarray(0, 10)) }));
  await withServer(silent, async ({ folder, asset }) => {
    await assert.rejects(
      fetchAsset(asset, { folder, retry: { retries: 0, stallMs: 100 } }),
      (error) => error instanceof AssetError && error.code === "cut" && /no byte in 0.1 s/.test(error.message),
    );
  });
});

Deno.test("fetchAsset() deletes a file with the wrong checksum", async () => {
  const wrong = CONTENT.slice();
  wrong[7] = 0xee;
  await withServer((request) => serve(wrong, request), async ({ folder, asset }) => {
    await assert.rejects(
      fetchAsset(asset, { folder }),
      (error) =>
        error instanceof AssetError && error.code === "checksum" && error.message.includes(asset.sha256) &&
        error.message.includes("weights.bin"),
    );
    await assert.rejects(Deno.stat(join(folder, "weights.bin.part")), Deno.errors.NotFound);
    assert.deepEqual(await finished(folder), []);
  });
});

Deno.test("fetchAsset() refuses a file that is longer than it should be", async () => {
  await withServer(() => new Response(new Uint8Array(BYTES * 2)), async ({ folder, asset }) => {
    await assert.rejects(fetchAsset(asset, { folder }), { name: "AssetError", code: "checksum" });
    assert.deepEqual(await finished(folder), []);
  });
});

Deno.test("fetchAsset() names the status when the server has no such file", async () => {
  await withServer(() => new Response("no", { status: 404 }), async ({ folder, asset, seen }) => {
    await assert.rejects(fetchAsset(asset, { folder }), { name: "AssetError", code: "source", message: /404/ });
    assert.equal(seen.length, 1);
  });
});

Deno.test("fetchAsset() says that there is no network when nobody answers", async () => {
  const free = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = free.addr;
  free.close();
  await withServer(() => new Response(), async ({ folder, asset }) => {
    const unreachable = { ...asset, source: { url: `http://127.0.0.1:${port}/weights.bin` } };
    await assert.rejects(
      fetchAsset(unreachable, { folder, retry: { retries: 1, retryDelayMs: 5 } }),
      { name: "AssetError", code: "offline", message: /Cannot download weights\.bin.*Connect to the network/ },
    );
  });
});

Deno.test("fetchAsset() leaves no finished file when aborted, and resumes afterwards", async () => {
  const endless = () =>
    new Response(new ReadableStream({ start: (controller) => controller.enqueue(CONTENT.subarray(0, 50_000)) }));
  await withServer(
    (request, count) => count === 1 ? endless() : serve(CONTENT, request),
    async ({ folder, asset, seen }) => {
      const controller = new AbortController();
      const fetching = fetchAsset(asset, {
        folder,
        signal: controller.signal,
        onProgress: ({ done }) => done >= 50_000 && controller.abort(),
      });
      // The first report may come before all 50,000 bytes did: end it anyway.
      setTimeout(() => controller.abort(), 300);
      await assert.rejects(fetching, { name: "AbortError" });
      assert.deepEqual(await finished(folder), []);
      await fetchAsset(asset, { folder });
      assert.equal(seen[1]?.range, "bytes=50000-");
    },
  );
});

Deno.test("fetchAsset() called by several at once fetches once", async () => {
  await withServer((request) => serve(CONTENT, request), async ({ folder, asset, seen }) => {
    const paths = await Promise.all([1, 2, 3].map(() => fetchAsset(asset, { folder })));
    assert.equal(new Set(paths).size, 1);
    assert.equal(seen.length, 1);
  });
});

Deno.test("fetchAsset() replaces a cached file that is not right", async () => {
  await withServer((request) => serve(CONTENT, request), async ({ folder, asset }) => {
    await Deno.writeFile(join(folder, "weights.bin"), new Uint8Array(BYTES));
    assert.deepEqual(await Deno.readFile(await fetchAsset(asset, { folder })), CONTENT);
  });
});

Deno.test("fetchAsset() says which folder can't be written", async () => {
  await withServer((request) => serve(CONTENT, request), async ({ folder, asset }) => {
    const file = join(folder, "a file");
    await Deno.writeTextFile(file, "");
    await assert.rejects(fetchAsset(asset, { folder: join(file, "assets") }), {
      name: "AssetError",
      code: "write",
      message: /Cannot store weights\.bin.*a file/,
    });
  });
});
