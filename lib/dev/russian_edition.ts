/** Russian editions: a chapter's code and outputs with its prose translated in `notebooks/ru/NAME.md`. */
import { createHash } from "node:crypto";
import { NAVIGATION } from "./course.ts";
import { linesOf, type Notebook, sourceOf } from "./notebook_file.ts";

/** A Markdown cell's translation. */
interface Translation {
  /** The mark of the English text that was translated. */
  readonly mark: string;
  readonly text: string;
}

const HEAD = /^<!-- (\S+) ([0-9a-f]{8}) -->$/gm;

/** The mark of an English text: it changes with the text. */
export const markOf = (english: string): string => createHash("sha256").update(english).digest("hex").slice(0, 8);

/** The translations in a file's text, by the ids of the cells; each stands below a line `<!-- ID MARK -->`. */
function translationsIn(text: string): Map<string, Translation> {
  const heads = [...text.matchAll(HEAD)];
  return new Map(heads.map((head, i) => {
    const [whole, id = "", mark = ""] = head;
    return [id, { mark, text: text.slice(head.index + whole.length, heads[i + 1]?.index).trim() }];
  }));
}

/**
 * Makes the Russian edition of a chapter.
 *
 * @param chapter The English one, with its outputs.
 * @param text The translation's.
 * @param file The translation's name, for messages.
 * @returns The edition, and a line for every Markdown cell that has no translation, or one of another text.
 */
export function russianEdition(
  chapter: Notebook,
  text: string,
  file: string,
): { readonly notebook: Notebook; readonly faults: readonly string[] } {
  const translations = translationsIn(text);
  const faults: string[] = [];
  const cells = chapter.cells.filter((cell) => cell["id"] !== NAVIGATION).map((cell) => {
    if (cell.cell_type !== "markdown") {
      const [elsewhere] = /["'`]\.\.\/[^"'`]*/.exec(sourceOf(cell)) ?? [];
      if (elsewhere) {
        faults.push(
          `${file}: a cell of the chapter names ${elsewhere}…, which is elsewhere from here: use atRoot("…")`,
        );
      }
      return cell;
    }
    const [id, english] = [String(cell["id"]), sourceOf(cell)];
    const translation = translations.get(id);
    translations.delete(id);
    const head = `<!-- ${id} ${markOf(english)} -->`;
    if (!translation) {
      const start = english.trim().split("\n")[0]?.slice(0, 60);
      faults.push(`${file}: nothing for the cell that begins "${start}": translate it below a line ${head}`);
    } else if (translation.mark !== markOf(english)) {
      faults.push(`${file}: the English of "${id}" has changed since: look at it again, and make its line ${head}`);
    }
    return { ...cell, source: linesOf(translation?.text ?? english) };
  });
  for (const id of translations.keys()) faults.push(`${file}: "${id}" is no Markdown cell of the chapter: remove it`);
  return { notebook: { ...chapter, cells }, faults };
}
