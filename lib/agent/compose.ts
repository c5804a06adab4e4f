/** The choreographer: a request becomes a dance over verified poses. */
import { describedPoses, type Library } from "../library/mod.ts";
import type { Connection } from "../llm/mod.ts";
import { createRetriever, DEFAULT_RETRIEVER, type Retriever } from "../retrieve/mod.ts";
import { language as languageOf, words } from "../text/mod.ts";
import { type Dance, type DanceEvent, type DanceFrame, type Method, RefusedError } from "./dance.ts";
import { describeDance, describeOver } from "./describe.ts";
import { asker, type Move, movesOf, type Plan, type Planning, unknown } from "./plan.ts";
import { notateDance } from "./notation_dance.ts";
import { describes } from "./probe.ts";
import { rankChoreographies } from "./rank.ts";
import { orderPoses, selectChoreography } from "./select.ts";
import { planTold } from "./told_moves.ts";
import { SAY } from "./words.ts";

/** The longest request that is read, in characters. */
export const MOST_CHARACTERS = 2000;
/** The most frames of a dance. */
export const MOST_FRAMES = 120;

/** From so sure a find on, a request that is one move is that pose, and no model is asked. */
const SURE = 0.9;

/** How a dance is to be made. */
export interface ComposeOptions {
  /** What is danced: its poses and choreographies. */
  readonly library: Library;
  /** What a person asks for, or a choreography's id. */
  readonly request: string;
  /** Default `auto`. */
  readonly method?: Method;
  /** Finds a model; called only if one is asked. */
  readonly connect?: () => Promise<Connection>;
  /** How descriptions find poses: a name (default `hybrid`), or a retriever that stays the caller's to close. */
  readonly retriever?: string | Retriever;
  /** Key poses, 1–120; a choreography shorter than that starts again. Default: each move once. */
  readonly frames?: number;
  /** The model's (default 1); the same seed gives the same dance. */
  readonly seed?: number;
  /** The file that keeps what probes found of models; null for none. Default: in the checkout's cache. */
  readonly probeCache?: string | null;
  /** Hears of every step as it is done. */
  readonly onEvent?: (event: DanceEvent) => void;
  /** Ends the making. */
  readonly signal?: AbortSignal;
}

/**
 * Checks a request before any work.
 *
 * @throws {RefusedError} when it is empty, wordless or longer than 2,000 characters, or the frames are not 1–120.
 */
export function checkRequest({ request, frames }: Pick<ComposeOptions, "request" | "frames">): void {
  const say = SAY[languageOf(request.slice(0, MOST_CHARACTERS))];
  if (frames !== undefined && !(Number.isInteger(frames) && frames >= 1 && frames <= MOST_FRAMES)) {
    throw new RefusedError(say.frames(frames));
  }
  if (request.length > MOST_CHARACTERS) throw new RefusedError(say.long(request.length, MOST_CHARACTERS));
  if (request.trim() === "") throw new RefusedError(say.empty);
  if (words(request).length === 0) throw new RefusedError(say.wordless(request.trim()));
}

/**
 * Makes a dance: the request finds moves, each move's description finds a verified pose.
 *
 * By `auto`: where retrieval finds one choreography by a clear margin, it stands, and the model's own words replace a move's
 * where they retrieve the same pose; among near ties the model chooses, if it was not measured to do worse than retrieval's
 * first choice; where no choreography is near, moves that the request tells one after another are searched, else the model
 * describes. A model that a short probe finds unable to describe chooses instead.
 *
 * @returns the dance; the same for the same options and model.
 * @throws {RefusedError} before any work, when the request can't be danced; the signal's reason when aborted.
 */
