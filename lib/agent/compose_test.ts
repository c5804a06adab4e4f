import assert from "node:assert/strict";
import { assetsFolder, isCached } from "../assets/mod.ts";
import { describedPoses, loadLibrary } from "../library/mod.ts";
import { connect, type Connection, environmentOf, SMOLLM2_135M } from "../llm/mod.ts";
import { createRetriever, DEFAULT_RETRIEVER } from "../retrieve/mod.ts";
import { verify } from "../skeleton/mod.ts";
import { checkRequest, composeDance } from "./compose.ts";
import { type DanceEvent, RefusedError } from "./dance.ts";
import { rankChoreographies } from "./rank.ts";
import { says, withServer } from "./testing.ts";
import { decidesTies, selectionResultsSchema } from "./measured.ts";

const library = await loadLibrary();
const compose = (request: string, options = {}) => composeDance({ library, request, method: "retrieve", ...options });

Deno.test("every move of every choreography retrieves its own pose, in both languages", async () => {
  await using retriever = await createRetriever(DEFAULT_RETRIEVER, describedPoses(library));
  const missed: string[] = [];
  for (const { id, moves } of library.choreographies) {
    for (const { describe, pose } of moves) {
      for (const text of [describe.en, describe.ru]) {
        const [hit] = await retriever.search(text, 1);
        if (hit?.id !== pose) missed.push(`${id}: "${text}" finds ${hit?.id}, not ${pose}`);
      }
    }
  }
  assert.deepEqual(missed, []);
});

Deno.test("every choreography is found by each of its names and danced in its own moves", async () => {
  for (const name of ["Macarena", "Макарена", "зарядка", "jumping jacks", "простой танец руками"]) {
    const { frames, choice } = await compose(name);
    assert.deepEqual(
      frames.map(({ pose_id }) => pose_id),
      library.choreography(choice.id ?? "")?.moves.map(({ pose }) => pose),
    );
  }
});

Deno.test('"Создай танец макарена" becomes twelve verified poses, told in Russian', async () => {
  const dance = await compose("Создай танец макарена");
  assert.equal(dance.choice.id, "macarena");
  assert.equal(dance.language, "ru");
  assert.equal(dance.frames.length, 12);
  for (const { pose, pose_id, description } of dance.frames) {
    assert.match(description, /\p{Script=Cyrillic}/u);
    assert.deepEqual(verify(pose, library.pose(pose_id)), []);
  }
});

Deno.test("an id never asks a model, whatever the method", async () => {
  const dance = await compose("squats", { method: "select", connect: () => Promise.reject(new Error("asked")) });
  assert.equal(dance.choice.by, "name");
  assert.equal(dance.model, null);
});

Deno.test("frames beyond the choreography start it again", async () => {
  const { frames } = await compose("squats", { frames: 6 });
  assert.deepEqual(frames.map((frame) => frame.pose_id).slice(4), frames.map((frame) => frame.pose_id).slice(0, 2));
});

Deno.test("a request that can't be danced is refused before any work, in its own language", async () => {
  const refused = (request: string, frames?: number) => {
    const started: DanceEvent[] = [];
    return composeDance({
      library,
      request,
      method: "retrieve",
      onEvent: (event) => started.push(event),
      ...(frames !== undefined && { frames }),
    }).then(() => assert.fail(request), (error) => {
      assert.ok(error instanceof RefusedError, String(error));
      assert.deepEqual(started, []);
      return error.message;
    });
  };
  assert.match(await refused(""), /empty/);
  assert.match(await refused("  \n "), /empty/);
  assert.match(await refused("🎉🎉"), /no word/);
  assert.match(await refused("станцуй ".repeat(12_500)), /100000 символов/);
  assert.match(await refused("рецепт борща"), /нет ничего похожего.*ближайшие танцы: [^,]+, [^,]+, [^,]+; все \d+/);
  assert.match(await refused("weather tomorrow"), /nothing .* near.*nearest dances: [^,]+, [^,]+, [^,]+; all \d+/);
  for (const frames of [0, -1, 1.5, 121, 1000, NaN]) assert.match(await refused("macarena", frames), /from 1 to 120/);
  assert.doesNotThrow(() => checkRequest({ request: "x", frames: 120 }));
});

