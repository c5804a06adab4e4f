import assert from "node:assert/strict";
import { GifReader } from "omggif";
import { says, withServer } from "../agent/testing.ts";
import { LlmError } from "../llm/mod.ts";
import { type Ask, withApi } from "./testing.ts";

interface Told {
  readonly event: string;
  // deno-lint-ignore no-explicit-any
  readonly data: any;
}

/** Events as they come. */
async function* eventsOf(response: Response): AsyncGenerator<Told> {
  assert.equal(response.headers.get("content-type"), "text/event-stream");
  assert.ok(response.body);
  let text = "";
  for await (const part of response.body.pipeThrough(new TextDecoderStream())) {
    text += part;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const [, event = "", data = ""] = text.slice(0, end).match(/^event: (.*)\ndata: (.*)$/) ?? [];
      yield { event, data: JSON.parse(data) };
      text = text.slice(end + 2);
    }
  }
}

/** How long each frame of a GIF shows, in hundredths of a second. */
function delaysOf(bytes: Uint8Array): number[] {
  const gif = new GifReader(bytes);
  return Array.from({ length: gif.numFrames() }, (_, i) => gif.frameInfo(i).delay);
}

const events = { accept: "text/event-stream" };
const MACARENA = { request: "Создай танец макарена", method: "retrieve", size: 64 };
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

Deno.test("POST /dances gives a GIF or an MP4 without asking a model, as many frames as asked", () =>
  withApi(async (ask) => {
    const json = { ...MACARENA, frames: 5 };
    const response = await ask("/dances", { json });
    assert.equal(response.headers.get("content-type"), "image/gif");
    const smooth = delaysOf(await response.bytes());
    const stills = delaysOf(await (await ask("/dances", { json: { ...json, stills: true } })).bytes());
    assert.equal(stills.length, 5);
    assert.ok(smooth.length > 20, `${smooth.length} frames`);
    const seconds = (delays: number[]) => delays.reduce((a, b) => a + b) / 100;
    assert.ok(Math.abs(seconds(smooth) - seconds(stills)) < 0.02);
    const film = await ask("/dances", { json: { ...MACARENA, frames: 3, format: "mp4" } });
    assert.equal(film.headers.get("content-type"), "video/mp4");
    assert.equal(new TextDecoder().decode((await film.bytes()).slice(4, 8)), "ftyp");
    const told = await (await ask("/dances", { json: { ...MACARENA, format: "json" } })).json();
    assert.deepEqual([told.choice.id, told.model, told.frames.length], ["macarena", null, 12]);
    assert.deepEqual(
      await (await ask("/dances", { json: { request: "macarena", format: "json" } })).json().then((dance) =>
        dance.choice.by
      ),
      "name",
    );
  }, { connect: () => Promise.reject(new LlmError("unreachable", "nobody is to be asked")) }));

Deno.test("its events tell the way, and end with the dance and its GIF", () =>
  withApi(async (ask) => {
    const told = await Array.fromAsync(eventsOf(await ask("/dances", { json: MACARENA, headers: events })));
    const frames = told.filter(({ data }) => data.type === "frame");
    assert.equal(frames.length, 12);
    assert.equal(frames[0]?.data.frame.pose, undefined);
    assert.ok(told.slice(0, -1).every(({ event }) => event === "progress"));
    for (const type of ["planned", "drawn"]) {
      const steps = told.filter(({ data }) => data.type === type).map(({ data: { done, total } }) => done / total);
      assert.deepEqual(steps, steps.toSorted((a, b) => a - b));
      assert.ok(steps.length <= 13 && steps.at(-1) === 1, `${type}: ${steps}`);
    }
    const last = told.at(-1);
    assert.equal(last?.event, "result");
    assert.equal(last.data.dance.frames[3].pose_id, frames[3]?.data.frame.pose_id);
    assert.ok(delaysOf(Uint8Array.fromBase64(last.data.gif)).length > 60);
  }));

