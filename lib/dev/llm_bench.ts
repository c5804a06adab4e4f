/**
 * Measures the embedded runtime, `deno task bench-llm`: its speed against node-llama-cpp called directly, the time to the
 * first token, and its memory over many calls. Prints JSON.
 *
 * @module
 */
import { getLlama, LlamaChat, LlamaLogLevel } from "node-llama-cpp";
import { z } from "zod";
import { completeJson, completeText, connect, createEmbedded, ensureWeights, environmentOf } from "../llm/mod.ts";

const ROUNDS = 6;
const TOKENS = 128;
const CALLS = 200;
const STORY = "Write a long story about a dancer and the sea.";

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
const round = (value: number, digits = 1) => Number(value.toFixed(digits));

const modelPath = await ensureWeights();
const threads = Math.max(1, navigator.hardwareConcurrency - 1);

/** Tokens per second after the first token of node-llama-cpp itself. */
async function directRuntime() {
  const llama = await getLlama({
    gpu: false,
    build: "never",
    skipDownload: true,
    progressLogs: false,
    maxThreads: threads,
    logLevel: LlamaLogLevel.disabled,
  });
  const model = await llama.loadModel({ modelPath });
  const context = await model.createContext({ contextSize: 4096, threads });
  const chat = new LlamaChat({ contextSequence: context.getSequence() });
  return {
    async speed(seed: number): Promise<number> {
      await chat.sequence.clearHistory();
      const before = chat.sequence.tokenMeter.usedOutputTokens;
      let first = NaN;
      await chat.generateResponse([{ type: "user", text: STORY }, { type: "model", response: [] }], {
        maxTokens: TOKENS,
        temperature: 0.3,
        topP: 0.95,
        seed,
        repeatPenalty: { penalty: 1.1 },
        onTextChunk: () => first ||= performance.now(),
      });
      const seconds = (performance.now() - first) / 1000;
      return (chat.sequence.tokenMeter.usedOutputTokens - before - 1) / seconds;
    },
    close: () => llama.dispose(),
  };
}

const connection = await connect({ environment: environmentOf({ LLM_MODEL: modelPath }) });
await connection.ready();

// First of all, so that what the other measurements leave behind is not taken for growth or hides it.
const schema = z.object({ dance: z.enum(["macarena", "waltz"]), beats: z.int().min(1).max(8) });
const memory: number[] = [];
for (let call = 0; call < CALLS; call++) {
  const ask = [{ role: "user" as const, content: `Choose a dance, number ${call}.` }];
  if (call % 2 === 0) await completeText({ connection, messages: ask, seed: call, maxTokens: 8 }).finish();
  else await completeJson({ connection, messages: ask, seed: call, maxTokens: 60, schema });
  memory.push(Deno.memoryUsage().rss / 1e6);
}
// The first calls fill caches: what counts is whether it grows after them.
const settled = memory.slice(CALLS / 10);
const [start = NaN] = settled;

const direct = await directRuntime();
const speeds = { direct: [] as number[], embedded: [] as number[] };
for (let seed = 0; seed <= ROUNDS; seed++) {
  const directly = await direct.speed(seed);
  const messages = [{ role: "user" as const, content: STORY }];
  const { timings } = await completeText({ connection, messages, seed, maxTokens: TOKENS }).finish();
  // The first of each warms up.
  if (seed === 0) continue;
  speeds.direct.push(directly);
  speeds.embedded.push(timings.tokensPerSecond ?? NaN);
}
await direct.close();

const content = "left arm forward at shoulder height, right hand on the hip, ".repeat(22) + "which dance is it?";
const messages = [{ role: "user" as const, content }];
const firstTokens: number[] = [];
let promptTokens: number | null = null;
{
  // One thread however many cores: what a busy machine has left.
  await using single = createEmbedded({ modelPath, threads: 1 });
  const { default: OpenAI } = await import("openai");
  const client = new OpenAI({ fetch: single.handler, baseURL: "http://embedded/v1", apiKey: "none" });
  const asked = { client, model: single.model, endpoint: connection.endpoint };
  await single.load();
  for (let seed = 0; seed < 5; seed++) {
    const { timings } = await completeText({ connection: asked, messages, seed, maxTokens: 2 }).finish();
    firstTokens.push(timings.firstTokenMs ?? NaN);
    promptTokens = timings.promptTokens;
  }
}

await connection.close();

console.log(JSON.stringify(
  {
    threads,
    tokensPerSecond: {
      direct: round(median(speeds.direct)),
      embedded: round(median(speeds.embedded)),
      ratio: round(median(speeds.embedded.map((speed, i) => speed / (speeds.direct[i] ?? NaN))), 3),
      rounds: ROUNDS,
    },
    firstToken: { threads: 1, promptTokens, milliseconds: round(median(firstTokens), 0) },
    memory: {
      calls: CALLS,
      megabytesAfter20: round(start),
      megabytesAtEnd: round(settled.at(-1) ?? NaN),
      most: round(Math.max(...settled) / start, 3),
      end: round((settled.at(-1) ?? NaN) / start, 3),
    },
  },
  null,
  2,
));
