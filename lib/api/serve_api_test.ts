import assert from "node:assert/strict";
import { configure, type LogRecord, reset } from "@logtape/logtape";
import { createPoseApi, type PoseApiOptions } from "./create_api.ts";
import { servePoseApi } from "./serve_api.ts";
import { smallLibrary } from "./testing.ts";

interface Served {
  readonly url: string;
  readonly port: number;
  /** Tells it to end. */
  stop(): void;
  readonly ended: Promise<void>;
  readonly lines: readonly string[];
}

/** Serves an API on a free port for the time of a test. */
async function serving(
  test: (served: Served) => Promise<void>,
  options: Partial<PoseApiOptions> & { graceMs?: number } = {},
) {
  const { graceMs, ...rest } = options;
  const lines: string[] = [];
  await configure({
    reset: true,
    sinks: { lines: ({ message }: LogRecord) => void lines.push(message.join("")) },
    loggers: [
      { category: ["pose"], sinks: ["lines"], lowestLevel: "info" },
      { category: ["logtape", "meta"], sinks: [], lowestLevel: "error" },
    ],
  });
  const api = await createPoseApi({ library: await smallLibrary(), ...rest });
  const stop = new AbortController();
  const { promise: listening, resolve } = Promise.withResolvers<{ url: string; port: number }>();
  const ended = servePoseApi(api, {
    port: 0,
    signal: stop.signal,
    onListen: resolve,
    ...(graceMs !== undefined && { graceMs }),
  });
  try {
    await test({ ...await listening, stop: () => stop.abort(), ended, lines });
  } finally {
    stop.abort();
    await ended;
    await api.close();
    await reset();
  }
}

const post = (url: string, json: unknown, init: RequestInit = {}) =>
  fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(json), ...init });

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** An animation that takes seconds. */
const LONG = {
  frames: Array.from({ length: 120 }, (_, i) => ({ pose_id: i % 2 ? "arms_up" : "arms_side" })),
  size: 640,
};

Deno.test("it answers over HTTP, and each request is a line of the log without what the client sent", () =>
  serving(async ({ url, lines }) => {
    assert.equal((await (await fetch(`${url}/health`)).json()).status, "healthy");
    await (await post(`${url}/poses/search?secret=1`, { query: "my secret", retriever: "tfidf" })).body?.cancel();
    await (await fetch(`${url}/nothing%0aforged`)).body?.cancel();
    await wait(50);
    assert.deepEqual(lines.map((line) => line.replace(/ [\d.]+ ms$/, "")), [
      "GET /health 200",
      "POST /poses/search 200",
      "GET /nothing%0aforged 404",
    ]);
  }));

Deno.test("a body that is too long is refused before it is read, told in its head or not", () =>
  serving(async ({ url }) => {
    const head = await post(`${url}/visualize`, { pose: "x".repeat(600_000) });
    assert.equal(head.status, 413);
    await head.body?.cancel();
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      async pull(controller) {
        if (sent > 20_000_000) return controller.close();
        await wait(1);
        sent += 65536;
        controller.enqueue(new Uint8Array(65536).fill(32));
      },
    });
    const headers = { "content-type": "application/json" };
    const chunked = await fetch(`${url}/visualize`, { method: "POST", headers, body: endless }).catch(() => undefined);
    if (chunked) assert.equal(chunked.status, 413);
    await chunked?.body?.cancel();
    assert.ok(sent < 10_000_000);
  }));

