/** `POST /visualize`: our Pose API and one of FastAPI and matplotlib, asked by the same clients. */
import { loadLibrary } from "../../library/mod.ts";
import { loadApi, loadKinds, type LoadReport, startApi } from "../api_load.ts";
import { startContestant } from "./contestant.ts";
import { alternate, type Part } from "./part.ts";
import { type Row, rowOf } from "./row.ts";

const CONNECTIONS = 8;
const SECONDS = 4;

/** Pictures of 480 px: how many a second, and how long the slowest of twenty waits. */
export const api: Part = async (options) => {
  const kinds = loadKinds(await loadLibrary()).filter(({ name }) => name === "visualize");
  await using ours = await startApi();
  await using peer = await startContestant("peer_api.py");
  const ask = async (url: string, under = ""): Promise<LoadReport> => {
    const asked = kinds.map((kind) => ({ ...kind, path: under + kind.path }));
    const report = await loadApi({ url, kinds: asked, connections: CONNECTIONS, seconds: SECONDS });
    if (report.errors > 0) throw new Error(`Cannot bench ${url}: ${report.failures.join("; ")}`);
    return report;
  };
  const given = await alternate({
    ours: () => ask(ours.url),
    peer: () => ask(peer.url),
    tuned: () => ask(peer.url, "/tuned"),
  }, options);
  const rates = (reports: readonly LoadReport[]) => reports.map(({ perSecond }) => perSecond);
  const waits = (reports: readonly LoadReport[]) => reports.flatMap((report) => report.kinds.map(({ p95 }) => p95));
  const memory = (reports: readonly LoadReport[]) =>
    reports.map((report) => Math.max(...report.memory.map(({ megabytes }) => megabytes)));
  const against = (peer: string, reports: readonly LoadReport[], wanted: boolean): Row[] => [
    rowOf(
      {
        what: "POST /visualize, 480 px",
        unit: "requests/s",
        peer,
        ...(wanted && { label: "requests/s", target: 8 }),
      },
      rates(given.ours),
      rates(reports),
    ),
    rowOf(
      { what: "its 95th percentile", unit: "ms", peer, ...(wanted && { label: "p95", target: 6 }) },
      waits(given.ours),
      waits(reports),
    ),
  ];
  return {
    rows: [
      ...against("FastAPI, a figure a request", given.peer, true),
      ...against("FastAPI, one figure kept", given.tuned, false),
      rowOf({ what: "memory of the server", unit: "MB", peer: "FastAPI" }, memory(given.ours), memory(given.peer)),
    ],
    versions: { deno: Deno.version.deno, ...peer.versions },
    notes: [
      `POST /visualize: ${CONNECTIONS} connections, ${SECONDS} s a round, every pose another (neither side keeps pictures), ` +
      "the clients in one process of the same machine. Each server is one process that draws on one processor (uvicorn: " +
      "one worker, uvloop, httptools, no access log). Both smooth edges and answer a PNG of the same size; the pictures are " +
      "not the same: ours is a body with a face, hands, floor and shadow (about 100 paths, painted on a fixed palette), the " +
      "peer's is a course's figure, 17 line segments and a circle in true colour. Ours has the library to hold as well.",
      "“A figure a request” makes a `Figure` and its artists for each request and saves it, as matplotlib's documentation " +
      "tells web servers to: the target is against it. “One figure kept” is matplotlib used as few do: artists that move, " +
      "the canvas's pixels read, an indexed PNG on a palette that is there already.",
    ],
  };
};
