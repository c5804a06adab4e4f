import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadLibrary } from "../library/mod.ts";
import { checkPoses } from "./check_poses.ts";

const library = await loadLibrary();
const PICTURE = fileURLToPath(new URL("../../outputs/mine.png", import.meta.url));
const describe = {
  en: [
    "right arm out to the side, left arm forward and up",
    "the left arm forward and up, the right one to the side",
    "hold your right arm out sideways and lift the left one forward and up",
    "the right arm to the side, the left arm diagonally up in front",
  ],
  ru: [
    "правая рука в сторону, левая вперёд и вверх",
    "левая рука вперёд и вверх, правая в сторону",
    "отведи правую руку в сторону, а левую подними вперёд и вверх",
    "правая рука в стороне, левая рука впереди и вверху",
  ],
};
const mine = { id: "mine", theme: "arms", right_arm: "side 20", left_arm: "forward high", describe };

/** What the check says of a file, and whether it passes. */
async function check(content: unknown, name = "mine.json"): Promise<{ passed: boolean; said: string }> {
  const folder = await Deno.makeTempDir();
  const said: string[] = [];
  const terminal = {
    say: (line: string) => void said.push(line),
    json: () => {},
    count: () => {},
    onProgress: () => {},
    signal: new AbortController().signal,
  };
  try {
    const file = join(folder, name);
    await Deno.writeTextFile(file, typeof content === "string" ? content : JSON.stringify(content));
    await checkPoses(file, { json: false }, terminal);
    return { passed: true, said: said.join("\n") };
  } catch (error) {
    return { passed: false, said: error instanceof Error ? error.message : assert.fail(String(error)) };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
const refusal = async (content: unknown, name?: string) => {
  const { passed, said } = await check(content, name);
  assert.ok(!passed, said);
  return said;
};

Deno.test("a pose that keeps the rules is told in both languages, with its picture and its nearest", async () => {
  const { passed, said } = await check({ poses: [mine] });
  await Deno.remove(PICTURE);
  assert.ok(passed, said);
  assert.match(said, /^mine: verified; picture: outputs.mine\.png\n/);
  assert.match(said, /the left arm (forward and up|raised forward)[^]*левая рука (вперёд и вверх|впереди выше)/);
  assert.match(said, /nearest: \w+, \d+\.\d cm a joint apart/);
});

Deno.test("a pose that breaks a rule is named with its file, its field and what to do", async () => {
  const cases: [object, RegExp][] = [
    [{ ...mine, right_arm: "sideways" }, /mine\.json: pose "mine": right_arm: "sideways"/],
    [
      { ...mine, id: "twin", right_arm: "side middle", left_arm: "place low" },
      /"twin" is the same as "right_arm_side" of poses\/arms/,
    ],
    [{ ...mine, id: "arms_up" }, /pose "arms_up": id: a pose of poses\/arms\.json has it: choose another/],
    [
      { ...mine, right_arm: "place high" },
      /describe\.en: "right arm out to the side.* says that the right arm is to the side/,
    ],
    [
      { ...mine, describe: { ...describe, en: [...describe.en, "dance the macarena"] } },
      /describe\.en: "dance the macarena" holds a dance's name, "Macarena"/,
    ],
    [
      { ...mine, describe: { ...describe, en: [...describe.en, describe.en[0]] } },
      /describe\.en: .* is a description of "mine" \(.*mine\.json\) already/,
    ],
    [{ ...mine, theme: "arm" }, /theme: "arm": did you mean "arms"\?/],
    [
      { ...mine, right_arm: "across low", torso: { lean: "forward 10" }, left_arm: "across low" },
      /deep in \w+, .*: give that limb/,
    ],
  ];
  for (const [pose, message] of cases) assert.match(await refusal({ poses: [pose] }), message);
  assert.match(await refusal(mine), /mine\.json: is a pose by itself: wrap it/);
  assert.match(
    await refusal('{"poses": [\n1,\n]}'),
    /mine\.json: line 3, column 1: is not JSON: nothing follows the comma/,
  );
});

Deno.test("of two poses with the same joints the words are told that differ", async () => {
  const { notation, theme } = library.pose("right_arm_forward") ?? assert.fail();
  const en = describe.en.map((_, i) => `the right arm forward at shoulder height, number ${i}`);
  const ru = describe.ru.map((_, i) => `правая рука вперёд на уровне плеча, номер ${i}`);
  const { said } = await check({ poses: [{ ...notation, right_palm: "in", id: "mine", theme, describe: { en, ru } }] });
  await Deno.remove(PICTURE);
  assert.match(said, /nearest: right_arm_forward, with the same joints: only right_palm differs/);
});

const dance = {
  id: "dab",
  name: { en: "Dab", ru: "Дэб" },
  aliases: { en: [], ru: [] },
  bpm: 100,
  moves: ["arms_up", "hands_on_hips"].map((pose) => {
    const { en, ru } = library.pose(pose)?.describe ?? assert.fail();
    return { describe: { en: en[0], ru: ru[0] }, pose, beats: 1 };
  }),
};

Deno.test("a dance that keeps the rules is told how to dance it", async () => {
  const { passed, said } = await check(dance, "dab.json");
  assert.ok(passed, said);
  assert.match(said, /^dab: 2 moves, .*\n.*poses\/dances\/dab\.json.*make dance REQUEST="Dab"$/);
});

Deno.test("a dance that breaks a rule is told which move, and what to write instead", async () => {
  const [first = assert.fail(), second = assert.fail()] = dance.moves;
  const cases: [object, RegExp][] = [
    [
      { name: { en: "The Dab", ru: "Макарена" } },
      /dab\.json: name\.ru: "Макарена" is the name of poses\/dances\/macarena\.json/,
    ],
    [{ id: "macarena" }, /dab\.json: id: "macarena" must be "dab", as the file is called dab\.json; or rename/],
    [{ name: "Dab" }, /name: "Dab": must be {"en": "…", "ru": "…"}/],
    [{ moves: [first] }, /moves: two moves or more are needed, not 1/],
    [
      { moves: [first, { ...second, pose: undefined }] },
      /move 2 \(moves\[1\]\.pose\): is missing: .* as in "pose": "arms_up"/,
    ],
    [
      { moves: [first, { ...second, pose: "hands_on_hip" }] },
      /move 2 \(moves\[1\]\.pose\): .*did you mean "hands_on_hips"\?/,
    ],
    [
      { moves: [first, { ...first, pose: second.pose }] },
      /move 2 \(moves\[1\]\.describe\.en\): .* says that .*; "hands_on_hips" is "both hands on the/,
    ],
    [
      { moves: [first, { ...second, describe: { en: "stand with your hands on your waist", ru: "стоя" } }] },
      /move 2 \(moves\[1\]\.describe\.ru\): "стоя" (finds "\w+" \(\d\.\d\d\), not "hands_on_hips": say more|is not understood)/,
    ],
  ];
  for (const [change, message] of cases) assert.match(await refusal({ ...dance, ...change }, "dab.json"), message);
});

Deno.test("a file that there isn't is told with the one that may be meant", async () => {
  const terminal = {
    say: () => {},
    json: () => {},
    count: () => {},
    onProgress: () => {},
    signal: AbortSignal.timeout(1e4),
  };
  const missing = join("poses", "gesture.json");
  await assert.rejects(
    checkPoses(missing, { json: false }, terminal),
    /^RefusedError: Cannot check "poses.gesture\.json": there is no such file: did you mean "poses.gestures\.json"\?$/,
  );
});

Deno.test("the pose and the dance that CONTRIBUTING.md shows keep the rules", async () => {
  const samplesOf = async (name: string) => {
    const text = await Deno.readTextFile(new URL(`../../${name}`, import.meta.url));
    return [...text.matchAll(/```json\n([^]*?)```/g)].map(([, json = ""]) => JSON.parse(json));
  };
  const samples = await samplesOf("CONTRIBUTING.md");
  assert.deepEqual(await samplesOf("CONTRIBUTING.ru.md"), samples);
  assert.equal(samples.length, 2);
  const [poses, dance] = samples;
  assert.match((await check(poses)).said, /: verified; picture/);
  await Deno.remove(fileURLToPath(new URL(`../../outputs/${poses.poses[0].id}.png`, import.meta.url)));
  assert.match((await check(dance, `${dance.id}.json`)).said, /make dance REQUEST=/);
});
