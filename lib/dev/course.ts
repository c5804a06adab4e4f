/** The course's notebooks: which there are, where each one lies, and what links them. */
import { dirname, join, relative } from "node:path";
import type { Language } from "../text/mod.ts";
import { codeCells, linesOf, type Notebook, sourceOf } from "./notebook_file.ts";

/** What a notebook is: a chapter, its exercises as students get them, or the same solved. */
export type Kind = "chapter" | "exercises" | "solutions";

/** Where a notebook of the course lies, relative to the repository's root. */
export function notebookPath(name: string, kind: Kind, language: Language): string {
  const folder = join("notebooks", ...(language === "ru" ? ["ru"] : []), ...(kind === "chapter" ? [] : [kind]));
  return join(folder, `${name}.ipynb`);
}

/** What a notebook at a path is. */
export const kindOf = (path: string): Kind =>
  (["exercises", "solutions"] as const).find((kind) => dirname(path).endsWith(kind)) ?? "chapter";

/**
 * The notebooks in a folder.
 *
 * @returns Their paths in the order of their names; none where there is no such folder.
 */
export async function notebooksIn(folder: string): Promise<string[]> {
  const paths: string[] = [];
  try {
    for await (const entry of Deno.readDir(folder)) {
      if (entry.isFile && entry.name.endsWith(".ipynb")) paths.push(join(folder, entry.name));
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return paths.sort();
}

/** What navigation cells say, by language. */
export const NAVIGATION_WORDS = {
  en: { contents: "Contents", exercises: "Exercises", solutions: "Solutions", other: "По-русски" },
  ru: { contents: "Содержание", exercises: "Упражнения", solutions: "Решения", other: "In English" },
} as const;

/** The id of the cell that is generated at the top of every notebook. */
export const NAVIGATION = "navigation";

/** A link of a navigation cell. */
export interface Link {
  readonly text: string;
  /** Relative to the repository's root. */
  readonly path: string;
}

/** The text of every heading of a level, in the notebook's order. */
function headings(notebook: Notebook, level: number): string[] {
  const pattern = new RegExp(`^#{${level}} (.+)$`, "gm");
  return notebook.cells.filter((cell) => cell.cell_type === "markdown" && cell["id"] !== NAVIGATION)
    .flatMap((cell) => [...sourceOf(cell).matchAll(pattern)].map((match) => match[1]?.trim() ?? ""));
}

/** A notebook's title, without what follows a colon. */
export const titleOf = (notebook: Notebook): string => headings(notebook, 1)[0]?.split(":")[0] ?? "";

/** Where JupyterLab and nbconvert put a heading's anchor: its text, without marks, with hyphens for spaces. */
const anchorOf = (heading: string) =>
  "#" + heading.replace(/[`*_]/g, "").replaceAll(" ", "-").replaceAll("(", "%28").replaceAll(")", "%29");

/**
 * A notebook with its navigation cell at the top: links to its neighbours, and its sections.
 *
 * @param notebook With or without such a cell; it is left as it is.
 * @param path Where it lies, for relative links.
 * @param links The neighbours, in their order.
 */
export function withNavigation(notebook: Notebook, path: string, links: readonly Link[], language: Language): Notebook {
  const line = links.map(({ text, path: target }) => {
    const address = relative(dirname(path), target).replaceAll("\\", "/");
    return `[${text}](${address})`;
  }).join(" · ");
  const items = headings(notebook, 2).map((text) => `- [${text.replaceAll("`", "")}](${anchorOf(text)})`);
  const { contents } = NAVIGATION_WORDS[language];
  const list = items.length === 0 ? [] : [`<details><summary>${contents}</summary>`, "", ...items, "", "</details>"];
  const source = [...(line === "" ? [] : [line, ""]), ...list].join("\n").trim();
  const cells = notebook.cells.filter((cell) => cell["id"] !== NAVIGATION);
  return {
    ...notebook,
    cells: [{ cell_type: "markdown", id: NAVIGATION, metadata: {}, source: linesOf(source) }, ...cells],
  };
}

/** A generated notebook with the outputs that an executed one has for the same code. */
export function withOutputsOf(generated: Notebook, executed: Notebook | undefined): Notebook {
  const code = executed?.cells.filter((cell) => cell.cell_type === "code") ?? [];
  // A cell's output follows from all that ran before it.
  const same = executed !== undefined &&
    JSON.stringify(codeCells(generated)) === JSON.stringify(codeCells(executed));
  let at = 0;
  return {
    ...generated,
    cells: generated.cells.map((cell) => {
      if (cell.cell_type !== "code") return cell;
      const outputs = code[at++]?.outputs;
      return same && outputs ? { ...cell, outputs } : cell;
    }),
  };
}
