/** A notebook in JupyterLab, used in Chromium as a person does. Playwright asks for all permissions: import it only there. */
import { chromium, type Page } from "playwright-core";
import type { Notebook } from "../notebook_file.ts";

/** Which notebook is opened, and where. */
export interface LabAddress {
  readonly base: string;
  readonly token: string;
  /** Where Chromium is. */
  readonly chromium: string;
  /** The notebook, as JupyterLab names it. */
  readonly path: string;
}

/** An open notebook whose kernel is ready. */
export interface LabPage extends AsyncDisposable {
  readonly page: Page;
  /** What no page of ours may do: errors of scripts, requests to other machines. Grows while it is open. */
  readonly faults: readonly string[];
  /** Chooses an entry of a menu. */
  choose(menu: string, entry: string): Promise<void>;
  /** The prompts of the code cells: `[ ]:` did not run, `[*]:` runs or waits, `[3]:` ran. */
  prompts(): Promise<string[]>;
  /** The notebook as the server has it. */
  saved(): Promise<Notebook>;
}

/**
 * Opens a notebook.
 *
 * @param address Which one.
 * @param kernel Whether to wait for its kernel.
 */
export async function openLabPage(
  { base, token, chromium: executablePath, path }: LabAddress,
  kernel = true,
): Promise<LabPage> {
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(`a script of the page fails: ${error}`));
  page.on("request", (request) => {
    const url = request.url();
    if (/^(https?|wss?):/.test(url) && new URL(url).hostname !== "127.0.0.1") {
      faults.push(`asks the network for ${url}`);
    }
  });
  const ask = (route: string, init?: RequestInit) =>
    fetch(`${base}/api/${route}`, { ...init, headers: { authorization: `token ${token}` } });
  await page.goto(`${base}/lab/tree/${path}?token=${token}&reset`);
  await page.locator(".jp-Notebook .jp-Cell").first().waitFor({ timeout: 60_000 });
  if (kernel) await page.getByText("Deno | Idle").first().waitFor({ timeout: 60_000 });
  return {
    page,
    faults,
    async choose(menu, entry) {
      await page.getByRole("menuitem", { name: menu, exact: true }).click();
      await page.getByText(entry, { exact: true }).click();
    },
    prompts: () => page.locator(".jp-CodeCell .jp-InputPrompt").allTextContents(),
    saved: async () => (await (await ask(`contents/${path}`)).json()).content,
    async [Symbol.asyncDispose]() {
      await browser.close();
      const kernels: { id: string }[] = await (await ask("kernels")).json();
      for (const { id } of kernels) await (await ask(`kernels/${id}`, { method: "DELETE" })).body?.cancel();
    },
  };
}
