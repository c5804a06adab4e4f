import assert from "node:assert/strict";
import { composeDance } from "../../agent/mod.ts";
import { loadLibrary } from "../../library/mod.ts";
import { encode } from "../../media/mod.ts";
import { createMotion } from "../../motion/mod.ts";
import { solve } from "../../notation/mod.ts";
import { z } from "zod";
import { createPoseFinder } from "../create_pose_finder.ts";
import { shown } from "../testing.ts";
import { createCheck, createJudge } from "./create_check.ts";
import { passed } from "./judge.ts";

const library = await loadLibrary();
const find = await createPoseFinder(library);
const judge = { en: await createJudge({ library, find }), ru: await createJudge({ library, find, language: "ru" }) };

/** What a check says of an attempt: its advice, a line each. */
const advice = async (id: string, attempt: unknown, language: "en" | "ru" = "en") => {
  const verdict = await judge[language](id, attempt);
  assert.ok(!passed(verdict), `${id} should not be right`);
  return verdict.advice.join("\n");
};
const isRight = async (id: string, attempt: unknown) => passed(await judge.en(id, attempt));

const forward = { right_arm: "forward middle", left_arm: "forward middle" } as const;

Deno.test("check() takes a pose by notation, by id, found, solved, as coordinates, as a frame of a dance", async () => {
  const pose = library.pose("arms_forward");
  assert.ok(pose);
  const { joints } = pose.pose;
  const ways = [forward, "arms_forward", pose, pose.pose, { joints }, { pose: pose.pose }, solve(forward)];
  for (const way of ways) assert.ok(await isRight("arms-forward", way), JSON.stringify(way).slice(0, 80));
  const found = await find("both arms forward at shoulder height", 2);
  assert.ok(await isRight("arms-forward", found));
  assert.ok(await isRight("arms-forward", found[0]));
  assert.ok(await isRight("arms-forward", { id: "arms_forward", score: 1 }), "a retriever's own result");
});

Deno.test("check() says which of the facts hold, what the pose is instead, and shows it beside what was asked", async () => {
  const { findings, advice, figures } = await judge.ru("arms-forward", { ...forward, left_arm: "side middle" });
  assert.deepEqual(findings.map(({ text, holds }) => [text, holds]), [
    ["правая рука вытянута вперёд на уровне плеча", true],
    ["левая рука вытянута вперёд на уровне плеча", false],
    ["тело возможно: кости, суставы, пол, равновесие", true],
  ]);
  assert.match(advice.join(), /У вас: .*левая рука в сторону/);
  assert.deepEqual(figures?.map(({ caption, sound }) => [caption, sound]), [["задано", true], ["у вас", true]]);
});

Deno.test("check() answers a missing await, a cell not run, a function not called, an empty search with what to do", async () => {
  assert.match(await advice("arms-forward", find("arms")), /write "await" before the call/);
  assert.match(await advice("arms-forward", [find("arms")]), /write "await"/);
  assert.match(await advice("arms-forward", find("arms"), "ru"), /поставьте перед вызовом await/);
  assert.match(await advice("arms-forward", undefined), /run the cells above first/);
  assert.match(await advice("arms-forward", undefined, "ru"), /выполните сначала ячейки выше/);
  assert.match(await advice("arms-forward", null), /Nothing was passed/);
  assert.match(await advice("arms-forward", find), /call it/);
  assert.match(await advice("arms-forward", []), /the search found nothing/);
  assert.match(await advice("arms-forward", 7), /7 was passed/);
});

Deno.test("check() names the key, the word, the pose, the exercise that was meant", async () => {
  assert.match(await advice("arms-forward", { rigth_arm: "forward middle" }), /did you mean "right_arm"/);
  assert.match(await advice("arms-forward", { rigth_arm: "forward middle" }, "ru"), /неизвестный ключ "rigth_arm"/);
  assert.match(await advice("arms-forward", { right_arm: "foward middle" }), /did you mean "forward middle"/);
  assert.match(await advice("arms-forward", "arms_forwards"), /did you mean "arms_forward"/);
  assert.match(await advice("arms-forward", "руки вперёд"), /await find\("руки вперёд"\)/);
  assert.match(await advice("arms-foward", forward), /did you mean "arms-forward"/);
});

