/** What is looked at in a browser: the notebooks in JupyterLab and as web pages, JupyterLab's stop button. */
import { dirname, join } from "node:path";
import { notebooksIn } from "../course.ts";
import { exportPages } from "../pages.ts";
import { lookAtPage, lookInLab, stopInLab } from "./run_in_lab.ts";
import { startLab } from "./start_lab.ts";

/** The longest that a notebook may take, on a machine that has much else to do. */
const NOTEBOOK_SECONDS = 600;

/** Whether a notebook is one of the course's steps: those are run in the browser. */
export const isLesson = (path: string): boolean => dirname(path) === "notebooks";

/** The steps, and their Russian editions: the same code with other words, so looked at as they are. */
const shownNotebooks = async (): Promise<string[]> =>
  (await Promise.all(["notebooks", join("notebooks", "ru")].map(notebooksIn))).flat();

/**
 * Runs all of it, one after the other.
 *
 * @param chromium Where the browser is.
 * @param check Runs one check, says how it ended, and counts it.
 * @returns The counts.
 */
export async function lookInBrowser<T>(
  chromium: string,
  check: (name: string, run: () => Promise<string[]>) => Promise<T>,
): Promise<T[]> {
  const counts: T[] = [];
  const notebooks = await shownNotebooks();
  await using lab = await startLab();
  counts.push(await check("The stop button, time limits and progress", () => stopInLab(lab, chromium)));
  for (const path of notebooks) {
    const run = isLesson(path);
    counts.push(await check(path, () => lookInLab(lab, chromium, path, { run, seconds: NOTEBOOK_SECONDS })));
  }
  const pages = await exportPages(notebooks, join(lab.root, "pages"));
  for (const [i, path] of notebooks.entries()) {
    counts.push(await check(`${path}, as a page`, () => lookAtPage(chromium, pages[i] ?? "", path)));
  }
  return counts;
}
