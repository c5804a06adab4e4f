/** Mixed requests without a pause: errors, and whether the server's memory stays flat. */
import { loadLibrary } from "../../library/mod.ts";
import { quantile } from "../../retrieve/mod.ts";
import { loadApi, loadKinds, startApi } from "../api_load.ts";
import type { Part } from "./part.ts";
import { rowOf } from "./row.ts";

const CONNECTIONS = 16;
/** What the first requests load is not growth. */
const SETTLING_SECONDS = 60;

/** Every kind of request that our API answers without a model; there is no peer. */
export const load: Part = async ({ minutes, say }) => {
  const kinds = loadKinds(await loadLibrary());
  await using api = await startApi();
  say(`mixed requests for ${minutes} min, after one that settles the memory`);
  const settled = await loadApi({ url: api.url, kinds, connections: CONNECTIONS, seconds: SETTLING_SECONDS });
  const report = await loadApi({ url: api.url, kinds, connections: CONNECTIONS, seconds: 60 * minutes, seed: 2 });
  const errors = settled.errors + report.errors;
  if (errors > 0) {
    throw new Error(`Mixed load: ${errors} errors: ${[...settled.failures, ...report.failures].join("; ")}`);
  }
  const held = report.memory.map(({ megabytes }) => megabytes);
  const half = Math.ceil(held.length / 2);
  const [first, second] = [held.slice(0, half), held.slice(-half)].map((part) => quantile(part, 0.5) ?? NaN);
  const what = `mixed load, ${CONNECTIONS} connections`;
  return {
    rows: [
      rowOf({ what, unit: "requests/s" }, [report.perSecond]),
      ...report.kinds.map(({ name, p95 }) => rowOf({ what: `${what}: ${name}, 95th percentile`, unit: "ms" }, [p95])),
      rowOf({ what: `${what}: memory over the time`, unit: "MB" }, held),
    ],
    versions: { deno: Deno.version.deno },
    notes: [
      `Mixed load: ${settled.requests + report.requests} requests in ${
        minutes + SETTLING_SECONDS / 60
      } min, ${errors} ` +
      `errors. After the first minute the server held ${Math.min(...held).toFixed(0)}–${
        Math.max(...held).toFixed(0)
      } MB; ` +
      `the median of the second half is ${
        (100 * ((second ?? NaN) / (first ?? NaN) - 1)).toFixed(1)
      } % over the first's.`,
    ],
  };
};
