import assert from "node:assert/strict";
import { describedPoses, loadLibrary } from "../library/mod.ts";
import { createHybridRetriever } from "../retrieve/mod.ts";
import { parseCompareRequests } from "./compare_requests.ts";
import { summarise } from "./compare_summary.ts";
import { type CompareRow, compareRun, identityOf, parseRows, planRuns, rowKey } from "./comparison.ts";
import { says, withServer } from "./testing.ts";

const library = await loadLibrary();
const retriever = createHybridRetriever(describedPoses(library), { embeddings: false });
const arm = { kind: "limb", limb: "arm", side: "right", direction: "place", level: "high" };
const requests = parseCompareRequests(
  JSON.stringify({
    figures: [{ id: "up", request: "raise the right arm straight up", must: [arm] }],
    dances: [{ id: "squats", request: "Покажи приседания", dance: "squats", frames: 4 }],
  }),
  "x",
  library,
);

/** The rows of a few runs against a server. */
async function rowsOf(methods: Parameters<typeof planRuns>[0], answer: () => Response, seeds = [1]) {
  const rows: CompareRow[] = [];
  await withServer(answer, async (connect) => {
    const connection = await connect();
    for (const run of planRuns(methods, requests, seeds)) {
      const row = await compareRun(run, { library, retriever, connection });
      assert.equal(rowKey(row), rowKey(identityOf(run, connection)));
      rows.push(row);
    }
  });
  return rows;
}

Deno.test("each method, request and seed is planned once; without a model one seed is enough", () => {
  const plan = planRuns(["schema", "retrieve"], requests, [1, 2, 3]);
  const keys = plan.map(({ method, request, seed }) => `${method} ${request.id} ${seed}`);
  assert.equal(new Set(keys).size, plan.length);
  assert.equal(plan.filter(({ method }) => method === "schema").length, 6);
  assert.equal(plan.filter(({ method }) => method === "retrieve").length, 2);
});

Deno.test("a row is read again as it was written, and a last line that was cut off is passed over", async () => {
  const rows = await rowsOf(["retrieve", "select"], () => says({ choice: "no such pose" }));
  const text = rows.map((row) => JSON.stringify(row)).join("\n") + "\n";
  assert.deepEqual(parseRows(text, "rows"), rows);
  assert.deepEqual(parseRows(text.slice(0, -30), "rows"), rows.slice(0, -1));
  assert.deepEqual(parseRows("", "rows"), []);
  assert.throws(() => parseRows(`{"method": 1}\n${text}`, "runs.jsonl"), /runs\.jsonl: line 1 is no run .*--fresh/);
});

Deno.test("rates are of each rung by itself, and what the rungs have by construction is counted", async () => {
  const rows = await rowsOf(["json", "describe", "notation", "select", "retrieve"], () => says({ frames: [] }), [1, 2]);
  const lines = summarise(rows);
  assert.deepEqual(lines.map(({ method }) => method).toSorted(), [
    "describe",
    "json",
    "notation",
    "retrieve",
    "select",
  ]);
  for (const { method, n, poseValid, right, validButWrong, schemaValid, standIns } of lines) {
    assert.equal(n, method === "retrieve" ? 2 : 4);
    assert.ok(Math.abs(poseValid.value - right.value - validButWrong.value) < 1e-12);
    assert.equal(poseValid.value, method === "json" ? 0 : 1);
    assert.equal(schemaValid.value, method === "retrieve" ? 1 : 0);
    assert.equal(standIns, ["json", "retrieve"].includes(method) ? 0 : n);
  }
  const retrieved = lines.find(({ method }) => method === "retrieve");
  assert.equal(retrieved?.right.value, 1);
  assert.equal(retrieved?.model, null);
});

Deno.test("runs with other prompts are not counted", async () => {
  const rows = await rowsOf(["retrieve"], () => says({}));
  assert.deepEqual(summarise(rows.map((row) => ({ ...row, version: 99 }))), []);
});
