/** The method `notation` of the choreographer: direction words become bodies, without retrieval. */
import type { Choice, Refused } from "./dance.ts";
import { askNotation, notatedPose, tellFigure } from "./notate.ts";
import { limits, type Move, movesToAsk, type Plan, type Planning, unknown } from "./plan.ts";
import type { Ranking } from "./rank.ts";
import { nearestPose } from "../library/mod.ts";
import { SAY } from "./words.ts";

/**
 * The whole dance in the model's direction words; where no body holds them, the library's nearest pose.
 *
 * @throws {RefusedError} when no valid answer comes.
 */
export async function notateDance(planning: Planning, ranking: Ranking): Promise<Plan> {
  const { language, library, request } = planning;
  const say = SAY[language];
  const { count, seconds } = movesToAsk(planning, ranking.first);
  const { answer, failure, model } = await planning.ask((connection) => {
    planning.onEvent({ type: "asking", for: "figures", count });
    return askNotation({ request, language, count, ...limits(planning) }, connection);
  });
  if (answer === undefined) throw unknown(planning, say.failed(failure ?? ""));
  const notated = answer.map((figure) => notatedPose(figure, library));
  const impossible = notated.filter(({ reasons }) => reasons !== undefined);
  const refused = impossible.map(({ words }): Refused => ({ description: tellFigure(words), reason: "impossible" }));
  const choice: Choice = {
    by: "model",
    among: "poses",
    id: ranking.first?.id ?? null,
    reason: say.composed(answer.length - impossible.length, answer.length),
    candidates: ranking.candidates,
    modelChoice: answer.map(tellFigure),
  };
  const moves = notated.map(({ words, pose, instead, airborne }): Move => {
    const id = instead ?? nearestPose(pose, library.poses)?.nearest.id ?? "";
    const move = { description: tellFigure(words), seconds, author: "model", found: { id, score: 1 } } as const;
    return instead === undefined ? { ...move, body: { pose, airborne } } : move;
  });
  return { method: "notation", choice, moves, model, refused };
}
