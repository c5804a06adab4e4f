/**
 * Executes the notebooks with the real Deno kernel and writes their outputs into them: `make notebooks`.
 *
 * @module
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { checkCells } from "./check_cells.ts";
import { executeNotebook } from "./execute_notebook.ts";
import { installKernelspec } from "./kernelspec.ts";
import { notebookFaults } from "./notebook_faults.ts";
import { readNotebook, stripNotebook } from "./notebook_file.ts";
import { runDeno } from "./run_deno.ts";

/** The longest that one cell may take, in seconds, on a slow two-core machine. */
export const CELL_SECONDS = 180;

/**
 * The repository's notebooks.
 *
 * @returns Their paths in the order of their names; none where there is no such folder yet.
 */
export async function listNotebooks(): Promise<string[]> {
  const paths: string[] = [];
  try {
    for await (const entry of Deno.readDir("notebooks")) {
      if (entry.isFile && entry.name.endsWith(".ipynb")) paths.push(join("notebooks", entry.name));
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return paths.sort();
}

/**
 * Tests a notebook as it stands: fit to be shown, and every cell runs in a new kernel.
 *
 * @param path Where the notebook is; it is not written.
 * @param report Called with each line of progress.
 * @param seconds The longest that one cell may take.
 * @returns A line for every fault; none for a good notebook.
 */
export async function testNotebook(
  path: string,
  report: (line: string) => void,
  seconds: number = CELL_SECONDS,
): Promise<string[]> {
  const text = await Deno.readTextFile(path);
  const faults = notebookFaults(await readNotebook(path), text, Deno.hostname());
  const { failure } = await executeNotebook(path, seconds, report);
  if (failure !== undefined) faults.push(failure);
  return faults;
}

/**
 * Executes a notebook and writes what its cells showed into it, without what changes from run to run. A notebook with
 * a cell that fails stays as it was.
 *
 * @param path Where the notebook is.
 * @param report Called with each line of progress.
 * @param seconds The longest that one cell may take.
 * @returns A line for every fault; none where the notebook was written and is good.
 */
export async function writeOutputs(
  path: string,
  report: (line: string) => void,
  seconds: number = CELL_SECONDS,
): Promise<string[]> {
  const { notebook, failure } = await executeNotebook(path, seconds, report);
  if (failure !== undefined || notebook === undefined) return [failure ?? "the kernel did not start"];
  const part = `${path}.part`;
  await Deno.writeTextFile(part, JSON.stringify(stripNotebook(notebook), null, 1) + "\n");
  await Deno.rename(part, path);
  await runDeno(["fmt", "--quiet", path]);
  return notebookFaults(await readNotebook(path), await Deno.readTextFile(path), Deno.hostname());
}

if (import.meta.main) {
  const { positionals } = parseArgs({ args: Deno.args, allowPositionals: true });
  await installKernelspec();
  let failed = 0;
  for (const path of positionals.length > 0 ? positionals : await listNotebooks()) {
    console.log(path);
    const types = await checkCells(path);
    const faults = types === "" ? await writeOutputs(path, console.log) : [types];
    for (const fault of faults) console.error(`${path}: ${fault}`);
    if (faults.length > 0) failed++;
  }
  Deno.exitCode = failed > 0 ? 1 : 0;
}
