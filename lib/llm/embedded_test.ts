import assert from "node:assert/strict";
import { z } from "zod";
import { join } from "node:path";
import { assetsFolder, isCached } from "../assets/mod.ts";
import { capabilities } from "./capabilities.ts";
import type { CompletionOptions } from "./chat.ts";
import { completeJson } from "./complete_json.ts";
import { completeText } from "./complete_text.ts";
import { connect } from "./connect.ts";
import type { Connection } from "./connection.ts";
import { environmentOf } from "./environment.ts";
import { deadOrigin } from "./testing.ts";
import { SMOLLM2_135M } from "./weights.ts";

const cached = await isCached(SMOLLM2_135M);
let shared: Connection | undefined;

Deno.test.afterAll(() => shared?.close());

/** A test with the real weights; where they haven't been fetched it is reported as ignored, with the reason. */
function embeddedTest(name: string, test: (connection: Connection) => Promise<void>) {
  Deno.test({
    name: cached ? name : `${name} (ignored: no ${SMOLLM2_135M.name} in ${assetsFolder()}; make demo fetches it)`,
    ignore: !cached,
    // The first of these tests loads the runtime and the last one's end frees it.
    sanitizeOps: false,
    sanitizeResources: false,
    async fn() {
      await test(shared ??= await connect({ environment: environmentOf({ OLLAMA_HOST: deadOrigin() }) }));
    },
  });
}

const ask = (connection: Connection, content: string, more: Partial<CompletionOptions> = {}): CompletionOptions => ({
  connection,
  messages: [{ role: "user", content }],
  seed: 1,
  maxTokens: 40,
  ...more,
});

embeddedTest(
  "the embedded model answers, counts its tokens, and repeats itself with the same seed",
  async (connection) => {
    assert.equal(connection.endpoint.kind, "embedded");
    const question = "Write one sentence about the sea.";
    const say = (seed: number) => completeText(ask(connection, question, { seed, temperature: 1 })).finish();
    const first = await say(1);
    assert.ok(first.text.length > 10, first.text);
    // 7 words and a full stop, plus the chat template's marks.
    assert.ok(Number(first.timings.promptTokens) >= 8 && Number(first.timings.promptTokens) < 40);
    const completionTokens = Number(first.timings.completionTokens);
    assert.ok(completionTokens >= 3 && completionTokens <= 40);
    assert.notEqual((await say(2)).text, first.text);
    assert.equal((await say(1)).text, first.text);
  },
);

embeddedTest("the embedded model streams its answer in pieces, and stops at the token limit", async (connection) => {
  const stream = completeText(ask(connection, "Count from one to a hundred.", { maxTokens: 12 }));
  const pieces = await Array.fromAsync(stream);
  assert.ok(pieces.length > 5, `${pieces.length} pieces`);
  const { text, finishReason, timings } = await stream.finish();
  assert.equal(text, pieces.join(""));
  assert.equal(finishReason, "length");
  assert.equal(timings.completionTokens, 12);
  assert.ok(timings.firstTokenMs !== null && timings.firstTokenMs < timings.totalMs);
});

embeddedTest("the embedded model keeps to a schema: enum, bounds, lengths", async (connection) => {
  const dances = ["macarena", "waltz", "tango"] as const;
  const schema = z.object({
    dance: z.enum(dances),
    beats: z.int().min(2).max(4),
    steps: z.array(z.string().min(1).max(12)).min(2).max(2),
  });
  for (const seed of [1, 2, 3]) {
    const answer = await completeJson({
      ...ask(connection, "Choose a dance, its beats and two steps.", { seed, temperature: 1, maxTokens: 200 }),
      schema,
    });
    assert.equal(answer.attempts, 1);
    assert.ok(dances.includes(answer.value.dance));
    assert.equal(answer.value.steps.length, 2);
  }
});

embeddedTest("the embedded model says which part of a schema it can't enforce", async (connection) => {
  const asked = completeJson({ ...ask(connection, "Anything."), schema: z.object({ a: z.any() }) });
  await assert.rejects(asked, {
    kind: "http",
    message: /answers 400: Cannot enforce the schema: schema\.properties\.a/,
  });
});

embeddedTest("the embedded model stops when aborted, and answers the next request", async (connection) => {
  await connection.ready();
  const controller = new AbortController();
  const stream = completeText(ask(connection, "Tell a long story.", { maxTokens: 1000, signal: controller.signal }));
  let count = 0;
  await assert.rejects(async () => {
    for await (const _ of stream) if (++count === 3) controller.abort();
  }, { kind: "aborted" });
  assert.equal(count, 3);
  const started = performance.now();
  await completeText(ask(connection, "Hi", { maxTokens: 1 })).finish();
  assert.ok(performance.now() - started < 2000, "the aborted generation went on");
});

