import assert from "node:assert/strict";
import { type Facts, factsOf, holds } from "../describe/mod.ts";
import { mirrorPose, parse, type Slot } from "../notation/mod.ts";
import { angle, type Pose, type Side, sub } from "../skeleton/mod.ts";
import { type Language, LANGUAGES } from "../text/mod.ts";
import { checkDescriptions, checkMoves } from "./check_descriptions.ts";
import { createTextCheck } from "./check_texts.ts";
import { loadLibrary } from "./library.ts";
import { namesTaken } from "./names_taken.ts";

const library = await loadLibrary();

Deno.test("no description of a pose says what its geometry does not, and two a language are understood", () => {
  const problems = library.poses.flatMap((pose) => checkDescriptions(pose).map((problem) => `${pose.id}: ${problem}`));
  assert.deepEqual(problems, []);
});

Deno.test("every move of a choreography is as its pose is", () => {
  const problems = library.choreographies.flatMap((dance) =>
    checkMoves(dance, library.poses).map((problem) => `${dance.id}: ${problem}`)
  );
  assert.deepEqual(problems, []);
});

Deno.test("no description is in another language, stands twice, or holds a dance's name: retrieval is earned", () => {
  const check = createTextCheck([], library.choreographies);
  assert.deepEqual(library.poses.flatMap((pose) => check(pose).map((problem) => `${pose.id}: ${problem}`)), []);
});

Deno.test("no two dances share a name, as requests are matched with it", () => {
  assert.deepEqual(namesTaken(library.choreographies), []);
  const dance = library.choreography("macarena") ?? assert.fail();
  const named = (en: string, ru: string, alias = "dab") =>
    namesTaken([dance, { ...dance, id: "dab", name: { en, ru }, aliases: { en: [alias], ru: [] } }]).join("\n");
  const message =
    /^poses\/dances\/dab\.json: (\S+): "(.+)" is the name of poses\/dances\/macarena\.json: choose another$/;
  assert.deepEqual(named("MACARENA!", "Дэб").match(message)?.slice(1), ["name.en", "MACARENA!"]);
  assert.deepEqual(named("Dab", "Макарену").match(message)?.slice(1), ["name.ru", "Макарену"]);
  assert.deepEqual(named("Dab", "Дэб", "maca-rena").match(message)?.slice(1), ["aliases.en[0]", "maca-rena"]);
  assert.equal(named("Dab", "Дэб"), "");
});

Deno.test("checkDescriptions() says what a description claims, and what the pose is", () => {
  const pose = library.pose("right_arm_forward");
  assert.ok(pose);
  const [lie, ...more] = checkDescriptions({
    ...pose,
    describe: { en: ["left arm forward, right arm hanging", "right arm forward"], ru: pose.describe.ru },
  });
  assert.deepEqual(more, []);
  assert.match(
    lie ?? "",
    /^describe\.en: "left arm forward, right arm hanging" says that the left arm is forward and the right arm is hanging; the pose is "the right arm .*": change the words or the pose$/,
  );
  const [vague] = checkDescriptions({ ...pose, describe: { en: pose.describe.en, ru: ["вот так", "ну и поза"] } });
  assert.match(vague ?? "", /^describe\.ru: 0 of 2 descriptions are understood: let at least 2 say plainly/);
});

Deno.test("a text check tells a foreign letter, a description that is taken, and a dance's name", () => {
  const [pose = assert.fail(), other = assert.fail()] = library.poses;
  const check = createTextCheck([other], library.choreographies);
  const said = (en: string, ru = "такая поза") => check({ ...pose, describe: { en: [en], ru: [ru] } }).join("\n");
  assert.match(
    said("arms as in the Macarena"),
    /^describe\.en: .* holds a dance's name, "Macarena": say where the limbs are$/,
  );
  assert.match(
    said(`${other.describe.en[0]}!`, "ещё одна"),
    new RegExp(`description of "${other.id}" \\(${other.file}\\)`),
  );
  assert.match(said("руки вверх", "ну и поза"), /stands under en, English, and holds Cyrillic letters/);
  assert.match(said("a new one", "arms up"), /describe\.ru: .* Latin letters/);
  assert.equal(said("one more, as a letter V", "руки буквой V"), "");
  assert.match(
    said("one more, as a letter V", "поза"),
    new RegExp(`description of "${pose.id}"`),
    "what it saw is taken",
  );
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
