import { type Choreography } from "../library/mod.ts";
import { type Language, LANGUAGES } from "../text/mod.ts";
import type { Hit } from "./retriever.ts";

/** A move whose words find another pose than its own. */
export interface StrayMove {
  /** Which of the dance's moves, from 0. */
  readonly index: number;
  /** Of its words. */
  readonly language: Language;
  /** Its words. */
  readonly text: string;
  /** The pose that it means. */
  readonly pose: string;
  /** What is found instead; undefined where nothing is. */
  readonly found: Pick<Hit, "id" | "score"> | undefined;
}

/**
 * Looks every move of a dance up by its own words, as a request's moves are.
 *
 * @param search the nearest poses to a text, best first.
 * @returns the moves that find another pose; none for a dance whose words are enough.
 */
export async function findStrays(
  { moves }: Choreography,
  search: (text: string) => Promise<readonly Pick<Hit, "id" | "score">[]>,
): Promise<StrayMove[]> {
  const strays: StrayMove[] = [];
  for (const [index, { describe, pose }] of moves.entries()) {
    for (const language of LANGUAGES) {
      const text = describe[language];
      const [found] = await search(text);
      if (found?.id !== pose) strays.push({ index, language, text, pose, found });
    }
  }
  return strays;
}
