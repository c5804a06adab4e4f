import assert from "node:assert/strict";
import { DIRECTION_WORDS, mirrorPose, solve } from "../notation/mod.ts";
import { REST, SIDES } from "../skeleton/mod.ts";
import { caption } from "./caption.ts";
import { type Posecode, posecodes } from "./posecodes.ts";

const codes = (notation: Parameters<typeof solve>[0]) => posecodes(solve(notation).pose);
const has = (list: readonly Posecode[], expected: Partial<Posecode>) =>
  list.some((code) => Object.entries(expected).every(([key, value]) => Reflect.get(code, key) === value));

Deno.test("posecodes() reads back every direction word of a straight arm, on both sides", () => {
  for (const side of SIDES) {
    for (const direction of DIRECTION_WORDS) {
      const found = codes({ [`${side}_arm`]: direction });
      assert.ok(has(found, { kind: "limb", limb: `${side}_arm`, direction }), `${side} ${direction}`);
    }
  }
});

Deno.test("posecodes() reads back both bones of a bent arm and how far it is bent", () => {
  const found = codes({ right_arm: { upper: "side middle", lower: "place high" }, right_palm: "forward" });
  assert.ok(has(found, { kind: "bone", bone: "right_upper_arm", direction: "side middle" }));
  assert.ok(has(found, { kind: "bone", bone: "right_forearm", direction: "place high" }));
  assert.ok(has(found, { kind: "bend", joint: "right_elbow", bend: "right_angle", degrees: 90 }));
  assert.ok(has(found, { kind: "palm", hand: "right", facing: "forward" }));
});

Deno.test("posecodes() finds the place that a hand was laid on", () => {
  for (
    const touch of [
      "left_shoulder",
      "head_back",
      "left_hip",
      "right_hip",
      "right_hip_back",
      "heart",
      "forehead",
      "mouth",
    ] as const
  ) {
    assert.ok(has(codes({ right_arm: { touch } }), { kind: "contact", hand: "right", place: touch }), touch);
  }
  assert.equal(codes({}).some(({ kind }) => kind === "contact"), false);
});

Deno.test("posecodes() tells what carries the body, and how the feet stand", () => {
  const support = (notation: Parameters<typeof solve>[0]) => {
    const found = codes(notation).find((code) => code.kind === "support");
    return found?.kind === "support" ? found.by.join() : "";
  };
  assert.equal(support({}), "left_foot,right_foot");
  assert.equal(support({ left_leg: { upper: "forward middle", lower: "place low" } }), "right_foot");
  assert.equal(support({ base: "airborne" }), "");
  assert.match(support({ base: "kneeling" }), /left_knee.*right_knee/);
  assert.match(support({ base: "seat" }), /stool/);
  assert.match(support({ base: "plank" }), /left_foot,left_hand,right_foot,right_hand/);
  for (const feet of ["together", "apart", "wide"] as const) {
    assert.ok(has(codes({ feet }), { kind: "feet", stance: feet }));
  }
  assert.ok(has(codes({ base: "lying_back" }), { kind: "posture", posture: "lying_back" }));
  assert.ok(has(codes({ base: "lying_front" }), { kind: "posture", posture: "lying_front" }));
});

Deno.test("posecodes() tells leans, twists and turns of the head by the figure's own sides", () => {
  assert.ok(has(codes({ torso: { lean: "forward 40" } }), { kind: "lean", way: "forward" }));
  assert.ok(has(codes({ torso: { lean: "left 30" } }), { kind: "lean", way: "left" }));
  assert.ok(has(codes({ torso: { twist: "right 35" } }), { kind: "twist", way: "right", degrees: 35 }));
  assert.ok(has(codes({ head: ["left 45"] }), { kind: "head", way: "left", degrees: 45 }));
  assert.ok(has(codes({ head: ["tilt-right 30"] }), { kind: "head", way: "tilt-right", degrees: 30 }));
});

Deno.test("posecodes() of the mirror image are the mirrored posecodes", () => {
  const swap = (text: string) =>
    text.replace(/(?<![a-z])(left|right)(?!_angle|[a-z])/g, (side) => side === "left" ? "right" : "left");
  const sorted = (list: readonly Posecode[]) => list.map((code) => JSON.stringify(code)).sort();
  for (
    const notation of [
      { right_arm: "side high", left_arm: { touch: "left_hip" } },
      { right_leg: { step: "forward long", knee: 90 }, head: ["left 40"] },
      { torso: { lean: "left 30", twist: "left 20" }, right_arm: { upper: "forward middle", lower: "across high" } },
    ] as const
  ) {
    const { pose } = solve(structuredClone(notation) as Parameters<typeof solve>[0]);
    const mirrored = sorted(posecodes(mirrorPose(pose)));
    const expected = posecodes(pose).map((code) =>
      code.kind === "support" ? { ...code, by: code.by.map(swap).sort() } : JSON.parse(swap(JSON.stringify(code)))
    );
    assert.deepEqual(mirrored, sorted(expected as Posecode[]));
  }
});

