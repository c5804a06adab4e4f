import assert from "node:assert/strict";
import { createGate } from "./gate.ts";
import { Problem } from "./problem.ts";

/** A task that ends when it is told to. */
function task() {
  const { promise, resolve } = Promise.withResolvers<void>();
  let started = 0;
  return { run: () => (started++, promise), end: resolve, started: () => started };
}

const settle = () => new Promise((resolve) => setTimeout(resolve));

Deno.test("a gate runs so many tasks at once, and the others in the order they came", async () => {
  const gate = createGate("tasks", { running: 2, waiting: 3 }, 1);
  const tasks = Array.from({ length: 5 }, task);
  const places: string[] = [];
  const done = tasks.map((one, i) => gate.run(one.run, undefined, (before) => places.push(`${i}:${before}`)));
  await settle();
  assert.deepEqual(tasks.map(({ started }) => started()), [1, 1, 0, 0, 0]);
  assert.deepEqual(gate.load, { running: 2, waiting: 3 });
  tasks[1]?.end();
  await settle();
  assert.deepEqual(tasks.map(({ started }) => started()), [1, 1, 1, 0, 0]);
  for (const { end } of tasks) end();
  await Promise.all(done);
  assert.deepEqual(gate.load, { running: 0, waiting: 0 });
  assert.deepEqual(places.slice(0, 6), ["2:1", "3:2", "4:3", "2:0", "3:1", "4:2"]);
});

Deno.test("a gate with no room left refuses, and says when to come again", async () => {
  const gate = createGate("dances", { running: 1, waiting: 1 }, 30);
  const [first, second] = [task(), task()];
  const done = [gate.run(first.run), gate.run(second.run)];
  assert.throws(() => gate.checkRoom(), Problem);
  await assert.rejects(gate.run(() => Promise.resolve()), (error: Problem) => {
    assert.deepEqual([error.status, error.headers["retry-after"]], [503, "30"]);
    return true;
  });
  first.end();
  second.end();
  await Promise.all(done);
  assert.equal(await gate.run(() => Promise.resolve(7)), 7);
});

Deno.test("who goes away while waiting leaves the place to others; who fails too", async () => {
  const gate = createGate("tasks", { running: 1, waiting: 2 }, 1);
  const gone = new AbortController();
  const [first, last] = [task(), task()];
  const running = gate.run(first.run);
  const left = gate.run(() => Promise.reject(new Error("never runs")), gone.signal);
  const waits = gate.run(last.run);
  gone.abort(new Error("gone"));
  await assert.rejects(left, /gone/);
  assert.deepEqual(gate.load, { running: 1, waiting: 1 });
  first.end();
  await running;
  last.end();
  await waits;
  await assert.rejects(gate.run(() => Promise.reject(new Error("fails"))), /fails/);
  assert.deepEqual(gate.load, { running: 0, waiting: 0 });
});
