import assert from "node:assert/strict";
import { RefusedError } from "../agent/mod.ts";
import { loadLibrary } from "../library/mod.ts";
import { JOINTS } from "../skeleton/mod.ts";
import { motionOfKeyPoses } from "./key_poses.ts";
import { checkFormat } from "./save_motion.ts";

const library = await loadLibrary();
const { signal } = new AbortController();
const motionOf = (value: unknown) => motionOfKeyPoses(value, { library, retriever: "tfidf", signal });

Deno.test("key poses are told by id, description, notation or joints, on beats", async () => {
  const known = library.pose("arms_up");
  assert.ok(known);
  const { id: _id, ...joints } = known.pose;
  const motion = await motionOf({
    bpm: 120,
    frames: [
      { pose_id: "arms_up", beats: 2 },
      { description: "обе руки за головой", caption: "за головой" },
      { description: "both arms stretched forward, palms down" },
      { notation: { right_arm: "side middle" } },
      joints,
    ],
  });
  assert.equal(motion.seconds, 3);
  assert.deepEqual(motion.keys.map(({ caption }) => caption ?? null), [
    null,
    "за головой",
    "both arms stretched forward, palms down",
    null,
    null,
  ]);
  assert.equal(motion.keys[1]?.pose.id, "hands_behind_head");
  for (const joint of JOINTS) assert.deepEqual(motion.keys[4]?.pose.joints[joint], known.pose.joints[joint]);
});

Deno.test("key poses that are none are refused by field and value", async () => {
  const { pose } = library.poses[0] ?? {};
  const long = { ...pose?.joints, left_wrist: [0.2, 0.2, 3] };
  const wrong: [unknown, RegExp][] = [
    [{}, /frames/],
    [{ frames: [] }, /at least one/],
    [{ frames: [{}] }, /frame 1 \(frames\[0\]\): .*one of pose_id, description, notation, joints/],
    [{ frames: [{ pose_id: "arms_up", description: "x y" }] }, /frame 1 .*one of/],
    [{ frames: [{ pose_id: "nobody" }] }, /frames\[0\]\.pose_id: The library has no pose "nobody": nearest are/],
    [{ frames: [{ pose_id: "arms_up", beats: 0 }] }, /frame 1 \(frames\[0\]\.beats\)/],
    [{ frames: [{ notation: { right_arm: "sideways" } }] }, /frames\[0\]\.notation.*sideways/],
    [{ frames: [{ joints: { head: [0, 1, 0] } }] }, /frames\[0\].*joints\.pelvis/],
    [{ frames: [{ joints: long }] }, /frames\[0\]\.joints: no body holds that/],
    [{ frames: [{ pose_id: "arms_up" }], bpm: -3 }, /bpm/],
  ];
  for (const [value, message] of wrong) {
    await assert.rejects(motionOf(value), (error: Error) => {
      assert.ok(error instanceof RefusedError, String(error));
      assert.match(error.message, message);
      return true;
    });
  }
});

Deno.test("a file's format is refused before any work, and stills are a GIF's", () => {
  assert.equal(checkFormat("a.MP4", { stills: false }), "mp4");
  assert.throws(() => checkFormat("a.mov", { stills: false }), { name: "RefusedError", message: /\.mp4/ });
  assert.throws(() => checkFormat("a.mp4", { stills: true }), { name: "RefusedError", message: /\.gif/ });
  assert.equal(checkFormat("a.html", { stills: false, view: "side", beside: "mirror" }), "html");
  assert.throws(() => checkFormat("a.bvh", { stills: false, beside: "mirror" }), {
    name: "RefusedError",
    message: /bvh with --beside/,
  });
  assert.throws(() => checkFormat("a.gif", { stills: true, beside: "mirror" }), { name: "RefusedError" });
  assert.throws(() => checkFormat("a.gif", { stills: false, fps: 60 }), {
    name: "RefusedError",
    message: /at most 50/,
  });
});