/** Asks and hangs up after a while. Deno's own fetch, aborted, keeps the connection. */
async function hangUp(port: number, path: string, json: unknown, ms: number) {
  const body = JSON.stringify(json);
  const head =
    `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
  const socket = await Deno.connect({ hostname: "127.0.0.1", port });
  const writer = socket.writable.getWriter();
  await writer.write(new TextEncoder().encode(head + body));
  await wait(ms);
  socket.close();
}

Deno.test("a client that hangs up ends its work and leaves its place in the queue", () =>
  serving(async ({ url, port, lines }) => {
    const load = async () => (await (await fetch(`${url}/health`)).json()).load.animations;
    const asked = [1, 2, 3].map(() => hangUp(port, "/animations", LONG, 200));
    await wait(150);
    assert.deepEqual(await load(), { running: 1, waiting: 2 });
    await Promise.all(asked);
    await wait(300);
    assert.deepEqual(await load(), { running: 0, waiting: 0 });
    assert.equal(lines.filter((line) => line.startsWith("POST /animations 499")).length, 3);
  }, { limits: { animations: { running: 1, waiting: 5 } } }));

Deno.test("more animations than there is room for are refused with when to come again", () =>
  serving(async ({ url }) => {
    const gone = new AbortController();
    const asked = [1, 2].map(() => post(`${url}/animations`, LONG, { signal: gone.signal }).catch(() => undefined));
    await wait(100);
    const refused = await post(`${url}/animations`, LONG);
    assert.deepEqual([refused.status, refused.headers.get("retry-after")], [503, "5"]);
    assert.match((await refused.json()).detail, /1 animations run and 1 wait/);
    gone.abort();
    await Promise.all(asked);
  }, { limits: { animations: { running: 1, waiting: 1 } } }));

Deno.test("what takes longer than allowed is ended and told", () =>
  serving(async ({ url }) => {
    const late = await post(`${url}/animations`, LONG);
    assert.equal(late.status, 503);
    assert.match((await late.json()).type, /too-slow/);
  }, { limits: { seconds: { animation: 0.2, dance: 1 } } }));

Deno.test("told to end, it takes no more requests and finishes those that run", () =>
  serving(async ({ url, stop, ended }) => {
    // The connection is kept: the second request comes over the same one.
    await (await fetch(`${url}/health`)).bytes();
    const asked = post(`${url}/animations`, { ...LONG, size: 320, stills: true });
    await wait(200);
    stop();
    await wait(20);
    await assert.rejects(fetch(`${url}/health`));
    const response = await asked;
    assert.equal(response.status, 200);
    assert.ok((await response.bytes()).length > 1000);
    await ended;
  }));

Deno.test("what has not come to its end within the grace is ended", () =>
  serving(async ({ url, stop, ended }) => {
    const asked = post(`${url}/animations`, { ...LONG, size: 1024 });
    await wait(100);
    const start = performance.now();
    stop();
    await ended;
    assert.ok(performance.now() - start < 1500);
    assert.notEqual((await asked.catch(() => ({ status: 0 }))).status, 200);
  }, { graceMs: 100 }));

Deno.test("a port that is taken is told with what to do", () =>
  serving(async ({ port }) => {
    const api = await createPoseApi({ library: await smallLibrary() });
    await assert.rejects(
      servePoseApi(api, { port, signal: new AbortController().signal }),
      new RegExp(`127\\.0\\.0\\.1:${port}: the port is taken\\. Choose another`),
    );
    await api.close();
  }));

Deno.test("sixteen clients at once, with good requests and bad ones, are all answered as they should be", () =>
  serving(async ({ url }) => {
    const { poses } = await smallLibrary();
    const client = async (number: number) => {
      for (const [i, { pose, id }] of poses.slice(number, number + 8).entries()) {
        const good = await post(`${url}/visualize`, { pose, width: 64 });
        assert.deepEqual([good.status, (await good.bytes())[1]], [200, 0x50], id);
        const bad = await post(`${url}/visualize`, { pose: { joints: { head: [i] } } });
        assert.equal((await bad.json()).status, 422);
        const found = await (await post(`${url}/poses/search`, { query: id.replaceAll("_", " "), retriever: "char" }))
          .json();
        assert.ok(found.results.length >= 3);
      }
    };
    await Promise.all(Array.from({ length: 16 }, (_, number) => client(number)));
  }));
