import assert from "node:assert/strict";
import { countsLine, denoTestCounts, oneCheck, sumCounts } from "./counts.ts";

Deno.test("denoTestCounts() reads passed, failed and ignored tests, not steps", () => {
  const output =
    "a ... ok (1ms)\n\nFAILED | 12 passed (7 steps) | 3 failed (2 steps) | 1 ignored (28ms)\n\nerror: Test failed\n";
  assert.deepEqual(denoTestCounts(output, 1), { passed: 12, failed: 3, skipped: 1 });
});

Deno.test("denoTestCounts() reads a summary without ignored tests", () => {
  assert.deepEqual(denoTestCounts("ok | 4 passed | 0 failed (1s)\n", 0), { passed: 4, failed: 0, skipped: 0 });
});

Deno.test("denoTestCounts() takes the last summary, for a test may print one too", () => {
  const output = "ok | 1 passed | 0 failed (1ms)\n…\nok | 9 passed | 0 failed | 2 filtered out (3s)\n";
  assert.deepEqual(denoTestCounts(output, 0), { passed: 9, failed: 0, skipped: 0 });
});

Deno.test("denoTestCounts() counts a run without a summary, without tests or with a failing exit as failed", () => {
  assert.equal(denoTestCounts("error: Type checking failed.\n", 1).failed, 1);
  assert.equal(denoTestCounts("ok | 0 passed | 0 failed (1ms)\n", 0).failed, 1);
  assert.equal(denoTestCounts("ok | 5 passed | 0 failed (1ms)\n", 1).failed, 1);
});

Deno.test("countsLine() adds up what every stage counted, and names skipped only where there is one", () => {
  const sum = sumCounts([oneCheck(true), oneCheck(false), { passed: 5, failed: 0, skipped: 0 }]);
  assert.equal(countsLine(sum), "6 passed, 1 failed");
  assert.equal(countsLine({ ...sum, skipped: 2 }), "6 passed, 1 failed, 2 skipped");
});
