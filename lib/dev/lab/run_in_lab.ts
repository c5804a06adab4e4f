import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { STOP_CELLS } from "./stop_cells.ts";
import type { Lab } from "./start_lab.ts";

/** How a driver is started: by a Deno of its own, as Playwright asks for all permissions. */
async function drive<T>(driver: string, what: Record<string, unknown>): Promise<T> {
  const script = fileURLToPath(new URL(driver, import.meta.url));
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-all", script, JSON.stringify(what)],
    stdin: "null",
  }).output();
  const said = new TextDecoder().decode(stdout);
  if (!success) throw new Error(`The browser could not be used: ${new TextDecoder().decode(stderr).slice(-2000)}`);
  return JSON.parse(said) as T;
}

/**
 * Opens a notebook in JupyterLab in a browser, and looks whether all is there: no error, every picture, every chart.
 *
 * @param lab The JupyterLab.
 * @param chromium Where the browser is.
 * @param path The notebook's path in the checkout.
 * @param options `run`: first run all its cells, which may take so many `seconds`.
 * @returns A line for every fault.
 */
export async function lookInLab(
  { base, token }: Lab,
  chromium: string,
  path: string,
  options: { readonly run: boolean; readonly seconds: number },
): Promise<string[]> {
  return await drive("drive_notebook.ts", { base, token, chromium, path, ...options });
}

/**
 * Tries JupyterLab's stop button, time limits and progress, on a notebook made for that.
 *
 * @param lab The JupyterLab.
 * @param chromium Where the browser is.
 * @returns A line for every fault.
 */
export async function stopInLab({ base, token, root }: Lab, chromium: string): Promise<string[]> {
  const cells = STOP_CELLS.map((source, i) => ({
    ...{ cell_type: "code", id: `stop-${i}`, source, outputs: [], execution_count: null },
    // Where a cell fails, the front end runs the next ones all the same.
    metadata: { tags: ["raises-exception"] },
  }));
  const metadata = { kernelspec: { display_name: "Deno", language: "typescript", name: "deno" } };
  const path = "notebooks/stop.ipynb";
  await Deno.writeTextFile(join(root, path), JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }));
  return await drive("drive_stop.ts", { base, token, chromium, path });
}

/**
 * Opens an exported notebook in a browser that has no network.
 *
 * @param chromium Where the browser is.
 * @param page The page.
 * @param notebook What it was made of: its pictures, GIFs and charts must be there.
 * @returns A line for every fault.
 */
export async function lookAtPage(chromium: string, page: string, notebook: string): Promise<string[]> {
  return await drive("drive_page.ts", { chromium, page, notebook });
}
