import assert from "node:assert/strict";
import { factsOf, holds } from "../describe/mod.ts";
import { loadLibrary } from "../library/mod.ts";
import { REST } from "../skeleton/mod.ts";
import { CompareFileError, parseCompareRequests } from "./compare_requests.ts";

const library = await loadLibrary();
const FILES = ["compare", "compare_dev"];
const read = async (name: string) =>
  parseCompareRequests(
    await Deno.readTextFile(new URL(`../../poses/eval/${name}.json`, import.meta.url)),
    name,
    library,
  );

Deno.test("there are 20 requests, half of them Russian, and none is in the set that prompts are tried on", async () => {
  const [requests = [], dev = []] = await Promise.all(FILES.map(read));
  assert.ok(requests.length >= 20);
  assert.equal(requests.filter(({ language }) => language === "ru").length, requests.length / 2);
  assert.ok(requests.filter(({ kind }) => kind === "dance").length >= 4);
  const seen = new Set(dev.map(({ request }) => request));
  assert.deepEqual(requests.filter(({ request }) => seen.has(request)), []);
});

Deno.test("what is asked for can be: a pose of the library holds it, and the figure at rest does not", async () => {
  const rest = factsOf({ joints: REST });
  const poses = library.poses.map(({ pose }) => factsOf(pose));
  const faults: string[] = [];
  for (const { id, kind, must } of (await Promise.all(FILES.map(read))).flat()) {
    for (const facts of must) {
      if (!poses.some((pose) => facts.every((fact) => holds(fact, pose)))) faults.push(`${id}: no pose holds it`);
    }
    if (must.every((facts) => facts.every((fact) => holds(fact, rest)))) faults.push(`${id}: standing holds it`);
    if (kind === "figure") assert.equal(must.length, 1);
  }
  assert.deepEqual(faults, []);
});

Deno.test("a file that is not right is refused with the field and what would be right", () => {
  const must = [{ kind: "clasp" }];
  const one = { id: "a", request: "hands together", must };
  const file = (figures: unknown[], dances: unknown[] = []) => JSON.stringify({ figures, dances });
  const broken: [string, RegExp][] = [
    ["{", /not JSON/],
    ["[]", /must be {"figures": /],
    [file([]), /holds no request/],
    [file([{ ...one, must: [] }]), /figure 1 \(figures\[0\]\.must\)/],
    [file([{ ...one, must: [{ kind: "clap" }] }]), /kind/],
    [file([{ ...one, must: [{ kind: "palm", hand: "left", facing: "up" }] }]), /figures.0.must.0: is about a palm/],
    [file([{ ...one, id: "A b" }]), /figures\[0\]\.id/],
    [file([{ ...one, request: "" }]), /figures\[0\]\.request/],
    [file([{ ...one, requests: "x" }]), /unknown key "requests".*request/],
    [file([one, { ...one, id: "b" }]), /request: "hands together" stands twice/],
    [file([one, { ...one, request: "clap" }]), /id: "a" stands twice/],
    [file([], [{ id: "a", request: "dance", dance: "lambada", frames: 4 }]), /dances.0.dance: "lambada" is no/],
    [file([], [{ id: "a", request: "dance", dance: "squats", frames: 5 }]), /dances.0.frames: 5, but squats has 4/],
    [file([], [{ id: "a", request: "dance", dance: "squats", frames: 1 }]), /dances\[0\]\.frames/],
  ];
  for (const [text, problem] of broken) {
    assert.throws(() => parseCompareRequests(text, "x.json", library), (error) => {
      assert.ok(error instanceof CompareFileError, text);
      assert.match(error.message, problem);
      assert.match(error.message, /x\.json/);
      return true;
    });
  }
});
