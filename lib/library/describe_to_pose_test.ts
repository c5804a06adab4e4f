import assert from "node:assert/strict";
import { factsOf, holds, tellSlot } from "../describe/mod.ts";
import { compose, notationOf, parse } from "../notation/mod.ts";
import { LANGUAGES } from "../text/mod.ts";
import { verify } from "../skeleton/mod.ts";
import { loadLibrary } from "./library.ts";

/** One of so many descriptions is taken: no divisor of how many a pose has, so that their first ones and last ones are. */
const EVERY = 5;

const { poses } = await loadLibrary();
const texts = poses.flatMap(({ describe }) => LANGUAGES.flatMap((language) => describe[language]))
  .filter((_, i) => i % EVERY === 0);

const percent = (part: number, whole: number) => `${(100 * part / whole).toFixed(1)} %`;

Deno.test("what the parser reads in a description becomes a body of which the description holds", () => {
  const read = texts.map((text) => ({ text, ...parse(text) })).filter(({ understood }) => understood);
  const composed = read.flatMap(({ text, slots }) => {
    const result = compose(notationOf(slots));
    if (result.kind === "refused") return [];
    assert.deepEqual(verify(result.pose, result), [], text);
    const facts = factsOf(result.pose);
    return [{ text, wrong: slots.filter((slot) => !holds(slot, facts)) }];
  });
  const right = composed.filter(({ wrong }) => wrong.length === 0);
  console.log(
    `${read.length} descriptions understood, ${percent(composed.length, read.length)} composed, ` +
      `of those ${percent(right.length, composed.length)} as described`,
  );
  assert.ok(read.length > 500, String(read.length));
  assert.ok(composed.length >= read.length * 0.93, percent(composed.length, read.length));
  const examples = composed.flatMap(({ text, wrong }) => wrong.slice(0, 1).map((slot) => `${tellSlot(slot)}: ${text}`));
  assert.ok(
    right.length >= composed.length * 0.9,
    `${percent(right.length, composed.length)}\n${examples.slice(0, 20).join("\n")}`,
  );
});

Deno.test("notationOf() gives one arm, the other, and a palm without a side each its own side", () => {
  const notation = (text: string) => notationOf(parse(text).slots);
  const { left_arm, right_arm } = notation("one arm up, the other one forward");
  assert.deepEqual([left_arm, right_arm].sort(), ["forward middle", "place high"]);
  assert.deepEqual(notation("lunge to the side on the left leg").weight, "left");
});
