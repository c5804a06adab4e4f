/**
 * Opens a notebook in JupyterLab, runs it by the menu's Run All Cells, and looks at what there is to see:
 * `deno run --allow-all drive_notebook.ts '{"base", "token", "chromium", "path", "run", "seconds"}'`. Prints the faults,
 * a JSON list; where there are any, .cache keeps a picture of the page.
 */
import { isDeepStrictEqual } from "node:util";
import { KERNEL_LANGUAGE, type Notebook, sourceOf } from "../notebook_file.ts";
import { type LabAddress, type LabPage, openLabPage } from "./lab_page.ts";
import { type Expected, expectedOf } from "./expected.ts";
import { seenIn } from "./seen_in.js";

/** More than this in one cell is progress that does not take its own place. */
const MOST_OUTPUTS = 16;

const { run, seconds, ...address } = JSON.parse(Deno.args[0] ?? "") as LabAddress & { run: boolean; seconds: number };
await using lab = await openLabPage(address, run);
const faults: string[] = [];
if (run) {
  const changed = await lab.page.locator(".jp-mod-dirty").count() > 0;
  if (changed && Deno.version.typescript === KERNEL_LANGUAGE.version) faults.push("opening it changes it");
  faults.push(...await runAll(lab));
}
const notebook = await lab.saved();
faults.push(...await look(lab, notebook), ...lab.faults);
if (faults.length > 0) await lab.page.screenshot({ path: `.cache/${address.path.replaceAll("/", "-")}-fault.png` });
console.log(JSON.stringify(faults));

/** Runs all cells, and saves. */
async function runAll({ page, choose, prompts, saved }: LabPage): Promise<string[]> {
  await choose("Run", "Run All Cells");
  const late = performance.now() + seconds * 1000;
  let left: string[];
  do {
    await page.waitForTimeout(250);
    left = (await prompts()).flatMap((prompt, i) => prompt.includes("*") ? [`code cell ${i + 1}`] : []);
    if (performance.now() > late) return [`${left[0]} still runs after ${seconds} s`];
  } while (left.length > 0);
  // The last outputs may come after the last prompt: wait until no more do.
  for (let before = -1, now = -2; now !== before;) {
    [before, now] = [now, await page.locator(".jp-OutputArea-child").count()];
    await page.waitForTimeout(1000);
  }
  const ran = (cell: Notebook["cells"][number]) =>
    cell.cell_type !== "code" || typeof cell.execution_count === "number";
  for (let i = 0; i < 20 && !(await saved()).cells.every(ran); i++) {
    if (i % 5 === 0) await choose("File", "Save Notebook");
    await page.waitForTimeout(500);
  }
  const code = (await saved()).cells.filter(({ cell_type }) => cell_type === "code");
  return code.flatMap((cell, i) => ran(cell) ? [] : [`code cell ${i + 1} did not run: ${sourceOf(cell).slice(0, 60)}`]);
}

/** Looks at every cell as it shows when it is scrolled to. */
async function look({ page }: LabPage, { cells }: Notebook): Promise<string[]> {
  const faults: string[] = [];
  let code = 0;
  for (const [at, cell] of cells.entries()) {
    const name = cell.cell_type === "code" ? `code cell ${++code}` : `cell ${at + 1}`;
    const outputs = cell.outputs ?? [];
    for (const output of outputs) {
      if (output.output_type === "error") faults.push(`${name} failed: ${output["ename"]}: ${output["evalue"]}`);
    }
    if (outputs.length > MOST_OUTPUTS) {
      faults.push(`${name} shows ${outputs.length} outputs: progress takes a line each`);
    }
    // A player shows only in a notebook that is trusted: once its cells ran here.
    const expected = { ...expectedOf(cell), ...(!run && { frames: 0 }) };
    const shown = page.locator(".jp-Notebook .jp-Cell").nth(at);
    let seen: { counts: Expected; broken: string[] } | undefined;
    const isGood = () => seen?.broken.length === 0 && isDeepStrictEqual(seen.counts, expected);
    for (let i = 0; i < 50 && !isGood(); i++) {
      if (i > 0) await page.waitForTimeout(100);
      seen = await shown.evaluate(seenIn);
    }
    if (isGood()) continue;
    faults.push(...seen?.broken.map((what) => `${name}: ${what}`) ?? []);
    if (!isDeepStrictEqual(seen?.counts, expected)) {
      faults.push(`${name} should show ${JSON.stringify(expected)}, and shows ${JSON.stringify(seen?.counts)}`);
    }
  }
  return faults;
}
