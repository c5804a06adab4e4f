/** The comparison as it is kept: outputs/showcase/compare.json. */
import { z } from "zod";
import { type CompareLine, compareLineSchema } from "./compare_summary.ts";

/** What `pose compare --output` writes and `--json` prints. */
export const compareReportSchema = z.object({
  requests: z.object({ file: z.string(), count: z.int().min(1) }),
  machine: z.object({
    cpu: z.string(),
    cores: z.int(),
    deno: z.string(),
    "node-llama-cpp": z.string(),
    /** The server's version; null where none was running when this was written. */
    ollama: z.string().nullable(),
  }),
  results: z.array(compareLineSchema).min(1),
});

/** What `pose compare --output` writes and `--json` prints. */
export type CompareReport = z.infer<typeof compareReportSchema>;

const COMPARISON = new URL("../../outputs/showcase/compare.json", import.meta.url);

/**
 * Reads a comparison.
 *
 * @param file the checkout's unless given.
 * @throws {Deno.errors.NotFound} where none was made yet. {SyntaxError} where the file holds something else.
 */
export async function readComparison(file: URL | string = COMPARISON): Promise<CompareReport> {
  const text = await Deno.readTextFile(file);
  const parsed = compareReportSchema.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  const why = z.prettifyError(parsed.error).split("\n")[0];
  throw new SyntaxError(`Cannot read the comparison: ${why}. Make it again: make compare`);
}

/** A model's name and where it ran. */
export const modelOf = ({ model, endpoint }: Pick<CompareLine, "model" | "endpoint">): string =>
  model === null ? "no model" : endpoint === "embedded" ? model : `${model} on ${endpoint}`;

/** The lines of each model that was asked, by its name and where it ran; those that ask none belong to every model's. */
export function linesByModel({ results }: Pick<CompareReport, "results">): Map<string, CompareLine[]> {
  const asking = results.filter(({ model }) => model !== null);
  const others = results.filter(({ model }) => model === null);
  if (asking.length === 0) return Map.groupBy(others, modelOf);
  return new Map([...Map.groupBy(asking, modelOf)].map(([model, lines]) => [model, [...lines, ...others]]));
}
