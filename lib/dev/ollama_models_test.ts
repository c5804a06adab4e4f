import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  capabilities,
  environmentOf,
  listModels,
  pullModel,
  removeModel,
  runningModels,
  showModel,
} from "../llm/mod.ts";
import {
  ABSENT,
  connectTo,
  createModel,
  ollamaTest,
  type RealOllama,
  WITH_TOOLS,
  WITHOUT_TOOLS,
} from "./ollama_testing.ts";

const at = ({ host }: RealOllama) => ({ environment: environmentOf({ OLLAMA_HOST: host }) });

ollamaTest("listModels() lists what a real Ollama has, as its own client does", async (real) => {
  const models = await listModels(at(real));
  assert.deepEqual(models.map(({ name }) => name), [WITH_TOOLS, WITHOUT_TOOLS]);
  for (const { bytes, parameters, quantization } of models) {
    assert.ok(bytes > 144_000_000 && bytes < 146_000_000, `${bytes}`);
    assert.equal(parameters, "134.52M");
    assert.equal(quantization, "Q8_0");
  }
  const own = await real.ollama.list();
  assert.deepEqual(own.models.map(({ name }) => name).sort(), [WITH_TOOLS, WITHOUT_TOOLS]);
});

ollamaTest("showModel() tells a model with tools from one without", async (real) => {
  const able = await showModel(WITH_TOOLS, at(real));
  const plain = await showModel(WITHOUT_TOOLS, at(real));
  assert.ok(able.capabilities?.includes("tools"));
  assert.ok(!plain.capabilities?.includes("tools"));
  assert.equal(plain.family, "llama");
  assert.equal(plain.contextLength, 8192);
  assert.equal(plain.contextSet, null);
  assert.equal(plain.licence, "Apache-2.0");
});

ollamaTest("showModel() says that Ollama has no such model", async (real) => {
  await assert.rejects(showModel(ABSENT, at(real)), { name: "LlmError", kind: "http", status: 404 });
});

ollamaTest("capabilities() finds out what a model on Ollama can do, with tools and without", async ({ host }) => {
  for (const [name, tools] of [[WITH_TOOLS, true], [WITHOUT_TOOLS, false]] as const) {
    await using connection = await connectTo(host, name);
    const found = await capabilities(connection);
    assert.deepEqual({ ...found, contextLength: null }, {
      jsonSchema: true,
      embeddings: true,
      tools,
      contextLength: null,
    });
    assert.ok(found.contextLength !== null && found.contextLength >= 2048, `${found.contextLength}`);
  }
});

ollamaTest("runningModels() names the model that has just answered", async (real) => {
  await using connection = await connectTo(real.host);
  await connection.client.embeddings.create({ model: connection.model, input: "a" });
  const [running] = await runningModels(at(real));
  // Both names are of the same weights, of which Ollama loads one copy and calls it by the name it loaded it for.
  assert.ok(running && [WITH_TOOLS, WITHOUT_TOOLS].includes(running.name), JSON.stringify(running));
  assert.ok(running.bytes > 98_000_000);
  assert.ok(running.until !== null && running.until > Date.now());
});

ollamaTest("removeModel() deletes a model and no other, and says when there is none", async (real) => {
  const name = "smollm2-spare:135m";
  await createModel(real.origin, name);
  await removeModel(name, at(real));
  assert.deepEqual((await listModels(at(real))).map((model) => model.name), [WITH_TOOLS, WITHOUT_TOOLS]);
  await assert.rejects(removeModel(name, at(real)), { name: "LlmError", kind: "http", status: 404 });
});

ollamaTest("pullModel() says that Ollama has no way to its registry", async (real) => {
  const heard: string[] = [];
  const pulling = pullModel(ABSENT, { ...at(real), onProgress: ({ status }) => heard.push(status) });
  await assert.rejects(pulling, { name: "LlmError", kind: "unreachable", message: /network/ });
  assert.deepEqual(heard, ["pulling manifest"]);
});

