/** An output of a code cell, as far as this project looks into it. */
export interface CellOutput {
  output_type: string;
  execution_count?: number | null;
  [key: string]: unknown;
}

/** A cell of a notebook in nbformat 4. */
export interface Cell {
  cell_type: "markdown" | "code" | "raw";
  source: string | string[];
  metadata: Record<string, unknown>;
  outputs?: CellOutput[];
  execution_count?: number | null;
  [key: string]: unknown;
}

/** A notebook in nbformat 4. */
export interface Notebook {
  cells: Cell[];
  metadata: Record<string, unknown>;
  nbformat: number;
  nbformat_minor: number;
}

/**
 * Reads a notebook.
 *
 * @param path Where the `.ipynb` file is.
 * @returns The notebook.
 * @throws {SyntaxError} If the file is not a notebook in nbformat 4.
 */
export async function readNotebook(path: string): Promise<Notebook> {
  return parseNotebook(await Deno.readTextFile(path), path);
}

/** Reads a notebook's text; `path` is for messages. @throws {SyntaxError} as `readNotebook` does. */
export function parseNotebook(text: string, path: string): Notebook {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new SyntaxError(`Cannot read the notebook "${path}": it is not JSON (${(error as Error).message})`);
  }
  const notebook = parsed as Partial<Notebook> | null;
  if (notebook?.nbformat !== 4 || !Array.isArray(notebook.cells)) {
    throw new SyntaxError(
      `Cannot read the notebook "${path}": it is not in nbformat 4; save it with JupyterLab 3 or newer`,
    );
  }
  return notebook as Notebook;
}

/** The key of a notebook's metadata that tells what it held when it was generated. */
export const SEAL = "generated_sha256";

/**
 * What Deno's kernel says of its language. JupyterLab writes it into every notebook that it opens: where all of it stands
 * there already, opening changes nothing. The version is that of the Deno that the Makefile installs.
 */
export const KERNEL_LANGUAGE = {
  codemirror_mode: "typescript",
  nbconvert_exporter: "script",
  pygments_lexer: "typescript",
  version: "6.0.3",
  file_extension: ".ts",
  mimetype: "text/x.typescript",
  name: "typescript",
};

/** The code cells' sources in their order: the first is what JupyterLab calls [1] after a full run. */
export function codeCells(notebook: Notebook): string[] {
  return notebook.cells.filter((cell) => cell.cell_type === "code").map(sourceOf);
}

/** A cell's source as one string; nbformat allows a list of lines as well. */
export function sourceOf(cell: Cell): string {
  return Array.isArray(cell.source) ? cell.source.join("") : cell.source;
}

/** A text as nbformat keeps it: a line each, with its end. */
export const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/**
 * Takes out what changes from run to run or from machine to machine and teaches nothing: execution counts, timings,
 * another kernel's version, an editor's own metadata. Outputs stay.
 *
 * @param notebook The notebook; it is left as it is.
 * @returns A copy without the noise.
 */
export function stripNotebook(notebook: Notebook): Notebook {
  const cells = notebook.cells.map((cell): Cell => {
    const metadata = cell.metadata["tags"] === undefined ? {} : { tags: cell.metadata["tags"] };
    if (cell.cell_type !== "code") return { ...cell, metadata };
    const outputs = (cell.outputs ?? []).map((output) =>
      "execution_count" in output ? { ...output, execution_count: null } : output
    );
    return { ...cell, metadata, execution_count: null, outputs };
  });
  return {
    cells,
    metadata: {
      kernelspec: { display_name: "Deno", language: "typescript", name: "deno" },
      language_info: KERNEL_LANGUAGE,
      ...(SEAL in notebook.metadata && { [SEAL]: notebook.metadata[SEAL] }),
    },
    nbformat: notebook.nbformat,
    nbformat_minor: notebook.nbformat_minor,
  };
}
