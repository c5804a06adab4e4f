/**
 * Loads the Pose API and tells how it bears it: `deno task load-api` (`--seconds 60 --connections 16 --only visualize`).
 * It starts `pose api` on a free port, asks it over so many connections without a pause, each answer checked, and prints
 * requests a second, p50 and p95 by kind, errors, and the server's memory over time, as JSON.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { loadavg } from "node:os";
import { loadLibrary } from "../library/mod.ts";
import { seededRandom } from "../retrieve/mod.ts";
import { JOINTS, type Pose, REST } from "../skeleton/mod.ts";
import { DENO_ARGS } from "./bench/contestant.ts";

/** One kind of request: what is sent, and what must come back. */
export interface LoadKind {
  readonly name: string;
  /** How often it comes among the others. */
  readonly share: number;
  readonly path: string;
  readonly status: number;
  readonly type: string;
  /** The body of the nth request; none for a GET. */
  body?(n: number): unknown;
}

/** How a kind of request fared. Milliseconds. */
export interface LoadRow {
  readonly name: string;
  readonly requests: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
  readonly errors: number;
}

/** What came of a load. */
export interface LoadReport {
  readonly connections: number;
  readonly seconds: number;
  readonly requests: number;
  readonly perSecond: number;
  readonly errors: number;
  /** The first few of them. */
  readonly failures: readonly string[];
  readonly kinds: readonly LoadRow[];
  /** The server's resident memory, a value every few seconds. */
  readonly memory: readonly { readonly second: number; readonly megabytes: number }[];
  readonly loadAverage: readonly number[];
}

/** Poses that are all different: the library's, each moved a little. */
export function distinctPoses(poses: readonly Pose[], seed = 1): (n: number) => Pose {
  const random = seededRandom(seed);
  return (n) => {
    const { joints } = poses[n % poses.length] ?? { joints: REST };
    const [dx, dz] = [random() * 0.1, random() * 0.1];
    return {
      joints: Object.fromEntries(JOINTS.map((joint) => {
        const [x, y, z] = joints[joint];
        return [joint, [x + dx, y, z + dz]];
      })) as unknown as Pose["joints"],
    };
  };
}

/** Every kind of request, with library poses and descriptions. */
export function loadKinds(
  library: { poses: readonly { id: string; pose: Pose; describe: { en: readonly string[]; ru: readonly string[] } }[] },
): LoadKind[] {
  const { poses } = library;
  const pose = distinctPoses(poses.map((one) => one.pose));
  const at = (n: number) => poses[(n * 7919) % poses.length] ?? poses[0];
  const text = (n: number) => at(n)?.describe[n % 2 ? "ru" : "en"][0] ?? "";
  const search = (retriever: string) => (n: number) => ({ query: text(n), retriever });
  const json = { status: 200, type: "application/json" };
  return [
    {
      name: "visualize",
      share: 8,
      path: "/visualize",
      status: 200,
      type: "image/png",
      body: (n) => ({ pose: pose(n) }),
    },
    { name: "search tfidf", share: 8, path: "/poses/search", ...json, body: search("tfidf") },
    { name: "search char", share: 4, path: "/poses/search", ...json, body: search("char") },
    { name: "search hybrid", share: 2, path: "/poses/search", ...json, body: search("hybrid") },
    { name: "analyze", share: 4, path: "/analyze", ...json, body: (n) => ({ pose: pose(n), airborne: true }) },
    { name: "poses", share: 2, path: "/poses?limit=10", ...json },
    {
      name: "animation gif",
      share: 1,
      path: "/animations",
      status: 200,
      type: "image/gif",
      body: (n) => ({ frames: [0, 1, 2, 3].map((i) => ({ pose_id: at(n + i)?.id })), size: 240 }),
    },
    {
      name: "animation json",
      share: 1,
      path: "/animations",
      ...json,
      body: (n) => ({
        frames: [{ description: text(n) }, { joints: pose(n).joints }],
        format: "json",
        retriever: "tfidf",
      }),
    },
    {
      name: "refused",
      share: 2,
      path: "/visualize",
      status: 422,
      type: "application/problem+json",
      body: (n) => ({ pose: { joints: { head: [n, 1e308, "a"] } } }),
    },
  ];
}

/** Who asks whom, how hard, for how long. */
export interface LoadOptions {
  /** Where the API is. */
  readonly url: string;
  readonly kinds: readonly LoadKind[];
  readonly connections: number;
  readonly seconds: number;
  readonly seed?: number;
}