ollamaTest("pullModel() pulls with progress, can be cancelled, and goes on where it stopped", async (real) => {
  await withRegistry(real, async ({ name, options, asked, hold }) => {
    const stop = new AbortController();
    hold(true);
    const first = pullModel(name, {
      ...options,
      signal: stop.signal,
      onProgress({ done }) {
        if (done > 0) stop.abort();
      },
    });
    await assert.rejects(first, { name: "LlmError", kind: "aborted" });
    assert.ok(!(await listModels(options)).some((model) => model.name === name));

    hold(false);
    const heard: { done: number; total: number }[] = [];
    await pullModel(name, { ...options, onProgress: (progress) => heard.push(progress) });
    assert.ok((await listModels(options)).some((model) => model.name === name));
    assert.ok(heard.every(({ done }, i) => done >= (heard[i - 1]?.done ?? 0)), "progress goes back");
    assert.equal(heard.at(-1)?.done, heard.at(-1)?.total);
    assert.ok(Number(asked.at(-1)) > 0, `asked from ${asked.join(", ")}`);
    await removeModel(name, options);
  });
});

const LAYER = Uint8Array.from({ length: 8_000_000 }, (_, i) => (i * 31 + (i >> 8) * 7) & 255);
const CONFIG = new TextEncoder().encode(JSON.stringify({ model_format: "gguf", model_family: "llama" }));
const digestOf = (bytes: Uint8Array) => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

interface Registry {
  /** The model that it has. */
  readonly name: string;
  /** Where Ollama is. */
  readonly options: ReturnType<typeof at>;
  /** From which byte on the layer was asked for, each time. */
  readonly asked: number[];
  /** Whether to keep back the second half of the layer. */
  hold(held: boolean): void;
}

/** A registry of models on this machine, for a real Ollama to pull from. */
async function withRegistry(real: RealOllama, test: (registry: Registry) => Promise<void>) {
  const asked: number[] = [];
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: "application/vnd.docker.distribution.manifest.v2+json",
    config: {
      mediaType: "application/vnd.docker.container.image.v1+json",
      digest: digestOf(CONFIG),
      size: CONFIG.length,
    },
    layers: [{ mediaType: "application/vnd.ollama.image.model", digest: digestOf(LAYER), size: LAYER.length }],
  });
  let held = false;
  const listen = { hostname: "127.0.0.1", port: 0, onListen: () => {} };
  await using registry = Deno.serve(listen, (request) => {
    const { pathname: path, hostname, port } = new URL(request.url);
    if (path.includes("/manifests/")) return new Response(manifest);
    const bytes = path.endsWith(digestOf(LAYER)) ? LAYER : CONFIG;
    if (request.method === "HEAD") return new Response(null, { headers: { "content-length": `${bytes.length}` } });
    // Ollama wants to be sent to another host for a layer, as its own registry does.
    if (hostname !== "localhost") return Response.redirect(`http://localhost:${port}${path}`, 307);
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.get("range") ?? "");
    if (range === null) return new Response(bytes);
    const [from, to] = [Number(range[1]), Number(range[2])];
    if (bytes === LAYER) asked.push(from);
    const part = bytes.slice(from, to + 1);
    const headers = { "content-length": `${part.length}`, "content-range": `bytes ${from}-${to}/${bytes.length}` };
    return new Response(held && bytes === LAYER ? firstHalf(part) : part, { status: 206, headers });
  });
  // Ollama pulls over plain HTTP only when it is told that it may, which nobody should tell it outside of a test.
  await using between = Deno.serve(listen, async (request) => {
    const { pathname } = new URL(request.url);
    const text = await request.text();
    const body = pathname === "/api/pull" ? JSON.stringify({ ...JSON.parse(text), insecure: true }) : text;
    return await fetch(`${real.origin}${pathname}`, {
      method: request.method,
      ...(text === "" ? {} : { body }),
    });
  });
  const name = `127.0.0.1:${registry.addr.port}/library/tiny:1`;
  const options = { environment: environmentOf({ OLLAMA_HOST: `127.0.0.1:${between.addr.port}` }) };
  await test({ name, options, asked, hold: (hold) => held = hold });
}

/** Sends the first half and then nothing more, until whoever reads it leaves. */
function firstHalf(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array> {
  return new ReadableStream({ start: (controller) => controller.enqueue(bytes.subarray(0, bytes.length / 2)) });
}
