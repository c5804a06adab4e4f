import assert from "node:assert/strict";
import { loadLibrary } from "../library/mod.ts";
import { type Motion, motionOf, workOut } from "./mod.ts";

const library = await loadLibrary();

function danceOf(id: string): Motion {
  const dance = library.choreography(id);
  assert.ok(dance, `the library has no choreography ${id}`);
  return motionOf(library, dance);
}

/** Its roll-over takes longest of all the library's moves. */
const SLOWEST = "sun_salutation";
/** How late (ms) a timer may be: several times what it is, since machines are busy. */
const LATE = 250;

Deno.test("workOut() tells how many moves are worked out, one after another, and leaves poses as they are without it", async () => {
  const [motion, same] = [danceOf("macarena"), danceOf("macarena")];
  const told: number[] = [];
  await workOut(motion, { onProgress: (done, total) => told.push(done / total) });
  assert.deepEqual(told, motion.keys.map((_, i, { length }) => (i + 1) / length));
  for (let t = 0.3; t < motion.seconds; t += 0.7) assert.deepEqual(motion.poseAt(t), same.poseAt(t));
});

Deno.test("workOut() lets others run: a timer of 20 ms is never late while the slowest dance is worked out", async () => {
  const motion = danceOf(SLOWEST);
  let [late, last, ticks] = [0, performance.now(), 0];
  const tick = () => {
    const now = performance.now();
    [late, last, ticks] = [Math.max(late, now - last - 20), now, ticks + 1];
  };
  const timer = setInterval(tick, 20);
  const start = performance.now();
  await workOut(motion);
  const took = performance.now() - start;
  clearInterval(timer);
  tick();
  assert.ok(late < LATE, `the timer is ${late.toFixed(0)} ms late`);
  assert.ok(ticks > 2, `${ticks} ticks in ${took.toFixed(0)} ms`);
  const again = performance.now();
  motion.poseAt(motion.seconds / 2);
  assert.ok(performance.now() - again < took / 2, "what is worked out is worked out again");
});

Deno.test("workOut() stops when the signal says so, within a move as well", async () => {
  const told: number[] = [];
  const control = new AbortController();
  const motion = danceOf(SLOWEST);
  const onProgress = (done: number) => told.push(done);
  await assert.rejects(workOut(motion, { signal: AbortSignal.abort(new Error("enough")), onProgress }), /enough/);
  assert.deepEqual(told, []);
  let aborted = Infinity;
  setTimeout(() => {
    aborted = performance.now();
    control.abort(new Error("enough"));
  }, 100);
  await assert.rejects(workOut(motion, { signal: control.signal, onProgress }), /enough/);
  assert.ok(performance.now() - aborted < LATE, `it goes on for ${performance.now() - aborted} ms`);
  assert.ok(told.length < motion.keys.length);
});
