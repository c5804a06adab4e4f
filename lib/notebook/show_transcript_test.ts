import assert from "node:assert/strict";
import type { Step } from "../agent/mod.ts";
import { showTranscript } from "./show_transcript.ts";
import { shown } from "./testing.ts";

const trace: Step[] = [
  { type: "message", role: "system", content: "Be brief.", seconds: 0 },
  { type: "message", role: "user", content: "<b>руки & ноги</b>", seconds: 0 },
  { type: "message", role: "assistant", content: "", seconds: 1.25, tokens: { prompt: 100, completion: 20 } },
  { type: "call", id: "1", name: "search_poses", arguments: { query: "руки вверх" }, seconds: 0 },
  { type: "result", id: "1", name: "search_poses", content: '{"found":[]}', failed: false, seconds: 0.2 },
  { type: "repair", message: "The arguments are not valid.", seconds: 0 },
  {
    type: "message",
    role: "assistant",
    content: "слово ".repeat(200),
    seconds: 2,
    tokens: { prompt: 0, completion: 0 },
  },
  { type: "message", role: "assistant", content: "", seconds: 0 },
  { type: "stopped", reason: "answered", message: "The model answered.", seconds: 0 },
];

Deno.test("showTranscript() tells each step with its cost, escaped, and folds what is long", async () => {
  const [output] = await shown(() => showTranscript({ trace }));
  const html = output?.data["text/html"] ?? "";
  assert.match(html, /&lt;b&gt;руки &amp; ноги&lt;\/b&gt;/);
  assert.doesNotMatch(html, /<b>руки/);
  assert.match(html, /<b>model<\/b> · 1\.3 s, 100 \+ 20 tokens/);
  assert.match(html, /<b>calls search_poses<\/b>/);
  assert.equal(html.match(/<details>/g)?.length, 1);
  assert.equal(html.replace(/<[^>]*>| …/g, "").match(/слово/g)?.length, 200);
  const plain = (output?.data["text/plain"] ?? "").split("\n");
  // Who only calls, and at no cost, has said nothing.
  assert.equal(plain.length, trace.length - 1);
  assert.equal(plain[3], 'calls search_poses: {"query":"руки вверх"}');
  assert.equal(plain[4], 'tool answers: {"found":[]} (0.2 s)');
  assert.equal(plain[7], "end: The model answered.");
});

Deno.test("showTranscript() takes what rungs note in their own way, and tells an answer's cost beside it", async () => {
  const [output] = await shown(() =>
    showTranscript([
      { type: "message", role: "assistant", content: "Руки вверх.", seconds: 0 },
      { type: "call", seconds: 0.28, promptTokens: 68, completionTokens: 22, finishReason: "stop" },
      { type: "chosen", id: "arms_up" },
    ])
  );
  assert.equal(output?.data["text/plain"], 'model: Руки вверх. (0.3 s, 68 + 22 tokens)\nchosen: {"id":"arms_up"}');
});
