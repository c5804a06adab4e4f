import assert from "node:assert/strict";
import { environmentOf } from "./environment.ts";
import { listModels, pullModel, type PullProgress, removeModel, runningModels, showModel } from "./manage_models.ts";
import { type Answers, deadOrigin, withServer } from "./testing.ts";

const at = (origin: string) => ({ environment: environmentOf({ OLLAMA_HOST: origin }) });
const details = { parameter_size: "1.5B", quantization_level: "Q4_K_M", family: "qwen2" };

/** Lines of JSON as Ollama streams them; with `onClosed` the connection hangs after them, until the client closes it. */
function ndjson(lines: object[], onClosed?: () => void): Response {
  const text = new TextEncoder().encode(lines.map((line) => JSON.stringify(line) + "\n").join(""));
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(text);
      if (onClosed === undefined) controller.close();
    },
    cancel: () => onClosed?.(),
  });
  return new Response(body, { headers: { "content-type": "application/x-ndjson" } });
}

Deno.test("listModels() and runningModels() give what Ollama has on disk and in memory", async () => {
  const answer: Answers = (_, path) =>
    path === "/api/ps"
      ? Response.json({
        models: [{ name: "b:1", size: 7, expires_at: "2026-01-01T00:00:00Z", context_length: 4096 }, {
          name: "c:1",
          size: 8,
        }],
      })
      : Response.json({ models: [{ name: "b:1", size: 5, details }, { name: "a:1", size: 6 }] });
  await withServer(answer, async (origin) => {
    assert.deepEqual(await listModels(at(origin)), [
      { name: "a:1", bytes: 6, parameters: null, quantization: null },
      { name: "b:1", bytes: 5, parameters: "1.5B", quantization: "Q4_K_M" },
    ]);
    assert.deepEqual(await runningModels(at(origin)), [
      { name: "b:1", bytes: 7, until: Date.UTC(2026, 0, 1), contextLength: 4096 },
      { name: "c:1", bytes: 8, until: null, contextLength: null },
    ]);
  });
});

Deno.test("showModel() tells capabilities and context, and what an old Ollama does not tell as null", async () => {
  const full = {
    details,
    capabilities: ["completion", "tools"],
    model_info: { "general.architecture": "qwen2", "qwen2.context_length": 32768 },
    parameters: 'stop "<|im_end|>"\nnum_ctx                        2048',
    license: "\n Apache License\nVersion 2.0",
  };
  await withServer(() => Response.json(full), async (origin) => {
    assert.deepEqual(await showModel("qwen2.5:1.5b", at(origin)), {
      name: "qwen2.5:1.5b",
      family: "qwen2",
      parameters: "1.5B",
      quantization: "Q4_K_M",
      capabilities: ["completion", "tools"],
      contextLength: 32768,
      contextSet: 2048,
      licence: "Apache License",
    });
  });
  await withServer(() => Response.json({ details: {} }), async (origin) => {
    const { capabilities, contextLength, contextSet } = await showModel("old", at(origin));
    assert.deepEqual([capabilities, contextLength, contextSet], [null, null, null]);
  });
});

Deno.test("pullModel() sums its layers, and a resumed one starts where it stopped", async () => {
  const lines = [
    { status: "pulling manifest" },
    { status: "pulling aa", digest: "aa", total: 100 },
    { status: "pulling aa", digest: "aa", total: 100, completed: 60 },
    { status: "pulling bb", digest: "bb", total: 10, completed: 10 },
    { status: "pulling aa", digest: "aa", total: 100, completed: 100 },
    { status: "success" },
  ];
  const heard: PullProgress[] = [];
  await withServer(() => ndjson(lines), async (origin, seen) => {
    await pullModel("qwen2.5:1.5b", { ...at(origin), onProgress: (progress) => heard.push(progress) });
    assert.equal(JSON.parse(seen[0]?.body ?? "").name, "qwen2.5:1.5b");
  });
  assert.deepEqual(heard.map(({ done, total }) => `${done}/${total}`), [
    "0/0",
    "0/100",
    "60/100",
    "70/110",
    "110/110",
    "110/110",
  ]);
});

