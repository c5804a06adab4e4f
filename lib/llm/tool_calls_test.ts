import assert from "node:assert/strict";
import type { Tool } from "./chat_request.ts";
import { callSchema, plainMessages, toolCallsIn, toolsOf } from "./tool_calls.ts";

const tool = (name: string): Tool => ({
  type: "function",
  function: { name, parameters: { type: "object", properties: { x: { type: "number" } } } },
});
const tools = [tool("draw"), tool("stop")];
const names = (text: string) => toolCallsIn(text, tools).map(({ function: f }) => `${f.name} ${f.arguments}`);

Deno.test("toolCallsIn() finds calls however a small model writes them", () => {
  const draw = ['draw {"x":1}'];
  assert.deepEqual(names('{"name": "draw", "arguments": {"x": 1}}'), draw);
  assert.deepEqual(names('<tool_call>\n{"name": "draw", "arguments": {"x": 1}}\n</tool_call>'), draw);
  assert.deepEqual(names('<tool_call>{"name": "draw", "arguments": {"x": 1}}'), draw);
  assert.deepEqual(names('Sure!\n```json\n{"name": "draw", "parameters": {"x": 1}}\n```\nDone.'), draw);
  assert.deepEqual(names('I call {"function": {"name": "draw", "arguments": "{\\"x\\":1}"}} now'), draw);
  assert.deepEqual(names('[{"name": "draw", "arguments": {"x": 1}}, {"name": "stop"}]'), [...draw, "stop {}"]);
  assert.deepEqual(names('{"name": "draw", "arguments": {"x": 1}}\n{"name": "stop"} {done}'), [...draw, "stop {}"]);
  assert.deepEqual(names('<tool_call>{"name": "fly", "arguments": {}}</tool_call>'), ["fly {}"]);
  assert.deepEqual(
    names('<tool_call>{"name": "stop"}</tool_call>\n<tool_call>{"name": "draw", "arguments": {"x": 1}}</tool_call>'),
    ["stop {}", ...draw],
  );
});

Deno.test("toolCallsIn() leaves alone what calls none of the tools", () => {
  for (
    const text of ["", "draw it", '{"name": "fly"}', '{"name": "draw"', "{}", "<tool_call>draw(1)</tool_call>", "]["]
  ) {
    assert.deepEqual(names(text), [], text);
  }
});

Deno.test("toolsOf() reads tool_choice: none, auto, required, one by its name", () => {
  const of = (tool_choice?: Parameters<typeof toolsOf>[0]["tool_choice"]) => {
    const { tools: left, forced } = toolsOf({ tools, tool_choice });
    return [left.length, forced];
  };
  assert.deepEqual(of(), [2, false]);
  assert.deepEqual(of("auto"), [2, false]);
  assert.deepEqual(of("none"), [0, false]);
  assert.deepEqual(of("required"), [2, true]);
  assert.deepEqual(of({ type: "function", function: { name: "stop" } }), [1, true]);
  assert.deepEqual(toolsOf({ tools: [], tool_choice: "required" }), { tools: [], forced: false });
});

Deno.test("plainMessages() puts tools, calls and results into the conversation", () => {
  const messages = plainMessages({
    messages: [
      { role: "system", content: "Be brief." },
      { role: "user", content: "Draw 1." },
      { role: "assistant", content: null, tool_calls: [{ function: { name: "draw", arguments: '{"x": 1}' } }] },
      { role: "tool", content: "drawn" },
    ],
    tools,
  });
  assert.deepEqual(messages.map(({ role }) => role), ["system", "user", "assistant", "user"]);
  assert.match(messages[0]?.content ?? "", /^Be brief\.[\s\S]*<tools>[\s\S]*"draw"[\s\S]*<\/tools>/);
  assert.equal(messages[2]?.content, '<tool_call>\n{"name":"draw","arguments":{"x":1}}\n</tool_call>');
  assert.match(messages[3]?.content ?? "", /<tool_response>\ndrawn/);
  const plain = plainMessages({ messages: [{ role: "developer", content: "a" }], tools, tool_choice: "none" });
  assert.deepEqual(plain, [{ role: "system", content: "a" }]);
});

Deno.test("callSchema() demands one of the tools with its own arguments", () => {
  assert.deepEqual(Reflect.get(callSchema([tool("draw")]).properties ?? {}, "name"), { const: "draw" });
  assert.equal((callSchema(tools).anyOf as unknown[]).length, 2);
});
