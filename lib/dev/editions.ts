/**
 * What is generated of the notebooks: navigation, exercises, solutions, Russian editions. Nothing is executed; outputs
 * come from the executed notebook with the same code.
 *
 * @module
 */
import { basename, join } from "node:path";
import { readTextIfAny } from "../assets/mod.ts";
import { readExercises } from "../notebook/mod.ts";
import type { Language } from "../text/mod.ts";
import {
  kindOf,
  type Link,
  NAVIGATION_WORDS,
  notebookPath,
  notebooksIn,
  titleOf,
  withNavigation,
  withOutputsOf,
} from "./course.ts";
import { exerciseNotebook } from "./exercise_notebook.ts";
import { formatNotebook } from "./format_notebook.ts";
import { type Notebook, parseNotebook, readNotebook } from "./notebook_file.ts";
import { russianEdition } from "./russian_edition.ts";
import { isWrittenInto, sealed } from "./seal.ts";

/** All generated notebooks, and what keeps one from being made. */
export interface Editions {
  /** The files' texts by their paths. */
  readonly texts: ReadonlyMap<string, string>;
  /** A line each. */
  readonly faults: readonly string[];
}

const readIfAny = async (path: string): Promise<Notebook | undefined> => {
  const text = await readTextIfAny(path);
  return text === undefined ? undefined : parseNotebook(text, path);
};

/**
 * Makes every generated notebook anew: the chapters with their navigation, their Russian editions, the exercises and their
 * solutions in both languages.
 */
export async function makeEditions(): Promise<Editions> {
  const notebooks = new Map<string, Notebook>();
  const faults: string[] = [];
  for (const path of await notebooksIn("notebooks")) {
    const name = basename(path, ".ipynb");
    const chapter = await readNotebook(path);
    notebooks.set(path, chapter);
    const file = join("notebooks", "ru", `${name}.md`);
    const text = await readTextIfAny(file);
    if (text === undefined) continue;
    const russian = russianEdition(chapter, text, file);
    faults.push(...russian.faults);
    notebooks.set(notebookPath(name, "chapter", "ru"), russian.notebook);
  }
  for (const [name, file] of await readExercises()) {
    for (const language of ["en", "ru"] as const) {
      for (const kind of ["exercises", "solutions"] as const) {
        const path = notebookPath(name, kind, language);
        const made = exerciseNotebook(file, language, kind === "solutions");
        if (!made) continue;
        const formatted = parseNotebook(await formatNotebook(JSON.stringify(made)), path);
        notebooks.set(path, kind === "solutions" ? withOutputsOf(formatted, await readIfAny(path)) : formatted);
      }
    }
  }
  const texts = new Map<string, string>();
  for (const [path, notebook] of notebooks) {
    const language = path.split(/[\\/]/).includes("ru") ? "ru" : "en";
    const whole = withNavigation(notebook, path, linksOf(path, language, notebooks), language);
    const text = await formatNotebook(JSON.stringify(whole, null, 1) + "\n");
    texts.set(path, isHandWritten(path) ? text : JSON.stringify(sealed(parseNotebook(text, path)), null, 1) + "\n");
  }
  return { texts, faults };
}

/** Of the English chapters only the navigation is generated. */
const isHandWritten = (path: string) => path === notebookPath(basename(path, ".ipynb"), "chapter", "en");

/** What a notebook links to: the one before and the one after it, exercises, the same in the other language. */
function linksOf(path: string, language: Language, notebooks: ReadonlyMap<string, Notebook>): Link[] {
  const [name, kind, words] = [basename(path, ".ipynb"), kindOf(path), NAVIGATION_WORDS[language]];
  const beside = [...notebooks.keys()].filter((other) =>
    notebookPath(basename(other, ".ipynb"), kind, language) === other
  ).sort();
  const at = beside.indexOf(path);
  const link = (target: string | undefined, text: (title: string) => string): Link[] => {
    const notebook = target === undefined ? undefined : notebooks.get(target);
    return target === undefined || !notebook ? [] : [{ path: target, text: text(titleOf(notebook)) }];
  };
  const chapter = notebookPath(name, "chapter", language);
  const exercises = notebookPath(name, "exercises", language);
  return [
    ...link(beside[at - 1], (title) => `← ${title}`),
    ...(kind === "chapter" ? [] : link(chapter, (title) => title)),
    ...(kind === "exercises" ? [] : link(exercises, () => words.exercises)),
    ...link(beside[at + 1], (title) => `${title} →`),
    ...link(notebookPath(name, kind, language === "ru" ? "en" : "ru"), () => words.other),
  ];
}

/** What was done with the notebooks that are not as they would be generated now. */
export interface WrittenEditions {
  /** The paths of those that were written. */
  readonly written: readonly string[];
  /** Of those that were left, because someone wrote into them. */
  readonly left: readonly string[];
  /** What keeps one from being made, a line each. */
  readonly faults: readonly string[];
}

/**
 * Writes the generated notebooks that are not as they would be generated now. Those that someone wrote into are left.
 *
 * @param force Whether to write over these too.
 */
export async function writeEditions(force: boolean): Promise<WrittenEditions> {
  const { texts, faults } = await makeEditions();
  const [written, left]: [string[], string[]] = [[], []];
  for (const [path, text] of texts) {
    const kept = await readTextIfAny(path);
    if (kept === text) continue;
    if (kept !== undefined && !force && !isHandWritten(path) && isWrittenInto(parseNotebook(kept, path))) {
      left.push(path);
      continue;
    }
    await Deno.mkdir(join(path, ".."), { recursive: true });
    await Deno.writeTextFile(path, text);
    written.push(path);
  }
  return { written, left, faults };
}

/** Writes what is generated of the notebooks, says so, and tells how much could not be made. */
export async function generate(force: boolean): Promise<number> {
  const { written, left, faults } = await writeEditions(force);
  for (const path of written) console.log(`${path}: generated`);
  for (const path of left) {
    console.error(`${path}: not generated anew, your answers would be lost: work in a copy, or give --force`);
  }
  for (const fault of faults) console.error(fault);
  return faults.length;
}

if (import.meta.main) Deno.exitCode = await generate(Deno.args.includes("--force")) > 0 ? 1 : 0;
