/** `pose llm` and `pose models` as a person runs them. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isCached } from "../assets/mod.ts";
import { completeText, connect, environmentOf, SMOLLM2_135M } from "../llm/mod.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const cached = await isCached(SMOLLM2_135M);

function start(args: string[], env: Record<string, string> = {}): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "pose", ...args],
    cwd: ROOT,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    env: { NO_COLOR: "1", OPENAI_BASE_URL: "", OLLAMA_HOST: "127.0.0.1:9", LLM_MODEL: "", HOST: "", PORT: "", ...env },
  }).spawn();
}

async function pose(args: string[], env: Record<string, string> = {}) {
  const { code, stdout, stderr } = await start(args, env).output();
  return { code, out: new TextDecoder().decode(stdout), err: new TextDecoder().decode(stderr) };
}

async function withFolder(test: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** An Ollama with one model. */
function ollama() {
  return Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
    const { pathname } = new URL(request.url);
    const body = await request.text();
    const details = { parameter_size: "1.5B", quantization_level: "Q4_K_M" };
    if (pathname === "/api/tags") return Response.json({ models: [{ name: "phi:latest", size: 5e6, details }] });
    if (pathname === "/api/ps") return Response.json({ models: [] });
    if (pathname === "/api/version") return Response.json({ version: "0.9.6" });
    if (pathname === "/api/pull") {
      const error = 'Get "https://registry.example/v2/": dial tcp: lookup registry.example: no such host';
      return new Response(JSON.stringify({ error }) + "\n", { headers: { "content-type": "application/x-ndjson" } });
    }
    const { name, model = name } = JSON.parse(body);
    if (!/^phi/.test(model)) return Response.json({ error: `model '${model}' not found` }, { status: 404 });
    return pathname === "/api/show" ? Response.json({ details, capabilities: ["completion"] }) : new Response(null);
  });
}

Deno.test("pose models lists, shows, deletes and remembers; what is missing is said with what to do", async () => {
  await withFolder(async (folder) => {
    await using server = ollama();
    const env = { OLLAMA_HOST: `127.0.0.1:${server.addr.port}`, POSE_MODEL_FILE: join(folder, "model.json") };
    const listed = JSON.parse((await pose(["models", "--json"], env)).out);
    assert.deepEqual(listed.ollama.models.map(({ name }: { name: string }) => name), ["phi:latest"]);
    assert.deepEqual(listed.embedded.map(({ name }: { name: string }) => name), ["smollm2-135m", "gemma3-270m"]);
    assert.equal(listed.embedded[0].present, cached);
    assert.match((await pose(["models", "list"], env)).out, /phi:latest +5 MB +1\.5B, Q4_K_M/);
    assert.match((await pose(["models", "show", "phi"], env)).out, /capabilities +completion/);
    assert.equal(JSON.parse((await pose(["models", "show", "gemma3-270m", "--json"], env)).out).bytes, 253_113_024);

    const missing = await pose(["models", "rm", "none"], env);
    assert.equal(missing.code, 1);
    assert.match(missing.err, /Cannot delete none: model 'none' not found/);
    const offline = await pose(["models", "pull", "qwen2.5:1.5b"], env);
    assert.equal(offline.code, 1);
    assert.match(offline.err, /no such host.*connect to the network/);
    const down = await pose(["models", "pull"], { OLLAMA_HOST: "127.0.0.1:9" });
    assert.equal(down.code, 1);
    assert.match(down.err, /Cannot pull qwen2\.5:1\.5b: no Ollama answers.*ollama serve/);

    assert.equal((await pose(["models", "use", "none"], env)).code, 1);
    assert.equal((await pose(["models", "use"], env)).code, 2);
    assert.equal((await pose(["models", "use", "phi"], env)).code, 0);
    assert.equal(JSON.parse(await Deno.readTextFile(env.POSE_MODEL_FILE)).model, "phi");
    assert.equal(JSON.parse((await pose(["models", "--json"], env)).out).chosen, "phi");
    assert.equal((await pose(["models", "use", "--default"], env)).code, 0);
    assert.equal(JSON.parse((await pose(["models", "--json"], env)).out).chosen, null);
  });
});

Deno.test({
  name: "pose llm serves the embedded model until it is told to end, logs requests, and refuses a taken port",
  ignore: !cached,
  async fn() {
    await withFolder(async (folder) => {
      const child = start(["llm", "--port", "0", "--json", "--pid-file", join(folder, "llm.pid")], {
        POSE_MODEL_FILE: join(folder, "model.json"),
      });
      const reader = child.stdout.getReader();
      const { value } = await reader.read();
      const { base_url, model } = JSON.parse(new TextDecoder().decode(value));
      assert.equal(model, "SmolLM2-135M-Instruct");
      assert.match(await Deno.readTextFile(join(folder, "llm.pid")), /^\d+\n$/);
      const connection = await connect({ environment: environmentOf({ OPENAI_BASE_URL: base_url }) });
      const messages = [{ role: "user" as const, content: "Name a colour." }];
      const { text, timings } = await completeText({ connection, messages, seed: 1, maxTokens: 8 }).finish();
      assert.ok(text.length > 0 && timings.completionTokens !== null);

      const taken = await pose(["llm"], { PORT: new URL(base_url).port });
      assert.equal(taken.code, 1);
      assert.match(taken.err, /the port is taken/);
      assert.match((await pose(["llm"], { PORT: "many" })).err, /PORT is no port: "many"/);

      child.kill("SIGTERM");
      const { code } = await child.status;
      await reader.cancel();
      const log = await new Response(child.stderr).text();
      assert.equal(code, 0, log);
      assert.match(log, /POST \/v1\/chat\/completions 200 \d+ ms/);
      assert.match(log, /Stopped\./);
      await assert.rejects(Deno.stat(join(folder, "llm.pid")), Deno.errors.NotFound);
    });
  },
});
