import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { readExercises } from "./exercise.ts";

Deno.test("every notebook has three exercises or more, under ids of their own; the project one", async () => {
  const files = await readExercises();
  const all = [...files.values()].flatMap(({ exercises }) => exercises.map(({ id }) => id));
  assert.equal(new Set(all).size, all.length);
  for (const [name, { exercises }] of files) assert.ok(exercises.length >= (/project/.test(name) ? 1 : 3), name);
});

Deno.test("readExercises() names the file, the field and what is wrong with it", async () => {
  const folder = await Deno.makeTempDir();
  const text = await Deno.readTextFile("notebooks/exercises/03_rag.json");
  const write = (from: string, to: string) => Deno.writeTextFile(join(folder, "x.json"), text.replace(from, to));
  const url = pathToFileURL(`${folder}/`);
  await write('"hints"', '"hint"');
  await assert.rejects(readExercises(url), /x\.json:[^]*unknown key "hint" \(did you mean "hints"\?\)/);
  await write("the right arm points forward at shoulder height", "be yourself");
  await assert.rejects(
    readExercises(url),
    /exercise 1 \(exercises\[0\]\.expect\.facts\[0\]\).*the parser does not understand it/,
  );
  await Deno.remove(folder, { recursive: true });
});