embeddedTest("the embedded model answers several requests in turn", async (connection) => {
  const answers = await Promise.all(
    [1, 1, 1].map((seed) => completeText(ask(connection, "Name a colour.", { seed, maxTokens: 8 })).finish()),
  );
  assert.equal(new Set(answers.map(({ text }) => text)).size, 1);
});

embeddedTest("the embedded model says that the messages don't fit, instead of cutting them", async (connection) => {
  const asked = completeText(ask(connection, "left hand up ".repeat(2000))).finish();
  await assert.rejects(asked, { kind: "context", message: /tokens.*holds 4096.*Shorten/ });
});

const tools = ["draw_pose", "play_music"].map((name) => ({
  type: "function" as const,
  function: {
    name,
    parameters: {
      type: "object",
      properties: {
        what: { type: "string", enum: ["arms_up", "waltz"] },
        times: { type: "integer", minimum: 1, maximum: 4 },
      },
      required: ["what", "times"],
      additionalProperties: false,
    },
  },
}));

embeddedTest("the embedded model calls a tool where it must, the one that it must", async ({ client, model }) => {
  const messages = [{ role: "user" as const, content: "Draw a person with both arms up." }];
  const choices = [
    ["required", ["draw_pose", "play_music"]],
    [{ type: "function", function: { name: "play_music" } }, ["play_music"]],
  ] as const;
  for (const [tool_choice, allowed] of choices) {
    const answer = await client.chat.completions.create({
      model,
      messages,
      tools,
      tool_choice,
      seed: 1,
      max_tokens: 100,
    });
    assert.equal(answer.choices[0]?.finish_reason, "tool_calls");
    const [call] = answer.choices[0]?.message.tool_calls ?? [];
    assert.ok(call?.type === "function");
    assert.ok(allowed.some((name) => name === call.function.name), call.function.name);
    const args = JSON.parse(call.function.arguments);
    assert.ok(["arms_up", "waltz"].includes(args.what) && args.times >= 1 && args.times <= 4, call.function.arguments);
  }
  const none = await client.chat.completions.create({ model, messages, tools, tool_choice: "none", max_tokens: 5 });
  assert.notEqual(none.choices[0]?.finish_reason, "tool_calls");
});

embeddedTest("the embedded model embeds: vectors of length 1, the same for the same text", async (connection) => {
  const { client, model } = connection;
  const input = ["hands up", "both arms raised", "hands up"];
  const { data, usage } = await client.embeddings.create({ model, input });
  const [first, second, third] = data.map(({ embedding }) => embedding);
  assert.ok(first && second && third);
  assert.ok(first.length > 100);
  assert.ok(Math.abs(Math.hypot(...first) - 1) < 1e-3);
  assert.deepEqual(first, third);
  assert.notDeepEqual(first, second);
  assert.ok(usage.prompt_tokens >= 6);
  const long = client.embeddings.create({ model, input: "left hand up ".repeat(2000) });
  await assert.rejects(long, { status: 400, code: "context_length_exceeded", message: /tokens, and at most 2047/ });
  // The chat goes on as before.
  assert.ok((await completeText(ask(connection, "Hi", { maxTokens: 3 })).finish()).text.length > 0);
});

embeddedTest("the embedded model shows what it can do", async (connection) => {
  assert.deepEqual(await capabilities(connection), {
    jsonSchema: true,
    tools: true,
    embeddings: true,
    contextLength: 4096,
  });
});

embeddedTest("LLM_MODEL takes the same weights under another name", async () => {
  // On the same disk as the weights, for a second name costs nothing there.
  const folder = await Deno.makeTempDir({ dir: assetsFolder(), prefix: ".test-" });
  try {
    const path = join(folder, "mine.gguf");
    await Deno.link(join(assetsFolder(), SMOLLM2_135M.name), path);
    await using connection = await connect({ environment: environmentOf({ LLM_MODEL: path }) });
    assert.equal(connection.model, "mine");
    assert.match(connection.endpoint.description, /^mine in this process/);
    const { text } = await completeText(ask(connection, "Name a colour.", { maxTokens: 8 })).finish();
    assert.ok(text.length > 0);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test({
  name: "an embedded model whose file is no GGUF says so",
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    const path = await Deno.makeTempFile({ suffix: ".gguf" });
    try {
      await using connection = await connect({ environment: environmentOf({ LLM_MODEL: path }) });
      await assert.rejects(connection.ready(), { kind: "unreachable", message: /Cannot load the weights/ });
      await assert.rejects(completeText(ask(connection, "Hi")).finish(), { kind: "unreachable" });
    } finally {
      await Deno.remove(path);
    }
  },
});
