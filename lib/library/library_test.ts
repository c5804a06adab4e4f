import assert from "node:assert/strict";
import { checkPoseFile, duplicatesAmong, LibraryError, loadLibrary, nearestPose } from "./library.ts";

const library = await loadLibrary();
const describe = { en: ["one thing", "another"], ru: ["одно", "другое"] };
const problems = (pose: Record<string, unknown>) => {
  const { checked, problems } = checkPoseFile(
    { poses: [{ id: "a", theme: "arms", describe, ...pose }] },
    "poses/x.json",
  );
  return [...problems, ...checked.flatMap((one) => one.problems)].join("\n");
};

/** A folder of its own with a pose file, removed afterwards. */
async function withFolder(files: Record<string, string>, test: (folder: URL) => Promise<void>) {
  const path = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${path}/dances`);
    for (const [name, text] of Object.entries(files)) await Deno.writeTextFile(`${path}/${name}`, text);
    await test(new URL(`file://${path}/`));
  } finally {
    await Deno.remove(path, { recursive: true });
  }
}

Deno.test("the library holds at least 32 verified poses and five choreographies", () => {
  assert.ok(library.poses.length >= 32, String(library.poses.length));
  assert.ok(library.choreographies.length >= 5);
});

Deno.test("the Macarena has exactly its twelve moves, a beat each", () => {
  const moves = library.choreography("macarena")?.moves ?? [];
  assert.equal(moves.length, 12);
  assert.equal(new Set(moves.map((move) => move.pose)).size, 12);
  assert.ok(moves.every((move) => move.beats === 1));
});

Deno.test("no pose's description holds a choreography's name or alias: retrieval is earned", () => {
  const names = library.choreographies.flatMap((dance) => [
    dance.name.en,
    dance.name.ru,
    ...dance.aliases.en,
    ...dance.aliases.ru,
  ]).map((name) => name.toLowerCase());
  for (const pose of library.poses) {
    for (const text of [...pose.describe.en, ...pose.describe.ru]) {
      const found = names.filter((name) =>
        ` ${text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ")} `.includes(` ${name} `)
      );
      assert.deepEqual(found, [], `${pose.id}: ${text}`);
    }
  }
});

Deno.test("English descriptions are in Latin script, Russian ones in Cyrillic, none stands twice", () => {
  const seen = new Map<string, string>();
  for (const pose of library.poses) {
    for (const text of pose.describe.en) assert.doesNotMatch(text, /\p{Script=Cyrillic}/u, pose.id);
    for (const text of pose.describe.ru) assert.doesNotMatch(text.replace(/ [VTX]$/, ""), /\p{Script=Latin}/u, pose.id);
    for (const text of [...pose.describe.en, ...pose.describe.ru]) {
      assert.equal(seen.get(text), undefined, `${pose.id} and ${seen.get(text)}: ${text}`);
      seen.set(text, pose.id);
    }
  }
});

Deno.test("a broken pose is refused by file, id, field and value, and told what would be right", () => {
  assert.match(
    problems({ right_arm: "forwards middle" }),
    /poses\/x\.json: pose "a": right_arm: "forwards middle".*forward, back/,
  );
  assert.match(problems({ right_arm: { touch: "left_sholder" } }), /right_arm\.touch: "left_sholder".*left_shoulder/);
  assert.match(problems({ right_arm: { touch: "chest", elbo: "side low" } }), /right_arm: unknown key "elbo"/);
  assert.match(problems({ rigth_arm: "place low" }), /pose "a": unknown key "rigth_arm"/);
  assert.match(problems({ id: "Right Arm" }), /id: "Right Arm".*lower-case/);
  assert.match(problems({ describe: { en: ["only one"], ru: [] } }), /describe\.en.*two descriptions/);
});

