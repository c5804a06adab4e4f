import { codeCells, type Notebook } from "./notebook_file.ts";

/** The most that a committed notebook may weigh, in bytes. */
export const MAX_NOTEBOOK_BYTES = 3_000_000;

/** Folders that only name one machine: Unix homes and temporary folders, Windows drives, file addresses. */
const MACHINE_PATH = /(?<![\w.])\/(?:home|root|work|Users|tmp|var)\/[\w.-]+|\b[A-Z]:\\+Users\\+|file:\/\/\//;

/**
 * Finds what keeps a notebook from being shown to readers as it stands in the repository.
 *
 * @param notebook The notebook as committed.
 * @param text The file's text, for its size and for what names a machine.
 * @param host The machine's own name, which must not be in the file either; left out, only paths are looked for.
 * @returns A line for every fault; none for a notebook fit to commit.
 */
export function notebookFaults(notebook: Notebook, text: string, host?: string): string[] {
  const faults: string[] = [];
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > MAX_NOTEBOOK_BYTES) {
    faults.push(`it weighs ${bytes} bytes, more than ${MAX_NOTEBOOK_BYTES}: show smaller or fewer pictures`);
  }

  codeCells(notebook).forEach((source, index) => {
    if (source.trim() === "") faults.push(`code cell ${index + 1} is empty: remove it`);
  });

  const code = notebook.cells.filter((cell) => cell.cell_type === "code");
  if (!code.some((cell) => (cell.outputs ?? []).length > 0)) {
    faults.push("no cell has an output: run `make notebooks`");
  }
  code.forEach((cell, index) => {
    const outputs = cell.outputs ?? [];
    if (outputs.some((output) => output.output_type === "error")) {
      faults.push(`code cell ${index + 1} shows an error: mend it and run \`make notebooks\``);
    }
    const counts = [cell.execution_count, ...outputs.map((output) => output.execution_count)];
    if (counts.some((count) => count !== null && count !== undefined)) {
      faults.push(`code cell ${index + 1} keeps an execution count: run \`make notebooks\``);
    }
  });

  // Pictures in base64 hold every short string sooner or later.
  const readable = text.replace(/[A-Za-z0-9+/=]{200,}/g, "");
  const path = MACHINE_PATH.exec(readable)?.[0];
  if (path !== undefined) faults.push(`it names a folder of one machine, "${path}": print relative paths`);
  if (host !== undefined && host.length > 4 && host !== "localhost" && readable.includes(host)) {
    faults.push(`it names the machine it ran on, "${host}"`);
  }
  return faults;
}
