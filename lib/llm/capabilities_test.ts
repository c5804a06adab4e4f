import assert from "node:assert/strict";
import { capabilities } from "./capabilities.ts";
import { connect } from "./connect.ts";
import { environmentOf } from "./environment.ts";
import { type Answers, withServer } from "./testing.ts";

const message = (content: string | null, more: object = {}) =>
  Response.json({ choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content, ...more } }] });

/** An endpoint that does some of what it is asked. */
function endpoint(does: { schema?: boolean; tools?: boolean; embeds?: boolean; listed?: object }): Answers {
  return (_, path, body) => {
    if (path.endsWith("/models")) return Response.json({ data: [{ id: "m", ...does.listed }] });
    if (path.endsWith("/embeddings")) {
      return does.embeds
        ? Response.json({ data: [{ index: 0, embedding: [0.1, 0.2] }] })
        : Response.json({ error: { message: "This model does not support embeddings" } }, { status: 501 });
    }
    const asked = JSON.parse(body);
    if (asked.tools) {
      const call = { id: "1", type: "function", function: { name: "weather", arguments: "{}" } };
      return does.tools
        ? message(null, { tool_calls: [call] })
        : Response.json({ error: { message: "m does not support tools" } }, { status: 400 });
    }
    return message(asked.response_format && does.schema ? '{"answer": "zebra"}' : "Hello!");
  };
}

const find = async (answer: Answers) => {
  let found;
  let again = 0;
  await withServer(answer, async (origin, seen) => {
    const environment = environmentOf({ OPENAI_BASE_URL: `${origin}/v1`, LLM_MODEL: "m" });
    const connection = await connect({ environment, maxRetries: 0 });
    found = await capabilities(connection);
    const before = seen.length;
    assert.deepEqual(await capabilities(connection), found);
    again = seen.length - before;
  });
  assert.equal(again, 0, "found out once");
  return found;
};

Deno.test("capabilities() finds out by asking, and asks once", async () => {
  assert.deepEqual(await find(endpoint({ schema: true, tools: true, embeds: true, listed: { max_model_len: 8192 } })), {
    jsonSchema: true,
    tools: true,
    embeddings: true,
    contextLength: 8192,
  });
  assert.deepEqual(await find(endpoint({ listed: { meta: { n_ctx_train: 512 } } })), {
    jsonSchema: false,
    tools: false,
    embeddings: false,
    contextLength: 512,
  });
  const schemaOnly = await find(endpoint({ schema: true }));
  assert.deepEqual(schemaOnly, { jsonSchema: true, tools: false, embeddings: false, contextLength: null });
});

Deno.test("capabilities() of a model on Ollama are what Ollama says of it, and what it does", async () => {
  const ollama = (shown: object, running?: number): Answers => (request, path, body) => {
    if (path === "/api/tags") return Response.json({ models: [{ name: "qwen2.5:1.5b" }] });
    if (path === "/api/show") return Response.json({ details: {}, ...shown });
    if (path === "/api/ps") return Response.json({ models: [{ name: "qwen2.5:1.5b", context_length: running }] });
    return endpoint({ schema: true, tools: true, embeds: true })(request, path, body);
  };
  const info = { model_info: { "qwen2.context_length": 32768 } };
  for (
    const [answer, tools, contextLength] of [
      [ollama({ ...info, capabilities: ["completion", "tools"] }, 8192), true, 8192],
      [ollama({ ...info, capabilities: ["completion"], parameters: "num_ctx 2048" }), false, 2048],
      [ollama(info), true, 4096],
    ] as const
  ) {
    await withServer(answer, async (origin) => {
      const connection = await connect({ environment: environmentOf({ OLLAMA_HOST: origin }) });
      assert.deepEqual(await capabilities(connection), { jsonSchema: true, tools, embeddings: true, contextLength });
    });
  }
});

Deno.test("capabilities() fails where the endpoint fails, and asks anew the next time", async () => {
  let broken = true;
  const answer: Answers = (request, path, body) =>
    broken
      ? Response.json({ error: { message: "bad key" } }, { status: 401 })
      : endpoint({ schema: true })(request, path, body);
  await withServer(answer, async (origin) => {
    const environment = environmentOf({ OPENAI_BASE_URL: `${origin}/v1`, LLM_MODEL: "m" });
    const connection = await connect({ environment, maxRetries: 0 });
    await assert.rejects(capabilities(connection), { kind: "http", status: 401 });
    broken = false;
    assert.equal((await capabilities(connection)).jsonSchema, true);
  });
});
