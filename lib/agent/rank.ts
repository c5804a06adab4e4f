/** Which choreographies a request is near to. */
import { type Choreography, type Library, namesOf } from "../library/mod.ts";
import { parse } from "../notation/mod.ts";
import { CLEAR_MARGIN, createNameMatcher, margin, NEAR } from "../retrieve/mod.ts";
import type { Option } from "./choose.ts";
import type { Candidate } from "./dance.ts";

/** How many choreographies a model is asked about. */
const MOST_CANDIDATES = 4;

/**
 * A request that says what the body does ("palms on the back of the head, elbows out") shares words with the moves and
 * names of many dances: it means one of them only where it all but names it.
 */
export const NAMED = 0.8;

const tellsMovement = (request: string): boolean => {
  const { slots, understood } = parse(request);
  return understood && slots.length >= 2;
};

/** What retrieval found for a request. */
export interface Ranking {
  /** The nearest choreography; undefined where none is near. */
  readonly first?: Choreography;
  /** Its score, and the score of the next one. */
  readonly score: number;
  /** The score of the second. */
  readonly next: number;
  /** Whether the first is meant and not the next. */
  readonly clear: boolean;
  /** The nearest few, best first. */
  readonly candidates: readonly Candidate[];
}

/** Ranks the library's choreographies for a request by their names, aliases and moves. */
export function rankChoreographies(library: Library, request: string): Ranking {
  const ranked = createNameMatcher(library.choreographies.map((dance) => ({
    id: dance.id,
    names: namesOf(dance),
    descriptions: (["en", "ru"] as const).map((lang) => dance.moves.map(({ describe }) => describe[lang]).join(", ")),
  })))(request);
  const score = ranked[0]?.score ?? 0;
  const gap = margin(ranked);
  const first = score >= (tellsMovement(request) ? NAMED : NEAR)
    ? library.choreography(ranked[0]?.id ?? "")
    : undefined;
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
