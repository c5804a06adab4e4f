import assert from "node:assert/strict";
import OpenAI from "openai";
import type { Engine } from "./engine.ts";
import { createHandler } from "./handler.ts";
import { plainMessages } from "./tool_calls.ts";

/** An engine that answers with the last message, word by word; the real one is tested in embedded_test.ts. */
const echo: Engine = {
  model: "echo",
  contextSize: 20,
  countTokens: (messages) => Promise.resolve(messages.reduce((sum, { content }) => sum + content.split(" ").length, 0)),
  async generate(request, { onText, signal, maxTokens }) {
    const messages = plainMessages(request);
    const words = messages.at(-1)?.content.split(" ") ?? [];
    const said = words.slice(0, maxTokens);
    for (const word of said) {
      await new Promise((resolve) => setTimeout(resolve, 2));
      signal.throwIfAborted();
      onText(word);
    }
    return {
      text: said.join(""),
      finishReason: said.length < words.length ? "length" : "stop",
      promptTokens: await this.countTokens(messages),
      completionTokens: said.length,
    };
  },
  embed: (texts) =>
    Promise.resolve({ vectors: texts.map((text) => [text.length, 0.5]), promptTokens: texts.join("").length }),
};

function client(engine = echo) {
  const fetch = createHandler({ model: engine.model, load: () => Promise.resolve(engine) });
  return new OpenAI({ fetch, baseURL: "http://embedded/v1", apiKey: "none", maxRetries: 0 });
}

const handler = createHandler({ model: "echo", load: () => Promise.resolve(echo) });
const post = (body: string, path = "chat/completions") =>
  handler(`http://embedded/v1/${path}`, { method: "POST", body });
const weather = {
  type: "function" as const,
  function: {
    name: "weather",
    parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
  },
};
const ask = (more: object = {}) => ({
  model: "echo",
  messages: [{ role: "user" as const, content: "a b c" }],
  ...more,
});

Deno.test("the handler answers the OpenAI client with text, finish reason and usage", async () => {
  const answer = await client().chat.completions.create(ask());
  assert.equal(answer.choices[0]?.message.content, "abc");
  assert.equal(answer.choices[0]?.finish_reason, "stop");
  assert.deepEqual(answer.usage, { prompt_tokens: 3, completion_tokens: 3, total_tokens: 6 });
});

Deno.test("the handler ends with `length` at max_tokens", async () => {
  const answer = await client().chat.completions.create(ask({ max_tokens: 2 }));
  assert.deepEqual(answer.choices[0]?.finish_reason, "length");
  assert.equal(answer.usage?.completion_tokens, 2);
});

Deno.test("the handler streams pieces, then the finish reason, then usage if asked for", async () => {
  const stream = await client().chat.completions.create({
    ...ask(),
    stream: true,
    stream_options: { include_usage: true },
  });
  const chunks = await Array.fromAsync(stream);
  assert.deepEqual(chunks.map((c) => c.choices[0]?.delta.content).filter(Boolean), ["a", "b", "c"]);
  assert.equal(chunks.at(-2)?.choices[0]?.finish_reason, "stop");
  assert.equal(chunks.at(-1)?.usage?.total_tokens, 6);
});

Deno.test("the handler takes content given in parts", async () => {
  const content = [{ type: "text" as const, text: "a " }, { type: "text" as const, text: "b" }];
  const answer = await client().chat.completions.create({ model: "echo", messages: [{ role: "user", content }] });
  assert.equal(answer.choices[0]?.message.content, "ab");
});

Deno.test("the handler lists its model, with the context once it is loaded", async () => {
  const openai = client();
  const [before] = (await openai.models.list()).data;
  assert.equal(before?.id, "echo");
  await openai.chat.completions.create(ask());
  const [after] = (await openai.models.list()).data;
  assert.deepEqual([before, after].map((model) => Reflect.get(model ?? {}, "context_length")), [undefined, 20]);
});

Deno.test("the handler embeds one text or several, as numbers or as the client's base64", async () => {
  const openai = client();
  const one = await openai.embeddings.create({ model: "echo", input: "abc" });
  assert.deepEqual(one.data.map(({ embedding }) => embedding), [[3, 0.5]]);
  const two = await openai.embeddings.create({ model: "echo", input: ["a", "ab"], encoding_format: "float" });
  assert.deepEqual(two.data.map(({ index, embedding }) => [index, embedding]), [[0, [1, 0.5]], [1, [2, 0.5]]]);
  assert.deepEqual(two.usage, { prompt_tokens: 3, total_tokens: 3 });
  for (
    const [body, message] of [
      [{ input: "" }, /input: must be a text or a list of texts/],
      [{ input: [] }, /input/],
      [{ input: [1, 2] }, /input/],
      [{ input: "a", dimensions: 3 }, /does not shorten/],
      [{ input: "a", encoding_format: "int8" }, /encoding_format/],
    ] as const
  ) {
    const response = await post(JSON.stringify({ model: "echo", ...body }), "embeddings");
    assert.equal(response.status, 400);
    assert.match((await response.json()).error.message, message);
  }
});