Deno.test("posecodes() takes joints alone", () => {
  assert.ok(has(posecodes({ joints: REST }), { kind: "limb", limb: "left_arm", direction: "place low" }));
});

const told = (
  notation: Parameters<typeof solve>[0],
  language: "en" | "ru",
  length: "short" | "long" = "short",
  seed = 0,
) => caption(codes(notation), { language, length, seed });

Deno.test("caption() tells a pose as a person would, in both languages", () => {
  const wave = { right_arm: { upper: "side middle", lower: "place high" }, right_palm: "forward" } as const;
  assert.equal(told(wave, "en"), "the right arm bent: upper arm to the side, forearm up, palm forward");
  assert.equal(told(wave, "ru"), "правая рука согнута в локте: плечо в сторону, предплечье вверх, ладонь вперёд");
  const hug = { right_arm: { touch: "left_shoulder" }, left_arm: { touch: "right_shoulder", over: true } } as const;
  assert.equal(told(hug, "en"), "both hands crossed, on the opposite shoulders");
  assert.equal(told(hug, "ru"), "руки скрещены, ладони на противоположных плечах");
  const knee = { left_leg: { upper: "forward middle", lower: "place low" } } as const;
  assert.match(told(knee, "en"), /right leg, the left knee/);
  assert.match(told(knee, "ru"), /правой ноге, левое колено/);
});

Deno.test("caption() varies with the seed, repeats with the same, and says more when long", () => {
  const arms = { right_arm: "side middle", left_arm: "place high" } as const;
  const variants = new Set(Array.from({ length: 12 }, (_, seed) => told(arms, "ru", "short", seed)));
  assert.ok(variants.size >= 3, [...variants].join("\n"));
  assert.equal(told(arms, "ru", "short", 5), told(arms, "ru", "short", 5));
  assert.ok(told({}, "en", "long").length > told({}, "en").length);
});

Deno.test("caption() has a phrase for every direction word in both languages", () => {
  for (const language of ["en", "ru"] as const) {
    for (const direction of DIRECTION_WORDS) {
      const text = told(
        {
          right_arm: direction,
          left_leg: {
            upper: direction === "place high" ? "place low" : direction,
            lower: direction === "place high" ? "place low" : direction,
          },
        },
        language,
        "long",
      );
      assert.doesNotMatch(text, /undefined|\{|\}/, text);
      assert.match(text, language === "ru" ? /рук[аи]/ : /arm/, text);
    }
  }
});

Deno.test("posecodes() and caption() name the postures on the floor, and no other", () => {
  const prop = { touch: "floor", at: "forward" } as const;
  const cases: readonly (readonly [Parameters<typeof solve>[0], posture: string, en: RegExp, ru: RegExp])[] = [
    [{ base: "all_fours" }, "all_fours", /all fours|hands and knees/, /четвереньках|коленях/],
    [{ base: "lying_left" }, "lying_left", /left side/, /левом боку/],
    [{ base: "lying_right" }, "lying_right", /right side/, /правом боку/],
    [{ base: "side_plank_right" }, "side_plank_right", /side plank on the right/, /боковой планке на правой/],
    [{ base: "reverse_plank" }, "reverse_plank", /reverse plank/, /обратной планке/],
    [{ base: "plank" }, "prone", /plank|hands and toes/, /планке|носках/],
    [{ base: "lying_back", knees: 85, hips: "up 28" }, "bridge", /hips lifted/, /таз поднят/],
    [{ base: "lying_back", knees: 90 }, "lying_back", /back|face up/, /спине|вверх/],
    [
      { base: "lying_front", torso: { lean: "back 40" }, left_arm: prop, right_arm: prop },
      "lying_front",
      /front|face down/,
      /животе|вниз/,
    ],
    [{ base: "kneeling", knees: 150 }, "upright", /sitting on the heels/, /сидя на пятках/],
    [{ base: "kneeling", left_leg: { step: "forward" } }, "upright", /on the right knee/, /правом колене/],
    [{ heels: "up" }, "upright", /on tiptoe/, /на носках/],
  ];
  for (const [notation, posture, en, ru] of cases) {
    assert.ok(
      has(codes(notation), { kind: "posture", posture } as Partial<Posecode>),
      `${posture}: ${told(notation, "en")}`,
    );
    assert.match(told(notation, "en"), en);
    assert.match(told(notation, "ru"), ru);
  }
});
