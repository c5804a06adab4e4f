import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { readExercises } from "../notebook/mod.ts";
import { studentFiles } from "./student_edition.ts";

Deno.test("the students' edition has the exercises and all that runs them, and no solution", async () => {
  const files = await studentFiles();
  for (const path of ["Makefile", "deno.json", "lib/mod.ts", "poses/dances/macarena.json", "poses/eval/dev.ru.jsonl"]) {
    assert.ok(files.has(path), path);
  }
  const decoder = new TextDecoder();
  const texts = new Map([...files].map(([path, bytes]) => [path, decoder.decode(bytes)]));
  for (const [name, { exercises }] of await readExercises()) {
    for (const folder of ["notebooks", "notebooks/ru"]) assert.ok(files.has(`${folder}/exercises/${name}.ipynb`));
    const data = texts.get(`notebooks/exercises/${name}.json`) ?? "";
    for (const { id, start, solution = [] } of exercises) {
      assert.ok(data.includes(id));
      const given = solution.filter((line) => !start.includes(line) && line.length > 20);
      for (const line of given) assert.ok(!data.includes(JSON.stringify(line).slice(1, -1)), `${id}: ${line}`);
      const words = (id === "own-words" ? given : []).flatMap((line) => line.match(/"[^"]* [^"]* [^"]*"/g) ?? []);
      for (const text of words) {
        for (const [path, all] of texts) assert.ok(!all.includes(text), `${path} tells ${text}`);
      }
    }
  }
  const notebooks = [...texts].filter(([path]) => path.endsWith(".ipynb"));
  for (const [path, text] of notebooks) assert.doesNotMatch(text, /solutions\//, `${path} links to what is not there`);
  assert.deepEqual([...files.keys()].filter((path) => /solutions|LECTURER/.test(path)), []);
  for (const [path, text] of texts) {
    if (!path.endsWith(".md")) continue;
    for (const [, target = ""] of text.matchAll(/\]\(([\w./-]+)(?:#[^)]*)?\)/g)) {
      const there = join(dirname(path), target);
      const known = files.has(there) || [...files.keys()].some((file) => file.startsWith(join(there, "/")));
      assert.ok(known, `${path} links to ${target}, which is not there`);
    }
  }
});
