import assert from "node:assert/strict";
import { join } from "node:path";
import { z } from "zod";
import { composeDance } from "../agent/mod.ts";
import { loadLibrary } from "../library/mod.ts";
import { completeJson, completeText, environmentOf, modelInstead } from "../llm/mod.ts";
import { ABSENT, connectTo, createModel, ollamaTest, WITH_TOOLS, WITHOUT_TOOLS } from "./ollama_testing.ts";

const question = (content: string) => [{ role: "user", content }] as const;

const POSE_TOOL = {
  type: "function",
  function: {
    name: "show_pose",
    description: "Shows a pose",
    parameters: { type: "object", properties: { name: { type: "string" } }, required: ["name"] },
  },
} as const;

ollamaTest("connect() takes a real Ollama that has the course's model", async ({ host, origin }) => {
  await using connection = await connectTo(host);
  assert.equal(connection.model, WITH_TOOLS);
  assert.deepEqual(connection.endpoint, {
    kind: "ollama",
    baseUrl: `${origin}/v1`,
    description: `${WITH_TOOLS} on Ollama (${origin})`,
    notes: [],
  });
  const instead = await modelInstead({ environment: environmentOf({ OLLAMA_HOST: host }) });
  assert.equal(instead, `${WITH_TOOLS} is on Ollama (${origin})`);
});

ollamaTest("connect() takes LLM_MODEL on a real Ollama", async ({ host }) => {
  await using connection = await connectTo(host, WITHOUT_TOOLS);
  assert.equal(connection.endpoint.kind, "ollama");
  assert.equal(connection.model, WITHOUT_TOOLS);
});

ollamaTest(
  "connect() takes the embedded model where Ollama has not the wanted one, and names make pull",
  async (real) => {
    await using connection = await connectTo(real.host, ABSENT);
    assert.equal(connection.endpoint.kind, "embedded");
    const [note = ""] = connection.endpoint.notes;
    assert.ok(note.includes(`${real.origin} but has no ${ABSENT}: \`make pull`), note);
  },
);

ollamaTest("completeText() streams from Ollama, and knows its tokens and times", async ({ host }) => {
  await using connection = await connectTo(host);
  const stream = completeText({ connection, messages: question("Name three dances."), seed: 1, maxTokens: 24 });
  const pieces = await Array.fromAsync(stream);
  const { text, finishReason, timings } = await stream.finish();
  assert.equal(pieces.join(""), text);
  assert.ok(pieces.length > 5, `${pieces.length} pieces`);
  assert.ok(finishReason === "stop" || timings.completionTokens === 24);
  assert.ok(timings.promptTokens !== null && timings.promptTokens > 5);
  assert.ok(timings.firstTokenMs !== null && timings.firstTokenMs < timings.totalMs);
  assert.ok(timings.tokensPerSecond !== null && timings.tokensPerSecond > 1);
});

ollamaTest("completeText() says that the token limit ended Ollama's answer", async ({ host }) => {
  await using connection = await connectTo(host);
  const asked = { connection, messages: question("Tell a long story about the sea."), seed: 1, maxTokens: 5 };
  const { finishReason, timings } = await completeText(asked).finish();
  assert.equal(finishReason, "length");
  assert.equal(timings.completionTokens, 5);
});

ollamaTest("Ollama repeats itself with the same seed, and not with another", async ({ host }) => {
  await using connection = await connectTo(host);
  const say = async (seed: number) => {
    const messages = question("Write one sentence about the sea.");
    return (await completeText({ connection, messages, seed, temperature: 1, maxTokens: 12 }).finish()).text;
  };
  // The first answer may differ in a digit: only from the second on is its question kept.
  await say(1);
  const [first, again, other] = [await say(1), await say(1), await say(2)];
  assert.equal(first, again);
  assert.notEqual(first, other);
});

ollamaTest("completeJson() is held to the schema by Ollama, against what it is asked for", async ({ host }) => {
  await using connection = await connectTo(host);
  const schema = z.strictObject({
    dance: z.enum(["macarena", "waltz"]),
    steps: z.array(z.string().max(12)).min(2).max(2),
    beats: z.int().min(3).max(4),
  });
  for (const seed of [1, 2, 3]) {
    const messages = question("Answer with a poem. No JSON.");
    const { value, attempts, text } = await completeJson({ connection, schema, messages, seed, temperature: 1 });
    assert.equal(attempts, 1, text);
    assert.equal(value.steps.length, 2);
  }
});

