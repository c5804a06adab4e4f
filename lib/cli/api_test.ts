/** `pose api` as a person runs it. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

function start(env: Record<string, string>, ...args: string[]): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "pose", "api", ...args],
    cwd: ROOT,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    env: { NO_COLOR: "1", OPENAI_BASE_URL: "", OLLAMA_HOST: "127.0.0.1:9", HOST: "", PORT: "", ...env },
  }).spawn();
}

async function ends(child: Deno.ChildProcess) {
  const { code, stderr } = await child.output();
  return { code, err: new TextDecoder().decode(stderr) };
}

Deno.test("pose api serves until it is told to end, finishes what runs, logs requests, and refuses a taken port", async () => {
  await using child = start({ PORT: "0" }, "--json");
  const reader = child.stdout.getReader();
  const { value } = await reader.read();
  const { url } = JSON.parse(new TextDecoder().decode(value)) as { url: string };
  assert.equal((await (await fetch(`${url}/health`)).json()).status, "healthy");

  const [taken, noPort, elsewhere] = await Promise.all([
    ends(start({ PORT: new URL(url).port })),
    ends(start({ PORT: "many" })),
    ends(start({}, "--host", "0.0.0.0")),
  ]);
  assert.equal(taken.code, 1);
  assert.match(
    taken.err,
    new RegExp(`127\\.0\\.0\\.1:${new URL(url).port}: the port is taken\\. Choose another \\(PORT=`),
  );
  assert.equal(noPort.code, 2);
  assert.match(noPort.err, /PORT is no port: "many"/);
  assert.equal(elsewhere.code, 1);
  assert.match(elsewhere.err, /HOST=…, not --host/);

  const json = { frames: Array(100).fill({ pose_id: "standing" }), size: 640 };
  const headers = { "content-type": "application/json" };
  const asked = fetch(`${url}/animations`, { method: "POST", headers, body: JSON.stringify(json) });
  for (let running = 0; running === 0;) {
    const { load } = await (await fetch(`${url}/health`)).json();
    running = load.animations.running;
  }
  child.kill("SIGINT");
  const response = await asked;
  assert.deepEqual([response.status, (await response.bytes()).length > 1000], [200, true]);
  const { code } = await child.status;
  await reader.cancel();
  const log = await new Response(child.stderr).text();
  assert.equal(code, 0, log);
  assert.match(log, /GET \/health 200 [\d.]+ ms\nPOST \/animations 200 [\d.]+ ms/);
});
