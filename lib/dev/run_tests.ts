/**
 * Everything that must hold, in stages that all run whatever failed before: `make test`. It closes with one line,
 * `N passed, N failed`. (Were this file called test.ts, `deno test` would take it for a test.)
 *
 * @module
 */
import { isCached } from "../assets/mod.ts";
import { SMOLLM2_135M } from "../llm/mod.ts";
import { checkCells } from "./check_cells.ts";
import { type Counts, countsLine, denoTestCounts, oneCheck, sumCounts } from "./counts.ts";
import { installKernelspec } from "./kernelspec.ts";
import { listNotebooks, testNotebook } from "./notebooks.ts";
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

/** A check of every notebook; each counts as one. */
function notebookStage(name: string, check: (path: string) => Promise<readonly string[]>): Stage {
  return {
    name,
    run: async () => {
      const counts: Counts[] = [];
      for (const path of await listNotebooks()) {
        const start = performance.now();
        const faults = await check(path).catch((error: unknown) => [String(error)]);
        const seconds = ((performance.now() - start) / 1000).toFixed(1);
        console.log(`${path} ... ${faults.length === 0 ? "ok" : "FAILED"} (${seconds} s)`);
        for (const fault of faults) console.log(`  ${fault.replaceAll("\n", "\n  ")}`);
        counts.push(oneCheck(faults.length === 0));
      }
      return sumCounts(counts);
    },
  };
}

/** `deno fmt --check` calls every notebook that tells its language unformatted, and formats it to the same bytes. */
async function formatFaults(path: string): Promise<string[]> {
  const text = await Deno.readFile(path);
  const child = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--quiet", "--ext=ipynb", "-"],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  const [output] = await Promise.all([child.output(), writer.write(text).then(() => writer.close())]);
  const formatted = new TextDecoder().decode(output.stdout);
  return output.success && formatted === new TextDecoder().decode(text) ? [] : ["is not formatted: run `make fmt`"];
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
  notebookStage("Notebooks, executed by the Deno kernel", (path) => testNotebook(path, console.log)),
];

await installKernelspec();
const all: Counts[] = [];
const failed: string[] = [];
for (const { name, run } of STAGES) {
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
