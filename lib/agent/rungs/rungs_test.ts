import assert from "node:assert/strict";
import { describedPoses, loadLibrary } from "../../library/mod.ts";
import type { Connection } from "../../llm/mod.ts";
import { createHybridRetriever } from "../../retrieve/mod.ts";
import { judgeRun } from "../judge_run.ts";
import type { RungResult } from "../rung.ts";
import { says, withServer, writes } from "../testing.ts";
import { REST_FIGURE } from "./figure_by_figure.ts";
import { type RungName, RUNGS } from "./mod.ts";

const library = await loadLibrary();
const retriever = createHybridRetriever(describedPoses(library), { embeddings: false });
const ALL = Object.keys(RUNGS) as RungName[];
const ASKING = ALL.filter((name) => RUNGS[name].asks);
const IN_JOINTS: readonly RungName[] = ["json", "schema", "late"];
const VERIFIED = ASKING.filter((name) => name !== "coordinates" && !IN_JOINTS.includes(name));
const raised = { ...REST_FIGURE, right_elbow: [-20, 171, 0], right_wrist: [-20, 195, 0] };

/** One run of a rung against a server that answers as told; its questions are counted. */
async function run(
  name: RungName,
  answer: (number: number, question: string) => Response | Promise<Response>,
  task: { request?: string; frames?: number; signal?: AbortSignal; connection?: Connection } = {},
): Promise<{ result: RungResult; asked: number }> {
  let result: RungResult | undefined;
  let asked = 0;
  await withServer((question, number) => answer(number, question), async (connect, questions) => {
    const connection = task.connection ?? await connect();
    const given = { request: "raise the right arm straight up", frames: 1, seed: 1, ...task };
    result = await RUNGS[name].run({ library, retriever, ...given, connection });
    asked = questions.length;
  });
  if (result === undefined) throw new TypeError("There is no result");
  return { result, asked };
}
const valid = ({ frames, schemaValid }: RungResult) =>
  judgeRun({ frames, schemaValid }, frames.map(() => [])).poseValid;

Deno.test("joints that a model gives in centimetres are drawn in metres, as they are", async () => {
  for (const name of IN_JOINTS) {
    const { result, asked } = await run(name, () => says(raised));
    assert.ok(result.schemaValid, `${name}: ${result.failure}`);
    assert.deepEqual(result.frames[0]?.joints["right_wrist"], [-0.2, 1.95, 0]);
    assert.ok(valid(result));
    // `late` asks for words before.
    assert.equal(asked, name === "late" ? 2 : 1);
    assert.ok(result.trace.length >= 3);
  }
});

Deno.test("json: what is not valid may be mended once, told what is wrong", async () => {
  const { left_wrist: _, ...armless }: Record<string, readonly number[]> = raised;
  const questions: string[] = [];
  const { result, asked } = await run("json", (number, question) => {
    questions.push(question);
    return number === 1 ? says(armless) : writes(`Here it is:\n${JSON.stringify(raised)}\nBye!`);
  });
  assert.equal(asked, 2);
  assert.match(questions[1] ?? "", /left_wrist/);
  assert.ok(result.schemaValid && valid(result));
});

Deno.test("a dance is asked for figure by figure, and ends with the first that does not come", async () => {
  const whole = await run("schema", () => says(raised), { frames: 4 });
  assert.deepEqual([whole.asked, whole.result.frames.length, whole.result.schemaValid], [4, 4, true]);
  const answers = [says(raised), writes("La la la."), writes("La la la.")];
  const { result } = await run("schema", () => answers.shift() ?? says(raised), { frames: 4 });
  assert.deepEqual([result.frames.length, result.schemaValid], [1, false]);
  assert.match(result.failure ?? "", /^Figure 2 of 4: /);
});

