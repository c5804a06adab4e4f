/**
 * Presses JupyterLab's stop button while cells of `STOP_CELLS` wait, and looks at progress:
 * `deno run --allow-all drive_stop.ts '{"base", "token", "chromium", "path"}'`. Prints the faults, a JSON list.
 */
import { type LabAddress, openLabPage } from "./lab_page.ts";
import { STOP_CELLS } from "./stop_cells.ts";

const SECONDS = 60;

const address = JSON.parse(Deno.args[0] ?? "") as LabAddress;
await using lab = await openLabPage(address);
const { page } = lab;
const faults: string[] = [];
const [progress, ours, late, theirs] = STOP_CELLS.map((_, i) => page.locator(".jp-CodeCell").nth(i));
if (!progress || !ours || !late || !theirs) throw new Error("The cells are four");
const outputs = (cell: typeof ours) => cell.locator(".jp-OutputArea-output").allTextContents();
const runs = async (cell: typeof ours) => (await cell.locator(".jp-InputPrompt").textContent())?.includes("*");
/** Waits until it holds; a fault where it never does. */
async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + SECONDS * 1000; performance.now() < end; await page.waitForTimeout(50)) {
    if (await holds()) return;
  }
  faults.push(`in ${SECONDS} s ${what}`);
}

await lab.choose("Run", "Run All Cells");
const seen = new Set<string>();
await until("progress did not end", async () => {
  const shown = await outputs(progress);
  if (shown.length > 1) faults.push(`progress takes a line each: ${shown}`);
  for (const line of shown) seen.add(line);
  return !await runs(progress);
});
if (seen.size < 5) faults.push(`progress was seen to change only ${seen.size} times: ${[...seen]}`);

const stop = page.locator('.jp-NotebookPanel-toolbar [data-jp-item-name="interrupt"] jp-button');
const said = async (cell: typeof ours, words: RegExp) => words.test((await outputs(cell)).join());
await until("the model did not answer", () => said(ours, /answered/));
const pressed = performance.now();
await stop.click();
await until("Stop did not end what we await", async () => !await runs(ours));
const seconds = (performance.now() - pressed) / 1000;
if (seconds > 5) faults.push(`Stop took ${seconds.toFixed(1)} s`);
if (!await said(ours, /was cancelled/)) faults.push(`a stopped cell says: ${await outputs(ours)}`);

await until("what takes too long did not end", () => said(late, /No complete answer .* within/));
await page.waitForTimeout(500);
await stop.click();
await until("a cell's own await did not come to its end", () => said(theirs, /kept: 42/));
console.log(JSON.stringify([...faults, ...lab.faults]));
