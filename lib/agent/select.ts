/** The method `select`: a model chooses among what retrieval found, and retrieval's first choice is the floor. */
import type { Choreography } from "../library/mod.ts";
import { chooseOne, chooseOrder } from "./choose.ts";
import type { Candidate, Choice } from "./dance.ts";
import { decidesTies } from "./measured.ts";
import { limits, type Move, movesOf, type Plan, type Planning, unknown, USUAL_SECONDS } from "./plan.ts";
import { danceOptions, type Ranking } from "./rank.ts";
import { SAY } from "./words.ts";

/** How many poses a model puts in order. */
const POSE_CANDIDATES = 6;

/** Reasons as one sentence; those that are none are left out. */
const join = (...reasons: (string | undefined)[]) => reasons.filter((reason) => reason !== undefined).join("; ");

/**
 * Asks the model which of the nearest choreographies is meant. It decides near ties, if it was measured to be no worse at
 * them than retrieval.
 *
 * @param before why the model chooses and does not describe, if it was to describe.
 */
export async function selectChoreography(
  planning: Planning,
  ranking: Ranking & { readonly first: Choreography },
  before?: string,
): Promise<Plan> {
  const { library, request, language } = planning;
  const { candidates, clear, first } = ranking;
  const say = SAY[language];
  const asked = await planning.ask((connection) => {
    planning.onEvent({ type: "asking", for: "choreography", count: candidates.length });
    return chooseOne(request, danceOptions(library, candidates), { connection, ...limits(planning) });
  });
  const plan = (by: Choice["by"], dance: Choreography, reason: string): Plan => ({
    method: "select",
    choice: {
      by,
      among: "choreographies",
      id: dance.id,
      reason: join((clear ? say.clear : say.near)(ranking.score, ranking.next), before, reason),
      candidates,
      modelChoice: asked.answer ?? null,
    },
    moves: movesOf(dance, language),
    model: asked.model,
    refused: [],
  });
  if (asked.answer === undefined) return plan("retrieval", first, say.failed(asked.failure ?? ""));
  if (asked.answer === first.id) return plan("retrieval", first, say.agrees);
  if (clear) return plan("retrieval", first, say.disagrees(asked.answer));
  const decides = await decidesTies(asked.model);
  const chosen = library.choreography(asked.answer);
  if (decides && chosen) return plan("model", chosen, say.chosen);
  const why = decides === undefined ? say.unmeasured : say.floor;
  return plan("retrieval", first, `${say.disagrees(asked.answer)}; ${why}`);
}

/**
 * Asks the model to put the poses nearest to the request in order; the nearest one starts.
 *
 * @throws {RefusedError} when no pose is near.
 */
export async function orderPoses(planning: Planning, before?: string): Promise<Plan> {
  const { library, request, retriever, language } = planning;
  const say = SAY[language];
  const hits = (await retriever.search(request, POSE_CANDIDATES)).filter(({ score }) => score > 0);
  const [nearest] = hits;
  if (!nearest || nearest.score < retriever.near) throw unknown(planning);
  const candidates: Candidate[] = hits.map(({ id, score }) => ({ id, score }));
  const asked = await planning.ask((connection) => {
    planning.onEvent({ type: "asking", for: "order", count: candidates.length });
    const options = hits.map(({ id }) => ({ id, name: id.replaceAll("_", " ") }));
    return chooseOrder(request, options, nearest.id, { connection, ...limits(planning) });
  });
  const order = asked.answer ?? hits.map(({ id }) => id);
  const reason = asked.answer ? say.poses : `${say.posesFloor}; ${say.failed(asked.failure ?? "")}`;
  return {
    method: "select",
    choice: {
      by: asked.answer ? "model" : "retrieval",
      among: "poses",
      id: null,
      reason: join(before, reason),
      candidates,
      modelChoice: asked.answer ?? null,
    },
    moves: order.map((id): Move => ({
      description: library.pose(id)?.describe[language][0] ?? id,
      seconds: USUAL_SECONDS,
      author: "library",
      found: { id, score: hits.find((hit) => hit.id === id)?.score ?? 0 },
    })),
    model: asked.model,
    refused: [],
  };
}
