import assert from "node:assert/strict";
import { mirrorSlots, type Slot, slotSchema } from "../slots.ts";
import { parse } from "./parse.ts";

/** Slots as words, sorted, to be compared without regard to their order. */
const said = (text: string) =>
  parse(text).slots.map(({ kind, ...rest }) => [kind, ...Object.values(rest).map(String)].join(" ")).sort();
const same = (texts: readonly string[]) => {
  const [first, ...rest] = texts.map((text) => ({ text, slots: said(text) }));
  for (const { text, slots } of rest) assert.deepEqual(slots, first?.slots, text);
  return first?.slots ?? [];
};

Deno.test("parse() reads the same from whatever order of words, in both languages", () => {
  assert.deepEqual(
    same([
      "right arm forward at shoulder height",
      "forward at shoulder height: the right arm",
      "at shoulder height the right arm points forward",
      "правая рука вперёд на уровне плеча",
      "вперёд на уровне плеча правая рука",
      "рука правая на уровне плеч вперёд",
      "на уровне плеча вытяните вперёд руку правую".replace("вытяните ", ""),
    ]),
    ["limb arm right forward shoulder"],
  );
});

Deno.test("parse() knows a word in every form, with е for ё, and with a slip of the finger", () => {
  const arm = ["limb arm left place high"];
  for (
    const text of [
      "левая рука вертикально вверх",
      "левую руку вертикально вверх",
      "левой рукой вертикально вверх",
      "ЛЕВАЯ РУКА ВЕРТИКАЛЬНО ВВЕРХ",
      "левая рука вертикалньо вверх",
    ]
  ) assert.deepEqual(said(text), arm, text);
  assert.deepEqual(said("обе руки вперед"), said("обе руки вперёд"));
  assert.deepEqual(said("both arms forwrad"), said("both arms forward"));
  assert.deepEqual(said("right hand on the left sholder"), ["contact right shoulder left"]);
  assert.deepEqual(said("правая рука на левом пелче"), ["contact right shoulder left"]);
});

Deno.test("parse() tells both, the other and the same from one", () => {
  assert.deepEqual(said("обе руки в стороны"), ["limb arm left side", "limb arm right side"]);
  assert.deepEqual(same(["right arm up, the other down", "правая рука вверх, другая вниз"]), [
    "limb arm left low",
    "limb arm right high",
  ]);
  assert.deepEqual(same(["правая рука в сторону, левая вперёд", "right arm to the side, the left one forward"]), [
    "limb arm left forward",
    "limb arm right side",
  ]);
  assert.deepEqual(same(["правая рука вперёд, то же левой", "right arm forward, the same with the left"]), [
    "limb arm left forward",
    "limb arm right forward",
  ]);
  assert.deepEqual(same(["right hand on the left hip, the left hand too".replace("left hand too", "left hand also")]), [
    "contact left hip right",
    "contact right hip left",
  ]);
});

Deno.test("parse() turns left and right into away and across, by the limb's own side", () => {
  assert.deepEqual(same(["both arms to the left", "обе руки влево"]), ["limb arm left side", "limb arm right across"]);
  assert.deepEqual(said("right hand to the left shoulder"), ["contact right shoulder left true"]);
});

Deno.test("parse() hears a no", () => {
  assert.deepEqual(said("не сгибая колен"), ["bend knee left straight", "bend knee right straight"]);
  assert.deepEqual(same(["without bending the knees"]), ["bend knee left straight", "bend knee right straight"]);
  assert.deepEqual(parse("the right arm is not forward").slots, [
    { kind: "limb", limb: "arm", side: "right", direction: "forward", not: true },
  ]);
});

