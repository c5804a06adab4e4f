import assert from "node:assert/strict";
import { loadLibrary } from "../library/mod.ts";
import { motionOf, workOut } from "./mod.ts";

const library = await loadLibrary();

Deno.test("workOut() tells how many moves are worked out, and stops when the signal says so", async () => {
  const dance = library.choreography("macarena");
  assert.ok(dance);
  const told: number[] = [];
  await workOut(motionOf(library, dance), { onProgress: (done, total) => told.push(done / total) });
  assert.equal(told.length, dance.moves.length);
  assert.equal(told.at(-1), 1);
  const signal = AbortSignal.abort(new Error("enough"));
  await assert.rejects(workOut(motionOf(library, dance), { signal }), /enough/);
});