Deno.test("pullModel() says that Ollama has no network, no such model, or broke off", async () => {
  const offline =
    'pull model manifest: Get "https://registry.example/v2/": dial tcp: lookup registry.example: no such host';
  for (
    const [line, kind, message] of [
      [{ error: offline }, "unreachable", /no such host.*connect to the network and pull again/],
      [{ error: "pull model manifest: file does not exist" }, "http", /registry has no such model/],
      [{ error: "write blob: no space left on device" }, "http", /Free some space/],
      [{ status: "pulling manifest" }, "http", /Cannot pull x: Did not receive/],
    ] as const
  ) {
    await withServer(() => ndjson([{ status: "pulling manifest" }, line]), async (origin) => {
      await assert.rejects(pullModel("x", at(origin)), { name: "LlmError", kind, message });
    });
  }
});

Deno.test("pullModel() stops when aborted, and tells Ollama so by closing the connection", async () => {
  const controller = new AbortController();
  const closed = Promise.withResolvers<void>();
  const line = { status: "pulling aa", digest: "aa", total: 100, completed: 5 };
  const answer: Answers = () => ndjson([line], closed.resolve);
  await withServer(answer, async (origin) => {
    const onProgress = () => controller.abort();
    const pulling = pullModel("x", { ...at(origin), signal: controller.signal, onProgress });
    await assert.rejects(pulling, { kind: "aborted", message: /Stopped before the end: pull x/ });
    await closed.promise;
  });
  await assert.rejects(pullModel("x", { ...at(deadOrigin()), signal: controller.signal }), { kind: "aborted" });
});

Deno.test("pullModel() gives up on an Ollama that falls silent", async () => {
  const answer: Answers = () => ndjson([{ status: "pulling manifest" }], () => {});
  await withServer(answer, async (origin) => {
    const pulling = pullModel("x", { ...at(origin), silenceMs: 80 });
    await assert.rejects(pulling, { kind: "timeout", message: /said nothing for 0\.08 s/ });
  });
});

Deno.test("every question says what to do without Ollama, without the model, or with a stranger", async () => {
  const questions = [
    listModels,
    runningModels,
    (options: ReturnType<typeof at>) => showModel("x", options),
    (options: ReturnType<typeof at>) => pullModel("x", options),
    (options: ReturnType<typeof at>) => removeModel("x", options),
  ];
  const missing = () => Response.json({ error: "model 'x' not found" }, { status: 404 });
  const stranger = () => new Response("<html>hello</html>", { headers: { "content-type": "text/html" } });
  const broken = () => new Response("<h1>Bad gateway</h1>", { status: 502 });
  for (const question of questions) {
    await assert.rejects(question(at(deadOrigin())), {
      kind: "unreachable",
      message: /no Ollama answers at http.*ollama serve/,
    });
    await withServer(missing, async (origin) => {
      await assert.rejects(question(at(origin)), { kind: "http", status: 404, message: /not found.*pose models/ });
    });
    await withServer(stranger, async (origin) => {
      await assert.rejects(question(at(origin)), { kind: "http", message: /is not Ollama\. Check OLLAMA_HOST/ });
    });
    await withServer(broken, async (origin) => {
      await assert.rejects(question(at(origin)), { kind: "http", status: 502, message: /Bad gateway/ });
    });
  }
  await assert.rejects(removeModel("a b", at(deadOrigin())), { message: /"a b" is no name of a model/ });
});

Deno.test("removeModel() deletes by name", async () => {
  await withServer(() => new Response(null), async (origin, seen) => {
    await removeModel("x:1", at(origin));
    assert.deepEqual(seen.map(({ path, body }) => [path, JSON.parse(body).name]), [["/api/delete", "x:1"]]);
  });
});
