import assert from "node:assert/strict";
import { join } from "node:path";
import { describedPoses, loadLibrary } from "../library/mod.ts";
import { createRetriever, DEFAULT_RETRIEVER } from "../retrieve/mod.ts";
import { composeDance, type ComposeOptions } from "./compose.ts";
import { RefusedError } from "./dance.ts";
import { describeMessages, ground } from "./moves.ts";
import { describes } from "./probe.ts";
import PROMPTS from "./prompts.json" with { type: "json" };
import { says, withServer } from "./testing.ts";

const library = await loadLibrary();
const retriever = await createRetriever(
  DEFAULT_RETRIEVER,
  describedPoses(library),
);
const compose = (request: string, options: Partial<ComposeOptions>) =>
  composeDance({ library, request, probeCache: null, ...options });

const ABLE = { moves: ["sitting on a chair, feet flat on the floor", "lying flat on the back"] };
const COPIED = { moves: PROMPTS.en.examples[0]?.moves.slice(0, 2) };
const isProbe = (question: string) => question.includes(PROMPTS.en.probe);

Deno.test("describe uses the descriptions that find a pose, each pose once, and lists the others", async () => {
  const moves = [
    "both arms straight up overhead",
    "quarterly revenue grew sharply",
    "raise both hands straight up to the ceiling",
    "hands on the waist, elbows out",
  ];
  await withServer(() => says({ moves }), async (connect) => {
    const dance = await compose("a dance for a winner", { method: "describe", frames: 4, connect });
    assert.equal(dance.method, "describe");
    assert.deepEqual(dance.frames.map((f) => [f.pose_id, f.author]), [
      ["arms_up", "model"],
      ["hands_on_hips", "model"],
      ["arms_up", "model"],
      ["hands_on_hips", "model"],
    ]);
    assert.equal(dance.frames[0]?.description, moves[0]);
    assert.deepEqual(dance.refused.map(({ reason }) => reason), ["ungrounded", "repeated"]);
    assert.match(dance.choice.reason, /2 of 4/);
  });
});

Deno.test("describe refuses a request when no pose answers to anything that the model wrote", async () => {
  await withServer(() => says({ moves: Array(6).fill("lorem ipsum dolor") }), async (connect) => {
    await assert.rejects(compose("a dance for a winner", { method: "describe", connect }), (error) => {
      assert.ok(error instanceof RefusedError);
      assert.match(error.message, /no pose is near to any of the 6 descriptions.*nearest dances: /);
      return true;
    });
  });
});

Deno.test("describe shows the model the nearest choreography and both examples of the request's language", async () => {
  await withServer(() => says({ moves: Array(4).fill("глубокий присед, руки вперёд") }), async (connect, questions) => {
    const dance = await compose("покажи приседания", { method: "describe", connect });
    assert.equal(dance.frames[0]?.pose_id, "squat");
    assert.match(questions[0] ?? "", /Движения выглядят так: .*полуприсед.*\nДвижения: покажи приседания/);
  });
  const question = { request: "x", count: 1, like: [], seed: 1 };
  for (const language of ["en", "ru"] as const) {
    assert.equal(describeMessages({ ...question, language }).length, 2 + 2 * PROMPTS[language].examples.length);
  }
});

Deno.test("auto: a sure choreography stands, in the model's words where they find the same pose", async () => {
  const moves = ["half squat, the knees bent a little, arms in front", "both arms straight up overhead"];
  const answer = (question: string) =>
    says(isProbe(question) ? ABLE : { moves: [...moves, "x".repeat(20), "y".repeat(20)] });
  await withServer(answer, async (connect) => {
    const dance = await compose("do some squats please", { connect });
    assert.equal(dance.method, "describe");
    assert.equal(dance.choice.id, "squats");
    assert.equal(dance.choice.by, "retrieval");
    assert.deepEqual(dance.frames.map((f) => f.pose_id), library.choreography("squats")?.moves.map((m) => m.pose));
    assert.deepEqual(dance.frames.map((f) => f.author), ["library", "model", "library", "model"]);
    assert.equal(dance.frames[1]?.description, moves[0]);
    assert.deepEqual(dance.refused.map(({ reason }) => reason), ["ungrounded", "ungrounded", "another pose"]);
  });
});

Deno.test("auto: a model that only says the examples again chooses instead of describing", async () => {
  const answer = (question: string) => says(isProbe(question) ? COPIED : { choice: "Squats" });
  await withServer(answer, async (connect, questions) => {
    const dance = await compose("do some squats please", { connect });
    assert.equal(dance.method, "select");
    assert.match(dance.choice.reason, /a probe says.*the model agrees/);
    assert.equal(questions.length, 2);
  });
});

Deno.test("auto: where no dance is near the model describes if it can, else it orders the nearest poses", async () => {
  const request = "standing proudly, elbows out";
  const moves = ["both hands behind the head", "arms folded in front of the chest"];
  await withServer((question) => says(isProbe(question) ? ABLE : { moves }), async (connect) => {
    const dance = await compose(request, { connect, frames: 2 });
    assert.deepEqual(dance.frames.map((f) => f.pose_id), ["hands_behind_head", "arms_folded"]);
  });
  const firstOption = (question: string) =>
    question.slice(question.lastIndexOf(":") + 1).replace("?", "").split(",")[0]?.trim();
  const orders = (question: string) => says(isProbe(question) ? COPIED : { choice: firstOption(question) });
  await withServer(orders, async (connect) => {
    const dance = await compose(request, { connect });
    assert.equal(dance.method, "select");
    assert.equal(dance.choice.among, "poses");
    assert.ok(dance.frames.every((f) => f.author === "library"));
  });
});

Deno.test("describes() asks once for each model and language, and keeps the answer", async () => {
  const folder = await Deno.makeTempDir();
  const cache = join(folder, "probes.json");
  try {
    await withServer(() => says(ABLE), async (connect, questions) => {
      const connection = await connect();
      const planning = { library, retriever, language: "en" } as const;
      const first = await describes(connection, planning, cache);
      assert.equal(first.describes, true);
      assert.ok(first.moves >= 1);
      assert.deepEqual(await describes(connection, planning, cache), first);
      assert.equal(questions.length, 1);
      await describes(connection, { ...planning, language: "ru" }, cache);
      assert.equal(questions.length, 2);
      await Deno.writeTextFile(cache, "{ broken");
      assert.equal((await describes(connection, planning, cache)).describes, true);
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("every example of the prompts finds a pose of its own, in both languages the same one", async () => {
  const poses = async (language: "en" | "ru") => {
    const { grounded, refused } = await ground(PROMPTS[language].examples.flatMap(({ moves }) => moves), retriever);
    assert.deepEqual(refused, []);
    return grounded.map(({ found }) => found.id);
  };
  assert.deepEqual(await poses("en"), await poses("ru"));
});
