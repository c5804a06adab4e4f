import assert from "node:assert/strict";
import { join } from "node:path";
import { type OllamaProgram, ollamaProgram, startOllama, withOllama } from "./ollama.ts";
import { onPath } from "./on_path.ts";

const onWindows = Deno.build.os === "windows";

interface Place {
  /** Stands for PATH. */
  readonly path: string;
  /** Where Ollama would be built. */
  readonly folder: string;
  /** What was reported. */
  readonly said: string[];
  /** Puts a program on PATH. */
  program(name: string, script: string): Promise<void>;
  find(): Promise<OllamaProgram>;
}

/** A PATH with nothing on it, for the time of one test. */
function pathTest(name: string, test: (place: Place) => Promise<void>) {
  Deno.test({
    name: onWindows ? `${name} (ignored: shell scripts don't run on Windows)` : name,
    ignore: onWindows,
    async fn() {
      const root = await Deno.makeTempDir();
      const path = join(root, "programs");
      const folder = join(root, "ollama");
      await Deno.mkdir(path);
      await Deno.mkdir(folder);
      const said: string[] = [];
      const options = { folder, path, report: (line: string) => said.push(line) };
      const program = (file: string, script: string) =>
        Deno.writeTextFile(join(path, file), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
      try {
        await test({ path, folder, said, program, find: () => ollamaProgram(options) });
      } finally {
        await Deno.remove(root, { recursive: true });
      }
    },
  });
}

const missing = (found: OllamaProgram) => "missing" in found ? found.missing : assert.fail(`found ${found.path}`);
const names = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();

pathTest("onPath() finds a program in PATH's order, and only what can be run", async ({ path, program }) => {
  await program("tool", "");
  await Deno.writeTextFile(join(path, "text"), "", { mode: 0o644 });
  assert.equal(await onPath("tool", `${join(path, "nowhere")}:${path}`), join(path, "tool"));
  assert.equal(await onPath("text", path), undefined);
  assert.equal(await onPath("tool", ""), undefined);
});

pathTest("ollamaProgram() takes the Ollama on PATH, though Go is there too", async ({ path, program, find, said }) => {
  await program("ollama", "");
  await program("go", "exit 1");
  assert.deepEqual(await find(), { path: join(path, "ollama") });
  assert.deepEqual(said, []);
});

pathTest("ollamaProgram() says that neither Ollama nor Go is on PATH", async ({ find, said }) => {
  assert.equal(missing(await find()), "neither Ollama nor Go is on PATH");
  assert.deepEqual(said, []);
});

pathTest("ollamaProgram() has Go build Ollama once, says so, and keeps the binary alone", async (place) => {
  await place.program(
    "go",
    'mkdir -p "$GOBIN" "$GOMODCACHE" && printf "#!/bin/sh\\n" > "$GOBIN/ollama" && chmod 755 "$GOBIN/ollama"',
  );
  const built = { path: join(place.folder, "bin", "ollama") };
  assert.deepEqual(await place.find(), built);
  assert.equal(place.said.length, 1);
  assert.match(place.said[0] ?? "", /Go builds version [\d.]+ .*about 3 minutes, once/);
  assert.deepEqual(names(place.folder), ["bin", "build.log"]);
  await place.program("go", "exit 1");
  assert.deepEqual(await place.find(), built);
  assert.equal(place.said.length, 1);
});

pathTest("a build that fails is a reason without addresses, and leaves nothing half made", async (place) => {
  const offline = 'Get "https://user:secret@proxy.example/x": dial tcp: lookup proxy.example: no such host';
  for (
    const [said, reason] of [
      [offline, /the Go module proxy does not answer/],
      ['cgo: C compiler "gcc" not found', /no C and C\+\+ compiler/],
      ["write /x: no space left on device", /the disk is full/],
      ["user:secret@proxy.example says nothing that is known", /exit code 7/],
    ] as const
  ) {
    await place.program("go", `cat >&2 <<'END'\n${said}\nEND\nexit 7`);
    const why = missing(await place.find());
    assert.match(why, reason);
    assert.doesNotMatch(why, /secret|proxy\.example/);
    assert.deepEqual(names(place.folder), ["build.log"]);
    assert.ok((await Deno.readTextFile(join(place.folder, "build.log"))).includes(said));
  }
});

pathTest("withOllama() runs nothing where there is no Ollama", async ({ folder, path }) => {
  const ran = await withOllama({ folder, path, report: () => {} }, () => assert.fail("ran"));
  assert.deepEqual(ran, { missing: "neither Ollama nor Go is on PATH" });
});

pathTest("startOllama() says how an Ollama ends that does not start, and where it said why", async (place) => {
  await place.program("ollama", "echo broken >&2; exit 3");
  const log = join(place.folder, "serve.log");
  await assert.rejects(startOllama(join(place.path, "ollama"), place.folder), (error) => {
    assert.ok(error instanceof Error);
    assert.equal(error.message, `Cannot start Ollama: it ends with exit code 3. ${log} has what it said.`);
    return true;
  });
  assert.equal(await Deno.readTextFile(log), "broken\n");
  assert.deepEqual(names(place.folder), ["serve.log"]);
});
