import assert from "node:assert/strict";
import { type Facts, factsOf, holds } from "../describe/mod.ts";
import { mirrorPose, parse, type Slot } from "../notation/mod.ts";
import { angle, type Pose, type Side, sub } from "../skeleton/mod.ts";
import { type Language, LANGUAGES } from "../text/mod.ts";
import { checkDescriptions, checkMoves } from "./check_descriptions.ts";
import { loadLibrary } from "./library.ts";

const library = await loadLibrary();

Deno.test("no description of a pose says what its geometry does not, and two a language are understood", () => {
  const problems = library.poses.flatMap((pose) => checkDescriptions(pose).map((problem) => `${pose.id}: ${problem}`));
  assert.deepEqual(problems, []);
});

Deno.test("every pose has four descriptions or more in each language", () => {
  const few = library.poses.filter(({ describe }) => LANGUAGES.some((language) => describe[language].length < 4));
  assert.deepEqual(few.map(({ id }) => id), []);
});

Deno.test("every move of a choreography is as its pose is", () => {
  const problems = library.choreographies.flatMap((dance) =>
    checkMoves(dance, library.pose).map((problem) => `${dance.id}: ${problem}`)
  );
  assert.deepEqual(problems, []);
});

Deno.test("checkDescriptions() names the description that lies, and what it says", () => {
  const pose = library.pose("right_arm_forward");
  assert.ok(pose);
  const [lie, ...more] = checkDescriptions({
    pose: pose.pose,
    describe: { en: ["left arm forward, right arm hanging", "right arm forward"], ru: pose.describe.ru },
  });
  assert.deepEqual(more, []);
  assert.match(lie ?? "", /describe\.en: "left arm forward, right arm hanging" says "arm left forward", "arm right/);
  const [vague] = checkDescriptions({
    pose: pose.pose,
    describe: { en: pose.describe.en, ru: ["вот так", "ну и поза"] },
  });
  assert.match(vague ?? "", /describe\.ru: the parser understands 0 of 2 descriptions/);
});

const EXCHANGED: Record<Language, (text: string) => string> = {
  en: (text) => text.replace(/\b(left|right)\b/gi, (word) => word.toLowerCase() === "left" ? "right" : "left"),
  ru: (text) => {
    const adverbs: Record<string, string> = {
      влево: "вправо",
      вправо: "влево",
      налево: "направо",
      направо: "налево",
      слева: "справа",
      справа: "слева",
    };
    return text.replace(
      /(лев|прав)(?=(?:ая|ую|ой|ою|ое|ый|ого|ому|ым|ом|ые|ых|ыми)(?![а-яё]))/gi,
      (stem) => stem.toLowerCase() === "лев" ? "прав" : "лев",
    )
      .replace(/(?<![а-яё])(влево|вправо|налево|направо|слева|справа)(?![а-яё])/g, (word) => adverbs[word] ?? word);
  },
};
/** One level for another, where the sentence stays one. */
const LEVELS: Record<Language, readonly (readonly [RegExp, string])[]> = {
  en: [
    [/at shoulder height|to shoulder height/, "at waist height"],
    [/(straight up )?overhead|straight up/, "at waist height"],
    [/(?<=arms? )hanging( down)?( at the sides?)?/, "straight up overhead"],
  ],
  ru: [
    [/на уровне плеч[аи]?/, "на уровне пояса"],
    [/прямо вверх|над головой|вертикально вверх/, "на уровне пояса"],
    [/(?<=рук[аи] )опущен[аы]/, "прямо над головой"],
  ],
};

/** Whether a limb is held otherwise in a pose than in its mirror image, by 40° of a bone. */
function differs(pose: Pose, mirrored: Pose, side: Side, limb: "arm" | "leg"): boolean {
  const names = limb === "arm" ? ["shoulder", "elbow", "wrist"] as const : ["hip", "knee", "ankle"] as const;
  const bone = ({ joints }: Pose, i: 0 | 1) =>
    sub(joints[`${side}_${names[i === 0 ? 1 : 2]}`], joints[`${side}_${names[i]}`]);
  return ([0, 1] as const).some((i) => angle(bone(pose, i), bone(mirrored, i)) > 40);
}

/** Whether a slot, told with the sides exchanged, is not so any more. */
function becomesFalse(slot: Slot, pose: Pose, mirrored: Pose): boolean {
  switch (slot.kind) {
    case "limb":
      return slot.side !== "any" && differs(pose, mirrored, slot.side, /arm|elbow/.test(slot.limb) ? "arm" : "leg");
    case "contact":
      return slot.hand !== "any" && differs(pose, mirrored, slot.hand, "arm");
    case "lean":
    case "head":
      return /left|right/.test(slot.way);
    case "twist":
    case "sway":
      return true;
    case "support":
      return slot.leg !== "any";
    default:
      return false;
  }
}

/** Every description with its pose, where it is understood and true. */
function* trueDescriptions(): Generator<{ pose: Pose; facts: Facts; text: string; language: Language }> {
  for (const { pose, describe } of library.poses) {
    const facts = factsOf(pose);
    for (const language of LANGUAGES) {
      for (const text of describe[language]) if (parse(text).understood) yield { pose, facts, text, language };
    }
  }
}

/** The share of wrong descriptions, of those that the parser understands, that are found out. */
function refused(wrong: Iterable<{ text: string; facts: Facts }>): { share: number; count: number; missed: string[] } {
  let [count, found] = [0, 0];
  const missed: string[] = [];
  for (const { text, facts } of wrong) {
    const { slots, understood } = parse(text);
    if (!understood) continue;
    count++;
    if (slots.some((slot) => !holds(slot, facts))) found++;
    else missed.push(text);
  }
  return { share: found / count, count, missed };
}

Deno.test("of descriptions with left and right exchanged 95 % are refused", () => {
  const { share, count, missed } = refused(function* () {
    for (const { pose, facts, text, language } of trueDescriptions()) {
      const mirrored = EXCHANGED[language](text);
      const other = mirrorPose(pose);
      if (mirrored !== text && parse(mirrored).slots.some((slot) => becomesFalse(slot, pose, other))) {
        yield { text: mirrored, facts };
      }
    }
  }());
  console.log(`${(100 * share).toFixed(1)} % of ${count} refused`);
  assert.ok(count > 1000 && share >= 0.95, `${share} of ${count}:\n${missed.slice(0, 12).join("\n")}`);
});

Deno.test("of descriptions with another level 95 % are refused", () => {
  const { share, count, missed } = refused(function* () {
    for (const { facts, text, language } of trueDescriptions()) {
      // Only of arms, and of who stands or sits up: heights say nothing of who lies.
      if (!facts.upright || !/\b(arm|hand)s?\b|(?<![а-яё])(рук|ладон|кист)/.test(text)) continue;
      const [pattern, level] = LEVELS[language].find(([pattern]) => pattern.test(text)) ?? [];
      if (pattern && level) yield { text: text.replace(pattern, level), facts };
    }
  }());
  console.log(`${(100 * share).toFixed(1)} % of ${count} refused`);
  assert.ok(count > 500 && share >= 0.95, `${share} of ${count}:\n${missed.slice(0, 12).join("\n")}`);
});
