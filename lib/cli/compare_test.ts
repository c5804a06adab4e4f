/** `pose compare` as a person runs it, against a server on this machine. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { says } from "../agent/testing.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const REQUESTS = {
  figures: [
    { id: "a", request: "hands on the hips", must: [{ kind: "contact", hand: "left", place: "hip" }] },
    { id: "b", request: "руки вверх", must: [{ kind: "limb", limb: "arm", side: "left", level: "high" }] },
  ],
  dances: [],
};

/** A server that answers everything with an empty list, a folder, and the command over both. */
async function withCompare(
  test: (
    pose: (args: string[], stop?: (asked: number) => boolean) => Promise<{ code: number; out: string; err: string }>,
    at: { rows: string; requests: string; folder: string; asked: () => number },
  ) => Promise<void>,
) {
  let asked = 0;
  const folder = await Deno.makeTempDir({ prefix: "compare " });
  const [rows, requests] = [join(folder, "rows.jsonl"), join(folder, "requests.json")];
  await Deno.writeTextFile(requests, JSON.stringify(REQUESTS));
  let child: Deno.ChildProcess | undefined;
  let stop: ((asked: number) => boolean) | undefined;
  await using server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, async () => {
    asked++;
    if (stop?.(asked)) {
      child?.kill("SIGINT");
      await new Promise((done) => setTimeout(done, 500));
    }
    return says({ frames: [] });
  });
  const env = {
    NO_COLOR: "1",
    OPENAI_BASE_URL: `http://127.0.0.1:${server.addr.port}/v1`,
    LLM_MODEL: "test-model",
    POSE_MODEL_FILE: "/dev/null",
  };
  try {
    await test(async (args, when) => {
      stop = when;
      // Straight, for a task does not hand a signal on.
      child = new Deno.Command(Deno.execPath(), {
        args: [
          "run",
          "--no-prompt",
          "--allow-read",
          "--allow-write",
          "--allow-env",
          "--allow-sys",
          "--allow-ffi=node_modules,.cache/onnxruntime",
          "--allow-net=127.0.0.1",
          "lib/cli.ts",
          "compare",
          "--rows",
          rows,
          "--requests",
          requests,
          ...args,
        ],
        cwd: ROOT,
        stdout: "piped",
        stderr: "piped",
        env,
      }).spawn();
      const { code, stdout, stderr } = await child.output();
      const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
      return { code, out: text(stdout), err: text(stderr) };
    }, { rows, requests, folder, asked: () => asked });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("pose compare goes on where Ctrl-C or a dead process left it, and asks nothing twice", async () => {
  await withCompare(async (pose, { rows, folder, asked }) => {
    const stopped = await pose(["--only", "schema", "notation"], (count) => count === 3);
    assert.equal(stopped.code, 130, stopped.err);
    const kept = await Deno.readTextFile(rows);
    assert.equal(kept.trim().split("\n").length, 1);
    // A process that died while it wrote.
    await Deno.writeTextFile(rows, kept + kept.slice(0, 40));
    const chart = join(folder, "chart.png");
    const done = await pose(["--only", "schema", "notation", "retrieve", "--chart", chart, "--json"]);
    assert.equal(done.code, 0, done.err);
    assert.match(done.err, /6 runs, 1 of them done before/);
    assert.match(done.err, /min left|\d s left/);
    const { results, machine } = JSON.parse(done.out);
    assert.deepEqual(
      results.map(({ method, n }: { method: string; n: number }) => `${method} ${n}`),
      ["retrieve 2", "schema 2", "notation 2"],
    );
    assert.equal(machine.deno, Deno.version.deno);
    assert.ok((await Deno.stat(chart)).size > 1000);
    const before = asked();
    const again = await pose(["--only", "schema", "notation", "retrieve"]);
    assert.equal(again.code, 0, again.err);
    assert.match(again.out, /6 runs, 6 of them done before/);
    assert.equal(asked(), before);
    assert.match(again.out, /pose-valid %/);
    const fresh = await pose(["--only", "schema", "--fresh"]);
    assert.match(fresh.out, /2 runs, 0 of them done before/);
    assert.equal((await Deno.readTextFile(rows)).trim().split("\n").length, 2);
  });
});

Deno.test("pose compare refuses what it can't compare on, and a report of nothing", async () => {
  await withCompare(async (pose, { requests, rows }) => {
    const none = await pose(["--report"]);
    assert.equal(none.code, 2);
    assert.match(none.err, /there is no run in/);
    const method = await pose(["--only", "magic"]);
    assert.equal(method.code, 2);
    assert.match(method.err, /json, schema, late/);
    await Deno.writeTextFile(rows, '{"method": "json"}\n{}\n');
    const damaged = await pose(["--report"]);
    assert.equal(damaged.code, 1);
    assert.match(damaged.err, /line 1 is no run/);
    await Deno.writeTextFile(requests, JSON.stringify({ ...REQUESTS, dances: [{ dance: "lambada" }] }));
    const broken = await pose([]);
    assert.equal(broken.code, 1);
    assert.match(broken.err, /dances\[0\]\.id\): is missing/);
  });
});