ollamaTest("a cancelled answer ends, and Ollama answers the next one", async ({ host }) => {
  await using connection = await connectTo(host);
  const stop = new AbortController();
  const messages = question("Count to one thousand in words.");
  const stream = completeText({ connection, messages, seed: 1, maxTokens: 1000, signal: stop.signal });
  await assert.rejects(
    async () => {
      for await (const _ of stream) stop.abort();
    },
    { name: "LlmError", kind: "aborted" },
  );
  const started = performance.now();
  const { timings } = await completeText({ connection, messages, seed: 1, maxTokens: 3 }).finish();
  assert.equal(timings.completionTokens, 3);
  assert.ok(performance.now() - started < 10_000, "the cancelled answer goes on");
});

ollamaTest("a model that Ollama lost after connect() is a 404 that says what to check", async ({ host }) => {
  await using connection = await connectTo(host);
  const lost = { ...connection, model: ABSENT };
  await assert.rejects(completeText({ connection: lost, messages: question("Hello"), seed: 1 }).finish(), {
    name: "LlmError",
    kind: "http",
    status: 404,
    message: /absent-model:1b.*not found.*Check LLM_MODEL/,
  });
});

ollamaTest("messages too long for Ollama's context are an error, though Ollama itself is silent", async (real) => {
  const name = "smollm2-short:135m";
  await createModel(real.origin, name, { parameters: { num_ctx: 512 } });
  try {
    await using connection = await connectTo(real.host, name);
    const messages = question("The dancer steps forward and raises both arms. ".repeat(100));
    const asked = completeText({ connection, messages, seed: 1, maxTokens: 4 });
    await assert.rejects(asked.finish(), { name: "LlmError", kind: "context", message: /512 tokens.*Shorten/ });
  } finally {
    await real.ollama.delete({ model: name });
  }
});

ollamaTest(
  "tools are refused by a model whose template has none, and taken by one whose template has",
  async (real) => {
    await using plain = await connectTo(real.host, WITHOUT_TOOLS);
    const request = { messages: [...question("Show hands up.")], tools: [POSE_TOOL], max_tokens: 8, seed: 1 };
    await assert.rejects(plain.client.chat.completions.create({ ...request, model: plain.model }), {
      status: 400,
      message: /does not support tools/,
    });
    await using able = await connectTo(real.host);
    const { choices } = await able.client.chat.completions.create({ ...request, model: able.model });
    assert.equal(choices.length, 1);
  },
);

ollamaTest("Ollama embeds texts through the same client", async ({ host }) => {
  await using connection = await connectTo(host);
  const input = ["hands up", "hands up", "a recipe for soup"];
  const { data } = await connection.client.embeddings.create({ model: connection.model, input });
  const [one, same, other] = data.map(({ embedding }) => embedding);
  assert.ok(one && same && other);
  assert.equal(one.length, 576);
  const cosine = (a: number[], b: number[]) => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);
  assert.ok(Math.abs(cosine(one, same) - 1) < 1e-3);
  assert.ok(cosine(one, other) < 0.99);
});

ollamaTest("composeDance() dances the Macarena with a model on Ollama", async ({ host }) => {
  const library = await loadLibrary();
  const request = "Создай танец макарена";
  const dance = await composeDance({ library, request, method: "select", connect: () => connectTo(host) });
  const without = await composeDance({ library, request, method: "retrieve" });
  assert.equal(dance.model, WITH_TOOLS);
  assert.equal(typeof dance.choice.modelChoice, "string", dance.choice.reason);
  assert.equal(dance.choice.id, "macarena");
  assert.deepEqual(dance.frames, without.frames);
});

ollamaTest("the command line makes a GIF with a model on Ollama, and says so", async ({ host, origin }) => {
  const folder = await Deno.makeTempDir();
  try {
    const file = join(folder, "macarena.gif");
    const { success, stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["task", "--quiet", "pose", "dance", "Создай танец макарена", "--method", "select", "--output", file],
      env: { NO_COLOR: "1", OPENAI_BASE_URL: "", LLM_MODEL: "", OLLAMA_HOST: host },
    }).output();
    const said = new TextDecoder().decode(stdout);
    assert.ok(success, said);
    assert.ok(said.includes(`${WITH_TOOLS} on Ollama (${origin})`), said);
    assert.equal(new TextDecoder().decode((await Deno.readFile(file)).slice(0, 6)), "GIF89a");
    const sidecar = JSON.parse(await Deno.readTextFile(join(folder, "macarena.json")));
    assert.equal(sidecar.model, WITH_TOOLS);
    assert.equal(sidecar.frames.length, 12);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
