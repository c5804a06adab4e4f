import { basename, dirname, join, relative, resolve } from "node:path";
import { cellsModule } from "./cells_module.ts";
import { codeCells, readNotebook } from "./notebook_file.ts";
import { runDeno } from "./run_deno.ts";

/** Where the modules made of cells stand: inside the checkout, so that its import map and strictness apply. */
const MODULES = join(".cache", "cells");

/**
 * Type-checks a notebook's code cells against `lib`, which the kernel, that only transpiles, does not.
 *
 * @param path Where the notebook is, relative to the repository's root, which is the working folder.
 * @returns What TypeScript found, each place as `notebook:cell:line`; empty where it found nothing.
 */
export async function checkCells(path: string): Promise<string> {
  const cells = codeCells(await readNotebook(path));
  const rebase = (specifier: string) => {
    const target = relative(MODULES, resolve(dirname(path), specifier)).replaceAll("\\", "/");
    return target.startsWith(".") ? target : `./${target}`;
  };
  let module;
  try {
    module = cellsModule(cells, rebase);
  } catch (error) {
    if (error instanceof SyntaxError) return `${path}: ${error.message}`;
    throw error;
  }

  await Deno.mkdir(MODULES, { recursive: true });
  const file = join(MODULES, `${basename(path, ".ipynb")}.ts`);
  await Deno.writeTextFile(file, module.code);
  const { code, output } = await runDeno(["check", "--quiet", file]);
  // Deno passes over a file that its configuration excludes, and calls that success.
  if (output.includes("No matching files")) throw new Error(`Cannot check ${path}: deno.json excludes ${file}`);
  if (code === 0) return "";

  const { origins } = module;
  return output
    .replace(/\n+error: Type checking failed\.[\s\S]*$/, "")
    .replace(/file:\/\/\S*?\.ts:(\d+):(\d+)/g, (place, line: string, column: string) => {
      const origin = place.includes(`/${basename(file)}:`) ? origins[Number(line) - 1] : undefined;
      return origin === undefined ? place : `${path}:cell ${origin.cell}:${origin.line}:${column}`;
    })
    .trim();
}
