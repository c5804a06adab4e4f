/**
 * Executes the notebooks with the real Deno kernel and writes their outputs into them: `make notebooks`.
 *
 * @module
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Language } from "../text/mod.ts";
import { checkCells } from "./check_cells.ts";
import { checkFaults } from "./check_faults.ts";
import { kindOf, notebooksIn } from "./course.ts";
import { generate } from "./editions.ts";
import { executeNotebook } from "./execute_notebook.ts";
import { installKernelspec } from "./kernelspec.ts";
import { notebookFaults } from "./notebook_faults.ts";
import { parseNotebook, stripNotebook } from "./notebook_file.ts";
import { runDeno } from "./run_deno.ts";

/** The longest that one cell may take, in seconds, on a slow two-core machine. */
export const CELL_SECONDS = 180;

/**
 * The notebooks that are executed as they stand, in their order: chapters, and exercises solved and unsolved.
 *
 * @param language The Russian ones have the same code.
 */
export async function listNotebooks(language: Language = "en"): Promise<string[]> {
  const folder = language === "ru" ? join("notebooks", "ru") : "notebooks";
  const folders = [folder, join(folder, "exercises"), join(folder, "solutions")];
  return (await Promise.all(folders.map(notebooksIn))).flat();
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
  const kind = kindOf(path);
  // Exercises are handed out blank.
  const faults = kind === "exercises" ? [] : await committedFaults(path);
  const { notebook, failure } = await executeNotebook(path, seconds, report);
  if (failure !== undefined) faults.push(failure);
  else if (notebook && kind !== "chapter") faults.push(...checkFaults(notebook, kind));
  return faults;
}

/**
 * What keeps a notebook from being shown as it stands.
 *
 * @param path Where the notebook is.
 * @returns A line for every fault.
 */
export async function committedFaults(path: string): Promise<string[]> {
  const text = await Deno.readTextFile(path);
  return notebookFaults(parseNotebook(text, path), text, Deno.hostname());
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
  return await committedFaults(path);
}

if (import.meta.main) {
  const { positionals, values: { force } } = parseArgs({
    args: Deno.args,
    allowPositionals: true,
    options: { force: { type: "boolean", default: false } },
  });
  await installKernelspec();
  await generate(force);
  const all = [...await listNotebooks(), ...await notebooksIn(join("notebooks", "ru", "solutions"))]
    .filter((path) => kindOf(path) !== "exercises");
  let failed = 0;
  for (const path of positionals.length > 0 ? positionals : all) {
    console.log(path);
    const types = await checkCells(path);
    const faults = types === "" ? await writeOutputs(path, console.log) : [types];
    for (const fault of faults) console.error(`${path}: ${fault}`);
    if (faults.length > 0) failed++;
  }
  // The Russian chapters take the outputs that the English ones have now.
  failed += await generate(force);
  Deno.exitCode = failed > 0 ? 1 : 0;
}