/** Asks an API without a pause over so many connections. */
export async function loadApi(options: LoadOptions): Promise<LoadReport> {
  const { url, kinds, connections, seconds, seed = 1 } = options;
  const deck = kinds.flatMap((kind) => Array.from({ length: kind.share }, () => kind));
  const random = seededRandom(seed);
  const times = new Map(kinds.map(({ name }) => [name, [] as number[]]));
  const wrong = new Map<string, number>();
  const failures: string[] = [];
  const memory: { second: number; megabytes: number }[] = [];
  const start = performance.now();
  const end = start + seconds * 1000;
  let n = 0;

  const ask = async (kind: LoadKind) => {
    const body = kind.body?.(n++);
    const began = performance.now();
    const response = await fetch(url + kind.path, {
      ...(body !== undefined && {
        method: "POST",
        body: JSON.stringify(body),
        headers: { "content-type": "application/json" },
      }),
    });
    const bytes = await response.bytes();
    times.get(kind.name)?.push(performance.now() - began);
    const type = response.headers.get("content-type") ?? "";
    if (response.status === kind.status && type.startsWith(kind.type)) return;
    throw new Error(`${response.status} ${type} ${new TextDecoder().decode(bytes.slice(0, 200))}`);
  };
  const client = async () => {
    while (performance.now() < end) {
      const kind = deck[Math.floor(random() * deck.length)];
      if (!kind) return;
      try {
        await ask(kind);
      } catch (error) {
        wrong.set(kind.name, (wrong.get(kind.name) ?? 0) + 1);
        const { cause } = error instanceof Error ? error : {};
        if (failures.length < 5) failures.push(`${kind.name}: ${error}${cause ? `, ${cause}` : ""}`);
      }
    }
  };
  const every = Math.max(1, seconds / 60) * 1000;
  const watch = async () => {
    for (let at = performance.now(); at < end; at = performance.now()) {
      memory.push({ second: Math.round((at - start) / 1000), megabytes: await residentMegabytes(url) });
      await new Promise((resolve) => setTimeout(resolve, Math.min(every, end - at)));
    }
  };
  await Promise.all([watch(), ...Array.from({ length: connections }, client)]);

  const took = (performance.now() - start) / 1000;
  const rows = kinds.map(({ name }): LoadRow => {
    const all = (times.get(name) ?? []).toSorted((a, b) => a - b);
    const at = (share: number) => rounded(all[Math.floor(all.length * share)] ?? NaN);
    return {
      name,
      requests: all.length,
      perSecond: rounded(all.length / took),
      p50: at(0.5),
      p95: at(0.95),
      errors: wrong.get(name) ?? 0,
    };
  });
  const requests = rows.reduce((sum, row) => sum + row.requests, 0);
  return {
    connections,
    seconds: rounded(took),
    requests,
    perSecond: rounded(requests / took),
    errors: rows.reduce((sum, row) => sum + row.errors, 0),
    failures,
    kinds: rows,
    memory,
    loadAverage: loadavg().map(rounded),
  };
}

const rounded = (value: number) => Number(value.toFixed(1));

/** The server's resident memory, by its own account. */
export async function residentMegabytes(url: string): Promise<number> {
  const health = await (await fetch(`${url}/health`)).json() as { megabytes: number };
  return health.megabytes;
}

/** A Pose API in a process of its own. */
export interface ApiProcess extends AsyncDisposable {
  readonly url: string;
}

/**
 * Starts `pose api` on a free port; it ends with the disposal.
 *
 * @param env Settings to add: which model it asks.
 */
export async function startApi(env: Record<string, string> = {}): Promise<ApiProcess> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...DENO_ARGS,
      // The embedded model tries its library in a process of its own.
      `--allow-run=${Deno.execPath()}`,
      "lib/cli.ts",
      ...["api", "--host", "127.0.0.1", "--port", "0", "--json"],
    ],
    env: { MALLOC_ARENA_MAX: "1", ...env },
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const { value = "" } = await reader.read();
  const { url } = JSON.parse(value) as { url: string };
  return {
    url,
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await child.status;
      await reader.cancel();
    },
  };
}

if (import.meta.main) {
  const { values } = parseArgs({
    args: Deno.args,
    options: {
      connections: { type: "string", default: "16" },
      seconds: { type: "string", default: "60" },
      minutes: { type: "string" },
      only: { type: "string" },
    },
  });
  const seconds = values.minutes === undefined ? Number(values.seconds) : Number(values.minutes) * 60;
  const kinds = loadKinds(await loadLibrary()).filter(({ name }) => values.only === undefined || name === values.only);
  await using api = await startApi();
  const options = { url: api.url, kinds, connections: Number(values.connections) };
  // The first searches make the retrievers, the first pictures compile the code: they are not counted.
  await loadApi({ ...options, seconds: 5 });
  console.log(JSON.stringify(await loadApi({ ...options, seconds }), null, 2));
}
