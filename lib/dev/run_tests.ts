/**
 * Everything that must hold, in stages that all run whatever failed before: `make test`; the tests of some folders only,
 * `make test ARGS=lib/describe`. It closes with one line, `N passed, N failed`. (Were this file called test.ts,
 * `deno test` would take it for a test.)
 *
 * @module
 */
import { isCached } from "../assets/mod.ts";
import { SMOLLM2_135M } from "../llm/mod.ts";
import { checkCells } from "./check_cells.ts";
import { type Counts, countsLine, denoTestCounts, oneCheck, sumCounts } from "./counts.ts";
import { formatNotebook } from "./format_notebook.ts";
import { installKernelspec } from "./kernelspec.ts";
import { isLesson, lookInBrowser } from "./lab/stages.ts";
import { findChromium } from "./find_chromium.ts";
import { committedFaults, listNotebooks, testNotebook } from "./notebooks.ts";
import { withOllama } from "./ollama.ts";
import { runDeno } from "./run_deno.ts";

/** What tests may do. They write inside the checkout only; the programs they start include some that they write first. */
const TEST_PERMISSIONS = [
  "--no-prompt",
  "--allow-read",
  "--allow-write=.",
  "--allow-env",
  "--allow-sys",
  "--allow-ffi=node_modules,.cache/onnxruntime",
  "--allow-net=127.0.0.1,localhost",
  "--allow-run",
];

interface Stage {
  name: string;
  run(): Promise<Counts>;
}

/** A `deno` subcommand that either passes or does not. */
function denoStage(name: string, args: readonly string[]): Stage {
  return { name, run: async () => oneCheck((await runDeno(args, { live: true })).code === 0) };
}

/** `deno test` on a folder, with its own counts. */
function testStage(name: string, args: readonly string[], env: Record<string, string> = {}): Stage {
  return {
    name,
    run: async () => {
      // Temporary files stay inside the checkout, where tests may write.
      await Deno.mkdir(".cache/tmp", { recursive: true });
      const { code, output } = await runDeno(["test", ...TEST_PERMISSIONS, ...args], {
        live: true,
        env: { TMPDIR: `${Deno.cwd()}/.cache/tmp`, ...env },
      });
      return denoTestCounts(output, code);
    },
  };
}

/** Ignored but where a real Ollama runs, so left out of the stage that has none. */
const OLLAMA_TESTS = ["lib/dev/ollama_chat_test.ts", "lib/dev/ollama_models_test.ts"];

/** Tests against a real Ollama, which runs for their time. That there is none is skipped, and not failed. */
function ollamaStage(name: string): Stage {
  return {
    name,
    run: async () => {
      const ran = await isCached(SMOLLM2_135M)
        ? await withOllama(
          { report: console.log },
          (host) => testStage(name, OLLAMA_TESTS, { OLLAMA_TEST_HOST: host }).run(),
        )
        : { missing: `no ${SMOLLM2_135M.name}; \`make weights\` fetches it` };
      if (!("missing" in ran)) return ran;
      console.log(`Skipped: ${ran.missing}.`);
      return { passed: 0, failed: 0, skipped: 1 };
    },
  };
}

/** A check that says what is wrong, a line a fault. */
async function oneOf(name: string, check: () => Promise<readonly string[]>): Promise<Counts> {
  const start = performance.now();
  const faults = await check().catch((error: unknown) => [String(error)]);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${name} ... ${faults.length === 0 ? "ok" : "FAILED"} (${seconds} s)`);
  for (const fault of faults) console.log(`  ${fault.replaceAll("\n", "\n  ")}`);
  return oneCheck(faults.length === 0);
}

/** A check of every notebook; each counts as one. */
function notebookStage(name: string, check: (path: string) => Promise<readonly string[]>): Stage {
  return {
    name,
    run: async () => {
      const counts: Counts[] = [];
      for (const path of await listNotebooks()) counts.push(await oneOf(path, () => check(path)));
      return sumCounts(counts);
    },
  };
}

/** Where the browser is; without one, its stage is skipped, and the kernel alone runs every notebook. */
const chromium = await findChromium();

function browserStage(name: string): Stage {
  return {
    name,
    run: async () => {
      if (chromium !== undefined) return sumCounts(await lookInBrowser(chromium, oneOf));
      console.log("Skipped: no Chromium on PATH (chromium, google-chrome). The kernel alone runs the notebooks.");
      return { passed: 0, failed: 0, skipped: 1 };
    },
  };
}

async function formatFaults(path: string): Promise<string[]> {
  const text = await Deno.readTextFile(path);
  return await formatNotebook(text) === text ? [] : ["is not formatted: run `make fmt`"];
}

const STAGES: readonly Stage[] = [
  denoStage("Formatting", ["fmt", "--check", "--ignore=notebooks"]),
  notebookStage("Formatting of notebooks", formatFaults),
  denoStage("Lint", ["lint"]),
  denoStage("Types of lib and its tests", ["check", "--quiet", "lib"]),
  notebookStage("Types of the notebooks' cells", async (path) => {
    const errors = await checkCells(path);
    return errors === "" ? [] : [errors];
  }),
  testStage("Tests and the examples in docstrings", [
    "--parallel",
    "--doc",
    `--ignore=${OLLAMA_TESTS.join(",")}`,
    "lib",
  ]),
  testStage("Drawing with the fallback canvas", ["--parallel", "lib/draw"], { POSE_CANVAS: "napi" }),
  ollamaStage("A real Ollama"),
  // What the browser runs needs no second run without one.
  notebookStage(
    "Notebooks, executed by the Deno kernel",
    (path) => chromium !== undefined && isLesson(path) ? committedFaults(path) : testNotebook(path, console.log),
  ),
  browserStage("Notebooks in JupyterLab and as web pages, in Chromium"),
];

// With folders or files named, only their tests.
const stages = Deno.args.length === 0 ? STAGES : [testStage("Tests and examples", ["--doc", ...Deno.args])];
await installKernelspec();
const all: Counts[] = [];
const failed: string[] = [];
for (const { name, run } of stages) {
  console.log(`\n== ${name}`);
  const start = performance.now();
  const counts = await run().catch((error: unknown): Counts => {
    console.error(error);
    return oneCheck(false);
  });
  console.log(`== ${name}: ${countsLine(counts)} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  all.push(counts);
  if (counts.failed > 0) failed.push(name);
}
const sum = sumCounts(all);
console.log(failed.length === 0 ? "" : `\nFailed: ${failed.join("; ")}`);
console.log(countsLine(sum));
Deno.exitCode = sum.failed === 0 ? 0 : 1;
