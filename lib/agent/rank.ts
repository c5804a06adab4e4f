/** Which choreographies a request is near to. */
import type { Choreography, Library } from "../library/mod.ts";
import { CLEAR_MARGIN, createNameMatcher, margin, NEAR } from "../retrieve/mod.ts";
import type { Option } from "./choose.ts";
import type { Candidate } from "./dance.ts";

/** How many choreographies a model is asked about. */
const MOST_CANDIDATES = 4;

/** What retrieval found for a request. */
export interface Ranking {
  /** The nearest choreography; undefined where none is near. */
  readonly first?: Choreography;
  /** Its score, and the score of the next one. */
  readonly score: number;
  readonly next: number;
  /** Whether the first is meant and not the next. */
  readonly clear: boolean;
  /** The nearest few, best first. */
  readonly candidates: readonly Candidate[];
}

/** Ranks the library's choreographies for a request by their names, aliases and moves. */
export function rankChoreographies(library: Library, request: string): Ranking {
  const ranked = createNameMatcher(library.choreographies.map(({ id, name, aliases, moves }) => ({
    id,
    names: [name.en, name.ru, ...aliases.en, ...aliases.ru],
    descriptions: (["en", "ru"] as const).map((lang) => moves.map(({ describe }) => describe[lang]).join(", ")),
  })))(request);
  const score = ranked[0]?.score ?? 0;
  const gap = margin(ranked);
  const first = score >= NEAR ? library.choreography(ranked[0]?.id ?? "") : undefined;
  return {
    ...(first && { first }),
    score,
    next: score - gap,
    clear: gap >= CLEAR_MARGIN,
    candidates: ranked.slice(0, MOST_CANDIDATES).map(({ id, score }) => ({ id, score })),
  };
}

/** Choreographies as a model is asked about them: by both names. */
export function danceOptions(library: Library, candidates: readonly { readonly id: string }[]): Option[] {
  return candidates.map(({ id }) => {
    const name = library.choreography(id)?.name;
    return { id, name: name?.en ?? id, ...(name && { also: name.ru }) };
  });
}