Deno.test("the handler gives what the model wrote as a call of a tool, streamed or not, and other text as text", async () => {
  const saying = (text: string): Engine => ({
    ...echo,
    contextSize: 1000,
    generate(_request, { onText }) {
      onText(text);
      return Promise.resolve({ text, finishReason: "stop", promptTokens: 1, completionTokens: 1 });
    },
  });
  const tools = [weather];
  const call = '<tool_call>\n{"name": "weather", "arguments": {"city": "Paris"}}\n</tool_call>';
  const { choices: [choice] } = await client(saying(call)).chat.completions.create(ask({ tools }));
  assert.equal(choice?.finish_reason, "tool_calls");
  assert.equal(choice?.message.content, null);
  const [made] = choice?.message.tool_calls ?? [];
  assert.deepEqual(made?.type === "function" && made.function, { name: "weather", arguments: '{"city":"Paris"}' });

  const stream = client(saying(call)).chat.completions.stream(ask({ tools }));
  const final = await stream.finalChatCompletion();
  assert.equal(final.choices[0]?.finish_reason, "tool_calls");
  assert.equal(final.choices[0]?.message.tool_calls?.length, 1);

  const rain = client(saying("It rains."));
  const said = await rain.chat.completions.create(ask({ tools }));
  assert.equal(said.choices[0]?.message.content, "It rains.");
  const streamed = await rain.chat.completions.stream(ask({ tools })).finalChatCompletion();
  assert.equal(streamed.choices[0]?.message.content, "It rains.");
  const none = await client(saying(call)).chat.completions.create(ask({ tools, tool_choice: "none" }));
  assert.equal(none.choices[0]?.message.content, call);
});

Deno.test("the handler answers what it can't read with 400 and the field's name", async () => {
  for (
    const [body, message] of [
      ["", /its body is empty/],
      ["{", /not JSON/],
      ["[]", /must be a JSON object/],
      [JSON.stringify({ messages: [{ role: "user", content: "x" }] }), /model/],
      [JSON.stringify({ model: "echo", messages: [] }), /messages/],
      [JSON.stringify({ model: "echo", messages: [{ role: "user" }] }), /messages\.0\.content/],
      [JSON.stringify(ask({ temperature: "hot" })), /temperature/],
      [JSON.stringify(ask({ max_tokens: 0 })), /max_tokens/],
      [JSON.stringify(ask({ n: 2 })), /does not support more than one choice/],
      [JSON.stringify(ask({ tools: [{ type: "function", function: {} }] })), /tools\.0\.function\.name/],
      [JSON.stringify(ask({ tools: [weather], tool_choice: "always" })), /tool_choice/],
      [
        JSON.stringify(ask({ tool_choice: { type: "function", function: { name: "f" } }, tools: [weather] })),
        /not give/,
      ],
      [
        JSON.stringify(
          ask({ tools: [{ type: "function", function: { name: "f", parameters: {} } }], tool_choice: "required" }),
        ),
        /Cannot enforce the schema/,
      ],
      [JSON.stringify(ask({ response_format: { type: "json_schema" } })), /response_format\.json_schema/],
      [
        JSON.stringify(ask({ stream: true, response_format: { type: "json_schema", json_schema: { schema: {} } } })),
        /Cannot enforce the schema: schema must have a type/,
      ],
    ] as const
  ) {
    const response = await post(body);
    assert.equal(response.status, 400, body);
    const { error } = await response.json();
    assert.match(error.message, message);
    assert.equal(error.type, "invalid_request_error");
  }
});

Deno.test("the handler answers an overflow of the context with context_length_exceeded", async () => {
  const content = "word ".repeat(30).trim();
  const response = await post(JSON.stringify({ model: "echo", messages: [{ role: "user", content }] }));
  assert.equal(response.status, 400);
  const { error } = await response.json();
  assert.equal(error.code, "context_length_exceeded");
  assert.match(error.message, /30 tokens.*holds 20/);
});

Deno.test("the handler answers an unknown model, path or method with 404 and 405", async () => {
  const unknown = await post(JSON.stringify({ ...ask(), model: "gpt" }));
  assert.equal(unknown.status, 404);
  assert.match((await unknown.json()).error.message, /"gpt" does not exist.*"echo"/);
  assert.equal((await post('{"model": "gpt", "input": "a"}', "embeddings")).status, 404);
  assert.equal((await handler("http://embedded/v1/nothing")).status, 404);
  assert.equal((await handler("http://embedded/v1/chat/completions")).status, 405);
});

Deno.test("the handler answers a failing engine with 500, streamed or not", async () => {
  const failing: Engine = { ...echo, generate: () => Promise.reject(new Error("it broke")) };
  await assert.rejects(client(failing).chat.completions.create(ask()), { status: 500, message: /it broke/ });
  const stream = await client(failing).chat.completions.create({ ...ask(), stream: true });
  await assert.rejects(Array.fromAsync(stream), /it broke/);
});

Deno.test("the handler ends the generation when a request is aborted or a stream is left", async () => {
  const ended: unknown[] = [];
  const endless: Engine = {
    ...echo,
    async generate(_request, { onText, signal }) {
      try {
        while (true) {
          await new Promise((resolve) => setTimeout(resolve, 1));
          signal.throwIfAborted();
          onText("on ");
        }
      } finally {
        ended.push(signal.aborted);
      }
    },
  };
  const openai = client(endless);
  const controller = new AbortController();
  const aborted = openai.chat.completions.create(ask(), { signal: controller.signal });
  setTimeout(() => controller.abort(), 10);
  await assert.rejects(aborted, /aborted/i);

  const stream = await openai.chat.completions.create({ ...ask(), stream: true });
  let count = 0;
  for await (const _ of stream) if (++count === 5) break;
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual(ended, [true, true]);
});
