import assert from "node:assert/strict";
import OpenAI from "openai";
import { connect } from "./connect.ts";
import type { Engine } from "./engine.ts";
import { environmentOf } from "./environment.ts";
import { createHandler } from "./handler.ts";
import { type ServedRequest, serveLlm, type ServeOptions } from "./serve.ts";

/** An engine that says a word every few milliseconds until it is stopped; the real one is in embedded_test.ts. */
function talker() {
  const ended: string[] = [];
  const engine: Engine = {
    model: "talker",
    contextSize: 100,
    countTokens: () => Promise.resolve(1),
    embed: () => Promise.resolve({ vectors: [[1]], promptTokens: 1 }),
    async generate(_request, { onText, signal, maxTokens }) {
      try {
        for (let i = 0; i < maxTokens; i++) {
          await new Promise((resolve) => setTimeout(resolve, 5));
          signal.throwIfAborted();
          onText("la ");
        }
        ended.push("whole");
      } catch (error) {
        ended.push("stopped");
        throw error;
      }
      return { text: "la ".repeat(maxTokens), finishReason: "length", promptTokens: 1, completionTokens: maxTokens };
    },
  };
  return { engine, ended };
}

function serve(engine: Engine, options: ServeOptions = {}) {
  const heard: ServedRequest[] = [];
  let closed = 0;
  const handler = createHandler({ model: engine.model, load: () => Promise.resolve(engine) });
  const close = () => Promise.resolve(void closed++);
  const server = serveLlm({ handler, close }, { port: 0, onRequest: (request) => heard.push(request), ...options });
  const client = new OpenAI({ baseURL: server.baseUrl, apiKey: "none", maxRetries: 0 });
  return { server, client, heard, closed: () => closed };
}

const ask = (max_tokens: number) => ({
  model: "talker",
  messages: [{ role: "user" as const, content: "Sing." }],
  max_tokens,
});

Deno.test("serveLlm() is an OpenAI-compatible endpoint on a port, which connect() takes, and tells each request", async () => {
  const { engine } = talker();
  const { server, heard, closed } = serve(engine);
  const connection = await connect({ environment: environmentOf({ OPENAI_BASE_URL: server.baseUrl }) });
  assert.equal(connection.model, "talker");
  const stream = await connection.client.chat.completions.create({ ...ask(3), stream: true });
  const pieces = (await Array.fromAsync(stream)).map((chunk) => chunk.choices[0]?.delta.content).filter(Boolean);
  assert.deepEqual(pieces, ["la ", "la ", "la "]);
  await assert.rejects(connection.client.chat.completions.create({ ...ask(3), model: "x" }), { status: 404 });
  await server.close();
  assert.equal(closed(), 1);
  assert.deepEqual(heard.map(({ method, path, status }) => `${method} ${path} ${status}`), [
    "GET /v1/models 200",
    "POST /v1/chat/completions 200",
    "POST /v1/chat/completions 404",
  ]);
  const [, streamed] = heard;
  assert.ok(streamed && streamed.ms >= 15, "a streamed answer is told at its end");
});

Deno.test("serveLlm() stops generating when the client goes away", async () => {
  for (const stream of [false, true]) {
    const { engine, ended } = talker();
    const { server } = serve(engine);
    const { hostname, port } = new URL(server.baseUrl);
    const body = JSON.stringify({ ...ask(90), stream });
    const head = `POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: ${body.length}\r\n\r\n`;
    const socket = await Deno.connect({ hostname, port: Number(port) });
    await socket.write(new TextEncoder().encode(head + body));
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.close();
    await new Promise((resolve) => setTimeout(resolve, 100));
    await server.close();
    assert.deepEqual(ended, ["stopped"], `streamed: ${stream}`);
  }
});

Deno.test("serveLlm() lets a running answer come to its end when it closes", async () => {
  const { engine, ended } = talker();
  const { server, client } = serve(engine);
  const asked = client.chat.completions.create(ask(20));
  await new Promise((resolve) => setTimeout(resolve, 30));
  await server.close();
  assert.equal((await asked).choices[0]?.finish_reason, "length");
  assert.deepEqual(ended, ["whole"]);
});

Deno.test("serveLlm() says that the port is taken", async () => {
  const { engine } = talker();
  const { server } = serve(engine);
  const port = Number(new URL(server.baseUrl).port);
  assert.throws(() => serve(engine, { port }), Deno.errors.AddrInUse);
  await server.close();
});
