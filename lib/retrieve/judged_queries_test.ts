import assert from "node:assert/strict";
import { loadLibrary } from "../library/mod.ts";
import { createPoseJudge, type JudgedQuery, parseQueries, QueryFileError, withoutQueriesOf } from "./mod.ts";

const context = { file: "dev.en.jsonl", language: "en", poseIds: new Set(["arms_up"]) } as const;
const arm = { kind: "limb", limb: "arm", side: "right", direction: "side" };
const line = (changes: Record<string, unknown>) =>
  JSON.stringify({ query: "right arm to the side", style: "terse", ids: ["arms_up"], must: [arm], ...changes });
const problems = (...lines: string[]) => parseQueries(lines.join("\n"), context).problems;

Deno.test("parseQueries() reads a query a line, with the file's language, and passes over empty lines", () => {
  const { queries, problems } = parseQueries(
    `${line({})}\n\n${line({ query: "a car", ids: [], must: [] })}\r\n`,
    context,
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(queries.map(({ query, language, ids }) => [query, language, ids]), [
    ["right arm to the side", "en", ["arms_up"]],
    ["a car", "en", []],
  ]);
});

Deno.test("parseQueries() names the file, the line, the field and the value of all that is wrong", () => {
  const wrong: [string, RegExp][] = [
    ["{", /^dev\.en\.jsonl:2: is not JSON: /],
    ["null", /^dev\.en\.jsonl:2: .*must be {"query": /],
    [line({ query: " " }), /^dev\.en\.jsonl:2: query: " "/],
    [line({ query: undefined }), /^dev\.en\.jsonl:2: query: is missing/],
    [line({ style: "rude" }), /^dev\.en\.jsonl:2: style: "rude": .*terse/],
    [line({ ids: "arms_up" }), /^dev\.en\.jsonl:2: ids: must be a list: \["arms_up"\]/],
    [line({ ids: ["arms_up", "nobody"] }), /^dev\.en\.jsonl:2: ids: "nobody" is no pose of the library/],
    [line({ must: [{ ...arm, side: "middle" }] }), /^dev\.en\.jsonl:2: must\[0\]\.side: "middle"/],
    [line({ must: [{ ...arm, kind: "wing" }] }), /^dev\.en\.jsonl:2: must\[0\]\.kind: "wing"/],
    [line({ must: [{ ...arm, colour: "red" }] }), /^dev\.en\.jsonl:2: must\[0\]: unknown key "colour"/],
    [line({ must: [] }), /^dev\.en\.jsonl:2: must: says nothing of the poses in ids/],
    [line({ ids: [] }), /^dev\.en\.jsonl:2: must: is for queries with ids only/],
    [line({ query: "Hands  up — straight!" }), /^dev\.en\.jsonl:2: query: is that of line 1 again/],
    [line({ mood: "good" }), /^dev\.en\.jsonl:2: unknown key "mood"/],
  ];
  for (const [text, message] of wrong) {
    const [problem, ...more] = problems(line({ query: "hands up, straight" }), text);
    assert.match(problem ?? "", message);
    assert.deepEqual(more, [], "one mistake, one line");
  }
  assert.deepEqual(problems(""), ["dev.en.jsonl: holds no query"]);
  assert.match(
    new QueryFileError(problems(line({}), "{", "[")).message,
    /^Cannot use the queries: 2 problems\n {2}dev/,
  );
});

Deno.test("withoutQueriesOf() leaves out what has the same words, however it is written", () => {
  const query = (text: string): JudgedQuery => ({ query: text, style: "terse", ids: [], must: [], language: "ru" });
  const left = withoutQueriesOf([query("Руки вверх!"), query("руки вперёд")], [query("руки вверх"), query("вперед")]);
  assert.deepEqual(left.map(({ query }) => query), ["руки вперёд"]);
});

Deno.test("the query files hold what they should: known poses, of which all that must hold does", async () => {
  const { poses } = await loadLibrary();
  const judge = createPoseJudge(poses);
  const poseIds = new Set(poses.map(({ id }) => id));
  for (const set of ["dev", "test"]) {
    for (const language of ["ru", "en"] as const) {
      const file = `${set}.${language}.jsonl`;
      const text = await Deno.readTextFile(new URL(`../../poses/eval/${file}`, import.meta.url));
      const { queries, problems } = parseQueries(text, { file, language, poseIds });
      // Of the test set only counted: nobody is to read its queries, in a failure's message neither.
      assert.equal(
        problems.length,
        0,
        `${file}: ${problems.length} problems ${set === "dev" ? problems.join("; ") : ""}`,
      );
      assert.ok(queries.length >= 200, `${file}: ${queries.length} queries`);
      const wrong = queries.filter(({ ids, must }) => !ids.every((id) => judge.holdsAll(id, must))).length;
      assert.equal(wrong, 0, `${file}: facts of ${wrong} queries do not hold of their answers`);
    }
  }
});
