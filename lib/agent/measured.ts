/** Whether a model may decide a tie: what `pose eval` measured of it, kept as data. */
import { z } from "zod";

/** How many requests were asked, and the shares of them (0–1) that retrieval's first choice and the model's met. */
export interface SelectionRates {
  /** How many. */
  readonly requests: number;
  /** Retrieval's share. */
  readonly retrieval: number;
  /** The model's share. */
  readonly model: number;
}

/** How often retrieval's first choice and a model's were right, on clear requests and on near ties. */
export interface SelectionResults {
  /** By the model's name. */
  readonly measured: Readonly<
    Record<
      string,
      { readonly clear: SelectionRates; readonly ties: SelectionRates; readonly machine?: string | undefined }
    >
  >;
}

const rates = z.object({ requests: z.number(), retrieval: z.number(), model: z.number() });

/** The schema of the file. */
export const selectionResultsSchema: z.ZodType<SelectionResults> = z.object({
  measured: z.record(z.string(), z.object({ clear: rates, ties: rates, machine: z.string().optional() })),
});

/** The file of the checkout that holds what was measured. */
export const SELECTION_RESULTS: URL = new URL("../../poses/eval/select.json", import.meta.url);

/** Reads what was measured; a file that is not there holds nothing yet. */
export async function readSelectionResults(file: URL | string = SELECTION_RESULTS): Promise<SelectionResults> {
  try {
    return selectionResultsSchema.parse(JSON.parse(await Deno.readTextFile(file)));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return { measured: {} };
    throw error;
  }
}

/** What was measured, as rows: a line a model and kind of request; shares of right choices, 0–1. */
export async function readSelection(
  file: URL = SELECTION_RESULTS,
): Promise<{ model: string; kind: string; requests: number; "retrieval right": number; "model right": number }[]> {
  const { measured } = await readSelectionResults(file);
  return Object.entries(measured).flatMap(([model, { clear, ties }]) =>
    Object.entries({ clear, ties }).map(([kind, { requests, retrieval, model: right }]) => ({
      model,
      kind,
      requests,
      "retrieval right": retrieval,
      "model right": right,
    }))
  );
}

/** Fewer ties than this say nothing; all requests count then. */
const ENOUGH = 10;

/**
 * Whether a model's choice among near ties replaces retrieval's first: only where it was measured to be no worse, on ties
 * if there were ten or more, else on all requests.
 *
 * @param model the model's name. @param file what was measured.
 * @returns `undefined` for a model that was not measured.
 */
export async function decidesTies(model: string, file: URL = SELECTION_RESULTS): Promise<boolean | undefined> {
  const found = (await readSelectionResults(file)).measured[model];
  if (!found) return undefined;
  const { clear, ties } = found;
  if (ties.requests >= ENOUGH) return ties.model >= ties.retrieval;
  const right = (who: "model" | "retrieval") => clear.requests * clear[who] + ties.requests * ties[who];
  return right("model") >= right("retrieval");
}
