import assert from "node:assert/strict";
import { balanceOf } from "./balance.ts";
import { bodyOf } from "./body.ts";
import { type Joint, JOINTS, REST } from "./skeleton.ts";
import { add, type Vec3 } from "./vec.ts";

const shifted = (by: Vec3, joints: readonly Joint[] = JOINTS) =>
  bodyOf({ joints: { ...REST, ...Object.fromEntries(joints.map((joint) => [joint, add(REST[joint], by)])) } });

Deno.test("balanceOf() finds the rest pose between heels and toes", () => {
  const { centre, margin } = balanceOf(bodyOf({ joints: REST }));
  assert.ok(Math.abs(centre[0]) < 1e-9);
  // The heels are 6.8 cm behind the centre of mass, and nearer than toes and sides.
  assert.ok(margin !== null && margin > 0.06 && margin < 0.08, String(margin));
});

Deno.test("balanceOf() says by how much a body falls, whichever way", () => {
  const upper = JOINTS.filter((joint) => !/knee|ankle|foot/.test(joint));
  for (const by of [[0, 0, -0.25], [0, 0, 0.5], [0.6, 0, 0], [-0.6, 0, 0]] as const) {
    const { margin } = balanceOf(shifted(by, upper));
    assert.ok(margin !== null && margin < -0.03, `${by}: ${margin}`);
  }
});

Deno.test("balanceOf() knows that nothing carries a body in the air", () => {
  assert.equal(balanceOf(shifted([0, 0.3, 0])).margin, null);
});
