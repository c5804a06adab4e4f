import assert from "node:assert/strict";
import { verify } from "../skeleton/mod.ts";
import { composePose } from "./compose_pose.ts";
import { loadLibrary } from "./library.ts";

const { poses } = await loadLibrary();

/** What a refusal says, and the pose that it names instead. */
function refusal(notation: unknown): { reasons: string; nearest: string | undefined } {
  const result = composePose(notation, poses);
  assert.ok(result.kind === "refused", JSON.stringify(notation));
  return { reasons: result.reasons.join("\n"), nearest: result.nearest?.id };
}

Deno.test("composePose() composes what a body can hold", () => {
  const result = composePose({ left_arm: "across middle", right_arm: "across middle" }, poses);
  assert.ok(result.kind === "composed");
  assert.deepEqual(verify(result.pose, result), []);
});

Deno.test("composePose() composes every pose of the library that is not off its balance on purpose", () => {
  const refused = poses.filter(({ notation, dynamic }) => !dynamic && composePose(notation, poses).kind === "refused");
  assert.deepEqual(refused.map(({ id }) => id), []);
});

Deno.test("composePose() names the nearest pose of the library where it refuses", () => {
  const { reasons, nearest } = refusal({ left_leg: "side low", right_leg: "side low", left_arm: "side high" });
  assert.match(reasons, /both legs cannot be raised while standing/);
  assert.ok(nearest !== undefined && poses.some(({ id }) => id === nearest));
  assert.equal(refusal({ left_arm: { touch: "left_hand" } }).nearest, undefined);
  const alone = composePose({ right_arm: { touch: "left_knee" } }, []);
  assert.ok(alone.kind === "refused" && alone.nearest === undefined);
});

Deno.test("composePose() refuses what is not in the notation, by field, value and nearest word", () => {
  assert.match(
    refusal({ right_arm: { touch: "left_sholder" } }).reasons,
    /^right_arm\.touch: "left_sholder": did you mean "left_shoulder"\?/,
  );
  assert.match(refusal({ left_arm: "forwards middle" }).reasons, /^left_arm: .*did you mean "forward middle"\?/);
  assert.match(refusal({ rigth_arm: "place low" }).reasons, /unknown key "rigth_arm" \(did you mean "right_arm"\?\)/);
  for (const notation of [null, undefined, 7, "text", [], [{}]]) assert.ok(refusal(notation).reasons !== "");
});
