import assert from "node:assert/strict";
import { completeCalls } from "./complete_calls.ts";
import { completeText } from "./complete_text.ts";
import { scriptedModel } from "./scripted_model.ts";

Deno.test("a scripted model says its answers in turn, the last for ever; a call in them is read as any model's", async () => {
  const connection = await scriptedModel(['<tool_call>{"name": "add", "arguments": {"a": 1}}</tool_call>', "Done."]);
  const messages = [{ role: "user", content: "1 + 1?" }] as const;
  const { calls } = await completeCalls({
    connection,
    messages,
    seed: 1,
    tools: [{ type: "function", function: { name: "add", parameters: { type: "object", properties: {} } } }],
  });
  assert.deepEqual(calls.map((call) => call.function), [{ name: "add", arguments: '{"a":1}' }]);
  for (let i = 0; i < 2; i++) {
    assert.equal((await completeText({ connection, messages, seed: 1 }).finish()).text, "Done.");
  }
  await assert.rejects(scriptedModel([]), /at least one answer/);
});
