import assert from "node:assert/strict";
import { z } from "zod";
import { loadLibrary } from "../library/mod.ts";
import { seededRandom } from "../retrieve/mod.ts";
import { verify } from "../skeleton/mod.ts";
import { composeDance } from "./compose.ts";
import { RefusedError } from "./dance.ts";
import { judgeRun } from "./judge_run.ts";
import { type FigureWords, figureWordsSchema, notatedPose, notateMessages } from "./notate.ts";
import { says, withServer } from "./testing.ts";

const library = await loadLibrary();
const USUAL: FigureWords = {
  base: "standing",
  left_arm: "place low",
  right_arm: "place low",
  left_leg: "stand",
  right_leg: "stand",
  knees: "straight",
  torso: "upright",
  head: "ahead",
};

/** Words drawn by chance from each closed list. */
function anyFigure(random: () => number): FigureWords {
  const drawn = Object.entries(figureWordsSchema.shape).map(([key, { options }]) => [
    key,
    options[Math.floor(random() * options.length)],
  ]);
  return figureWordsSchema.parse(Object.fromEntries(drawn));
}

Deno.test("whatever words of the lists a model takes, the body is valid, and most often what the words say", () => {
  const random = seededRandom(7);
  let instead = 0;
  for (let i = 0; i < 100; i++) {
    const words = anyFigure(random);
    const { pose, airborne, reasons } = notatedPose(words, library);
    const { poseValid, faults } = judgeRun({ schemaValid: true, frames: [{ ...pose, airborne }] }, [[]]);
    assert.ok(poseValid, `${JSON.stringify(words)}: ${faults[0]?.[0]?.message}`);
    if (reasons !== undefined) instead++;
  }
  assert.ok(instead < 80, `${instead} of 100 had to be replaced`);
});

Deno.test("the examples of the prompt are figures of the lists, and bodies", () => {
  for (const language of ["en", "ru"] as const) {
    const messages = notateMessages({ request: "wave", language, count: 1, seed: 1 });
    const answers = messages.filter(({ role }) => role === "assistant");
    assert.ok(answers.length >= 3);
    for (const { content } of answers) {
      const { frames } = z.strictObject({ frames: z.array(figureWordsSchema) }).parse(JSON.parse(content));
      for (const frame of frames) assert.equal(notatedPose(frame, library).reasons, undefined, JSON.stringify(frame));
    }
  }
});

Deno.test("pose dance --method notation dances what the model's words say, and the library's nearest where no body can", async () => {
  const frames: FigureWords[] = [
    { ...USUAL, right_arm: "side high" },
    { ...USUAL, base: "lying_front", left_leg: "lunge", right_leg: "knee up", torso: "lean back" },
  ];
  await withServer(() => says({ frames }), async (connect) => {
    const dance = await composeDance({
      library,
      request: "wave and lie",
      method: "notation",
      retriever: "tfidf",
      frames: 2,
      connect,
    });
    assert.equal(dance.method, "notation");
    const [wave, other] = dance.frames;
    assert.ok(wave?.composed && !other?.composed);
    assert.match(wave.description, /right arm: side high/);
    assert.deepEqual(verify(wave.pose), []);
    assert.deepEqual(other?.pose, library.pose(other?.pose_id ?? "")?.pose);
    assert.deepEqual(dance.refused.map(({ reason }) => reason), ["impossible"]);
  });
});

Deno.test("a model that gives no figures in words is refused", async () => {
  await withServer(() => says({ moves: ["wave"] }), async (connect) => {
    await assert.rejects(
      composeDance({ library, request: "wave", method: "notation", retriever: "tfidf", connect }),
      RefusedError,
    );
  });
});
