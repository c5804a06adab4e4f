import assert from "node:assert/strict";
import { bodyOf, centreOfMass } from "./body.ts";
import { parsePose, PoseError } from "./pose.ts";
import { MASS, REST } from "./skeleton.ts";
import { angle, dot } from "./vec.ts";

Deno.test("bodyOf() finds upright frames, flat feet and hanging hands at rest", () => {
  const body = bodyOf({ joints: REST });
  for (const frame of [body.pelvis, body.chest, body.head]) {
    assert.ok(angle(frame.y, [0, 1, 0]) < 1e-6 && angle(frame.z, [0, 0, 1]) < 1e-6 && angle(frame.x, [1, 0, 0]) < 1e-6);
  }
  for (const foot of [body.feet.left, body.feet.right]) {
    assert.ok(Math.abs(foot.heel[1]) < 1e-9 && Math.abs(foot.toe[1]) < 1e-9 && foot.heel[2] < 0 && foot.toe[2] > 0.15);
  }
  assert.ok(angle(body.hands.left.direction, [0, -1, 0]) < 1e-6);
  assert.ok(Math.abs(dot(body.hands.left.direction, body.hands.left.palm)) < 1e-9);
});

Deno.test("bodyOf() takes the gaze for the head's direction", () => {
  const body = bodyOf({ joints: REST, gaze: [0.6, 0, 0.8] });
  assert.ok(angle(body.head.z, [0.6, 0, 0.8]) < 1e-9);
  assert.ok(angle(body.head.y, [0, 1, 0]) < 1e-9);
});

Deno.test("the segments' masses make one body, its centre at 57 % of the height at rest", () => {
  const pairs = 2 *
    (MASS.upperArm.share + MASS.forearm.share + MASS.hand.share + MASS.thigh.share + MASS.shank.share +
      MASS.foot.share);
  assert.ok(Math.abs(MASS.head.share + MASS.trunk.share + pairs - 1) < 1e-9);
  const [x, y, z] = centreOfMass(bodyOf({ joints: REST }));
  // Published values for standing adults lie between 0.55 and 0.58 of the height.
  assert.ok(Math.abs(x) < 1e-9 && Math.abs(z) < 0.02 && y / 1.7 > 0.55 && y / 1.7 < 0.585, `${y / 1.7}`);
});

Deno.test("parsePose() names what is missing, unknown or of the wrong kind", () => {
  const { head: _, ...headless } = REST;
  assert.throws(() => parsePose({ joints: headless }), { name: "PoseError", message: /joints\.head/ });
  assert.throws(() => parsePose({ joints: { ...REST, tail: [0, 0, 0] } }), /tail/);
  assert.throws(
    () => parsePose({ joints: { ...REST, head: [0, "high", 0] } }, "the request's pose"),
    /request's pose.*head/,
  );
  assert.throws(() => parsePose({ joints: { ...REST, head: [0, Infinity, 0] } }), PoseError);
  assert.throws(() => parsePose({ joints: REST, gaze: [1, 1, 1] }), /gaze: must be a unit vector/);
  assert.deepEqual(parsePose(JSON.parse(JSON.stringify({ joints: REST }))).joints, REST);
});