Deno.test("parse() reads contacts, palms, trunk, head, feet and posture", () => {
  const cases: [string, string, string[]][] = [
    ["hands on hips", "руки на поясе", ["contact left", "contact right"]],
    ["both hands behind the head", "обе руки за головой", ["contact left head_back", "contact right head_back"]],
    ["arms crossed on the chest", "руки скрещены на груди", ["crossed arms"]],
    ["palms together in front of the chest", "ладони вместе перед грудью", [
      "before left chest",
      "before right chest",
      "clasp",
    ]],
    ["trunk leaning to the left", "корпус наклонён влево", ["lean left"]],
    ["trunk turned to the right", "корпус повёрнут вправо", ["twist right"]],
    ["head tilted to the right", "голова наклонена вправо", ["head tilt-right"]],
    ["looking up", "взгляд вверх", ["head up"]],
    ["feet together", "ноги вместе", ["stance together"]],
    ["lying on the back", "лёжа на спине", ["posture lying_back"]],
    ["sitting on a chair", "сидя на стуле", ["posture seat"]],
    ["standing on the left leg", "стоя на левой ноге", ["support left"]],
    ["deep squat", "глубокий присед", ["posture squat"]],
    ["on tiptoe", "на носках", ["posture tiptoe"]],
    ["both hips swaying to the left", "бёдра уходят влево", ["sway left"]],
  ];
  for (const [en, ru, expected] of cases) {
    for (const text of [en, ru]) {
      const found = said(text);
      for (const slot of expected) assert.ok(found.some((one) => one.startsWith(slot)), `${text}: ${found.join("; ")}`);
    }
  }
});

Deno.test("parse() of a text with its sides exchanged is the mirror image", () => {
  const swap = (text: string) => text.replace(/\b(left|right)\b/g, (side) => side === "left" ? "right" : "left");
  for (
    const text of [
      "right hand on the left shoulder, left arm stretched forward, palm up",
      "trunk leaning to the left, right arm overhead, head tilted to the left",
      "standing on the right leg, left knee raised to hip height, both arms to the right",
      "lunge with the left leg forward, right arm up, left hand on the left hip",
    ]
  ) {
    const key = (slots: readonly Slot[]) => slots.map((slot) => JSON.stringify(slot, Object.keys(slot).sort())).sort();
    assert.deepEqual(key(parse(swap(text)).slots), key(mirrorSlots(parse(text).slots)), text);
  }
});

Deno.test("parse() says what it did not understand, and that it did not", () => {
  const partly = parse("right arm forward like a signpost, gloriously");
  assert.deepEqual(partly.unknown, ["gloriously"]);
  assert.ok(partly.understood);
  for (
    const text of [
      "",
      "   ",
      "?!",
      "🙂🙂",
      "как летний дождь",
      "linker Arm nach vorne gestreckt",
      "brazo derecho hacia arriba",
      "x",
    ]
  ) {
    const { slots, understood } = parse(text);
    assert.equal(understood, false, `${text}: ${JSON.stringify(slots)}`);
  }
});

Deno.test("parse() of ten thousand words takes less than two seconds", () => {
  const start = performance.now();
  const { slots } = parse("правая рука вперёд, абракадабра левой ладонью вверх и ".repeat(1250));
  assert.ok(slots.length > 0);
  assert.ok(performance.now() - start < 2000);
});

Deno.test("parse() gives slots that fit their schema", () => {
  for (
    const text of [
      "обе ладони за головой, локти в стороны",
      "lunge right, arms overhead, look left",
      "сидя на полу, ноги врозь",
    ]
  ) {
    for (const slot of parse(text).slots) assert.deepEqual(slotSchema.parse(slot), slot);
  }
});

Deno.test("parse() reads what people write: adverbs split in two, spelling by ear, chatter, angles", () => {
  const right = ["limb arm right side"];
  for (const text of ["правую руку в сторону", "правую руку в сторону пожалуйста", "превая рука в сторону"]) {
    assert.deepEqual(said(text), right, text);
  }
  assert.deepEqual(said("обе руки в верх"), said("обе руки вверх"));
  assert.deepEqual(said("левая рука в сторону, правая — тоже"), ["limb arm left side", "limb arm right side"]);
  assert.deepEqual(parse("дай мне, пожалуйста, картинку: человечек поднял обе руки вверх").unknown, []);
});
