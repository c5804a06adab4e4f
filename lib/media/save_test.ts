import assert from "node:assert/strict";
import { join } from "node:path";
import { loadImage } from "@napi-rs/canvas";
import { loadLibrary } from "../library/mod.ts";
import { createMotion } from "../motion/mod.ts";
import { JOINTS, parsePose } from "../skeleton/mod.ts";
import { encode, encodeParts, FORMATS, save } from "./save.ts";
import { armsKey, macarena, wave } from "./testdata/motions.ts";

async function inFolder(test: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir({ prefix: "ж save " });
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const names = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();

Deno.test("save() writes every format by its extension, whatever its case", () =>
  inFolder(async (folder) => {
    const motion = wave();
    for (const format of FORMATS) {
      const file = join(folder, `танец.${format.toUpperCase()}`);
      const saved = await save(motion, file, { size: 64 });
      assert.deepEqual(saved, { format, bytes: (await Deno.stat(file)).size });
      assert.ok(saved.bytes > 100);
    }
    assert.equal(names(folder).length, FORMATS.length);
  }));

Deno.test("encode() stops within a move that takes long to work out", async () => {
  const library = await loadLibrary();
  const keys = ["downward_dog", "crescent_low_lunge_right"].map((id) => {
    const found = library.pose(id);
    assert.ok(found, id);
    return { pose: found.pose, beats: 3, contacts: found.contacts };
  });
  const start = performance.now();
  await assert.rejects(encode(createMotion(keys, { bpm: 40 }), "json", { signal: AbortSignal.timeout(100) }), {
    name: "TimeoutError",
  });
  assert.ok(performance.now() - start < 600, `it goes on for ${performance.now() - start} ms`);
});

Deno.test("save() names the formats it knows, before any work", () =>
  inFolder(async (folder) => {
    for (const name of ["dance.avi", "dance", "dance."]) {
      await assert.rejects(save(wave(), join(folder, name)), {
        name: "RangeError",
        message: /\.gif, \.mp4, \.png, \.html, \.bvh, \.json/,
      });
    }
    assert.deepEqual(names(folder), []);
  }));

Deno.test("save() leaves nothing unfinished where it is cancelled half way, and the old file as it was", () =>
  inFolder(async (folder) => {
    const file = join(folder, "dance.gif");
    await Deno.writeTextFile(file, "old");
    const controller = new AbortController();
    const onProgress = (done: number) => done === 30 && controller.abort();
    const saving = save(await macarena(), file, { signal: controller.signal, onProgress });
    await assert.rejects(saving, { name: "AbortError" });
    assert.deepEqual(names(folder), ["dance.gif"]);
    assert.equal(await Deno.readTextFile(file), "old");
  }));

Deno.test("save() passes on what is wrong with the options, and leaves nothing", () =>
  inFolder(async (folder) => {
    await assert.rejects(save(wave(), join(folder, "a.gif"), { fps: 99 }), { name: "RangeError", message: /99/ });
    await assert.rejects(save([wave(), wave()], join(folder, "a.bvh")), { name: "RangeError", message: /2 motions/ });
    assert.deepEqual(names(folder), []);
  }));

Deno.test("JSON holds the motion's poses inside what a dance says of itself", async () => {
  const motion = await macarena();
  const sidecar = { request: 'макарена "до конца"', frames: [{ pose_id: "x" }] };
  for (const extra of [{ sidecar }, {}, { sidecar: {} }]) {
    const json = JSON.parse(new TextDecoder().decode(await encode(motion, "json", extra)));
    const { motion: { fps, seconds, loop, frames }, ...rest } = json;
    assert.deepEqual(rest, extra.sidecar ?? {});
    assert.equal(loop, true);
    assert.ok(Math.abs(frames.length / fps - seconds) < 1e-3 && Math.abs(seconds - motion.seconds) < 1e-5);
    const last = parsePose(frames.at(-1).pose);
    const { joints } = motion.poseAt((frames.length - 1) / fps);
    for (const joint of JOINTS) {
      joints[joint].forEach((value, i) => assert.ok(Math.abs(value - (last.joints[joint][i] ?? NaN)) < 1e-4));
    }
  }
});

Deno.test("a motion that is no loop ends on its end", async () => {
  const motion = createMotion([armsKey(0, 0), armsKey(90, 90)], { bpm: 60, loop: false });
  const { motion: { frames } } = JSON.parse(new TextDecoder().decode(await encode(motion, "json")));
  assert.ok(Math.abs(frames.at(-1).pose.joints.left_elbow[1] - motion.poseAt(2).joints.left_elbow[1]) < 1e-5);
});

Deno.test("JSON of 10,000 keys comes in parts of a fixed size", async () => {
  const few = [armsKey(10, 20), armsKey(80, 140), armsKey(150, 60)];
  const keys = Array.from({ length: 10_000 }, (_, i) => few[i % few.length] ?? armsKey(0, 0));
  let bytes = 0, most = 0;
  for await (const part of encodeParts(createMotion(keys, { bpm: 600 }), "json", { fps: 10 })) {
    bytes += part.length;
    most = Math.max(most, part.length);
  }
  assert.ok(bytes > 50 * most, `${bytes} bytes in parts of at most ${most}`);
});

Deno.test("a filmstrip shows the keys or so many moments, an onion skin lays them over each other", async () => {
  const motion = await macarena();
  const strip = await loadImage(await encode(motion, "png", { size: 60, captions: false }));
  assert.deepEqual([strip.width, strip.height], [4 + 5 * 64, 4 + 3 * 64]);
  const three = await loadImage(await encode(motion, "png", { size: 60, captions: false, moments: 3 }));
  assert.deepEqual([three.width, three.height], [4 + 3 * 64, 4 + 64]);
  const two = await loadImage(await encode([motion, wave()], "png", { size: 60, moments: 4, labels: ["a", "b"] }));
  assert.equal(two.width, 4 + 4 * 64);
  const onion = await loadImage(await encode(motion, "png", { size: 60, still: "onion" }));
  assert.deepEqual([onion.width, onion.height], [60, 60]);
  await assert.rejects(encode(motion, "png", { moments: 0 }), { name: "RangeError", message: /0 moments/ });
  await assert.rejects(encode([motion, motion], "png", { still: "onion" }), {
    name: "RangeError",
    message: /give one/,
  });
});
