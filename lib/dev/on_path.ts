/**
 * Prints where those of the named programs are that PATH has, each after a comma, to be put behind a task's
 * `--allow-run=…`: what is not there need not be allowed, and Deno says nothing about it.
 *
 * @module
 */
import { delimiter, join, resolve } from "node:path";

/**
 * Where a program is.
 *
 * @param name The program's name, without an extension.
 * @param path Folders as PATH has them (default: this process's own).
 * @returns Its absolute path, or nothing.
 */
export async function onPath(name: string, path: string = Deno.env.get("PATH") ?? ""): Promise<string | undefined> {
  const file = Deno.build.os === "windows" ? `${name}.exe` : name;
  for (const folder of path.split(delimiter).filter((part) => part !== "")) {
    const at = resolve(join(folder, file));
    const found = await Deno.stat(at).catch(() => undefined);
    // Where there is no mode (Windows) every file counts.
    if (found?.isFile && ((found.mode ?? 0o111) & 0o111) !== 0) return at;
  }
}

if (import.meta.main) {
  const found = await Promise.all(Deno.args.map((name) => onPath(name)));
  console.log(found.map((path) => path === undefined ? "" : `,${path}`).join(""));
}
