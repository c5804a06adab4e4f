import assert from "node:assert/strict";
import type { AssetProgress } from "./asset.ts";
import { progressMeter } from "./progress_meter.ts";

Deno.test("progressMeter() reports at most ten times a second, and always the end", () => {
  let now = 0;
  const heard: AssetProgress[] = [];
  const meter = progressMeter({ name: "x" }, "download", 1000, (p) => heard.push(p), () => now);
  for (let done = 10; done <= 1000; done += 10) {
    now += 10;
    meter.report(done);
  }
  assert.equal(heard.length, 11);
  assert.equal(heard.at(-1)?.done, 1000);
});

Deno.test("progressMeter() counts the speed of this run only", () => {
  let now = 0;
  const heard: AssetProgress[] = [];
  const meter = progressMeter({ name: "x" }, "download", 1000, (p) => heard.push(p), () => now);
  meter.report(900);
  now = 2000;
  meter.report(1000);
  assert.deepEqual(heard.map((p) => p.bytesPerSecond), [undefined, 50]);
});