Deno.test("check() tells what is wrong with coordinates, and takes none for an excuse to throw", async () => {
  const joints = library.pose("right_arm_forward")?.pose.joints;
  const short = { joints: { ...joints, right_wrist: [-0.1, 1.3, 0.4] } };
  assert.match(await advice("three-numbers", short), /right_elbow to right_wrist is \S+ cm long, not 24\.8 cm/);
  assert.match(await advice("three-numbers", short, "ru"), /от right_elbow до right_wrist/);
  assert.match(await advice("three-numbers", { joints: { ...joints, head: undefined } }), /head is no list/);
  assert.match(await advice("three-numbers", { joints: { head: [0, 1, 0] } }), /pelvis is missing/);
  assert.match(await advice("three-numbers", { joints: 3 }), /joints is no list/);
});

Deno.test("check() of a text says what it found and what the parser understood", async () => {
  assert.ok(await isRight("own-words", "пальцы в замке позади макушки"));
  assert.match(await advice("own-words", "обе руки за головой"), /It holds "головой"/);
  assert.match(await advice("own-words", "правая рука вперёд"), /Found: "right_arm_forward".*\nThe parser understood/s);
  assert.match(await advice("own-words", { text: "руки" }), /takes a text in quotes/);
});

Deno.test("check() of a schema says what it takes and refuses; of a value, what was expected", async () => {
  const schema = z.strictObject({ side: z.enum(["left", "right"]), degrees: z.number().min(0).max(360) });
  assert.ok(await isRight("tool-schema", schema));
  assert.match(await advice("tool-schema", z.strictObject({ side: z.enum(["left"]) })), /unknown key "degrees"/);
  assert.match(await advice("tool-schema", { side: "left" }), /takes a zod schema/);
  assert.ok(await isRight("same-answer", { same: true }));
  assert.match(await advice("same-answer", { same: false }), /\{"same":false\}/);
});

const own = {
  id: "belly_and_sky",
  theme: "arms",
  right_arm: "place high",
  left_arm: { touch: "belly" },
  heels: "up",
  describe: {
    en: [
      "on tiptoe, the right arm up above the head, the left hand on the belly",
      "right arm up, left hand on the belly",
      "stand on your toes, the left palm on the belly, the right arm raised straight up",
      "heels up, the right arm straight up, the left palm on the stomach",
    ],
    ru: [
      "на носках, правая рука поднята вверх, левая ладонь на животе",
      "правая рука вверх, левая ладонь на животе",
      "встань на носки, левую ладонь положи на живот, правую руку подними",
      "пятки подняты, правая рука прямо вверх, левая рука на животе",
    ],
  },
};

Deno.test("check() of a pose of one's own verifies it as the library's are, and refuses lies and twins", async () => {
  assert.ok(await isRight("own-pose", own));
  const lie = {
    ...own,
    describe: { ...own.describe, en: ["left arm up, right hand on the belly", ...own.describe.en.slice(1)] },
  };
  assert.match(await advice("own-pose", lie), /"left arm up, right hand on the belly" says/);
  assert.match(
    await advice("own-pose", lie, "ru"),
    /говорит: .*; а поза — «.*»: поправьте слова или позу/,
  );
  const twin = library.pose("arms_up");
  assert.ok(twin);
  const { theme, describe, notation } = twin;
  assert.match(await advice("own-pose", { id: "new_name", theme, describe, ...notation }), /the pose "arms_up" again/);
  assert.match(await advice("own-pose", { ...own, describe: undefined }), /describe/);
  assert.match(await advice("own-pose", { ...own, lef_arm: "side" }), /did you mean "left_arm"/);
});

const move = (en: string, ru: string, pose: string) => ({ describe: { en, ru }, pose, beats: 1 });
const dance = {
  id: "my_dance",
  name: { en: "My dance", ru: "Мой танец" },
  aliases: { en: [], ru: [] },
  bpm: 120,
  moves: [
    move("both hands on the hips", "обе руки на поясе", "hands_on_hips"),
    move("both arms straight up", "обе руки подняты вверх", "arms_up"),
    move("both hands behind the head", "обе руки за головой", "hands_behind_head"),
    move("both hands on the hips", "обе руки на поясе", "hands_on_hips"),
  ],
};

