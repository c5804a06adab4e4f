import assert from "node:assert/strict";
import { loadLibrary } from "../library/mod.ts";
import { mirrorPose } from "../notation/mod.ts";
import { distinct } from "../skeleton/mod.ts";
import { toldAlike, twinsOf } from "./twins.ts";

Deno.test("twinsOf() pairs poses that are each other's mirror image, and none with itself", async () => {
  const { poses } = await loadLibrary();
  const twins = twinsOf(poses.map(({ pose }) => pose));
  const id = (i = -1) => poses[i]?.id;
  const place = (wanted: string) => poses.findIndex((one) => one.id === wanted);
  assert.equal(id(twins[place("left_hand_on_hip")]), "right_hand_on_hip");
  assert.equal(twins[place("arms_up")], -1);
  twins.forEach((twin, i) => {
    const [own, other] = [poses[i]?.pose, poses[twin]?.pose];
    if (twin === -1 || !own || !other) return;
    assert.notEqual(twin, i);
    assert.equal(twins[twin], i);
    assert.equal(distinct(mirrorPose(own), other), false, `${id(i)}`);
  });
  assert.deepEqual(twinsOf([]), new Int32Array());
});

Deno.test("toldAlike() keeps what twins are told by in the same words but for left and right", () => {
  const documents = [
    { id: "left", descriptions: ["wave the left hand", "Левая рука вверх!", "hello there"] },
    { id: "both", descriptions: ["wave the left hand"] },
    { id: "right", descriptions: ["правая рука вверх", "hail a taxi", "Wave the right hand"] },
  ];
  assert.deepEqual(toldAlike(documents, Int32Array.of(2, -1, 0)), [[0, 1], [], [4, 6]]);
});
