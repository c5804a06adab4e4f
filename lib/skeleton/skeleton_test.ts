import assert from "node:assert/strict";
import { BONE_LENGTH, HEIGHT, JOINTS, PARENT, REST } from "./skeleton.ts";
import { distance } from "./vec.ts";

Deno.test("JOINTS lists parents before children", () => {
  JOINTS.forEach((joint, i) => {
    const parent = PARENT[joint];
    assert.ok(parent === null || JOINTS.indexOf(parent) < i, joint);
  });
});

Deno.test("REST stands 1.70 m tall on the floor, symmetric, with the table's bone lengths", () => {
  assert.equal(HEIGHT, 1.70);
  assert.equal(REST.left_foot[1], 0);
  assert.ok(Math.abs(REST.head[1] - 0.935 * HEIGHT) < 0.001);
  for (const joint of JOINTS) {
    const twin = joint.startsWith("left_") ? joint.replace("left_", "right_") as typeof joint : joint;
    const [x, y, z] = REST[joint];
    assert.deepEqual(REST[twin], [twin === joint ? x : -x, y, z]);
    const parent = PARENT[joint];
    if (parent !== null) assert.equal(distance(REST[joint], REST[parent]), BONE_LENGTH[joint]);
  }
});

Deno.test("the rest coordinates printed in the module's doc are those of REST", async () => {
  const source = await Deno.readTextFile(new URL("./skeleton.ts", import.meta.url));
  const rows = [...source.matchAll(/^ \* \| (\w+) \| (?:\w+|–) \| ([-\d., ]+) \|$/gm)];
  assert.equal(rows.length, 11);
  for (const [, joint, coordinates] of rows) {
    const printed = (coordinates ?? "").split(",").map(Number);
    const actual = REST[joint as keyof typeof REST];
    printed.forEach((value, i) => assert.ok(Math.abs(value - (actual[i] ?? NaN)) < 6e-4, `${joint} ${coordinates}`));
  }
});