Deno.test("where retrieval is sure its choice stands, and what the model would take is reported", async () => {
  const [, second] = rankChoreographies(library, "Создай танец макарена").candidates;
  const other = library.choreography(second?.id ?? "");
  assert.ok(other);
  await withServer(() => says({ choice: other.name.en }), async (connect, questions) => {
    const dance = await compose("Создай танец макарена", { method: "select", connect });
    assert.equal(dance.choice.id, "macarena");
    assert.equal(dance.choice.by, "retrieval");
    assert.equal(dance.choice.modelChoice, other.id);
    assert.match(dance.choice.reason, new RegExp(`модель взяла бы «${other.id}»`));
    assert.equal(dance.model, "test-model");
    assert.match(questions[0] ?? "", /Создай танец макарена.*Macarena \(Макарена\)/);
  });
});

Deno.test("a model that fails costs its answer, not the dance", async () => {
  for (
    const answer of [
      () => new Response("no", { status: 500 }),
      () => new Response("<html>"),
      () => says({ choice: "Tango" }),
    ]
  ) {
    await withServer(answer, async (connect) => {
      const dance = await compose("macarena please", { method: "select", connect });
      assert.equal(dance.choice.id, "macarena");
      assert.equal(dance.choice.modelChoice, null);
      assert.match(dance.choice.reason, /the model did not answer/);
    });
  }
});

Deno.test("where no dance is near, the model puts the nearest poses in order, each once", async () => {
  const request = "ладони на затылке, локти в стороны";
  assert.equal(rankChoreographies(library, request).first, undefined);
  const last = (question: string) =>
    question.slice(question.lastIndexOf(":") + 1).replace("?", "").split(",").at(-1)?.trim();
  await withServer((question) => says({ choice: last(question) }), async (connect, questions) => {
    const dance = await compose(request, { method: "select", connect });
    assert.equal(dance.choice.by, "model");
    const ids = dance.frames.map((frame) => frame.pose_id);
    const candidates = dance.choice.candidates.map(({ id }) => id);
    assert.equal(ids[0], candidates[0]);
    assert.deepEqual(ids.slice(1), candidates.slice(1).reverse());
    assert.equal(questions.length, candidates.length - 2);
  });
});

Deno.test("a broken connection to the model is an error, not a silent fallback", async () => {
  const connectNowhere = () => connect({ environment: environmentOf({ OPENAI_BASE_URL: "not an address" }) });
  await assert.rejects(compose("macarena please", { method: "select", connect: connectNowhere }), /OPENAI_BASE_URL/);
});

Deno.test("composeDance() stops when it is aborted", async () => {
  await assert.rejects(compose("macarena", { signal: AbortSignal.abort() }), { name: "AbortError" });
});

Deno.test("decidesTies() lets a model decide only where it was measured to be no worse", async () => {
  const path = await Deno.makeTempFile();
  const file = new URL(`file://${path}`);
  const rates = (requests: number, retrieval: number, model: number) => ({ requests, retrieval, model });
  const measured = {
    better: { clear: rates(40, 0.9, 0.5), ties: rates(12, 0.5, 0.6) },
    worse: { clear: rates(40, 0.9, 1), ties: rates(12, 0.6, 0.5) },
    "few ties": { clear: rates(40, 0.9, 0.5), ties: rates(2, 0.5, 0.5) },
  };
  try {
    await Deno.writeTextFile(file, JSON.stringify({ measured }));
    assert.equal(await decidesTies("better", file), true);
    assert.equal(await decidesTies("worse", file), false);
    assert.equal(await decidesTies("few ties", file), false);
    assert.equal(await decidesTies("unknown", file), undefined);
  } finally {
    await Deno.remove(path);
  }
  assert.equal(await decidesTies("any", new URL("file:///nowhere/at/all.json")), undefined);
  const kept = await Deno.readTextFile(new URL("../../poses/eval/select.json", import.meta.url));
  assert.ok(selectionResultsSchema.safeParse(JSON.parse(kept)).success);
});

const cached = await isCached(SMOLLM2_135M, assetsFolder());
Deno.test({
  name: `the embedded model takes part in "Создай танец макарена"${cached ? "" : " (ignored: run `make weights`)"}`,
  ignore: !cached,
  async fn() {
    let connection: Connection | undefined;
    const events: string[] = [];
    try {
      const dance = await compose("Создай танец макарена", {
        method: "select",
        connect: async () => connection = await connect({ environment: environmentOf({}) }),
        onEvent: (event: DanceEvent) => events.push(event.type),
      });
      assert.match(dance.model ?? "", /SmolLM2/);
      assert.equal(dance.choice.id, "macarena");
      assert.ok(library.choreography(String(dance.choice.modelChoice)));
      assert.deepEqual(events.slice(0, 4), ["loading", "asking", "choice", "stage"]);
    } finally {
      await connection?.close();
    }
  },
});
