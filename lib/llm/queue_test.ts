import assert from "node:assert/strict";
import { createQueue } from "./queue.ts";

Deno.test("createQueue() runs one task at a time, in order", async () => {
  const queue = createQueue();
  const log: string[] = [];
  const task = (name: string, ms: number) => async () => {
    log.push(`${name} starts`);
    await new Promise((resolve) => setTimeout(resolve, ms));
    log.push(`${name} ends`);
  };
  await Promise.all([queue(task("a", 20)), queue(task("b", 1))]);
  assert.deepEqual(log, ["a starts", "a ends", "b starts", "b ends"]);
});

Deno.test("createQueue() goes on after a task that fails", async () => {
  const queue = createQueue();
  const failing = queue(() => Promise.reject(new RangeError("no")));
  assert.equal(await queue(() => Promise.resolve(1)), 1);
  await assert.rejects(failing, RangeError);
});

Deno.test("createQueue() lets a waiting task be cancelled at once, without running it", async () => {
  const queue = createQueue();
  const first = Promise.withResolvers<void>();
  const running = queue(() => first.promise);
  const controller = new AbortController();
  let ran = false;
  const waiting = queue(() => Promise.resolve(ran = true), controller.signal);
  controller.abort();
  await assert.rejects(waiting, { name: "AbortError" });
  first.resolve();
  await running;
  await queue(() => Promise.resolve());
  assert.equal(ran, false);
});
