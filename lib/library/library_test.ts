import assert from "node:assert/strict";
import { THEMES } from "../notation/mod.ts";
import {
  checkPoseFile,
  duplicatesAmong,
  LibraryError,
  loadLibrary,
  nearestPose,
  poseNamed,
  readLibrary,
} from "./library.ts";

const library = await loadLibrary();
const describe = { en: ["one thing", "another", "a third", "a fourth"], ru: ["одно", "другое", "третье", "четвёртое"] };
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

Deno.test("a broken pose is refused by file, id, field and value, and told what would be right", () => {
  assert.match(
    problems({ right_arm: "forwards middle" }),
    /poses\/x\.json: pose "a": right_arm: "forwards middle".*forward, back/,
  );
  assert.match(problems({ right_arm: { touch: "left_sholder" } }), /right_arm\.touch: "left_sholder".*left_shoulder/);
  assert.match(problems({ right_arm: { touch: "chest", elbo: "side low" } }), /right_arm: unknown key "elbo"/);
  assert.match(problems({ rigth_arm: "place low" }), /pose "a": unknown key "rigth_arm"/);
  assert.match(problems({ id: "Right Arm" }), /id: "Right Arm".*lower-case/);
  assert.match(
    problems({ describe: { en: ["only one", "and two", "and three"], ru: [] } }),
    /describe\.en: \["only one".*: four descriptions or more are needed/,
  );
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

Deno.test("two poses that are one are refused by both names and files", () => {
  const read = (file: string, ...poses: object[]) =>
    checkPoseFile({ poses: poses.map((pose) => ({ theme: "arms", describe, ...pose })) }, file)
      .checked.flatMap((one) => one.pose ?? []);
  const poses = read("a.json", { id: "a" }, { id: "c", right_arm: "place high" });
  assert.match(
    duplicatesAmong([...poses, ...read("b.json", { id: "b", knees: 5 })]).join("\n"),
    /^b\.json: pose "b" is the same as "a" of a\.json: no joint is 4 cm/,
  );
  assert.deepEqual(duplicatesAmong([...poses, ...read("b.json", { id: "c", left_arm: "place high" })]), [
    'b.json: pose "c": id: a pose of a.json has it: choose another',
  ]);
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
    assert.match(text, /poses\/broken\.json: line 1, column 3: is not JSON: a key in double quotes/);
    assert.match(text, /poses\/empty\.json: poses/);
    assert.match(
      text,
      /dance\.json: id: "other" must be "dance", as the file is called dance\.json; or rename the file/,
    );
    assert.doesNotMatch(text, /nowhere/, "the pose may be in the file that is broken");
    assert.match(text, /short\.json: moves: \[\]: two moves or more are needed/);
    assert.doesNotMatch(text, /schema/);
  });
});

Deno.test("a dance's pose that there isn't is named with its place and what may be meant", async () => {
  const move = (pose: string) => ({ describe: { en: "one", ru: "раз" }, pose, beats: 1 });
  await withFolder({
    "ok.json": JSON.stringify({ poses: [{ id: "arms_up", theme: "arms", describe }] }),
    "dances/dance.json": JSON.stringify({
      id: "dance",
      name: { en: "Dance", ru: "Танец" },
      aliases: { en: [], ru: [] },
      bpm: 100,
      moves: [move("arms_up"), move("arms_upp")],
    }),
  }, async (folder) => {
    await assert.rejects(
      loadLibrary(folder),
      /dances\/dance\.json: move 2 \(moves\[1\]\.pose\): The library has no pose "arms_upp": did you mean "arms_up"\?$/,
    );
    const { library } = await readLibrary(folder, "poses/ok.json");
    assert.equal(library.poses.length, 0);
  });
});

Deno.test("what stands in the wrong place or form is answered with what must stand there", () => {
  const cases: [Record<string, unknown>, RegExp][] = [
    [{ head: "down 30" }, /head: must be a list: \["down 30"\]/],
    [{ head: {} }, /head: {}: must be a list: \["left 30", …\]/],
    [{ knees: "bent" }, /knees: "bent": must be degrees from 0 to 155, as in 40/],
    [{ knees: 170 }, /knees: 170: must be degrees from 0 to 155, as in 40/],
    [{ left_arm: "up" }, /left_arm: "up": must be a direction .* up is "place high", hanging is "place low"/],
    [
      { left_arm: { touch: "tail" } },
      /left_arm\.touch: "tail": nearest are "\w+", "\w+", "\w+"; there are .*left_knee/,
    ],
    [{ left_palm: "away" }, /left_palm: "away": must be one of "in", "out", "up", "down", "forward", "back"/],
    [{ heels: "high" }, /heels: "high": must be "up"/],
    [{ theme: "arm" }, /theme: "arm": did you mean "arms"\?/],
    [{ theme: undefined }, /theme: is missing: the group that it belongs to, as in "theme": "arms"/],
    [{ describe: "up" }, /describe: "up": must be {"en": \["…", …\], "ru": \["…", …\]}/],
    [{ torso: { bend: 3 } }, /torso: unknown key "bend" \(the keys are lean, from, twist\)/],
    [{ id: 3 }, /id: 3: must be a text in double quotes, as in "right_arm_forward"/],
  ];
  for (const [pose, message] of cases) {
    assert.match(problems(pose), message);
    assert.doesNotMatch(problems(pose), /Invalid|expected|received/);
  }
});

Deno.test("a pose or a list without the file's frame is told to be wrapped", () => {
  for (const content of [{ id: "a", theme: "arms", describe }, [{ id: "a" }]]) {
    assert.match(
      checkPoseFile(content, "x.json").problems.join(),
      /x\.json: is a (pose|list) by itself: wrap it: {"poses"/,
    );
  }
});

Deno.test("a pose's theme is one of those that the library has, and each of them has poses", () => {
  assert.deepEqual([...new Set(library.poses.map(({ theme }) => theme))].toSorted(), THEMES.toSorted());
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

Deno.test("poseNamed() gives the pose, or names the one that may be meant", () => {
  assert.equal(poseNamed(library, "arms_up"), library.pose("arms_up"));
  assert.throws(
    () => poseNamed(library, "arms_upp"),
    /^RangeError: The library has no pose "arms_upp": did you mean "arms_up"\?$/,
  );
  assert.throws(() => poseNamed(library, "x"), /The library has no pose "x": nearest are \w+, \w+, \w+$/);
});

Deno.test("nearestPose() finds the pose itself, and the one beside it", () => {
  const [first, ...rest] = library.poses;
  assert.ok(first);
  assert.equal(nearestPose(first.pose, library.poses)?.nearest.id, first.id);
  assert.ok((nearestPose(first.pose, rest)?.distance ?? 0) > 0);
  assert.equal(nearestPose(first.pose, []), undefined);
});
