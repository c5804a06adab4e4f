import assert from "node:assert/strict";
import { z } from "zod";
import type { CallEvent } from "./call_event.ts";
import { completeJson } from "./complete_json.ts";
import { completeText } from "./complete_text.ts";
import { connect } from "./connect.ts";
import { environmentOf } from "./environment.ts";
import { type LlmErrorKind } from "./llm_error.ts";
import { type Answers, deadOrigin, sse, withServer } from "./testing.ts";

const messages = [{ role: "user", content: "Which dance?" }] as const;
const schema = z.object({ dance: z.enum(["macarena", "waltz"]), beats: z.int().min(1).max(8) });
const valid = '{"dance": "waltz", "beats": 3}';

const connectTo = (origin: string) =>
  connect({ environment: environmentOf({ OPENAI_BASE_URL: `${origin}/v1`, LLM_MODEL: "m" }), maxRetries: 0 });

const failing = (answer: Answers, kind: LlmErrorKind, message: RegExp, more: object = {}) =>
  withServer(answer, async (origin) => {
    const connection = await connectTo(origin);
    const asked = completeJson({ connection, schema, messages, seed: 1, ...more });
    await assert.rejects(asked, { name: "LlmError", kind, message });
  });

Deno.test("completeText() yields pieces, then gives the whole with its timings", async () => {
  const usage = { prompt_tokens: 9, completion_tokens: 3, total_tokens: 12 };
  await withServer(() => sse(["A ", "waltz", "."], { usage }), async (origin, seen) => {
    const connection = await connectTo(origin);
    const stream = completeText({ connection, messages, seed: 7, maxTokens: 20 });
    assert.deepEqual(await Array.fromAsync(stream), ["A ", "waltz", "."]);
    const { text, finishReason, timings } = await stream.finish();
    assert.equal(text, "A waltz.");
    assert.equal(finishReason, "stop");
    assert.equal(timings.promptTokens, 9);
    assert.equal(timings.completionTokens, 3);
    assert.ok(timings.firstTokenMs !== null && timings.firstTokenMs <= timings.totalMs);
    const sent = JSON.parse(seen[0]?.body ?? "");
    assert.deepEqual([sent.seed, sent.temperature, sent.max_tokens, sent.stream], [7, 0.3, 20, true]);
  });
});

Deno.test("completeText().finish() alone reads all; usage that isn't told is null", async () => {
  await withServer(() => sse(["A ", "waltz"], { finish: "length" }), async (origin) => {
    const completion = await completeText({ connection: await connectTo(origin), messages, seed: 1 }).finish();
    assert.equal(completion.text, "A waltz");
    assert.equal(completion.finishReason, "length");
    assert.equal(completion.timings.completionTokens, null);
  });
});

Deno.test("completeText() left early has no whole answer", async () => {
  await withServer(() => sse(["A ", "waltz"]), async (origin) => {
    const stream = completeText({ connection: await connectTo(origin), messages, seed: 1 });
    for await (const _ of stream) break;
    await assert.rejects(stream.finish(), { kind: "aborted" });
  });
});

Deno.test("completeJson() sends the schema and gives a typed value", async () => {
  await withServer(() => sse([valid.slice(0, 9), valid.slice(9)]), async (origin, seen) => {
    const heard: string[] = [];
    const connection = await connectTo(origin);
    const answer = await completeJson({ connection, schema, messages, seed: 1, onToken: (text) => heard.push(text) });
    const dance: "macarena" | "waltz" = answer.value.dance;
    assert.equal(dance, "waltz");
    assert.equal(answer.value.beats, 3);
    assert.equal(answer.attempts, 1);
    assert.equal(heard.join(""), valid);
    const format = JSON.parse(seen[0]?.body ?? "").response_format;
    assert.equal(format.type, "json_schema");
    assert.deepEqual(format.json_schema.schema.required, ["dance", "beats"]);
    assert.equal(format.json_schema.schema.additionalProperties, false);
  });
});

Deno.test("completeJson() takes JSON out of a code block", async () => {
  await withServer(() => sse(["```json\n", valid, "\n```"]), async (origin) => {
    const answer = await completeJson({ connection: await connectTo(origin), schema, messages, seed: 1 });
    assert.equal(answer.value.beats, 3);
  });
});

Deno.test("completeJson() takes the first whole object where a model writes before and after it", async () => {
  const said = `Here: ${valid} and {"dance": "macarena", "beats": 1} or "}" …`;
  await withServer(() => sse([said], { finish: "length" }), async (origin) => {
    const answer = await completeJson({ connection: await connectTo(origin), schema, messages, seed: 1 });
    assert.deepEqual(answer.value, { dance: "waltz", beats: 3 });
  });
  const text = z.object({ text: z.string() });
  await withServer(() => sse(['{"text": "a } \\" ] {"} }']), async (origin) => {
    const answer = await completeJson({ connection: await connectTo(origin), schema: text, messages, seed: 1 });
    assert.equal(answer.value.text, 'a } " ] {');
  });
});

