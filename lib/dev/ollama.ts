/**
 * A real Ollama for the tests: the one on PATH, or one that Go builds once. It runs inside the checkout, on a port of
 * its own, with models of its own, and without a way to the network.
 *
 * @module
 */
import { join, resolve } from "node:path";
import { withLock } from "../assets/with_lock.ts";
import { freePort } from "./free_port.ts";
import { onPath } from "./on_path.ts";

/** The version that is built. Newer ones lack headers in the archive that the Go proxy serves. */
const VERSION = "0.9.6";
const MODULE = "github.com/ollama/ollama";
/**
 * Compiled for any PC it reads 11 tokens a second, for this one 170 (SmolLM2-135M in Q4_1, one thread). Without AVX-512,
 * which the next machine that gets this cache may lack.
 */
const FLAGS = "-O2 -march=native -mno-avx512f";
const BUILD_MS = 7 * 60_000;
const START_MS = 30_000;
const STOP_MS = 5_000;

/** Where Ollama, what it is built from and what it writes are kept. */
export const OLLAMA_FOLDER: string = join(".cache", "ollama");

/** How an Ollama is looked for and built. */
export interface OllamaOptions {
  /** Hears what takes long. */
  readonly report: (line: string) => void;
  /** Where it is kept (default {@linkcode OLLAMA_FOLDER}). */
  readonly folder?: string;
  /** Where programs are looked for (default: this process's PATH). */
  readonly path?: string;
  /** Ends the build. */
  readonly signal?: AbortSignal;
}

/** An Ollama, or a sentence that says why there is none. */
export type OllamaProgram = { readonly path: string } | { readonly missing: string };

/** A running server. Dispose of it to stop it and remove its models. */
export interface OllamaServer extends AsyncDisposable {
  /** Host and port, as OLLAMA_HOST has them. */
  readonly host: string;
}

/**
 * Runs a task with a real Ollama. One at a time in a checkout: another process waits.
 *
 * @param options Where to look.
 * @param task Gets the server's host and port.
 * @returns What the task returns; or why there is no Ollama, which is no failure.
 * @throws {Error} When there is one and it doesn't start.
 */
export async function withOllama<T>(
  options: OllamaOptions,
  task: (host: string) => Promise<T>,
): Promise<T | { readonly missing: string }> {
  const { folder = OLLAMA_FOLDER, signal } = options;
  await Deno.mkdir(folder, { recursive: true });
  return await withLock(join(folder, ".lock"), async () => {
    const program = await ollamaProgram(options);
    if ("missing" in program) return program;
    await using server = await startOllama(program.path, folder);
    return await task(server.host);
  }, signal);
}

/**
 * The Ollama on PATH; else the one built before; else one built now, where Go is on PATH: about three minutes, once.
 *
 * @param options Where to look.
 * @returns Its path, or why there is none.
 */
export async function ollamaProgram(options: OllamaOptions): Promise<OllamaProgram> {
  const { folder = OLLAMA_FOLDER, report, path, signal } = options;
  const installed = await onPath("ollama", path);
  if (installed !== undefined) return { path: installed };
  const built = await onPath("ollama", join(folder, "bin"));
  if (built !== undefined) return { path: built };
  const go = await onPath("go", path);
  if (go === undefined) return { missing: "neither Ollama nor Go is on PATH" };
  report(`No Ollama on PATH: Go builds version ${VERSION} into ${join(folder, "bin")} (about 3 minutes, once) …`);
  const failure = await build(go, folder, signal);
  return failure === undefined
    ? { path: resolve(folder, "bin", "ollama") }
    : { missing: `Go could not build Ollama ${VERSION}: ${failure}` };
}

