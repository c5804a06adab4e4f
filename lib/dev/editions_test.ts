import assert from "node:assert/strict";
import { basename, dirname, join } from "node:path";
import { NAVIGATION, notebookPath, withNavigation, withOutputsOf } from "./course.ts";
import { makeEditions } from "./editions.ts";
import { type Cell, codeCells, type Notebook, parseNotebook, sourceOf } from "./notebook_file.ts";
import { markOf, russianEdition } from "./russian_edition.ts";

const { texts, faults } = await makeEditions();
const notebooks = new Map([...texts].map(([path, text]) => [path, parseNotebook(text, path)]));

const cell = (cell_type: "code" | "markdown", id: string, source: string, outputs: Cell["outputs"] = []): Cell => ({
  cell_type,
  id,
  source,
  metadata: {},
  ...(cell_type === "code" && { outputs }),
});
const notebook = (...cells: Cell[]): Notebook => ({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });

Deno.test("every generated notebook is as it would be generated now (`deno task editions` writes them)", async () => {
  assert.deepEqual(faults, []);
  const old: string[] = [];
  for (const [path, text] of texts) if (await Deno.readTextFile(path).catch(() => "") !== text) old.push(path);
  assert.deepEqual(old, []);
});

Deno.test("the Russian editions have the code of the English ones; exercises differ in the language of check() only", () => {
  for (const [path, english] of notebooks) {
    if (path.split(/[\\/]/)[1] === "ru") continue;
    const russian = notebooks.get(path.replace("notebooks", join("notebooks", "ru")));
    if (!russian) continue;
    const inRussian = (source: string) => source.replace('find, language: "en" }', 'find, language: "ru" }');
    assert.deepEqual(codeCells(russian), codeCells(english).map(inRussian), path);
    const prose = russian.cells.filter(({ cell_type }) => cell_type === "markdown").map(sourceOf);
    for (const text of prose) assert.match(text, /[а-яё]/i, `${path}: ${text.slice(0, 60)}`);
  }
});

Deno.test("every link and picture of a notebook leads to something that is there", async () => {
  for (const [path, { cells }] of notebooks) {
    for (const source of cells.filter(({ cell_type }) => cell_type === "markdown").map(sourceOf)) {
      for (const [, target = ""] of source.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
        if (target.startsWith("#")) {
          const heading = decodeURIComponent(target.slice(1)).replaceAll("-", " ");
          const all = cells.map(sourceOf).join("\n").replace(/[`*_]/g, "").replaceAll("-", " ");
          assert.ok(all.includes(`## ${heading}`), `${path}: ${target}`);
        } else await Deno.stat(join(dirname(path), target)).catch(() => assert.fail(`${path}: ${target}`));
      }
    }
  }
});

Deno.test("a solved notebook has an exercise's every cell, and the blank one none of its outputs", () => {
  for (const [path, solved] of notebooks) {
    if (!path.includes("solutions")) continue;
    const blank = notebooks.get(path.replace("solutions", "exercises"));
    assert.deepEqual(blank?.cells.map(({ id }) => id), solved.cells.map(({ id }) => id), path);
    assert.notDeepEqual(blank && codeCells(blank), codeCells(solved));
    assert.ok(blank?.cells.every(({ outputs }) => (outputs ?? []).length === 0), basename(path));
  }
});

Deno.test("withNavigation() puts links and sections at the top, once", () => {
  const plain = notebook(cell("markdown", "a", "# Step 2. Calls: how\n\n## One `two` (three)\n\n### Not this"));
  const path = notebookPath("b", "exercises", "ru");
  const links = [{ text: "← Шаг", path: notebookPath("a", "chapter", "en") }];
  const once = withNavigation(plain, path, links, "ru");
  const [first] = once.cells;
  assert.equal(first?.["id"], NAVIGATION);
  assert.match(first ? sourceOf(first) : "", /^\[← Шаг\]\(\.\.\/\.\.\/a\.ipynb\)\n\n<details><summary>Содержание/);
  assert.match(first ? sourceOf(first) : "", /- \[One two \(three\)\]\(#One-two-%28three%29\)\n\n<\/details>$/);
  assert.deepEqual(withNavigation(once, path, links, "ru"), once);
});

Deno.test("withOutputsOf() keeps outputs only where all of the code is the same", () => {
  const output = [{ output_type: "stream", text: "1" }];
  const executed = notebook(cell("code", "a", "1", output), cell("code", "b", "2", output));
  const same = notebook(cell("markdown", "m", "text"), cell("code", "a", "1"), cell("code", "b", "2"));
  const changed = notebook(cell("code", "a", "3"), cell("code", "b", "2"));
  assert.deepEqual(withOutputsOf(same, executed).cells.map(({ outputs }) => outputs?.length), [undefined, 1, 1]);
  assert.deepEqual(withOutputsOf(changed, executed), changed);
  assert.deepEqual(withOutputsOf(same, undefined), same);
});

Deno.test("russianEdition() takes translations by cell, and says which are missing, old or left over", () => {
  const chapter = notebook(cell("markdown", "a", "One."), cell("code", "b", "1"), cell("markdown", "c", "Two."));
  const good = `<!-- a ${markOf("One.")} -->\n\nРаз.\n\n<!-- c ${markOf("Two.")} -->\nДва.\n`;
  const made = russianEdition(chapter, good, "x.md");
  assert.deepEqual(made.faults, []);
  assert.deepEqual(made.notebook.cells.map(sourceOf), ["Раз.", "1", "Два."]);

  const bad = `<!-- a 00000000 -->\nРаз.\n<!-- z ${markOf("Two.")} -->\nДва.\n`;
  const lines = russianEdition(chapter, bad, "x.md").faults;
  assert.match(lines[0] ?? "", /x\.md: the English of "a" has changed/);
  assert.match(lines[1] ?? "", new RegExp(`begins "Two\\.": translate it below a line <!-- c ${markOf("Two.")} -->`));
  assert.match(lines[2] ?? "", /"z" is no Markdown cell/);

  const away = notebook(cell("code", "b", 'await show(await Deno.readFile("../outputs/a.gif"));'));
  assert.match(russianEdition(away, "", "x.md").faults.join(), /names "\.\.\/outputs\/a\.gif….*use atRoot/);
});
