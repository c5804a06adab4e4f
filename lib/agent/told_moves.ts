/** Requests that tell a dance move by move: each move is searched by itself, and no model is asked. */
import { words } from "../text/mod.ts";
import type { Candidate, Refused } from "./dance.ts";
import { type Move, type Plan, type Planning, USUAL_SECONDS } from "./plan.ts";
import { SAY } from "./words.ts";

/** What stands between moves, whatever else is said: "потом", "then", an arrow, a new line. */
const THEN =
  /(?:[,;.]?\s*(?<!\p{L})(?:а\s+|и\s+)?(?:потом|затем|после\s+(?:этого|чего)|далее|and\s+then|then|after\s+that|next)(?!\p{L})[,:]?)|[;\n→]|[.!](?:\s|$)|-+>/iu;
/** What may stand between moves, or within one. */
const COMMA = /,/u;
/** What leads up to the first move and is none. */
const LEAD =
  /^(?:(?:пожалуйста|please|создай|сделай|покажи|станцуй|придумай|нарисуй|make|show|create|dance|draw|me|a|танец|упражнение|сначала|сперва|first)(?:[\s,:]+|$))+/iu;

/** Parts of a text between what a pattern finds; those without a word are none. */
const split = (text: string, between: RegExp): string[] =>
  text.split(between).map((part) => part.trim().replace(LEAD, "")).filter((part) => words(part).length > 0);

/**
 * Plans a dance of the moves that a request tells, one after another ("руки вверх, потом присядь", "bow, then jump").
 *
 * What stands between commas is a move of its own only where each part is more surely a pose than the whole.
 *
 * @param sure how sure the search must be of a request that is one move, 0–1; of more frames it is no dance.
 * @returns undefined where the request tells none, or poses are near to less than half of them.
 */
export async function planTold(planning: Planning, sure: number): Promise<Plan | undefined> {
  const { retriever, request, language, frames = 1, signal } = planning;
  const search = async (description: string) => {
    signal?.throwIfAborted();
    const [hit] = await retriever.search(description, 1);
    const found: Candidate = { id: hit?.id ?? "", score: hit?.score ?? 0 };
    return { description, found, near: found.score >= retriever.near };
  };
  const searchAll = async (parts: readonly string[]) => {
    const told: Awaited<ReturnType<typeof search>>[] = [];
    for (const part of parts) told.push(await search(part));
    return told;
  };
  let told = await searchAll(split(request, THEN));
  const [whole] = told;
  if (whole && told.length === 1) {
    const parts = split(request, COMMA);
    const found = parts.length > 1 ? await searchAll(parts) : [];
    const isBetter = ({ near, found }: typeof whole) => near && found.score > whole.found.score;
    if (found.length > 0 && found.every(isBetter)) told = found;
    else if (whole.found.score < sure || frames > 1) return undefined;
  }
  const near = told.filter((one) => one.near);
  if (near.length === 0 || near.length < told.length / 2) return undefined;
  const moves = near.map(({ description, found }): Move => (
    { description, found, seconds: USUAL_SECONDS, author: "request" }
  ));
  return {
    method: "retrieve",
    model: null,
    choice: {
      by: "retrieval",
      among: "poses",
      id: null,
      reason: SAY[language].told(near.length, told.length),
      candidates: near.map(({ found }) => found),
      modelChoice: null,
    },
    moves,
    refused: told.filter((one) => !one.near).map(({ description }): Refused => ({ description, reason: "ungrounded" })),
  };
}
