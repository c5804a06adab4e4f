import assert from "node:assert/strict";
import { completeCalls } from "./complete_calls.ts";
import { connect } from "./connect.ts";
import { environmentOf } from "./environment.ts";
import { withServer } from "./testing.ts";

const tools = [{ type: "function", function: { name: "draw", parameters: { type: "object" } } }] as const;

/** The calls that come of a server's stream of deltas. */
async function callsOf(...deltas: object[]): Promise<string[]> {
  const chunks = [
    ...deltas.map((delta) => ({ choices: [{ index: 0, delta, finish_reason: null }] })),
    { choices: [{ index: 0, delta: {}, finish_reason: "tool_calls" }] },
  ];
  const stream = chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join("") + "data: [DONE]\n\n";
  let calls: string[] = [];
  await withServer(() => new Response(stream, { headers: { "content-type": "text/event-stream" } }), async (origin) => {
    const environment = environmentOf({ OPENAI_BASE_URL: `${origin}/v1`, LLM_MODEL: "m" });
    await using connection = await connect({ environment });
    const messages = [{ role: "user", content: "Draw." }] as const;
    const answer = await completeCalls({ connection, messages, tools, seed: 1 });
    calls = answer.calls.map(({ function: f }) => `${f.name} ${f.arguments}`);
  });
  return calls;
}

Deno.test("completeCalls() puts together calls that come in pieces, interleaved", async () => {
  const start = (index: number, id: string) => ({
    index,
    id,
    type: "function",
    function: { name: "draw", arguments: "" },
  });
  const more = (index: number, text: string) => ({ index, function: { arguments: text } });
  const calls = await callsOf(
    { role: "assistant", tool_calls: [start(0, "a"), start(1, "b")] },
    { tool_calls: [more(0, '{"x"')] },
    { tool_calls: [more(1, '{"x":2')] },
    { tool_calls: [more(0, ":1}"), more(1, "}")] },
  );
  assert.deepEqual(calls, ['draw {"x":1}', 'draw {"x":2}']);
});

Deno.test("completeCalls() keeps whole calls apart that share an index, and takes arguments as an object", async () => {
  const whole = (id: string, args: unknown) => ({ index: 0, id, function: { name: "draw", arguments: args } });
  const calls = await callsOf({ tool_calls: [whole("a", '{"x":1}')] }, { tool_calls: [whole("b", { x: 2 })] });
  assert.deepEqual(calls, ['draw {"x":1}', 'draw {"x":2}']);
});

Deno.test("completeCalls() finds a call written as text, and takes text for text", async () => {
  assert.deepEqual(await callsOf({ content: "<tool_call>" }, { content: '{"name": "draw"}</tool_call>' }), ["draw {}"]);
  assert.deepEqual(await callsOf({ content: "I draw nothing." }), []);
});
