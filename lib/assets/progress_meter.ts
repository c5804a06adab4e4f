import type { Asset, AssetProgress, OnAssetProgress } from "./asset.ts";

const REPORT_EVERY_MS = 100;

/**
 * Counts bytes and reports them, so often that a bar moves and so rarely that a terminal keeps up.
 *
 * @param asset What is being fetched.
 * @param stage What is being done with it.
 * @param total Bytes of the whole stage.
 * @param onProgress Who is told; without it nothing happens.
 * @param clock Milliseconds since some fixed moment.
 */
export function progressMeter(
  asset: Pick<Asset, "name">,
  stage: AssetProgress["stage"],
  total: number,
  onProgress: OnAssetProgress | undefined,
  clock: () => number = () => performance.now(),
): { report(done: number): void } {
  const started = clock();
  let first: number | undefined;
  let last = -Infinity;
  return {
    report(done) {
      const now = clock();
      first ??= done;
      if (onProgress === undefined || (done < total && now - last < REPORT_EVERY_MS)) return;
      last = now;
      const seconds = (now - started) / 1000;
      const speed = seconds > 0 ? (done - first) / seconds : 0;
      onProgress({ name: asset.name, stage, done, total, ...(speed > 0 ? { bytesPerSecond: speed } : {}) });
    },
  };
}
