import assert from "node:assert/strict";
import { describedPoses, loadLibrary } from "../library/mod.ts";
import { type Slot } from "../notation/mod.ts";
import {
  createPoseJudge,
  createRetriever,
  evaluateRetrieval,
  type JudgedQuery,
  namesSide,
  type Retriever,
} from "./mod.ts";

const ids = ["right_arm_side", "left_arm_side", "arms_up", "arms_side"];
const library = await loadLibrary();
const poses = describedPoses(library).filter(({ id }) => ids.includes(id))
  .toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));

const side = (of: "left" | "right"): Slot => ({
  kind: "limb",
  limb: "arm",
  side: of,
  direction: "side",
  level: "middle",
});
const up: Slot = { kind: "limb", limb: "arm", side: "right", direction: "place", level: "high" };

function query(text: string, answers: string[], must: Slot[], language: "en" | "ru" = "en"): JudgedQuery {
  return { query: text, style: "terse", ids: answers, must, language };
}

/** Finds what it is told, in that order; the first hit has the score that stands before the ids. */
function puppet(found: Record<string, [score: number, ...ids: string[]]>): Retriever {
  return {
    name: "tfidf",
    near: 0.5,
    search: (text) => {
      const [score, ...ids] = found[text] ?? [0];
      return Promise.resolve(ids.map((id, i) => ({ id, score: score / (i + 1), description: id })));
    },
    close: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

Deno.test("evaluateRetrieval() gives the measures that a person works out by hand", async () => {
  const { measures: [of, ...more], outcomes } = await evaluateRetrieval({
    retriever: puppet({
      // Right, and surely.
      "right arm": [0.9, "right_arm_side", "left_arm_side", "arms_up"],
      // The mirrored pose is first, the right one second.
      "left arm": [0.8, "right_arm_side", "left_arm_side", "arms_up"],
      // Right by geometry, for both arms hold it, but not accepted; the right one is third. Refused.
      "an arm at the side": [0.4, "arms_side", "arms_up", "right_arm_side"],
      "both up": [0.7, "arms_side", "right_arm_side", "left_arm_side", "arms_up"],
      "a car": [0.3, "arms_up"],
      "borscht": [0.6, "arms_up"],
    }),
    queries: [
      query("right arm", ["right_arm_side"], [side("right")]),
      query("left arm", ["left_arm_side"], [side("left")]),
      query("an arm at the side", ["right_arm_side"], [side("right")]),
      query("both up", ["arms_up"], [up]),
      query("a car", [], []),
      query("borscht", [], []),
    ],
    poses,
    seed: 1,
  });
  assert.ok(of && more.length === 0, "one language, one set of measures");
  assert.deepEqual([of.retriever, of.language, of.answerable, of.unanswerable], ["tfidf", "en", 4, 2]);
  assert.equal(of.recallAt1.value, 1 / 4);
  assert.equal(of.recallAt3.value, 3 / 4);
  assert.equal(of.mrr, (1 + 1 / 2 + 1 / 3 + 1 / 4) / 4);
  const log = Math.log2;
  assert.ok(Math.abs((of.ndcgAt5 ?? 0) - (1 + 1 / log(3) + 1 / log(4) + 1 / log(5)) / 4) < 1e-12);
  assert.equal(of.geometry.value, 2 / 4);
  assert.deepEqual(of.mirror, { queries: 3, error: 1 / 3 }, "both arms up is its own mirror image");
  assert.deepEqual(of.refused, { unanswerable: 1 / 2, answerable: 1 / 4 });
  // One of four poses; by geometry two of four hold each side, and one both arms up.
  assert.deepEqual(of.chance, { recallAt1: 1 / 4, geometry: (2 + 2 + 2 + 1) / 16 });
  assert.ok((of.ms.p95 ?? -1) >= (of.ms.p50 ?? 0));
  assert.deepEqual(outcomes.map(({ right }) => right), [true, false, false, false, true, false]);
  assert.equal(outcomes[1]?.top?.id, "right_arm_side");
});

Deno.test("evaluateRetrieval() does not count a mirror image that is accepted itself", async () => {
  const { measures: [of] } = await evaluateRetrieval({
    retriever: puppet({ "an arm": [1, "left_arm_side", "right_arm_side"] }),
    queries: [query("an arm", ["right_arm_side", "left_arm_side"], [side("right")])],
    poses,
    seed: 1,
  });
  assert.deepEqual(of?.mirror, { queries: 0, error: null });
  assert.deepEqual(of?.refused, { unanswerable: null, answerable: 0 }, "the share of nothing is null, not NaN");
});

Deno.test("evaluateRetrieval() tells languages apart, then all together, the same for the same seed", async () => {
  await using retriever = await createRetriever("tfidf", poses);
  const queries = [
    query("right arm to the side", ["right_arm_side"], [side("right")]),
    query("левая рука в сторону", ["left_arm_side"], [side("left")], "ru"),
    query("борщ", [], [], "ru"),
  ];
  const heard: number[][] = [];
  const run = async () => {
    const { measures } = await evaluateRetrieval({
      retriever,
      queries,
      poses,
      seed: 4,
      onProgress: (...progress) => heard.push(progress),
    });
    return measures.map(({ ms: _, ...rest }) => rest);
  };
  const measures = await run();
  assert.deepEqual(measures.map(({ language, answerable }) => [language, answerable]), [["en", 1], ["ru", 1], [
    "all",
    2,
  ]]);
  assert.deepEqual(await run(), measures);
  assert.deepEqual(heard.at(-1), [3, 3]);
});

Deno.test("evaluateRetrieval() ends with its signal's reason, and refuses to measure on nothing", async () => {
  const retriever = puppet({});
  const queries = [query("a", [], [])];
  const signal = AbortSignal.abort(new Error("enough"));
  await assert.rejects(evaluateRetrieval({ retriever, queries, poses, seed: 1, signal }), /enough/);
  await assert.rejects(evaluateRetrieval({ retriever, queries: [], poses, seed: 1 }), /"tfidf" without a query/);
});

Deno.test("a pose's mirror image is found by geometry, whatever the poses are called", () => {
  const judge = createPoseJudge(library.poses.map(({ id, pose }) => ({ id: `pose of ${id}`, pose })));
  assert.equal(judge.mirrorOf("pose of right_arm_side"), "pose of left_arm_side");
  assert.equal(judge.mirrorOf("pose of left_arm_side"), "pose of right_arm_side");
  assert.equal(judge.mirrorOf("pose of arms_up"), undefined);
  assert.equal(judge.mirrorOf("nobody"), undefined);
  assert.equal(judge.holdsAll("nobody", []), false);
});

Deno.test("namesSide() sees sides in every kind of fact", () => {
  assert.ok(namesSide([side("left")]));
  assert.ok(namesSide([{ kind: "head", way: "tilt-right" }]));
  assert.ok(namesSide([{ kind: "posture", posture: "lying_left" }]));
  assert.ok(!namesSide([side("left"), side("right")]), "both arms are both in a mirror too");
  assert.ok(!namesSide([{ kind: "limb", limb: "arm", side: "any", direction: "side" }, { kind: "clasp" }]));
});