Deno.test("a model that answers rubbish, or is cut off, gives no figure in joints, and says why", async () => {
  const rubbish = [
    () => writes("La la la."),
    () => writes('{"pelvis": [0, 1e308, NaN]}'),
    () => says({ ...raised, pelvis: ["0", "90", "0"] }),
    () => says(Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`joint_${i}`, [0, 0, 0]]))),
    () => says({ ...raised, tail: [0, 0, 0] }),
    () => says({ ...raised, pelvis: [0, 1e308, 0] }),
    () => writes(`{"pelvis": "${"a".repeat(1_000_000)}"}`),
    () => writes('{"pelvis": [0, 90, 0], "sp', "length"),
    () => writes(""),
  ];
  for (const name of IN_JOINTS) {
    for (const answer of rubbish) {
      const { result } = await run(name, answer);
      assert.equal(result.schemaValid, false);
      assert.deepEqual(result.frames, []);
      assert.ok((result.failure ?? "").length > 20);
    }
  }
});

Deno.test("by the other rungs the library's poses stand in for rubbish: a figure is always a body", async () => {
  for (const name of VERIFIED) {
    for (const answer of [() => writes("La la la."), () => writes('{"moves": ["', "length"), () => writes("")]) {
      for (const frames of [1, 4]) {
        const { result } = await run(name, answer, { frames, request: frames === 1 ? "raise your arms" : "macarena!" });
        assert.equal(result.frames.length, frames, name);
        assert.ok(valid(result), name);
        assert.equal(result.schemaValid, false, name);
        assert.ok(result.failure !== undefined, name);
      }
    }
  }
});

Deno.test("a model's server that dies, answers nothing or breaks off says nothing of the model: no result", async () => {
  const dying: [RegExp, () => Response | Promise<Response>][] = [
    [/closed in the middle|truncated/, () => writes('{"pelvis": [0, 90', null)],
  ];
  for (const name of ASKING) {
    for (const [message, answer] of dying) await assert.rejects(run(name, answer), { name: "LlmError", message });
  }
  let gone: Connection | undefined;
  await withServer(() => says({}), async (connect) => void (gone = await connect()));
  for (const name of ASKING) {
    assert.ok(gone);
    await assert.rejects(run(name, () => says({}), { connection: gone }), { name: "LlmError", kind: "unreachable" });
  }
});

Deno.test("a run that is aborted ends with the signal's reason", async () => {
  for (const name of ASKING) {
    const abort = new AbortController();
    const reason = new Error("enough");
    const answer = async () => {
      abort.abort(reason);
      await new Promise((done) => setTimeout(done, 20));
      return says({});
    };
    await assert.rejects(run(name, answer, { signal: abort.signal }), (error) => error === reason, name);
  }
});

Deno.test("retrieve asks no model, and refuses what nothing is near to", async () => {
  const known = await run("retrieve", () => says({}));
  assert.equal(known.asked, 0);
  assert.equal(known.result.frames[0]?.pose_id, "right_arm_up");
  const dance = await run("retrieve", () => says({}), { request: "Создай танец макарена", frames: 12 });
  assert.equal(dance.result.frames.length, 12);
  for (const frames of [1, 4]) {
    const { result } = await run("retrieve", () => says({}), { request: "рецепт борща", frames });
    assert.deepEqual(result.frames, []);
    assert.match(result.failure ?? "", /борща/);
  }
});

Deno.test("select takes the model's choice of pose, whichever place it has", async () => {
  const { result } = await run("select", (_, question) => {
    const last = /: (?:.*, )?([^,(]+) \([^)]*\)\?$/.exec(question.replace(/\n/g, " "))?.[1];
    return says({ choice: last });
  });
  assert.equal(result.failure, undefined);
  assert.notEqual(result.frames[0]?.pose_id, "right_arm_up");
  assert.ok(valid(result));
});

Deno.test("describe draws the pose that the model's description finds", async () => {
  const { result } = await run("describe", () => says({ moves: ["both arms stretched out to the sides"] }));
  assert.ok(result.schemaValid);
  assert.match(result.frames[0]?.pose_id ?? "", /^arms_side/);
});