Deno.test("completeJson() without enforcing tells no schema, lets brackets repeat, and checks all the same", async () => {
  const answers = ["A waltz.", valid];
  await withServer(() => sse([answers.shift() ?? ""]), async (origin, seen) => {
    const connection = await connectTo(origin);
    const answer = await completeJson({ connection, schema, messages, seed: 1, enforce: false });
    assert.equal(answer.attempts, 2);
    const sent = JSON.parse(seen[0]?.body ?? "");
    assert.equal(sent.response_format, undefined);
    assert.equal(sent.frequency_penalty, 0);
  });
});

Deno.test("completeJson() tells the model what was wrong and asks once more", async () => {
  let count = 0;
  const answers = ['{"dance": "tango", "beats": 3}', valid];
  await withServer(() => sse([answers[count++] ?? ""]), async (origin, seen) => {
    const answer = await completeJson({ connection: await connectTo(origin), schema, messages, seed: 1 });
    assert.equal(answer.attempts, 2);
    assert.equal(answer.value.dance, "waltz");
    const again = JSON.parse(seen[1]?.body ?? "").messages;
    assert.equal(again.length, 3);
    assert.match(again[2].content, /not valid: dance: .*"macarena"/);
  });
});

Deno.test("completeJson() gives up after two invalid answers", async () => {
  await failing(() => sse(['{"dance": 1}']), "invalid_output", /twice.*dance/);
  await failing(() => sse(["A waltz, of course!"]), "invalid_output", /it is not JSON/);
  await failing(() => sse([]), "invalid_output", /it is not JSON/);
});

Deno.test("completeJson() says that the token limit cut the answer", async () => {
  await failing(() => sse(['{"dance": "wal'], { finish: "length" }), "truncated", /maxTokens/);
});

Deno.test("completeJson() says that the connection closed in the middle", async () => {
  await failing(() => sse(['{"dance": "wal'], { finish: null, done: false }), "truncated", /closed in the middle/);
});

Deno.test("completeJson() says that the model refuses", async () => {
  await failing(() => sse([], { finish: "content_filter" }), "refused", /refuses to answer/);
});

Deno.test("completeJson() tells the endpoint's errors apart", async () => {
  const error = (status: number, message: string, code?: string) => () =>
    Response.json({ error: { message, code } }, { status });
  await failing(error(401, "bad key"), "http", /answers 401: bad key\. Check OPENAI_API_KEY/);
  await failing(error(404, "no such model"), "http", /answers 404: no such model\. Check LLM_MODEL/);
  await failing(error(429, "too many"), "http", /429.*Wait a little/);
  await failing(error(500, "oops"), "http", /answers 500: oops/);
  await failing(error(400, "9000 tokens", "context_length_exceeded"), "context", /9000 tokens\. Shorten/);
  await failing(
    () => new Response("<html>hello</html>", { headers: { "content-type": "text/html" } }),
    "http",
    /OpenAI-compatible/,
  );
});

Deno.test("completeJson() gives up in time on an endpoint that hangs, before or in the middle of its answer", async () => {
  const hanging = () =>
    new Response(new ReadableStream({ cancel() {} }), { headers: { "content-type": "text/event-stream" } });
  await failing(hanging, "timeout", /within 0\.1 s/, { timeoutMs: 100 });
  const middle = async () => {
    const head = await sse(['{"dance"'], { finish: null, done: false }).bytes();
    return new Response(new ReadableStream({ start: (controller) => controller.enqueue(head) }), {
      headers: { "content-type": "text/event-stream" },
    });
  };
  await failing(middle, "timeout", /within 0\.1 s/, { timeoutMs: 100 });
  await failing(middle, "aborted", /was cancelled/, { signal: AbortSignal.timeout(50) });
});

Deno.test("completeJson() says that nothing answers", async () => {
  const connection = await connectTo(deadOrigin());
  const asked = completeJson({ connection, schema, messages, seed: 1 });
  await assert.rejects(asked, { kind: "unreachable", message: /Cannot reach m at http.*refused.*Check that it runs/i });
});

Deno.test("completeJson() asks again by itself where the server is busy or broken for the moment", async () => {
  const busy = (status: number) =>
    Response.json({ error: { message: "later" } }, { status, headers: { "retry-after-ms": "1" } });
  const answers = [() => busy(429), () => busy(503), () => sse([valid])];
  let count = 0;
  await withServer(() => answers[count++]?.() ?? busy(500), async (origin, seen) => {
    const environment = environmentOf({ OPENAI_BASE_URL: `${origin}/v1`, LLM_MODEL: "m" });
    const answer = await completeJson({ connection: await connect({ environment }), schema, messages, seed: 1 });
    assert.equal(answer.value.dance, "waltz");
    assert.equal(answer.attempts, 1);
    assert.equal(seen.length, 3);
  });
});

Deno.test("completeJson() does not repeat what would fail again", async () => {
  for (const status of [400, 401, 404]) {
    await withServer(() => Response.json({ error: { message: "no" } }, { status }), async (origin, seen) => {
      const environment = environmentOf({ OPENAI_BASE_URL: `${origin}/v1`, LLM_MODEL: "m" });
      const connection = await connect({ environment });
      await assert.rejects(completeJson({ connection, schema, messages, seed: 1 }), { kind: "http", status });
      assert.equal(seen.length, 1);
    });
  }
});

