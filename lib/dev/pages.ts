/**
 * The notebooks as web pages with everything inside, which open without a network: `make pages`.
 *
 * @module
 */
import { basename, dirname, extname, join } from "node:path";
import { parseArgs } from "node:util";
import { escapeHtml } from "../text/mod.ts";
import { NAVIGATION_WORDS, notebookPath, notebooksIn, titleOf } from "./course.ts";
import { PYTHON } from "./kernelspec.ts";
import { readNotebook, sourceOf } from "./notebook_file.ts";

/** What nbconvert's page would load from the network: formulas and require.js, which none of ours needs. */
const NOTHING = ["mathjax_url", "require_js_url", "jquery_url"].map((name) => `--HTMLExporter.${name}=`);

/**
 * Exports notebooks by nbconvert, with their outputs as they are.
 *
 * @param paths The notebooks.
 * @param folder Where the pages are written, each in the folder of its notebook.
 * @returns The pages' paths, in the order of the notebooks.
 * @throws {Error} when nbconvert fails: with what it said.
 */
export async function exportPages(paths: readonly string[], folder: string): Promise<string[]> {
  await Deno.mkdir(".cache", { recursive: true });
  const prepared = await Deno.makeTempDir({ dir: ".cache", prefix: "pages-" });
  try {
    for (const path of paths) {
      await Deno.mkdir(join(prepared, dirname(path)), { recursive: true });
      await Deno.writeTextFile(join(prepared, path), await selfContained(path));
    }
    // Told no folder, nbconvert writes each page beside its notebook: one start of Python for all.
    const { success, stderr } = await new Deno.Command(PYTHON, {
      args: ["-m", "nbconvert", "--to=html", ...NOTHING, ...paths.map((path) => join(prepared, path))],
      stdin: "null",
    }).output();
    if (!success) throw new Error(`nbconvert could not make the pages: ${new TextDecoder().decode(stderr)}`);
    for (const page of paths.map(pageOf)) {
      await Deno.mkdir(join(folder, dirname(page)), { recursive: true });
      await Deno.copyFile(join(prepared, page), join(folder, page));
    }
  } finally {
    await Deno.remove(prepared, { recursive: true });
  }
  return paths.map((path) => join(folder, pageOf(path)));
}

/** A page's path by its notebook's. */
const pageOf = (path: string) => join(dirname(path), `${basename(path, extname(path))}.html`);

/**
 * Writes the pages to hand out, in both languages, and `index.html` with links to them.
 *
 * @param folder Where; its `notebooks` is made anew.
 * @param solutions Whether the solved exercises are among them.
 * @returns The pages' paths, the index first.
 * @throws as `exportPages()` does.
 */
export async function writePages(folder: string, solutions = false): Promise<string[]> {
  await Deno.remove(join(folder, "notebooks"), { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  const kinds = ["chapter", "exercises", ...(solutions ? ["solutions"] as const : [])] as const;
  const lists: string[] = [];
  const paths: string[] = [];
  for (const language of ["en", "ru"] as const) {
    lists.push(`<section lang="${language}"><h1>${language === "en" ? "Notebooks" : "Тетради"}</h1>`);
    for (const kind of kinds) {
      const some = await notebooksIn(dirname(notebookPath("any", kind, language)));
      paths.push(...some);
      const items = await Promise.all(some.map(async (path) => {
        const title = escapeHtml(titleOf(await readNotebook(path)));
        return `<li><a href="${pageOf(path).replaceAll("\\", "/")}">${title}</a></li>`;
      }));
      if (kind !== "chapter") lists.push(`<h2>${NAVIGATION_WORDS[language][kind]}</h2>`);
      lists.push("<ul>", ...items, "</ul>");
    }
    lists.push("</section>");
  }
  const pages = await exportPages(paths, folder);
  const index = join(folder, "index.html");
  const head = '<!DOCTYPE html><meta charset="utf-8"><meta name="viewport" content="width=device-width">' +
    "<title>Notebooks · Тетради</title><style>body { font: 1rem/1.6 sans-serif; margin: 2rem; display: flex; " +
    "flex-wrap: wrap; gap: 4rem }</style>";
  await Deno.writeTextFile(index, [head, ...lists, ""].join("\n"));
  return [index, ...pages];
}

/** The notebook with the pictures of its prose inside, and links to pages instead of notebooks. */
async function selfContained(path: string): Promise<string> {
  const notebook = await readNotebook(path);
  for (const cell of notebook.cells) {
    if (cell.cell_type !== "markdown") continue;
    let source = sourceOf(cell).replace(/\]\(([\w./-]+)\.ipynb\)/g, "]($1.html)");
    for (const [whole, alt, file] of source.matchAll(/!\[([^\]]*)\]\(([\w./-]+\.(?:png|gif|jpg))\)/g)) {
      if (file === undefined) continue;
      const bytes = await Deno.readFile(join(dirname(path), file));
      const type = extname(file) === ".jpg" ? "jpeg" : extname(file).slice(1);
      source = source.replace(whole, () => `![${alt}](data:image/${type};base64,${bytes.toBase64()})`);
    }
    cell.source = source;
  }
  return JSON.stringify(notebook);
}

if (import.meta.main) {
  const { values } = parseArgs({ args: Deno.args, options: { solutions: { type: "boolean", default: false } } });
  for (const page of await writePages(join("outputs", "pages"), values.solutions)) console.log(page);
}