export async function composeDance(options: ComposeOptions): Promise<Dance> {
  const { library, frames, seed = 1, onEvent = () => {}, connect, signal } = options;
  checkRequest(options);
  const request = options.request.trim();
  const { retriever: wanted = DEFAULT_RETRIEVER } = options;
  await using own = typeof wanted !== "string" ? undefined : await createRetriever(wanted, describedPoses(library), {
    onEvent: (event) => onEvent({ type: "retriever", event }),
    ...(signal && { signal }),
  });
  const retriever = own ?? wanted as Retriever;
  const planning: Planning = {
    library,
    request,
    seed,
    onEvent,
    language: languageOf(request),
    retriever,
    ask: asker(connect, onEvent, signal),
    ...(frames !== undefined && { frames }),
    ...(signal && { signal }),
  };
  let started = performance.now();
  const lap = (stage: "choose" | "search") => {
    onEvent({ type: "stage", stage, milliseconds: performance.now() - started });
    started = performance.now();
  };
  const { method, choice, moves, model, refused } = await planDance(
    planning,
    options.method ?? "auto",
    options.probeCache,
  );
  onEvent({ type: "choice", choice });
  for (const one of refused) onEvent({ type: "refused", refused: one });
  lap("choose");

  const total = frames ?? moves.length;
  onEvent({ type: "searching", total });
  const found: DanceFrame[] = [];
  for (let index = 0; index < total; index++) {
    signal?.throwIfAborted();
    const frame = found[index - moves.length] ?? await findPose(moves[index % moves.length] as Move, planning);
    found.push(frame);
    onEvent({ type: "frame", index, total, frame });
    // A search takes ten milliseconds of this thread: others get their turn, and the signal is heard.
    await new Promise((resolve) => setTimeout(resolve));
  }
  lap("search");
  const { language } = planning;
  return { request, language, method, retriever: retriever.name, model, seed, choice, frames: found, refused };
}

async function planDance(planning: Planning, method: Method, cache: string | null | undefined): Promise<Plan> {
  const { library, request, language } = planning;
  const say = SAY[language];
  const named = library.choreography(request);
  const unasked = { method: "retrieve", model: null, refused: [] } as const;
  const chosen = { among: "choreographies", modelChoice: null } as const;
  if (named) {
    const only = [{ id: named.id, score: 1 }];
    const choice = { ...chosen, by: "name", id: named.id, reason: say.named(named.id), candidates: only } as const;
    return { ...unasked, choice, moves: movesOf(named, language) };
  }
  const ranking = rankChoreographies(library, request);
  const { first, candidates } = ranking;
  if (method === "retrieve" || method === "auto") {
    const told = first ? undefined : await planTold(planning, method === "auto" ? SURE : planning.retriever.near);
    if (told) return told;
  }
  if (method === "retrieve") {
    if (!first) throw unknown(planning);
    const choice = { ...chosen, by: "retrieval", id: first.id, reason: say.only(ranking.score), candidates } as const;
    return { ...unasked, choice, moves: movesOf(first, language) };
  }
  if (method === "describe") return await describeDance(planning, ranking);
  if (method === "notation") return await notateDance(planning, ranking);
  const can = method === "auto" && (!first || ranking.clear) ? await probe(planning, cache) : undefined;
  if (!first) {
    if (!can?.describes) return await orderPoses(planning, can && say.cannot);
    return await describeDance(planning, ranking);
  }
  if (can?.describes) return await describeOver(planning, { ...ranking, first }, can.moves);
  return await selectChoreography(planning, { ...ranking, first }, can && say.cannot);
}

/** Whether the model describes; one that fails the question does not. */
async function probe(planning: Planning, cache: string | null | undefined) {
  return (await planning.ask((connection) => describes(connection, planning, cache))).answer ??
    { describes: false, moves: 1 };
}

async function findPose(move: Move, { retriever, library }: Planning): Promise<DanceFrame> {
  const { description, seconds, author, body } = move;
  if (body && move.found) {
    const { id: pose_id, score } = move.found;
    const airborne = body.airborne && { airborne: true } as const;
    return { description, pose_id, score, seconds, author, pose: body.pose, composed: true, ...airborne };
  }
  const hit = move.found ?? (await retriever.search(description, 1))[0];
  const found = hit && library.pose(hit.id);
  if (!hit || !found) throw new RangeError(`Cannot find a pose for "${description}": the library is empty`);
  return { description, pose_id: hit.id, score: hit.score, seconds, author, pose: found.pose };
}
