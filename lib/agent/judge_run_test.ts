import assert from "node:assert/strict";
import { loadLibrary } from "../library/mod.ts";
import { mirrorPose, parse } from "../notation/mod.ts";
import type { Joints, Vec3 } from "../skeleton/mod.ts";
import { judgeRun } from "./judge_run.ts";
import type { OutsidePose } from "./rung.ts";
import { outsideOf } from "./rungs/library_pose.ts";

const library = await loadLibrary();
const posed = (id: string): OutsidePose => {
  const pose = library.pose(id);
  assert.ok(pose, id);
  return outsideOf(pose);
};
const facts = (text: string) => parse(text).slots;
const right = posed("right_arm_forward");
const must = facts("right arm forward at shoulder height, the left arm hangs");
const judge = (frames: readonly OutsidePose[], wanted = [must]) => judgeRun({ schemaValid: true, frames }, wanted);

Deno.test("a pose of which every fact holds is right, and its mirror image is valid but wrong", () => {
  assert.ok(must.length >= 2);
  const { poseValid, right: isRight, validButWrong } = judge([right]);
  assert.deepEqual({ poseValid, isRight, validButWrong }, { poseValid: true, isRight: true, validButWrong: false });
  const mirrored = mirrorPose({ joints: right.joints as unknown as Joints });
  const other = judge([{ joints: mirrored.joints }]);
  assert.deepEqual([other.poseValid, other.right, other.validButWrong], [true, false, true]);
  assert.ok(other.facts.held < other.facts.asked);
});

Deno.test("a stretched arm is no body, though what was asked for holds of it: neither right nor valid but wrong", () => {
  const [x, y, z] = right.joints["right_wrist"] as unknown as Vec3;
  const verdict = judge([{ joints: { ...right.joints, right_wrist: [x, y, z + 0.3] } }]);
  assert.deepEqual([verdict.poseValid, verdict.right, verdict.validButWrong], [false, false, false]);
  assert.deepEqual(verdict.faults[0]?.map(({ code, joint }) => `${code} ${joint}`), ["bone_length right_wrist"]);
  assert.equal(verdict.facts.held, verdict.facts.asked);
  assert.equal(verdict.figuresRight, 1);
});

Deno.test("a bone 1 cm too long is within the tolerance", () => {
  const [x, y, z] = right.joints["right_wrist"] as unknown as Vec3;
  assert.ok(judge([{ joints: { ...right.joints, right_wrist: [x, y, z + 0.01] } }]).right);
});

Deno.test("a dance is right only with every move in its place", () => {
  const moves = library.choreography("macarena")?.moves.slice(0, 6) ?? [];
  const wanted = moves.map(({ describe }) => facts(describe.en).filter(({ kind }) => kind !== "palm"));
  const frames = moves.map(({ pose }) => posed(pose));
  assert.ok(judge(frames, wanted).right);
  const swapped = judge([...frames.slice(4), ...frames.slice(0, 4)], wanted);
  assert.deepEqual([swapped.poseValid, swapped.right], [true, false]);
  assert.ok(swapped.figuresRight < 6);
  const short = judge(frames.slice(0, 5), wanted);
  assert.deepEqual([short.poseValid, short.right, short.validButWrong], [false, false, false]);
  const long = judge([...frames, right], wanted);
  assert.deepEqual([long.poseValid, long.right, long.validButWrong], [true, false, true]);
});

Deno.test("no figure, three joints and 300 joints are no bodies", () => {
  const three = Object.fromEntries(Object.entries(right.joints).slice(0, 3));
  const many = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`joint_${i}`, [0, 0, 0]]));
  for (const frames of [[], [{ joints: three }], [{ joints: many }], [{ joints: {} }]]) {
    const verdict = judge(frames);
    assert.deepEqual([verdict.poseValid, verdict.right, verdict.validButWrong], [false, false, false]);
  }
});

Deno.test("who was asked to jump may be in the air, and a pose of the library is as it was verified", () => {
  const jump = library.poses.find(({ airborne }) => airborne);
  assert.ok(jump);
  const { airborne: _, ...frame } = outsideOf(jump);
  assert.ok(!judge([frame]).poseValid);
  assert.ok(judge([frame], [[{ kind: "posture", posture: "airborne" }]]).right);
  assert.ok(judge([outsideOf(jump)]).poseValid);
});

Deno.test("every pose of the library is valid as an answer from outside", () => {
  const invalid = library.poses.filter((pose) => !judge([outsideOf(pose)], [[]]).poseValid);
  assert.deepEqual(invalid.map(({ id }) => id), []);
});