Deno.test("check() of a dance of one's own verifies each move, dances it, and says what a move lacks", async () => {
  const right = await judge.en("own-dance", dance);
  assert.ok(passed(right), JSON.stringify(right.advice));
  assert.equal(new TextDecoder().decode(right.gif?.subarray(0, 6)), "GIF89a");
  assert.match(await advice("own-dance", { ...dance, moves: [] }), /dance without moves/);
  assert.match(await advice("own-dance", {}), /dance without moves/);
  assert.match(await advice("own-dance", { ...dance, moves: [], bpm: 1 }, "ru"), /Танец без движений/);
  assert.match(await advice("own-dance", { ...dance, bpm: "quick" }), /bpm/);
  const typo = { ...dance, moves: [...dance.moves, move("arms up", "руки вверх", "arms_upp")] };
  assert.match(await advice("own-dance", typo), /did you mean "arms_up"/);
  const stray = { ...dance, moves: [...dance.moves, move("the right arm is up", "правая рука вверх", "arms_up")] };
  assert.match(await advice("own-dance", stray), /Move 5, "the right arm is up", finds "right_arm_up", not "arms_up"/);
  const [known] = library.choreographies;
  assert.match(await advice("own-dance", known), /already: make one of your own/);
  assert.match(await advice("own-dance", "my dance"), /takes a dance/);
});

Deno.test("check() of a sequence takes ids, found poses, frames; of a motion, its length, turn and flight", async () => {
  const ids = ["arms_up", "hands_on_hips", "arms_forward", "arms_side", "half_squat", "arms_up", "arms_up", "arms_up"];
  assert.ok(await isRight("eight-counts", ids));
  const macarena = await composeDance({ library, request: "macarena", method: "retrieve", retriever: "slots" });
  assert.ok(await isRight("eight-counts", macarena));
  assert.match(
    (await judge.en("eight-counts", ids.slice(0, 3))).findings[0]?.text ?? "",
    /at least 8 moves \(it has 3\)/,
  );
  assert.match(await advice("eight-counts", { frames: [] }), /dance without moves/);
  assert.match(await advice("two-seconds", ids), /takes a motion/);
  const pose = library.pose("arms_up")?.pose;
  assert.ok(pose);
  const slow = await judge.en("two-seconds", createMotion([{ pose, beats: 3 }], { bpm: 60 }));
  assert.deepEqual(slow.findings.map(({ text, holds }) => [text, holds])[0], ["it lasts 2 s (now 3 s)", false]);
});

Deno.test("check() of the project wants GIFs that move and similarities; says which example lacks what", async () => {
  const squats = await composeDance({ library, request: "squats", method: "retrieve", retriever: "slots" });
  const motion = createMotion(squats.frames.map(({ pose }) => ({ pose, beats: 1 })), { bpm: 120 });
  const gif = await encode(motion, "gif", { size: 64, fps: 5 });
  const example = (request: string) => ({ request, dance: squats, gif });
  assert.ok(await isRight("project", ["a", "b", "c"].map(example)));
  assert.match(await advice("project", [{ ...example("a"), dance: {} }]), /Example 1: `dance` is no dance/);
  assert.match(await advice("project", [example("a"), { ...example("b"), gif: "b.gif" }]), /Example 2: `gif` holds no/);
  assert.match(await advice("project", [undefined]), /Example 1/);
  assert.match(await advice("project", { a: 1 }), /list of examples/);
  const same = await judge.en("project", ["a", "A", "b"].map(example));
  assert.deepEqual(same.findings.map(({ holds }) => holds), [true, false, true, true]);
});

Deno.test("createCheck() shows its verdict in one output, in words for what shows none, with what was passed escaped", async () => {
  const check = await createCheck({ library, find, language: "ru" });
  const [wrong, right, broken] = await shown(async () => {
    await check("arms-forward", { "<b>": 1 });
    await check("arms-forward", forward);
    await check("three-numbers", { joints: { head: [0, 1, 0] } });
  });
  assert.match(wrong?.data["text/plain"] ?? "", /^✗ arms-forward: .*\n→ неизвестный ключ "<b>"\n\? Рука — это/);
  assert.match(wrong?.data["text/html"] ?? "", /неизвестный ключ &quot;&lt;b&gt;&quot;.*<details>/);
  assert.match(right?.data["text/plain"] ?? "", /^✓ arms-forward: Верно\./);
  assert.equal(right?.data["text/html"]?.match(/<img alt="(задано|у вас)" src="data:image\/png;base64,/g)?.length, 2);
  assert.match(broken?.data["text/plain"] ?? "", /… и ещё \d+\./);
});
