import assert from "node:assert/strict";
import { connect, type Connection, environmentOf } from "../llm/mod.ts";
import { connectOnce } from "./connect_once.ts";

/** Finds an endpoint without asking it anything, and counts how often its connections are closed. */
function finder(model: string) {
  const closed: Connection[] = [];
  const find = async () => {
    const environment = environmentOf({ OPENAI_BASE_URL: "http://127.0.0.1:9/v1", LLM_MODEL: model });
    const found: Connection = {
      ...await connect({ environment }),
      close: () => Promise.resolve(void closed.push(found)),
    };
    return found;
  };
  return { find, closed };
}

/** What a cell prints. */
async function printed(cell: () => Promise<unknown>): Promise<string[]> {
  const { log } = console;
  const lines: string[] = [];
  console.log = (...values: unknown[]) => lines.push(values.join(" "));
  try {
    await cell();
  } finally {
    console.log = log;
  }
  return lines;
}

Deno.test("connectOnce() hands out the open connection while the same endpoint answers, and says which", async () => {
  const a = finder("a");
  const lines = await printed(async () => {
    const first = await connectOnce(a.find);
    assert.equal(await connectOnce(a.find), first);
    assert.equal(a.closed.length, 1, "the second one found was not needed");
    await first.close();
    assert.equal(a.closed.length, 2);
    const again = await connectOnce(a.find);
    assert.notEqual(again, first, "what was closed is not handed out");
    await again[Symbol.asyncDispose]();
  });
  assert.deepEqual(lines, Array(3).fill("a at http://127.0.0.1:9/v1"));
});

Deno.test("connectOnce() closes the old connection when another endpoint answers", async () => {
  const [a, b] = [finder("a"), finder("b")];
  await printed(async () => {
    const first = await connectOnce(a.find);
    const second = await connectOnce(b.find);
    assert.equal(second.model, "b");
    assert.deepEqual([a.closed.length, b.closed.length], [1, 0]);
    await first.close();
    assert.equal(await connectOnce(b.find), second, "closing the old one again does not touch the new one");
    await second.close();
  });
});
