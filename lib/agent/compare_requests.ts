/** The requests that rungs are compared on, with the facts that must hold of what they make. */
import { z } from "zod";
import { type Library, problemsOf, tellProblems } from "../library/mod.ts";
import { parse, type Slot, slotSchema } from "../notation/mod.ts";
import { bareText, type Language, language } from "../text/mod.ts";
import { MOST_FRAMES } from "./compose.ts";

const id = z.string().regex(/^[a-z0-9]+(_[a-z0-9]+)*$/, "must be lower-case words joined by _");
const request = z.string().trim().min(3).max(300);

/** The file of requests. */
export const compareFileSchema = z.strictObject({
  about: z.string().optional(),
  figures: z.array(z.strictObject({
    id,
    request,
    must: z.array(slotSchema).min(1).meta({ description: "what must hold of the figure" }),
  })),
  dances: z.array(z.strictObject({
    id,
    request,
    dance: z.string().meta({ description: "the choreography's id" }),
    frames: z.int().min(2).max(MOST_FRAMES).meta({ description: "how many of its moves, from the first" }),
  })),
});

/** A request, and the facts that must hold of each of its figures in order. */
export interface CompareRequest {
  /** Tells it from the other requests; rows name it. */
  readonly id: string;
  /** One figure, or the first moves of a choreography. */
  readonly kind: "figure" | "dance";
  /** The language of the request. */
  readonly language: Language;
  /** What the model is asked, word for word. */
  readonly request: string;
  /** A list of facts for each figure. */
  readonly must: readonly (readonly Slot[])[];
}

/** A file of requests holds something that is not right; every problem found is listed. */
export class CompareFileError extends Error {
  /** Tells it apart where classes can't. */
  override name = "CompareFileError";
  /**
   * Lists the first problems in its message, and all of them in `problems`.
   *
   * @param file its name. @param problems a line each: the field, and what is wrong with it.
   */
  constructor(file: string, readonly problems: readonly string[]) {
    super(tellProblems(`Cannot compare on ${file}`, problems));
  }
}

/** Whether 18 joints tell a fact: they say nothing of palms. */
const isTold = ({ kind }: Slot) => kind !== "palm";

/**
 * Reads the text of a file of requests.
 *
 * @param text its JSON. @param file its name, for messages. @param library the dances' moves are its facts.
 * @throws {CompareFileError} listing every field that is not right.
 */
export function parseCompareRequests(text: string, file: string, library: Library): CompareRequest[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new CompareFileError(file, [`is not JSON: ${error instanceof Error ? error.message : error}`]);
  }
  const parsed = compareFileSchema.safeParse(content);
  if (!parsed.success) throw new CompareFileError(file, problemsOf(parsed.error, content, compareFileSchema));
  const { figures, dances } = parsed.data;
  const problems: string[] = [];
  figures.forEach(({ must }, i) => {
    const untold = must.findIndex((slot) => !isTold(slot));
    if (untold >= 0) problems.push(`figures.${i}.must.${untold}: is about a palm, which 18 joints do not tell`);
  });
  const requests: CompareRequest[] = [
    ...figures.map(({ id, request, must }) => ({
      id,
      kind: "figure" as const,
      language: language(request),
      request,
      must: [must],
    })),
    ...dances.flatMap(({ id, request, dance, frames }, i): CompareRequest[] => {
      const moves = library.choreography(dance)?.moves;
      if (!moves) {
        problems.push(`dances.${i}.dance: "${dance}" is no choreography of the library`);
        return [];
      }
      if (frames > moves.length) problems.push(`dances.${i}.frames: ${frames}, but ${dance} has ${moves.length} moves`);
      const must = moves.slice(0, frames).map(({ describe }) => parse(describe.en).slots.filter(isTold));
      const mute = must.findIndex((facts) => facts.length === 0);
      if (mute >= 0) problems.push(`dances.${i}.dance: move ${mute + 1} of ${dance} says nothing that joints tell`);
      return [{ id, kind: "dance", language: language(request), request, must }];
    }),
  ];
  if (requests.length === 0 && problems.length === 0) problems.push("holds no request");
  for (const key of ["id", "request"] as const) {
    const seen = new Set<string>();
    for (const one of requests) {
      if (seen.has(bareText(one[key]))) problems.push(`${key}: "${one[key]}" stands twice`);
      seen.add(bareText(one[key]));
    }
  }
  if (problems.length > 0) throw new CompareFileError(file, problems);
  return requests;
}