Deno.test("a word or key that is nearly a known one is told which, number and all", () => {
  const cases: [Record<string, unknown>, string][] = [
    [{ right_arm: "forwards middle" }, "forward middle"],
    [{ right_arm: "side hgh" }, "side high"],
    [{ left_leg: "forwards 30" }, "forward 30"],
    [{ right_arm: { upper: "side middle", lower: "palce high" } }, "place high"],
    [{ right_arm: { touch: "left_sholder" } }, "left_shoulder"],
    [{ right_arm: { touch: "chest", elbo: "side low" } }, "elbow"],
    [{ right_leg: { step: "foward long" } }, "forward long"],
    [{ torso: { lean: "forwrd 30" } }, "forward 30"],
    [{ torso: { leen: "forward 30" } }, "lean"],
    [{ head: ["tilt_left 20"] }, "tilt-left 20"],
    [{ base: "standin" }, "standing"],
    [{ rigth_arm: "place low" }, "right_arm"],
  ];
  for (const [pose, meant] of cases) {
    assert.ok(problems(pose).includes(`did you mean "${meant}"?`), `${JSON.stringify(pose)}: ${problems(pose)}`);
  }
  for (const pose of [{ right_arm: "xyzzy" }, { right_arm: { touch: "tail" } }, { base: "floating" }, { third: "b" }]) {
    assert.doesNotMatch(problems(pose), /did you mean/, JSON.stringify(pose));
  }
});

Deno.test("a pose that no body can hold is refused, and says why", () => {
  assert.match(problems({ right_arm: "across middle", left_arm: "across middle" }), /deep in/);
  assert.match(problems({ right_leg: "back middle" }), /hip flexion/);
  assert.match(problems({ right_arm: { touch: "left_knee" } }), /right hand stays .* cm from left_knee/);
});

Deno.test("two poses that are one are refused by both names", () => {
  const { checked } = checkPoseFile({
    poses: [{ id: "a", theme: "arms", describe }, { id: "b", theme: "arms", knees: 5, describe }, {
      id: "c",
      theme: "arms",
      right_arm: "place high",
      describe,
    }],
  }, "x");
  const poses = checked.flatMap((one) => one.pose ?? []);
  assert.deepEqual(duplicatesAmong(poses).map((p) => p.slice(0, 28)), ['pose "b" is the same as "a":']);
  assert.match(duplicatesAmong([...poses.slice(2), ...poses.slice(2)])[0] ?? "", /"c" stands twice/);
});

Deno.test("loadLibrary() lists what is wrong in every file at once", async () => {
  const dance = { id: "other", name: { en: "Dance", ru: "Танец" }, aliases: { en: [], ru: [] }, bpm: 100, moves: [] };
  await withFolder({
    "broken.json": "{ not json",
    "empty.json": '{"poses": []}',
    "ok.json": JSON.stringify({ poses: [{ id: "a", theme: "arms", describe }] }),
    "pose.schema.json": "{}",
    "dances/dance.json": JSON.stringify({
      ...dance,
      moves: [{ describe: { en: "one", ru: "раз" }, pose: "nowhere", beats: 1 }, {
        describe: { en: "two", ru: "два" },
        pose: "a",
        beats: 1,
      }],
    }),
    "dances/short.json": JSON.stringify({ ...dance, id: "short" }),
  }, async (folder) => {
    const error = await loadLibrary(folder).then(() => undefined, (e: unknown) => e);
    assert.ok(error instanceof LibraryError);
    const text = error.problems.join("\n");
    assert.match(text, /poses\/broken\.json: is not JSON/);
    assert.match(text, /poses\/empty\.json: poses/);
    assert.match(text, /dance\.json: id: "other" must be the file's name/);
    assert.match(text, /moves\.0\.pose: "nowhere" is no pose/);
    assert.match(text, /short\.json: moves/);
    assert.doesNotMatch(text, /schema/);
  });
});

Deno.test("loadLibrary() says so when there is nothing to load", async () => {
  await withFolder({}, async (folder) => {
    await assert.rejects(loadLibrary(folder), /holds no pose file/);
  });
});

Deno.test("at most a tenth of the library is off its balance on purpose, and no pose by accident", () => {
  const dynamic = library.poses.filter((pose) => pose.dynamic);
  assert.ok(dynamic.length <= library.poses.length / 10);
  const falling = { base: "kneeling", torso: { lean: "forward 70" } };
  assert.match(problems(falling), /^the centre of mass is \d+\.\d cm outside what carries the body.*"dynamic"$/);
  assert.equal(problems({ ...falling, dynamic: "about to catch the fall with the hands" }), "");
});

Deno.test("nearestPose() finds the pose itself, and the one beside it", () => {
  const [first, ...rest] = library.poses;
  assert.ok(first);
  assert.equal(nearestPose(first.pose, library.poses)?.nearest.id, first.id);
  assert.ok((nearestPose(first.pose, rest)?.distance ?? 0) > 0);
  assert.equal(nearestPose(first.pose, []), undefined);
});