/** Builds Ollama; what Go downloads and compiles on the way (0.8 GB) is removed whatever comes of it. */
async function build(go: string, folder: string, signal: AbortSignal | undefined): Promise<string | undefined> {
  const work = resolve(folder, "build");
  const log = join(folder, "build.log");
  const late = AbortSignal.timeout(BUILD_MS);
  await removeFolder(work);
  await Deno.mkdir(join(work, "tmp"), { recursive: true });
  try {
    const { success, code, stderr } = await new Deno.Command(go, {
      args: ["install", "-trimpath", `-ldflags=-s -w -X=${MODULE}/version.Version=${VERSION}`, `${MODULE}@v${VERSION}`],
      env: {
        GOFLAGS: "-mod=mod -modcacherw",
        // Written there by Go: Deno may not write what it may run.
        GOBIN: resolve(folder, "bin"),
        GOPATH: join(work, "go"),
        GOCACHE: join(work, "cache"),
        GOMODCACHE: join(work, "modules"),
        GOTMPDIR: join(work, "tmp"),
        CGO_ENABLED: "1",
        ...(Deno.build.arch === "x86_64" ? { CGO_CFLAGS: FLAGS, CGO_CXXFLAGS: FLAGS } : {}),
      },
      stdin: "null",
      stdout: "null",
      stderr: "piped",
      signal: signal === undefined ? late : AbortSignal.any([signal, late]),
    }).output();
    signal?.throwIfAborted();
    const said = new TextDecoder().decode(stderr);
    await Deno.writeTextFile(log, said);
    if (late.aborted) return `not done within ${BUILD_MS / 60_000} minutes (${log} has what Go said)`;
    if (!success) return `${reason(said) ?? `exit code ${code}`} (${log} has what Go said)`;
  } finally {
    await removeFolder(work);
  }
}

/** In our words: Go's own may hold the address of a proxy, and a password with it. */
function reason(said: string): string | undefined {
  if (/dial tcp|no such host|connection refused|i\/o timeout|TLS handshake|proxyconnect/i.test(said)) {
    return "the Go module proxy does not answer";
  }
  if (/C compiler|"?(?:gcc|g\+\+|clang|cc)"?: (?:executable file )?not found/i.test(said)) {
    return "no C and C++ compiler";
  }
  if (/no space left/i.test(said)) return "the disk is full";
  if (/requires go >= /i.test(said)) return "this Go is too old";
}

/**
 * Starts a server on a free port of this machine, with an empty store of models.
 *
 * @param program Path of Ollama.
 * @param folder What it writes goes here.
 * @throws {Error} When it doesn't answer; its own words are in `serve.log`.
 */
export async function startOllama(program: string, folder: string = OLLAMA_FOLDER): Promise<OllamaServer> {
  const home = resolve(folder, "home");
  const log = join(folder, "serve.log");
  await removeFolder(home);
  await Deno.mkdir(home, { recursive: true });
  const host = `127.0.0.1:${freePort()}`;
  const child = new Deno.Command(program, {
    args: ["serve"],
    clearEnv: true,
    env: {
      PATH: Deno.env.get("PATH") ?? "",
      HOME: home,
      TMPDIR: home,
      OLLAMA_HOST: host,
      OLLAMA_MODELS: join(home, "models"),
      OLLAMA_NUM_PARALLEL: "1",
      // Nothing listens there, and connections to this machine go past a proxy: everything else is out of reach.
      HTTPS_PROXY: "http://127.0.0.1:9",
      HTTP_PROXY: "http://127.0.0.1:9",
    },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const ended = child.status;
  const file = await Deno.open(log, { create: true, write: true, truncate: true });
  const logged = child.stderr.pipeTo(file.writable).catch(() => {});
  const stop = async () => {
    try {
      child.kill("SIGTERM");
    } catch {
      // It has ended by itself.
    }
    const kill = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
    await ended;
    clearTimeout(kill);
    await logged;
    await removeFolder(home);
  };
  let alive = true;
  ended.then(() => alive = false);
  const until = performance.now() + START_MS;
  while (!(await answers(host))) {
    if (alive && performance.now() < until) {
      await new Promise((done) => setTimeout(done, 100));
      continue;
    }
    const how = alive ? `does not answer within ${START_MS / 1000} s` : `ends with exit code ${(await ended).code}`;
    await stop();
    throw new Error(`Cannot start Ollama: it ${how}. ${log} has what it said.`);
  }
  return { host, [Symbol.asyncDispose]: stop };
}

async function answers(host: string): Promise<boolean> {
  try {
    const response = await fetch(`http://${host}/api/version`, { signal: AbortSignal.timeout(1000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

async function removeFolder(folder: string): Promise<void> {
  await Deno.remove(folder, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
}