Deno.test("a model over HTTP takes part, and who asks meanwhile is told the place in the queue", async () => {
  const { promise: answered, resolve: letAnswer } = Promise.withResolvers<void>();
  await withServer(
    () =>
      new Response(
        new ReadableStream({
          async start(controller) {
            await answered;
            controller.enqueue(
              await says({ moves: ["both arms stretched out to the sides", "both hands on the hips"] }).bytes(),
            );
            controller.close();
          },
        }),
        { headers: { "content-type": "text/event-stream" } },
      ),
    (connect) =>
      withApi(async (ask) => {
        const json = { request: "a dance with the arms", method: "describe", frames: 2, format: "json" };
        const first = ask("/dances", { json });
        await wait(300);
        const queued = eventsOf(await ask("/dances", { json: MACARENA, headers: events }));
        assert.deepEqual((await queued.next()).value, { event: "queued", data: { before: 1 } });
        const full = await ask("/dances", { json: MACARENA });
        assert.deepEqual([full.status, full.headers.get("retry-after")], [503, "30"]);
        assert.equal((await ask("/dances", { json: MACARENA, headers: events })).status, 503);
        letAnswer();
        const dance = await (await first).json();
        assert.equal(dance.model, "test-model", JSON.stringify(dance).slice(0, 500));
        assert.deepEqual(dance.frames.map((frame: { pose_id: string }) => frame.pose_id), [
          "arms_side",
          "hands_on_hips",
        ]);
        const rest = await Array.fromAsync(queued);
        assert.deepEqual(rest[0], { event: "queued", data: { before: 0 } });
        assert.equal(rest.at(-1)?.event, "result");
        assert.match((await (await ask("/health")).json()).model, /test-model/);
      }, { connect, limits: { dances: { running: 1, waiting: 1 } } }),
  );
});

/** Asks for a dance whose model never answers, and goes away. */
async function goAway(ask: Ask, headers: Record<string, string>) {
  const gone = new AbortController();
  const json = { request: "a dance with the arms", method: "describe" };
  const asked = ask("/dances", { json, headers, signal: gone.signal }).then(
    (response) => response.body?.cancel(),
    () => {},
  );
  await wait(300);
  gone.abort();
  await asked;
}

Deno.test("who hangs up ends the model's work and makes room for the next", async () => {
  const silent = () =>
    new Response(new ReadableStream(), {
      headers: { "content-type": "text/event-stream" },
    });
  await withServer(silent, (connect) =>
    withApi(async (ask) => {
      for (const headers of [{}, events]) {
        await goAway(ask, headers);
        await wait(100);
        assert.deepEqual((await (await ask("/health")).json()).load.dances, { running: 0, waiting: 0 });
      }
      assert.equal((await ask("/dances", { json: MACARENA })).status, 200);
    }, { connect }));
});

Deno.test("who hangs up while the dance is planned or drawn ends that work", () =>
  withApi(async (ask) => {
    for (const type of ["planned", "drawn"]) {
      const json = { ...MACARENA, request: "greeting", frames: 120, size: 320 };
      for await (const { data } of eventsOf(await ask("/dances", { json, headers: events }))) {
        if (data.type !== type) continue;
        assert.ok(data.done < data.total, `all is ${type} before anybody can hang up`);
        break;
      }
      await wait(150);
      assert.deepEqual((await (await ask("/health")).json()).load.dances, { running: 0, waiting: 0 }, type);
    }
  }));

Deno.test("without a model, and after one that takes too long, the answer says what to do; it is looked for again", async () => {
  let looked = 0;
  await withApi(async (ask) => {
    const json = { request: "a dance with the arms", method: "describe" };
    for (const headers of [{}, events]) {
      const response = await ask("/dances", { json, headers });
      const problem = headers === events
        ? (await Array.fromAsync(eventsOf(response))).at(-1)?.data
        : await response.json();
      assert.equal(problem.status, 503);
      assert.match(problem.detail, /"retrieve" needs none/);
      assert.doesNotMatch(JSON.stringify(problem), /secret/);
    }
    assert.equal(looked, 2);
  }, { connect: () => (looked++, Promise.reject(new LlmError("unreachable", "secret.example refuses"))) });

  const silent = () => new Response(new ReadableStream(), { headers: { "content-type": "text/event-stream" } });
  await withServer(silent, (connect) =>
    withApi(async (ask) => {
      const response = await ask("/dances", { json: { request: "a dance with the arms", method: "describe" } });
      assert.match((await response.json()).type, /too-slow/);
    }, { connect, limits: { seconds: { animation: 1, dance: 0.4 } } }));
});
