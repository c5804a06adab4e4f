/** What passed and what did not. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** The last line of `deno test`: `FAILED | 2 passed (1 step) | 1 failed (1 step) | 1 ignored (28ms)`. */
const SUMMARY = /^(?:ok|FAILED) \| (\d+) passed.*? \| (\d+) failed(?:.*? \| (\d+) ignored)?.*$/gm;

/**
 * Reads what `deno test` counted out of what it printed. Where it counted nothing (a type error, a crash, no test
 * at all), that is a failure.
 *
 * @param output What it printed, without colours.
 * @param code Its exit code; one that speaks of a failure that the counts don't show adds one.
 * @returns Its counts; an ignored test is skipped.
 */
export function denoTestCounts(output: string, code: number): Counts {
  const last = [...output.matchAll(SUMMARY)].at(-1);
  const counts = {
    passed: Number(last?.[1] ?? 0),
    failed: Number(last?.[2] ?? 0),
    skipped: Number(last?.[3] ?? 0),
  };
  if (counts.failed === 0 && (code !== 0 || counts.passed === 0)) counts.failed = 1;
  return counts;
}

/** One check that either holds or does not. */
export function oneCheck(holds: boolean): Counts {
  return { passed: holds ? 1 : 0, failed: holds ? 0 : 1, skipped: 0 };
}

/** All of them together. */
export function sumCounts(all: readonly Counts[]): Counts {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of all) {
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
  }
  return sum;
}

/** The counts as the line that closes a run: `12 passed, 0 failed`, and `, 1 skipped` where something was. */
export function countsLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
