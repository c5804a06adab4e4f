/** The command line as a person runs it: a process of its own, its exit code, its two outputs. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadLibrary } from "../library/mod.ts";
import { isEmbedderCached } from "../retrieve/mod.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** With the permissions that a person has. */
const CLI = ["task", "--quiet", "pose"];

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function pose(args: string[], options: { stdin?: string; env?: Record<string, string> } = {}): Promise<Run> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...CLI, ...args],
    cwd: ROOT,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    env: {
      NO_COLOR: "1",
      OPENAI_BASE_URL: "",
      OLLAMA_HOST: "127.0.0.1:9",
      LLM_MODEL: "",
      POSE_MODEL_FILE: "/dev/null",
      ...options.env,
    },
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(options.stdin ?? ""));
  await writer.close();
  const { code, stdout, stderr } = await child.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}

async function withFolder(test: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir({ prefix: "pose test " });
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const names = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();

Deno.test("pose dance writes the GIF and its sidecar anywhere, and tells each step in the request's language", async () => {
  await withFolder(async (folder) => {
    const file = join(folder, "new", "танец.gif");
    const { code, out } = await pose(["dance", "Создай танец макарена", "--method", "retrieve", "--output", file]);
    assert.equal(code, 0, out);
    assert.match(out, /Запрос: Создай танец макарена\n/);
    assert.match(out, /Ищу позы: 12 \(hybrid\)/);
    assert.match(out, / 1\. вытянуть правую руку.*\n.*→ right_arm_forward, сходство [01]\.\d\d/);
    assert.match(out, /Сохранено: .*танец\.gif \(12 кадров/);
    assert.match(out, /Время: .*рисование \d+\.\d\d с, всего/);
    assert.deepEqual(names(join(folder, "new")), ["танец.gif", "танец.json"]);
    const sidecar = JSON.parse(await Deno.readTextFile(join(folder, "new", "танец.json")));
    assert.equal(sidecar.model, null);
    assert.deepEqual(Object.keys(sidecar.frames[0]), ["description", "pose_id", "score", "seconds", "author", "pose"]);
    const gif = await Deno.readFile(file);
    assert.equal(new TextDecoder().decode(gif.slice(0, 6)), "GIF89a");
  });
});

Deno.test("pose dance --json prints the sidecar alone on stdout", async () => {
  await withFolder(async (folder) => {
    const { code, out, err } = await pose(["dance", "macarena", "--json", "--output", join(folder, "a.gif")]);
    assert.equal(code, 0, err);
    assert.equal(out.trim().split("\n").length, 1);
    assert.equal(JSON.parse(out).choice.id, "macarena");
    assert.match(err, /Saved: /);
    assert.deepEqual(JSON.parse(out), JSON.parse(await Deno.readTextFile(join(folder, "a.json"))));
  });
});

const embeds = await isEmbedderCached();

Deno.test({
  name: "pose search and pose dance find poses by their meaning with --retriever embed" +
    (embeds ? "" : " (ignored: no embeddings; make embeddings fetches them)"),
  ignore: !embeds,
  async fn() {
    const { code, out, err } = await pose([
      "search",
      "--json",
      "-k",
      "3",
      "--retriever",
      "embed",
      "присесть на корточки",
    ]);
    assert.equal(code, 0, err);
    const { answered, retriever, results } = JSON.parse(out);
    assert.deepEqual({ answered, retriever, found: results.length }, { answered: true, retriever: "embed", found: 3 });
    await withFolder(async (folder) => {
      const args = ["dance", "macarena", "--retriever", "embed", "--output", join(folder, "a.gif")];
      const { code, out } = await pose(args);
      assert.equal(code, 0, out);
      assert.match(out, /Searching for 12 poses \(embed\)/);
      assert.equal(JSON.parse(await Deno.readTextFile(join(folder, "a.json"))).retriever, "embed");
    });
  },
});

Deno.test("wrong use is refused with 2 and one line that says what would be right", async () => {
  const refused: [string[], RegExp][] = [
    [["dance", ""], /request is empty/],
    [["dance", "🎉"], /no word/],
    [["dance", "a".repeat(100_000)], /100000 characters long, at most 2000/],
    [
      ["dance", "рецепт борща", "--method", "retrieve"],
      /ближайшие танцы: [^,]+, [^,]+, [^,]+; все \d+: make pose ARGS=poses/,
    ],
    [["dance", "macarena", "--frames", "0"], /whole number from 1 to 120/],
    [["dance", "macarena", "--frames", "1000"], /whole number from 1 to 120/],
    [["dance", "macarena", "--frames", "twelve"], /'twelve' is invalid.*whole number/],
    [["dance", "macarena", "--method", "magic"], /'magic' is invalid.*auto, describe, notation, select, retrieve/],
    [["search", "hands up", "--retriever", "psychic"], /'psychic' is invalid.*tfidf, char, embed/],
    [["dance", "macarena", "--output", "x.mov"], /x\.mov.*\.gif/],
    [["draw", "nobody"], /"nobody".*pose poses/],
    [["poses", "--theme", "space"], /"space".*arms/],
    [["eval", "retrieval", "--set", "secret"], /'secret' is invalid.*dev, test/],
    [["eval", "retrieval", "--set", "test", "--misses"], /test set, which is not looked at.*--set dev/],
    [["eval", "retrieval", "--folder", "lib"], /"lib": there is no dev\.ru\.jsonl and no dev\.en\.jsonl/],
    [["juggle"], /unknown command 'juggle'/],
  ];
  await Promise.all(refused.map(async ([args, message]) => {
    const { code, out, err } = await pose(args);
    assert.equal(code, 2, `${args.join(" ").slice(0, 80)}: ${out}${err}`);
    assert.match(err, message);
    assert.doesNotMatch(err, /\n\s+at /);
  }));
});

Deno.test("a folder that can't be written is refused before any work", async () => {
  await withFolder(async (folder) => {
    await Deno.writeTextFile(join(folder, "file"), "");
    const { code, out, err } = await pose(["dance", "macarena", "--output", join(folder, "file", "a.gif")]);
    assert.equal(code, 1);
    assert.match(err, /Cannot write to ".*file".*not a folder/);
    assert.equal(out, "");
  });
});

Deno.test("pose search answers each line of stdin with a line of JSON, empty ones too", async () => {
  const { code, out } = await pose(["search", "-", "-k", "2"], {
    stdin: "обе руки за головой\n\nhands on the waist\n",
  });
  assert.equal(code, 0);
  const lines = out.trim().split("\n").map((line) => JSON.parse(line));
  assert.deepEqual(lines.map(({ query, answered }) => [query, answered]), [
    ["обе руки за головой", true],
    ["", false],
    ["hands on the waist", true],
  ]);
  assert.equal(lines[0].results[0].id, "hands_behind_head");
  assert.equal(lines[0].results.length, 2);
  assert.equal(lines[1].results.length, 3);
  assert.equal(Object.keys(lines[0].results[0].pose.joints).length, 18);
});

Deno.test("pose dance saves a video with its sidecar, and a motion as JSON that is its own", async () => {
  await withFolder(async (folder) => {
    const [video, data, bad] = await Promise.all([
      pose(["dance", "macarena", "--size", "120", "--output", join(folder, "v", "a.mp4")]),
      pose(["dance", "macarena", "--fps", "10", "--output", join(folder, "j", "a.json")]),
      pose(["dance", "macarena", "--stills", "--output", join(folder, "a.mp4")]),
    ]);
    assert.equal(video.code, 0, video.err);
    assert.deepEqual(names(join(folder, "v")), ["a.json", "a.mp4"]);
    const mp4 = await Deno.readFile(join(folder, "v", "a.mp4"));
    assert.equal(new TextDecoder().decode(mp4.slice(4, 8)), "ftyp");
    assert.equal(data.code, 0, data.err);
    assert.deepEqual(names(join(folder, "j")), ["a.json"]);
    const { frames, motion } = JSON.parse(await Deno.readTextFile(join(folder, "j", "a.json")));
    assert.equal(frames.length, 12);
    assert.equal(motion.frames.length, Math.round(motion.seconds * 10));
    assert.equal(bad.code, 2);
  });
});

Deno.test("pose animate moves through key poses from stdin", async () => {
  await withFolder(async (folder) => {
    const file = join(folder, "a.gif");
    const stdin = JSON.stringify({ frames: [{ pose_id: "arms_up" }, { pose_id: "hands_behind_head" }] });
    const { code, out, err } = await pose(["animate", "-", "--json", "--size", "80", "--output", file], { stdin });
    assert.equal(code, 0, err);
    assert.deepEqual([JSON.parse(out).seconds, JSON.parse(out).bytes], [2, (await Deno.stat(file)).size]);
    const wrong = await pose(["animate", "-"], { stdin: '{"frames": [{"pose_id": "nobody"}]}' });
    assert.equal(wrong.code, 2);
    assert.match(wrong.err, /frames\[0\]\.pose_id: The library has no pose "nobody"/);
  });
});

Deno.test("pose draw takes a pose as JSON from stdin, and says what is wrong with one that is none", async () => {
  await withFolder(async (folder) => {
    const drawn = await pose(["draw", "arms_up", "--json", "--output", join(folder, "a.png")]);
    assert.equal(drawn.code, 0, drawn.err);
    const again = await pose(["draw", "-", "--output", join(folder, "b.png")], {
      stdin: JSON.stringify(JSON.parse(drawn.out).pose),
    });
    assert.equal(again.code, 0, again.err);
    assert.deepEqual(await Deno.readFile(join(folder, "a.png")), await Deno.readFile(join(folder, "b.png")));
    const wrong = await pose(["draw", "-"], { stdin: '{"joints": {"pelvis": [0, "x", 0]}}' });
    assert.equal(wrong.code, 2);
    assert.match(wrong.err, /joints\.pelvis\.1/);
    assert.match((await pose(["draw", "-"], { stdin: "{" })).err, /not JSON/);
  });
});

Deno.test("pose eval retrieval measures on any folder of queries, and lists, writes and draws what it found", async () => {
  await withFolder(async (folder) => {
    const must = [{ kind: "limb", limb: "arm", side: "right", direction: "side", level: "middle" }];
    const asked = (query: string, ids: string[]) => ({ query, style: "terse", ids, must: ids.length > 0 ? must : [] });
    const write = (name: string, ...queries: unknown[]) =>
      Deno.writeTextFile(join(folder, name), queries.map((query) => JSON.stringify(query)).join("\n"));
    const said = (await loadLibrary()).pose("right_arm_side")?.describe.en[0] ?? assert.fail();
    await write("dev.en.jsonl", asked(said, ["right_arm_side"]), asked("zzz", ["right_arm_side"]));
    await write("test.ru.jsonl", asked("правая рука в сторону", ["right_arm_side"]), asked("борщ", []));
    await write("test.en.jsonl", asked(`${said.toUpperCase()}!`, ["right_arm_side"]), asked("borscht", []));
    const args = ["eval", "retrieval", "--folder", folder, "--retriever", "tfidf", "slots"];

    const dev = await pose([...args, "--misses"]);
    assert.equal(dev.code, 0, dev.err);
    assert.match(dev.out, /tfidf, terse: 1 of 2 missed\n {2}zzz\n {4}wanted right_arm_side; got \w+ 0\.00, refused\n/);
    assert.match(dev.out, /English: 2 queries with an answer.*\nretriever .*\ntfidf {2} +50\.0 \(0\.0–100\.0\)/);

    const files = ["a.json", "a.png", "b.png"].map((name) => join(folder, "new", name));
    const saves = ["--output", "--chart", "--sheet"].flatMap((option, i) => [option, files[i] ?? ""]);
    const test = await pose([...args, "--set", "test", "--json", ...saves]);
    assert.equal(test.code, 0, test.err);
    const report = JSON.parse(test.out);
    assert.deepEqual(report, JSON.parse(await Deno.readTextFile(files[0] ?? "")));
    assert.deepEqual(report.leftOut, { ru: 0, en: 1 }, "the development set has it too");
    assert.deepEqual(Object.keys(report.machine), ["cpu", "cores", "deno", "onnxruntime"]);
    assert.deepEqual(
      report.results.map((row: Record<string, unknown>) => [row.retriever, row.language, row.answerable]),
      ["tfidf", "slots"].flatMap((name) => [[name, "ru", 1], [name, "en", 0], [name, "all", 1]]),
    );
    assert.doesNotMatch(test.out, /борщ|сторону/, "figures, and nothing of a query");
    assert.doesNotMatch(test.out, new RegExp(Deno.hostname()));
    for (const file of files.slice(1)) assert.equal((await Deno.readFile(file))[1], "P".charCodeAt(0));

    await Deno.writeTextFile(join(folder, "dev.en.jsonl"), '{"query": 1}\n{');
    const broken = await pose(args);
    assert.equal(broken.code, 1);
    assert.match(broken.err, /dev\.en\.jsonl:1: query: 1: must be a text in double quotes/);
    assert.match(broken.err, /dev\.en\.jsonl:2: is not JSON/);
    assert.doesNotMatch(broken.err, /\n\s+at /);
  });
});

Deno.test("every command has --help and ends with 0", async () => {
  const commands = [
    [],
    ["dance"],
    ["search"],
    ["draw"],
    ["poses"],
    ["poses", "check"],
    ["weights"],
    ["doctor"],
    [
      "eval",
    ],
    ["eval", "select"],
    ["eval", "retrieval"],
  ];
  await Promise.all(commands.map(async (command) => {
    const { code, out } = await pose([...command, "--help"]);
    assert.equal(code, 0, command.join(" "));
    assert.match(out, /Usage: pose/);
  }));
});

Deno.test("Ctrl-C ends a dance with 130 and leaves no file under its name", async () => {
  await withFolder(async (folder) => {
    // A server that accepts and never answers holds the command where the model is asked.
    await using server = Deno.serve(
      { port: 0, hostname: "127.0.0.1", onListen: () => {} },
      (request) =>
        new URL(request.url).pathname.endsWith("/models")
          ? Response.json({ object: "list", data: [{ id: "m", object: "model" }] })
          : new Promise<Response>((done) => request.signal.addEventListener("abort", () => done(new Response(null)))),
    );
    const child = new Deno.Command(Deno.execPath(), {
      args: [...CLI, "dance", "Создай танец макарена", "--output", join(folder, "a.gif")],
      cwd: ROOT,
      stdout: "piped",
      stderr: "piped",
      env: { OPENAI_BASE_URL: `http://127.0.0.1:${server.addr.port}/v1`, LLM_MODEL: "m" },
    }).spawn();
    let told = "";
    const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    while (!told.includes("Проверяю")) {
      const { value, done } = await reader.read();
      if (done) break;
      told += value;
    }
    child.kill("SIGINT");
    const { code } = await child.status;
    await reader.cancel();
    assert.equal(code, 130, told);
    assert.match(await new Response(child.stderr).text(), /Interrupted/);
    assert.deepEqual(names(folder), []);
  });
});
