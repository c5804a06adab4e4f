/** Queries with their right answers, as the files of `poses/eval` hold them. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { readTextIfAny } from "../assets/mod.ts";
import { problemsOf, tellProblems } from "../library/mod.ts";
import { type Slot, slotSchema } from "../notation/mod.ts";
import { bareText, type Language, LANGUAGES } from "../text/mod.ts";

/** The folder of this checkout that holds the queries with known answers. */
export const QUERIES_FOLDER: string = fileURLToPath(new URL("../../poses/eval/", import.meta.url));

/** How a query is written. */
export const QUERY_STYLES = ["terse", "chatty", "technical", "childish", "misspelt"] as const;

/** A query, what answers it, and the language of its file. */
export interface JudgedQuery {
  /** What somebody asks, as it was written. */
  readonly query: string;
  /** How it is written. */
  readonly style: (typeof QUERY_STYLES)[number];
  /** Every pose that answers it; none: no pose does. */
  readonly ids: readonly string[];
  /** What must hold of an answer. */
  readonly must: readonly Slot[];
  /** The language of the file that it stands in. */
  readonly language: Language;
}

/** A line of a query file. */
type Line = Omit<JudgedQuery, "language">;

const judgedQuerySchema: z.ZodType<Line> = z.strictObject({
  query: z.string().trim().min(1),
  style: z.enum(QUERY_STYLES),
  ids: z.array(z.string()),
  must: z.array(slotSchema),
});

/** Query files hold something that is not right; every problem found is listed. */
export class QueryFileError extends Error {
  /** Tells it apart where classes can't. */
  override name = "QueryFileError";
  /**
   * Lists the first problems in its message, and all of them in `problems`.
   *
   * @param problems a line each: file, line, field, and what is wrong with it.
   */
  constructor(readonly problems: readonly string[]) {
    super(tellProblems("Cannot use the queries", problems));
  }
}

/** What a file's text is to be held against. */
export interface QueryFileContext {
  /** The file's name, for messages. */
  readonly file: string;
  /** The language of all its queries. */
  readonly language: Language;
  /** The ids of the poses that there are. */
  readonly poseIds: ReadonlySet<string>;
}

/**
 * Reads the text of a query file: JSON Lines, a query each; empty lines are passed over.
 *
 * @param text The file's text.
 * @param context Its name and language, and which poses there are.
 * @returns Its queries, and what is wrong with the others: file, line, field and value.
 */
export function parseQueries(
  text: string,
  { file, language, poseIds }: QueryFileContext,
): { queries: JudgedQuery[]; problems: string[] } {
  const queries: JudgedQuery[] = [];
  const problems: string[] = [];
  const seen = new Map<string, number>();
  text.split("\n").forEach((line, i) => {
    if (line.trim() === "") return;
    const at = `${file}:${i + 1}`;
    const { query, wrong } = parseLine(line);
    if (!query) return problems.push(...wrong.map((problem) => `${at}: ${problem}`));
    const missing = query.ids.filter((id) => !poseIds.has(id));
    problems.push(...missing.map((id) => `${at}: ids: "${id}" is no pose of the library`));
    // What no pose answers can't be held against one, and what is answered by ids must be by geometry too.
    if (query.ids.length > 0 && query.must.length === 0) problems.push(`${at}: must: says nothing of the poses in ids`);
    if (query.ids.length === 0 && query.must.length > 0) problems.push(`${at}: must: is for queries with ids only`);
    const before = seen.get(bareText(query.query));
    if (before !== undefined) problems.push(`${at}: query: is that of line ${before} again`);
    seen.set(bareText(query.query), i + 1);
    queries.push({ ...query, language });
  });
  if (queries.length === 0 && problems.length === 0) problems.push(`${file}: holds no query`);
  return { queries, problems };
}

function parseLine(line: string): { query?: Line; wrong: string[] } {
  let content: unknown;
  try {
    content = JSON.parse(line);
  } catch (error) {
    return { wrong: [`is not JSON: ${error instanceof Error ? error.message : error}`] };
  }
  const parsed = judgedQuerySchema.safeParse(content);
  return parsed.success
    ? { query: parsed.data, wrong: [] }
    : { wrong: problemsOf(parsed.error, content, judgedQuerySchema) };
}

/**
 * The queries whose words are not those of another query: what both sets have was not held out.
 *
 * @param queries What to choose from.
 * @param others What was seen before.
 */
export function withoutQueriesOf(
  queries: readonly JudgedQuery[],
  others: readonly Pick<JudgedQuery, "query">[],
): JudgedQuery[] {
  const seen = new Set(others.map(({ query }) => bareText(query)));
  return queries.filter(({ query }) => !seen.has(bareText(query)));
}

/**
 * Reads the query files of a set: those that there are of `SET.ru.jsonl` and `SET.en.jsonl`.
 *
 * @param folder Where they are. @param set `dev` or `test`. @param poseIds The ids of the poses that there are.
 * @returns The queries of all languages; none where there is no file.
 * @throws {QueryFileError} when anything is wrong in one of them.
 */
export async function readQueries(folder: string, set: string, poseIds: ReadonlySet<string>): Promise<JudgedQuery[]> {
  const all: JudgedQuery[] = [];
  const wrong: string[] = [];
  for (const language of LANGUAGES) {
    const file = `${set}.${language}.jsonl`;
    const text = await readTextIfAny(join(folder, file));
    if (text === undefined) continue;
    const { queries, problems } = parseQueries(text, { file, language, poseIds });
    all.push(...queries);
    wrong.push(...problems);
  }
  if (wrong.length > 0) throw new QueryFileError(wrong);
  return all;
}
