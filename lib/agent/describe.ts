/** The method `describe`: the model writes descriptions of moves, and only those that a pose answers to are used. */
import type { Choreography } from "../library/mod.ts";
import { choosePath } from "../motion/mod.ts";
import type { Choice, Refused } from "./dance.ts";
import { askMoves, ground, type Grounded } from "./moves.ts";
import { limits, type Move, movesOf, movesToAsk, type Plan, type Planning, unknown } from "./plan.ts";
import type { Ranking } from "./rank.ts";
import { SAY } from "./words.ts";

const EXAMPLE_MOVES = 4;
const EXAMPLE_POSES = 6;

/** Descriptions near to a request: moves of the nearest choreography, else the nearest poses'. */
async function nearDescriptions({ library, retriever, request, language }: Planning, dance: Choreography | undefined) {
  if (dance) return dance.moves.slice(0, EXAMPLE_MOVES).map(({ describe }) => describe[language]);
  const hits = (await retriever.search(request, EXAMPLE_POSES)).filter(({ score }) => score > 0);
  return hits.flatMap(({ id }) => library.pose(id)?.describe[language][0] ?? []);
}

/** Asks the model to describe the dance that a request asks for, in its own words. */
async function askAndGround(planning: Planning, ranking: Ranking, count: number) {
  const { retriever, request, language } = planning;
  const like = await nearDescriptions(planning, ranking.first);
  const asked = await planning.ask((connection) => {
    planning.onEvent({ type: "asking", for: "moves", count });
    return askMoves({ request, language, count, like, ...limits(planning) }, connection);
  });
  return { asked, ...await ground(asked.answer ?? [], retriever) };
}

/** Poses chosen as a sequence: of those that answer to a description almost alike, the ones that are on the way. */
function chooseSequence(grounded: readonly Grounded[], { library }: Pick<Planning, "library">): readonly Grounded[] {
  const candidates = grounded.map(({ near }) =>
    near.flatMap(({ id, score }) => {
      const pose = library.pose(id)?.pose;
      return pose ? [{ id, score, pose }] : [];
    })
  );
  const { choice } = choosePath(candidates).path;
  return grounded.map((one, i) => {
    const chosen = candidates[i]?.[choice[i] ?? 0];
    return chosen ? { ...one, found: { id: chosen.id, score: chosen.score } } : one;
  });
}

/**
 * The whole dance in the model's words.
 *
 * @throws {RefusedError} when no pose answers to anything that the model wrote.
 */
export async function describeDance(planning: Planning, ranking: Ranking): Promise<Plan> {
  const { language } = planning;
  const say = SAY[language];
  const { count, seconds } = movesToAsk(planning, ranking.first);
  const { asked, grounded, refused } = await askAndGround(planning, ranking, count);
  const answer = asked.answer ?? [];
  if (grounded.length === 0) {
    throw unknown(planning, asked.failure === undefined ? say.ungrounded(answer.length) : say.failed(asked.failure));
  }
  const choice: Choice = {
    by: "model",
    among: "poses",
    id: ranking.first?.id ?? null,
    reason: say.described(grounded.length, answer.length),
    candidates: ranking.candidates,
    modelChoice: answer,
  };
  const moves = chooseSequence(grounded, planning).map(({ description, found }): Move => ({
    description,
    found,
    seconds,
    author: "model",
  }));
  return { method: "describe", choice, moves, model: asked.model, refused };
}

/**
 * The nearest choreography, its moves in the model's words where those retrieve the very same pose.
 *
 * @param most how many of the first moves to ask for at most.
 */
export async function describeOver(
  planning: Planning,
  ranking: Ranking & { readonly first: Choreography },
  most: number,
): Promise<Plan> {
  const { retriever, language } = planning;
  const say = SAY[language];
  const { first, candidates } = ranking;
  const moves = movesOf(first, language);
  const sure = say.clear(ranking.score, ranking.next);
  const count = Math.min(moves.length, most);
  const { asked, grounded, refused } = await askAndGround(planning, ranking, count);
  const plan = (reason: string, rest: Pick<Plan, "moves" | "refused">): Plan => ({
    method: "describe",
    choice: {
      by: "retrieval",
      among: "choreographies",
      id: first.id,
      reason: `${sure}; ${reason}`,
      candidates,
      modelChoice: asked.answer ?? null,
    },
    model: asked.model,
    ...rest,
  });
  if (asked.answer === undefined) return plan(say.failed(asked.failure ?? ""), { moves, refused: [] });
  const own = await Promise.all(moves.map(async (move) => (await retriever.search(move.description, 1))[0]?.id));
  const kept = grounded.filter(({ found }) => own.includes(found.id));
  const replaced = moves.map((move, i): Move => {
    const same = kept.find(({ found }) => found.id === own[i]);
    return same ? { ...move, description: same.description, found: same.found, author: "model" } : move;
  });
  const others = grounded.filter((one) => !kept.includes(one)).map(({ description }): Refused => ({
    description,
    reason: "another pose",
  }));
  return plan(say.replaced(kept.length, asked.answer.length), { moves: replaced, refused: [...refused, ...others] });
}