Deno.test("completeJson() says that an answer without a choice is none, and that HTML is no endpoint", async () => {
  const empty = () =>
    new Response('data: {"choices": []}\n\ndata: [DONE]\n\n', { headers: { "content-type": "text/event-stream" } });
  await failing(empty, "http", /answers without an answer/);
  const page = () =>
    new Response("<html><h1>Not here</h1></html>", { status: 502, headers: { "content-type": "text/html" } });
  await failing(page, "http", /answers 502/);
  const garbage = () => new Response("data: {nonsense\n\n", { headers: { "content-type": "text/event-stream" } });
  await failing(garbage, "http", /failed: .*JSON/);
});

Deno.test("each call is told when it is over: to the connection's listener and to the call's own", async () => {
  const usage = { prompt_tokens: 9, completion_tokens: 3, total_tokens: 12 };
  const heard: CallEvent[] = [];
  const own: CallEvent[] = [];
  let count = 0;
  const answers = [
    () => sse(["A ", "waltz"], { usage }),
    () => Response.json({ error: { message: "bad key" } }, { status: 401 }),
    () => sse(["A ", "waltz"]),
    () => sse(['{"dance": 1}']),
    () => sse([valid]),
  ];
  await withServer(() => answers[count++]?.() ?? new Response(), async (origin) => {
    const environment = environmentOf({ OPENAI_BASE_URL: `${origin}/v1`, LLM_MODEL: "m" });
    const connection = await connect({ environment, maxRetries: 0, onCall: (event) => heard.push(event) });
    const before = Date.now();
    await completeText({ connection, messages, seed: 1, onCall: (event) => own.push(event) }).finish();
    assert.equal(own.length, 1);
    assert.deepEqual(own[0], heard[0]);
    const [first] = heard;
    assert.ok(first && first.started >= before && first.firstTokenMs !== null && first.totalMs >= first.firstTokenMs);
    assert.deepEqual(
      [first.model, first.endpoint, first.promptTokens, first.completionTokens, first.finishReason, first.error],
      ["m", "openai", 9, 3, "stop", undefined],
    );

    await assert.rejects(completeText({ connection, messages, seed: 1 }).finish());
    assert.deepEqual([heard[1]?.finishReason, heard[1]?.error?.kind, heard[1]?.firstTokenMs], [null, "http", null]);
    assert.match(heard[1]?.error?.message ?? "", /bad key/);

    for await (const _ of completeText({ connection, messages, seed: 1 })) break;
    assert.equal(heard[2]?.error?.kind, "aborted");
    assert.ok(heard[2]?.firstTokenMs !== null);

    // An answer in another form is a call that succeeded: each attempt is told.
    await completeJson({ connection, schema, messages, seed: 1 });
    assert.deepEqual(heard.slice(3).map(({ finishReason }) => finishReason), ["stop", "stop"]);
    assert.equal(heard.length, 5);
  });
});

/** An Ollama that reads at most so many tokens, and tells its context or not. */
function cutting(promptTokens: number, context: { running?: number; set?: number }): Answers {
  return (_, path) => {
    switch (path) {
      case "/api/tags":
        return Response.json({ models: [{ name: "qwen2.5:1.5b" }] });
      case "/api/show":
        return Response.json({
          details: {},
          model_info: { "qwen2.context_length": 32768 },
          ...(context.set && { parameters: `num_ctx ${context.set}` }),
        });
      case "/api/ps":
        return Response.json({ models: [{ name: "qwen2.5:1.5b", size: 1, context_length: context.running }] });
      default:
        return sse(["A waltz"], {
          usage: { prompt_tokens: promptTokens, completion_tokens: 10, total_tokens: promptTokens + 10 },
        });
    }
  };
}

Deno.test("an Ollama that cut the messages silently is said to have done so, where that can be known", async () => {
  const ask = async (answer: Answers, content: string) => {
    let text: string | undefined;
    await withServer(answer, async (origin) => {
      const connection = await connect({ environment: environmentOf({ OLLAMA_HOST: origin }) });
      text = (await completeText({ connection, messages: [{ role: "user", content }], seed: 1 }).finish()).text;
    });
    return text;
  };
  const long = "left hand up ".repeat(3000);
  const message = /cut the messages to fit its context of 4096 tokens.*OLLAMA_CONTEXT_LENGTH/;
  // More read and written than the context holds: its beginning was moved out.
  await assert.rejects(ask(cutting(4096, {}), long), { kind: "context", message });
  await assert.rejects(ask(cutting(4096, { running: 4096 }), long), { kind: "context", message });
  await assert.rejects(ask(cutting(2048, { set: 2048 }), "left hand up ".repeat(600)), { kind: "context" });
  // Far fewer tokens than letters: whole messages were left out.
  await assert.rejects(ask(cutting(40, { running: 4096 }), long), { kind: "context", message });
  // It was given a larger context, or the messages are short.
  assert.equal(await ask(cutting(9001, { running: 16384 }), long), "A waltz");
  assert.equal(await ask(cutting(5, {}), "Hi"), "A waltz");
});
