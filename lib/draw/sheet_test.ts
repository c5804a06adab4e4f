import assert from "node:assert/strict";
import { type Pose, REST } from "../skeleton/mod.ts";
import { drawSheet } from "./sheet.ts";

const pose: Pose = { joints: REST };

Deno.test("drawSheet() puts poses in rows of the given number of columns", async () => {
  const [four, two] = [
    await drawSheet(Array(5).fill(pose), { size: 60, columns: 4 }),
    await drawSheet(Array(5).fill(pose), {
      size: 60,
      columns: 2,
    }),
  ];
  assert.deepEqual([four.width, four.height], [4 + 64 * 4, 4 + 64 * 2]);
  assert.deepEqual([two.width, two.height], [4 + 64 * 2, 4 + 64 * 3]);
});

Deno.test("drawSheet() is no wider than its poses", async () => {
  assert.equal((await drawSheet([pose], { size: 60, columns: 6 })).width, 68);
});

Deno.test("drawSheet() makes room for captions", async () => {
  const plain = await drawSheet([pose], { size: 120 });
  const captioned = await drawSheet([pose], { size: 120, captions: ["руки в стороны"] });
  assert.ok(captioned.height > plain.height + 20);
  const under = captioned.pixels.subarray((plain.height + 2) * captioned.width * 4);
  assert.ok(under.some((value) => value < 120));
});

Deno.test("drawSheet() refuses no poses, and columns that are not a number of them", async () => {
  await assert.rejects(drawSheet([]), RangeError);
  for (const columns of [0, -2, 1.5]) {
    await assert.rejects(drawSheet([pose], { columns }), {
      name: "RangeError",
      message: new RegExp(`columns.*${columns}`),
    });
  }
});
