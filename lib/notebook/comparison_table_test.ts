import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { RUNGS } from "../agent/mod.ts";
import { comparisonTable, readMeasurements, sharedCosts } from "./comparison_table.ts";
import { madeUpReport } from "./comparison_testing.ts";

/** The checkout's measurements, with a made-up comparison. */
async function measurements() {
  const folder = await Deno.makeTempDir();
  try {
    for (const name of ["retrieval", "growth", "bench"]) {
      await Deno.copyFile(new URL(`../../outputs/showcase/${name}.json`, import.meta.url), `${folder}/${name}.json`);
    }
    await Deno.writeTextFile(`${folder}/compare.json`, JSON.stringify(madeUpReport()));
    return await readMeasurements(pathToFileURL(`${folder}/`));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const measured = await measurements();

Deno.test("the table has a row a method, and in every cell a figure with its source", () => {
  const rows = comparisonTable(measured, "a");
  assert.deepEqual(rows.map(({ method }) => method), Object.keys(RUNGS));
  for (const { method, source, ...cells } of rows) {
    for (const [criterion, cell] of Object.entries(cells)) assert.match(cell, /\d/, `${method}, ${criterion}`);
    assert.match(source, /^compare\.json/);
  }
  assert.equal(rows[1]?.reliability, "10 % (2–40) right");
  assert.equal(rows[1]?.["demand on the model"], "100 + 20 tokens, 450 MB");
  assert.match(comparisonTable(measured, "a on ollama")[0]?.["demand on the model"] ?? "", /900 MB/);
  assert.equal(rows.at(-1)?.variety, "8 different of 10 figures");
  assert.throws(() => comparisonTable(measured, "b"), /"b": measured are .*a on ollama/);
});

Deno.test("what the methods share stands in the checkout's measurements", () => {
  const rows = sharedCosts(measured);
  assert.equal(rows.length, 6);
  for (const { measured } of rows) assert.match(measured, /^\d/);
  assert.ok(
    ["retrieval.json", "growth.json", "bench.json"].every((file) => rows.some(({ source }) => source === file)),
  );
});
