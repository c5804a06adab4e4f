import { join } from "node:path";

/** Folders that hold nothing of ours. */
const NOT_OURS = new Set([".cache", ".git", ".venv", "node_modules", ".ipynb_checkpoints"]);

/**
 * The files of the checkout that people write.
 *
 * @param folder Where to look, down to the last folder.
 * @param endings What a file's name may end with; left out, every file.
 * @returns The files' paths, relative as `folder` is, in the order of their names.
 */
export async function sourceFiles(folder: string, endings: readonly string[] = [""]): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory && !NOT_OURS.has(entry.name)) found.push(...await sourceFiles(path, endings));
    if (entry.isFile && endings.some((ending) => entry.name.endsWith(ending))) found.push(path);
  }
  return found.sort();
}
