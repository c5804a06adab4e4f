import assert from "node:assert/strict";
import { JOINTS, REST, validate } from "../../skeleton/mod.ts";
import type { RungResult } from "../rung.ts";
import { type AskedBody, callsTools, withServer, writes } from "../testing.ts";
import type { Step } from "../transcript.ts";
import { coordinates } from "./coordinates.ts";

const rest: Record<string, readonly number[]> = Object.fromEntries(JOINTS.map((joint) => [joint, [...REST[joint]]]));
const call = (joints: unknown) => callsTools(["create_animation", { frames: [{ joints }] }]);
const text = (joints: unknown) => JSON.stringify({ name: "create_animation", arguments: { frames: [{ joints }] } });

/** The rung against a server that answers by the number of the question. */
async function draw(answer: (number: number, body: AskedBody) => Response, frames = 1) {
  const steps: [number, Step["type"]][] = [];
  const asked: AskedBody[] = [];
  let result: RungResult | undefined;
  await withServer((_, number, body) => {
    asked.push(body);
    return answer(number, body);
  }, async (connect) => {
    const connection = await connect();
    result = await coordinates({
      request: "руки вверх",
      frames,
      seed: 1,
      connection,
      onStep: ({ type }, figure) => steps.push([figure, type]),
    });
  });
  assert.ok(result);
  return { ...result, steps, asked };
}

Deno.test("what a model calls is drawn as it is, valid or not, each figure in its place", async () => {
  const long = { ...rest, left_wrist: [2, 2, 2] };
  const result = await draw((number) => [call(rest), writes("I can't."), call(long)][number - 1] ?? writes(""), 3);
  assert.deepEqual(result.frames.map(({ joints }) => joints), [rest, {}, long]);
  assert.deepEqual(result.frames.map((frame) => validate(frame).faults.length > 0), [false, true, true]);
  assert.equal(result.schemaValid, false);
  assert.match(result.failure ?? "", /^Figure 2: /);
  assert.deepEqual(result.steps.filter(([, type]) => type === "stopped"), [[1, "stopped"], [2, "stopped"], [
    3,
    "stopped",
  ]]);
});

Deno.test("the model is told the frame, the rest pose and the request, and which figure it is", async () => {
  const { asked, schemaValid } = await draw(() => call(rest), 2);
  assert.ok(schemaValid);
  const [system, , example, question] = asked[1]?.messages ?? [];
  assert.match(system?.content ?? "", /create_animation/);
  assert.match(example?.content ?? "", /"left_wrist":\[0\.2,0\.83,0\]/);
  assert.equal(question?.content, "Draw: руки вверх. Pose 2 of 2.");
  const told = JSON.stringify(asked[0]?.tools);
  assert.match(told, /metres.*y up/);
  for (const joint of JOINTS) assert.ok(told.includes(`"${joint}"`), joint);
});

Deno.test("of a call that can't be read, what joints there are is drawn all the same", async () => {
  const broken = `<tool_call>${text(rest).slice(0, -1)}</tool_call>`;
  const cut = text(rest).slice(0, text(rest).indexOf('"right_hip"'));
  const lost = await draw(() => writes(broken));
  assert.deepEqual(lost.frames[0]?.joints, rest);
  assert.equal(lost.schemaValid, false);
  assert.equal(lost.asked.length, 2, "it was repaired once, in vain");
  const short = await draw(() => writes(cut, "length"));
  assert.equal(Object.keys(short.frames[0]?.joints ?? {}).length, JOINTS.indexOf("right_hip"));
  assert.equal(short.asked.length, 1, "a longer answer would be cut as well");
});

Deno.test("a call with too few joints, or none that are numbers, may be mended once", async () => {
  for (const bad of [{ pelvis: [0, 1, 0] }, { ...rest, head: ["0", "1", "2"] }, { ...rest, head: [0, 1e308, 0] }]) {
    const mended = await draw((number) => call(number === 1 ? bad : rest));
    assert.ok(mended.schemaValid);
    assert.deepEqual(mended.frames[0]?.joints, rest);
    const never = await draw(() => call(bad));
    assert.equal(never.schemaValid, false);
    assert.equal(never.asked.length, 2);
  }
  const few = await draw(() => call({ pelvis: [0, 1, 0] }));
  assert.deepEqual(few.frames, [{ joints: { pelvis: [0, 1, 0] } }]);
});
