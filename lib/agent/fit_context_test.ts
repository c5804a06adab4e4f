import assert from "node:assert/strict";
import type { ToolMessage } from "../llm/mod.ts";
import { fitMessages, roughTokens, weightOf } from "./fit_context.ts";

const round = (n: number, size: number): ToolMessage[] => [
  {
    role: "assistant",
    content: "",
    tool_calls: [{
      id: `${n}`,
      type: "function",
      function: { name: "draw", arguments: JSON.stringify({ n, text: "word ".repeat(size) }) },
    }],
  },
  { role: "tool", tool_call_id: `${n}`, content: `result ${n} ${"fact ".repeat(size)}` },
];
const head: ToolMessage[] = [{ role: "system", content: "Be brief." }, { role: "user", content: "Draw. ".repeat(100) }];
const talk = [...head, ...[1, 2, 3, 4].flatMap((n) => round(n, 200))];

Deno.test("fitMessages() leaves alone what fits", () => {
  assert.deepEqual(fitMessages(talk, 2, 100_000), talk);
});

Deno.test("fitMessages() shortens the oldest results first, then the oldest calls, and at last drops the oldest rounds", () => {
  const results = fitMessages(talk, 2, weightOf(talk) - 200);
  assert.match(results[3]?.content ?? "", /^result 1 .*shortened\)$/);
  assert.deepEqual(results.slice(4), talk.slice(4));
  let before = talk;
  for (let budget = weightOf(talk); budget > 0; budget -= 100) {
    const fitted = fitMessages(talk, 2, budget);
    assert.deepEqual(fitted.slice(0, 2), head, "instructions and question stay");
    assert.ok(fitted.length >= 4, "the last round stays");
    assert.ok(weightOf(fitted) <= weightOf(before), "less room never gives more");
    const asked = fitted.flatMap((m) => "tool_calls" in m ? m.tool_calls.map(({ id }) => id) : []);
    const answered = fitted.flatMap((m) => m.role === "tool" ? [m.tool_call_id] : []);
    assert.deepEqual(asked, answered, "every call keeps its result");
    for (const m of fitted) if ("tool_calls" in m) JSON.parse(m.tool_calls[0]?.function.arguments ?? "");
    before = fitted;
  }
  assert.equal(before.length, 4);
});

Deno.test("roughTokens() counts digits and Cyrillic by the piece, Latin words by their length", () => {
  assert.ok(roughTokens("0.123456") >= 7);
  assert.ok(roughTokens("танец") >= 4);
  assert.ok(roughTokens("animation") <= 3);
  assert.equal(roughTokens(""), 0);
});
