import type { ExerciseFile } from "../notebook/mod.ts";
import type { Language } from "../text/mod.ts";
import { type Cell, linesOf, type Notebook, stripNotebook } from "./notebook_file.ts";

/** What the first cell of every exercise notebook imports. */
const IMPORTS = ["createCheck", "createPoseFinder", "loadLibrary", "show"];

/** What it does, before what the exercises need besides. */
const setup = ({ imports, setup }: ExerciseFile, language: Language) => [
  `import { ${[...IMPORTS, ...imports].sort().join(", ")} } from "lib";`,
  "",
  "const library = await loadLibrary();",
  "const find = await createPoseFinder(library);",
  `const check = await createCheck({ library, find, language: "${language}" });`,
  "console.log(`Deno ${Deno.version.deno}, ${library.poses.length} poses`);",
  ...setup,
];

const SOLVED = { en: "solved", ru: "решения" } as const;

const COPY = {
  en: "Work in a copy of this file: the original is generated anew when the course changes.",
  ru: "Работайте в копии этого файла: сам он создаётся заново, когда меняется курс.",
} as const;

/**
 * Makes a notebook of exercises.
 *
 * @param file The exercises with their texts.
 * @param language The language of its prose and of its feedback.
 * @param solved Whether its cells are the solutions.
 * @returns The notebook without outputs; undefined where it is to be solved and a solution is missing.
 */
export function exerciseNotebook(file: ExerciseFile, language: Language, solved: boolean): Notebook | undefined {
  const markdown = (id: string, source: string): Cell => ({
    cell_type: "markdown",
    id,
    metadata: {},
    source: linesOf(source),
  });
  const code = (id: string, lines: readonly string[]): Cell => ({
    cell_type: "code",
    execution_count: null,
    id,
    metadata: {},
    outputs: [],
    source: linesOf(lines.join("\n")),
  });
  const cells = [
    markdown(
      "title",
      solved
        ? `# ${file.title[language]}, ${SOLVED[language]}\n\n${file.intro[language]}`
        : `# ${file.title[language]}\n\n${file.intro[language]}\n\n${COPY[language]}`,
    ),
    code("setup", setup(file, language)),
  ];
  for (const [i, { id, title, task, start, solution }] of file.exercises.entries()) {
    const lines = solved ? solution : start;
    if (!lines) return undefined;
    cells.push(markdown(`${id}-task`, `## ${i + 1}. ${title[language]}\n\n${task[language]}`), code(id, lines));
  }
  return stripNotebook({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
}
