import assert from "node:assert/strict";
import { join } from "node:path";
import { connect } from "./connect.ts";
import { environmentOf } from "./environment.ts";
import { LlmError } from "./llm_error.ts";
import { deadOrigin, sse, withServer } from "./testing.ts";

const ollama = (...models: string[]) => () => Response.json({ models: models.map((name) => ({ name })) });

/** A GGUF's path keeps a test from fetching weights: nothing loads it until it is asked something. */
async function withGguf(test: (path: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  const path = join(folder, "Tiny-Model.Q4_K_M.gguf");
  await Deno.writeTextFile(path, "not weights");
  try {
    await test(path);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** A cache folder that can't be: reaching for the default weights shows as an AssetError, without a download. */
async function withoutWeights(test: (assets: string) => Promise<void>) {
  await withGguf((path) => test(join(path, "assets")));
}

Deno.test("connect() takes OPENAI_BASE_URL with its key and model before all else", async () => {
  await withServer(() => sse(["hi"]), async (origin, seen) => {
    const environment = environmentOf({
      OPENAI_BASE_URL: `${origin}/v1`,
      OPENAI_API_KEY: "secret",
      LLM_MODEL: "big",
      OLLAMA_HOST: origin,
    });
    await using connection = await connect({ environment });
    assert.equal(connection.model, "big");
    assert.equal(connection.endpoint.kind, "openai");
    assert.equal(connection.endpoint.description, `big at ${origin}/v1`);
    const messages = [{ role: "user" as const, content: "x" }];
    await Array.fromAsync(await connection.client.chat.completions.create({ model: "big", messages, stream: true }));
    assert.deepEqual(seen.map(({ path, authorization }) => [path, authorization]), [
      ["/v1/chat/completions", "Bearer secret"],
    ]);
  });
});

Deno.test("connect() asks an endpoint for its only model when LLM_MODEL is not set", async () => {
  await withServer(() => Response.json({ object: "list", data: [{ id: "one" }] }), async (origin) => {
    const { model } = await connect({ environment: environmentOf({ OPENAI_BASE_URL: `${origin}/v1` }) });
    assert.equal(model, "one");
  });
});

Deno.test("connect() asks for LLM_MODEL when an endpoint has several models", async () => {
  const data = ["a", "b"].map((id) => ({ id }));
  await withServer(() => Response.json({ object: "list", data }), async (origin) => {
    const environment = environmentOf({ OPENAI_BASE_URL: `${origin}/v1` });
    await assert.rejects(connect({ environment }), { kind: "http", message: /2 models: set LLM_MODEL to one.*a, b/ });
  });
});

Deno.test("connect() never falls through an explicit OPENAI_BASE_URL", async () => {
  await withServer(ollama("qwen2.5:1.5b"), async (origin) => {
    const base = deadOrigin();
    const environment = environmentOf({ OPENAI_BASE_URL: `${base}/v1`, OLLAMA_HOST: origin });
    await assert.rejects(
      connect({ environment, maxRetries: 0 }),
      (error) => error instanceof LlmError && error.kind === "unreachable" && error.message.includes(base),
    );
  });
  const environment = environmentOf({ OPENAI_BASE_URL: "localhost:8000" });
  await assert.rejects(connect({ environment }), { kind: "unreachable", message: /"localhost:8000"/ });
});

Deno.test("connect() takes a running Ollama that has the course's model", async () => {
  await withServer(ollama("qwen2.5:1.5b"), async (origin, seen) => {
    const environment = environmentOf({ OLLAMA_HOST: origin, OPENAI_BASE_URL: " ", OPENAI_API_KEY: "secret" });
    const { model, endpoint, client } = await connect({ environment });
    assert.equal(model, "qwen2.5:1.5b");
    assert.deepEqual(endpoint, {
      kind: "ollama",
      baseUrl: `${origin}/v1`,
      description: `qwen2.5:1.5b on Ollama (${origin})`,
      notes: [],
    });
    assert.equal(client.apiKey, "none");
    assert.deepEqual(seen.map(({ path }) => path), ["/api/tags"]);
  });
});

Deno.test("connect() takes LLM_MODEL on Ollama", async () => {
  await withServer(ollama("qwen2.5:1.5b", "phi:latest"), async (origin) => {
    const { model } = await connect({ environment: environmentOf({ OLLAMA_HOST: origin, LLM_MODEL: "phi" }) });
    assert.equal(model, "phi");
  });
});

Deno.test("connect() takes a GGUF that LLM_MODEL names, even where Ollama runs", async () => {
  await withServer(ollama("qwen2.5:1.5b"), async (origin) => {
    await withGguf(async (path) => {
      await using connection = await connect({
        environment: environmentOf({ OLLAMA_HOST: origin, LLM_MODEL: path }),
      });
      assert.equal(connection.endpoint.kind, "embedded");
      assert.equal(connection.model, "Tiny-Model");
    });
  });
});

Deno.test("connect() says that LLM_MODEL names no file", async () => {
  const environment = environmentOf({ LLM_MODEL: "nowhere/x.gguf" });
  await assert.rejects(connect({ environment }), { kind: "unreachable", message: /"nowhere\/x\.gguf"/ });
});

Deno.test("connect() reaches for the embedded weights without a usable Ollama", async () => {
  const late = async () => {
    await new Promise((resolve) => setTimeout(resolve, 400));
    return new Response();
  };
  for (
    const answer of [ollama("phi:latest"), () => new Response("<html>"), () => new Response("", { status: 500 }), late]
  ) {
    await withServer(answer, async (origin, seen) => {
      await withoutWeights(async (assets) => {
        const environment = environmentOf({ OLLAMA_HOST: origin });
        await assert.rejects(connect({ environment, assets }), { name: "AssetError" });
        assert.equal(seen.length, 1);
      });
    });
  }
});
