/**
 * The notebooks as web pages with everything inside, which open without a network: `make pages`.
 *
 * @module
 */
import { basename, dirname, extname, join } from "node:path";
import { PYTHON } from "./kernelspec.ts";
import { readNotebook, sourceOf } from "./notebook_file.ts";
import { listNotebooks } from "./notebooks.ts";

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
    for (const [from, some] of Map.groupBy(paths, dirname)) {
      await Deno.mkdir(join(prepared, from), { recursive: true });
      for (const path of some) await Deno.writeTextFile(join(prepared, path), await selfContained(path));
      const notebooks = some.map((path) => join(prepared, path));
      const { success, stderr } = await new Deno.Command(PYTHON, {
        args: ["-m", "nbconvert", "--to=html", ...NOTHING, `--output-dir=${join(folder, from)}`, ...notebooks],
        stdin: "null",
      }).output();
      if (!success) throw new Error(`nbconvert could not make the pages: ${new TextDecoder().decode(stderr)}`);
    }
  } finally {
    await Deno.remove(prepared, { recursive: true });
  }
  return paths.map((path) => join(folder, dirname(path), `${basename(path, extname(path))}.html`));
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
  for (const page of await exportPages(await listNotebooks(), join("outputs", "pages"))) console.log(page);
}
