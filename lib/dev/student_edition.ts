/**
 * The students' edition: all that a student needs, without the solutions: `make student`.
 *
 * @module
 */
import { basename, dirname, join, sep } from "node:path";
import { type Zippable, zipSync } from "fflate";
import { exerciseFileSchema } from "../notebook/mod.ts";
import { sourceFiles } from "./source_files.ts";

/** What a student's checkout holds; what git ignores and what only a lecturer needs is not among it. */
const FOLDERS = ["lib", "notebooks", "poses", join("outputs", "showcase")];
const FILES = [
  "README.md",
  "README.ru.md",
  "CONTRIBUTING.md",
  "CONTRIBUTING.ru.md",
  "LICENSE",
  "Makefile",
  "deno.json",
  "deno.lock",
  "package.json",
  ".gitignore",
];

/** The folder that the archive unpacks to. */
const ROOT = "dance-notebooks";

/** Whether a file is kept back: the solved notebooks, the tests that try them, the lecturer's guide. */
const isKeptBack = (path: string) =>
  dirname(path).split(sep).includes("solutions") || path === join("lib", "notebook", "check", "check_test.ts") ||
  /^LECTURER\b/.test(basename(path));
const isExercise = (path: string) => dirname(path) === join("notebooks", "exercises") && path.endsWith(".json");

/** An exercise file without its solutions. */
function withoutSolutions(text: string): string {
  const file = exerciseFileSchema.parse(JSON.parse(text));
  const exercises = file.exercises.map(({ solution: _, ...exercise }) => exercise);
  return JSON.stringify({ ...file, exercises }, null, 2) + "\n";
}

/** A page's text with words in place of the links to what was kept back. */
function withoutDeadLinks(path: string, text: string, kept: readonly string[]): string {
  const note = path.endsWith(".ru.md") ? "в этом издании их нет" : "not in this edition";
  return text.replace(/\[([^\]]+)\]\(([\w./-]+)(?:#[^)]*)?\)/g, (link, words: string, target: string) => {
    const there = join(dirname(path), target);
    return kept.some((back) => back === there || dirname(back) === there) ? `${words} (${note})` : link;
  });
}

/**
 * The files of the students' edition.
 *
 * @returns Their contents by their paths, relative to the checkout.
 */
export async function studentFiles(): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  const paths = [...FILES, ...(await Promise.all(FOLDERS.map((folder) => sourceFiles(folder)))).flat()];
  const kept = paths.filter(isKeptBack);
  for (const path of paths) {
    if (isKeptBack(path)) continue;
    try {
      const bytes = await Deno.readFile(path);
      const change = isExercise(path)
        ? withoutSolutions
        : path.endsWith(".md")
        ? (text: string) => withoutDeadLinks(path, text, kept)
        : undefined;
      files.set(path, change ? new TextEncoder().encode(change(new TextDecoder().decode(bytes))) : bytes);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound && FILES.includes(path))) throw error;
    }
  }
  return files;
}

if (import.meta.main) {
  const files = await studentFiles();
  const entries: Zippable = {};
  for (const [path, bytes] of files) entries[`${ROOT}/${path.replaceAll(sep, "/")}`] = bytes;
  const archive = join("outputs", "student.zip");
  const zip = zipSync(entries);
  await Deno.mkdir(dirname(archive), { recursive: true });
  await Deno.writeFile(archive, zip);
  console.log(`${archive}: ${files.size} files, ${(zip.length / 1e6).toFixed(1)} MB, no solutions`);
}
