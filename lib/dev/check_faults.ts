import type { Notebook } from "./notebook_file.ts";

/** What a check shows first: its mark, the exercise, and, after them, what to do. */
const CHECKED = /^([✓✗]) ([a-z0-9-]+): [^]*?(\n[→✗?] [^]*)?$/;

/**
 * Finds the checks of an executed exercise notebook that do not end as they should: a solution is right; what students
 * start from is not, and they are told what to do.
 *
 * @param notebook Executed. @param kind Whether it is solved.
 * @returns A line for every fault; none where every exercise has its answer.
 */
export function checkFaults(notebook: Notebook, kind: "exercises" | "solutions"): string[] {
  const code = notebook.cells.filter((cell) => cell.cell_type === "code" && cell["id"] !== "setup");
  return code.flatMap((cell): string[] => {
    const plain = (cell.outputs ?? []).map((output) => {
      const text = (output["data"] as Record<string, string | string[]> | undefined)?.["text/plain"] ?? "";
      return CHECKED.exec(Array.isArray(text) ? text.join("") : text);
    }).find((match) => match !== null);
    const id = String(cell["id"]);
    if (plain?.[2] !== id) return [`exercise "${id}" is not checked: let its cell end with await check("${id}", …)`];
    if (kind === "solutions") return plain[1] === "✓" ? [] : [`exercise "${id}" is not solved: ${plain[0]}`];
    if (plain[1] === "✓") return [`exercise "${id}" is right as students get it: leave something to do`];
    return plain[3] === undefined ? [`exercise "${id}" fails without a word of help`] : [];
  });
}
