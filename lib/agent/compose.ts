/** The choreographer: a request becomes a dance over verified poses. */
import type { Choreography, Library } from "../library/mod.ts";
import { type Connection, LlmError } from "../llm/mod.ts";
import { CLEAR_MARGIN, createNameMatcher, createRetriever, margin, NEAR, type Retriever } from "../retrieve/mod.ts";
import { language, words } from "../text/mod.ts";
import { chooseOne, chooseOrder, type Option } from "./choose.ts";
import { type Candidate, type Choice, type Dance, type DanceEvent, type DanceFrame, RefusedError } from "./dance.ts";
import { decidesTies } from "./measured.ts";
import { type Language, SAY } from "./words.ts";

/** The longest request that is read, in characters. */
export const MOST_CHARACTERS = 2000;
/** The most frames of a dance. */
export const MOST_FRAMES = 120;
/** How many choreographies a model is asked about. */
export const MOST_CANDIDATES = 4;
const POSE_CANDIDATES = 6;
/** Beats a minute for poses that no choreography gives a tempo. */
const USUAL_BPM = 90;

/** How a dance is to be made. */
export interface ComposeOptions {
  readonly library: Library;
  /** What a person asks for, or a choreography's id. */
  readonly request: string;
  /** `select` asks the model that `connect` finds; `retrieve` none. */
  readonly method: "select" | "retrieve";
  /** Finds a model; called only if one is asked. */
  readonly connect?: () => Promise<Connection>;
  /** How descriptions find poses; default `tfidf`. */
  readonly retriever?: string;
  /** Key poses, 1–120; a choreography shorter than that starts again. Default: each move once. */
  readonly frames?: number;
  readonly seed?: number;
  readonly onEvent?: (event: DanceEvent) => void;
  readonly signal?: AbortSignal;
}

/** One move to find a pose for. */
interface Move {
  readonly description: string;
  readonly seconds: number;
  /** The pose, where the request itself was the search. */
  readonly found?: Candidate;
}

/** The language that a request is answered in. */
const speak = (request: string): Language => language(request);

/**
 * Checks a request before any work.
 *
 * @throws {RefusedError} when it is empty, wordless or longer than 2,000 characters, or the frames are not 1–120.
 */
export function checkRequest({ request, frames }: Pick<ComposeOptions, "request" | "frames">): void {
  const say = SAY[speak(request.slice(0, MOST_CHARACTERS))];
  if (frames !== undefined && !(Number.isInteger(frames) && frames >= 1 && frames <= MOST_FRAMES)) {
    throw new RefusedError(say.frames(frames));
  }
  if (request.length > MOST_CHARACTERS) throw new RefusedError(say.long(request.length, MOST_CHARACTERS));
  if (request.trim() === "") throw new RefusedError(say.empty);
  if (words(request).length === 0) throw new RefusedError(say.wordless(request.trim()));
}

/**
 * Makes a dance: a choreography is chosen for the request, each of its moves' descriptions finds a verified pose.
 *
 * Where retrieval finds one choreography by a clear margin, it stands; among near ties a model chooses, if it was not
 * measured to do worse than retrieval's first choice; where no choreography is near, a model orders the nearest poses.
 *
 * @returns the dance; the same for the same options.
 * @throws {RefusedError} before any work, when the request can't be danced; the signal's reason when aborted.
 */
export async function composeDance(options: ComposeOptions): Promise<Dance> {
  const { library, method, frames, seed = 1, onEvent, signal } = options;
  checkRequest(options);
  const request = options.request.trim();
  const lang = speak(request);
  const retriever = await createRetriever(
    options.retriever ?? "tfidf",
    library.poses.map(({ id, describe }) => ({ id, descriptions: [...describe.en, ...describe.ru] })),
  );
  let started = performance.now();
  const lap = (stage: "choose" | "search") => {
    onEvent?.({ type: "stage", stage, milliseconds: performance.now() - started });
    started = performance.now();
  };
  const { choice, moves, model } = await choose({ ...options, request, seed }, retriever, lang);
  onEvent?.({ type: "choice", choice });
  lap("choose");

  const total = frames ?? moves.length;
  onEvent?.({ type: "searching", total });
  const found: DanceFrame[] = [];
  for (let index = 0; index < total; index++) {
    signal?.throwIfAborted();
    const move = moves[index % moves.length] as Move;
    const frame = found[index - moves.length] ?? await findPose(move, retriever, library);
    found.push(frame);
    onEvent?.({ type: "frame", index, total, frame });
  }
  lap("search");
  return { request, language: lang, method, retriever: retriever.name, model, seed, choice, frames: found };
}

async function findPose(move: Move, retriever: Retriever, library: Library): Promise<DanceFrame> {
  const hit = move.found ?? (await retriever.search(move.description, 1))[0];
  const found = hit && library.pose(hit.id);
  if (!hit || !found) throw new RangeError(`Cannot find a pose for "${move.description}": the library is empty`);
  return { description: move.description, pose_id: hit.id, score: hit.score, seconds: move.seconds, pose: found.pose };
}

interface Chosen {
  readonly choice: Choice;
  readonly moves: readonly Move[];
  readonly model: string | null;
}

const movesOf = (dance: Choreography, lang: Language): Move[] =>
  dance.moves.map(({ describe, beats }) => ({ description: describe[lang], seconds: beats * 60 / dance.bpm }));

async function choose(
  options: ComposeOptions & { seed: number },
  retriever: Retriever,
  lang: Language,
): Promise<Chosen> {
  const { library, request, method } = options;
  const say = SAY[lang];
  const named = library.choreography(request);
  if (named) {
    const choice: Choice = {
      by: "name",
      among: "choreographies",
      id: named.id,
      reason: say.named(named.id),
      candidates: [{ id: named.id, score: 1 }],
      modelChoice: null,
    };
    return { choice, moves: movesOf(named, lang), model: null };
  }
  const ranked = rankChoreographies(library, request);
  const [first] = ranked;
  if (!first || first.score < NEAR) {
    if (method === "retrieve") throw unknown(library, request, lang);
    return await choosePoses(options, retriever, lang);
  }
  const candidates = ranked.slice(0, MOST_CANDIDATES).map(({ id, score }) => ({ id, score }));
  const gap = margin(ranked);
  const next = first.score - gap;
  const chosen = async (): Promise<{ choice: Choice; model: string | null }> => {
    const base = { among: "choreographies", candidates } as const;
    if (method === "retrieve") {
      return {
        choice: { ...base, by: "retrieval", id: first.id, reason: say.only(first.score), modelChoice: null },
        model: null,
      };
    }
    const asked = await ask(options, (connection) => {
      options.onEvent?.({ type: "asking", among: "choreographies", candidates });
      return chooseOne(request, danceOptions(library, candidates), { connection, ...shared(options) });
    });
    const clear = gap >= CLEAR_MARGIN;
    const standing = (clear ? say.clear : say.near)(first.score, next);
    const by = (who: "retrieval" | "model", id: string, reason: string) => ({
      choice: { ...base, by: who, id, reason: `${standing}; ${reason}`, modelChoice: asked.answer ?? null },
      model: asked.model,
    });
    if (asked.answer === undefined) return by("retrieval", first.id, say.failed(asked.failure ?? ""));
    if (asked.answer === first.id) return by("retrieval", first.id, say.agrees);
    if (clear) return by("retrieval", first.id, say.disagrees(asked.answer));
    const decides = await decidesTies(asked.model ?? "");
    if (decides === true) return by("model", asked.answer, say.chosen);
    return by(
      "retrieval",
      first.id,
      `${say.disagrees(asked.answer)}; ${decides === false ? say.floor : say.unmeasured}`,
    );
  };
  const { choice, model } = await chosen();
  const dance = library.choreography(choice.id ?? "");
  if (!dance) throw new RangeError(`Cannot dance "${choice.id}": it is not in the library`);
  return { choice, moves: movesOf(dance, lang), model };
}

/** No choreography is near: the model orders the poses that are. */
async function choosePoses(
  options: ComposeOptions & { seed: number },
  retriever: Retriever,
  lang: Language,
): Promise<Chosen> {
  const { library, request } = options;
  const say = SAY[lang];
  const hits = (await retriever.search(request, POSE_CANDIDATES)).filter(({ score }) => score > 0);
  if ((hits[0]?.score ?? 0) < retriever.near) throw unknown(library, request, lang);
  const candidates: Candidate[] = hits.map(({ id, score }) => ({ id, score }));
  const text = (id: string) => library.pose(id)?.describe[lang][0] ?? id;
  const asked = await ask(options, (connection) => {
    options.onEvent?.({ type: "asking", among: "poses", candidates });
    const described = hits.map(({ id }) => ({ id, name: id.replaceAll("_", " ") }));
    // The floor: what comes nearest to the request starts.
    return chooseOrder(request, described, hits[0]?.id ?? "", { connection, ...shared(options) });
  });
  const ids = asked.answer ?? hits.map(({ id }) => id);
  const choice: Choice = {
    by: asked.answer ? "model" : "retrieval",
    among: "poses",
    id: null,
    reason: asked.answer ? say.poses : `${say.posesFloor}; ${say.failed(asked.failure ?? "")}`,
    candidates,
    modelChoice: asked.answer ?? null,
  };
  const moves = ids.map((id): Move => ({
    description: text(id),
    seconds: 60 / USUAL_BPM,
    found: { id, score: hits.find((hit) => hit.id === id)?.score ?? 0 },
  }));
  return { choice, moves, model: asked.model };
}

/** How near a request is to each choreography, best first. */
export function rankChoreographies(library: Library, request: string): { id: string; score: number }[] {
  return createNameMatcher(library.choreographies.map((dance) => ({
    id: dance.id,
    names: [dance.name.en, dance.name.ru, ...dance.aliases.en, ...dance.aliases.ru],
    descriptions: [
      dance.moves.map((move) => move.describe.en).join(", "),
      dance.moves.map((move) => move.describe.ru).join(", "),
    ],
  })))(request);
}

/** Choreographies as a model is asked about them: by both names. */
export function danceOptions(library: Library, candidates: readonly { readonly id: string }[]): Option[] {
  return candidates.map(({ id }) => {
    const name = library.choreography(id)?.name;
    return { id, name: name?.en ?? id, ...(name && { also: name.ru }) };
  });
}

function unknown(library: Library, request: string, lang: Language): RefusedError {
  const known = library.choreographies.map(({ name }) => name[lang]);
  const short = request.length > 80 ? `${request.slice(0, 80)}…` : request;
  return new RefusedError(`${SAY[lang].unknown(short)}; ${SAY[lang].known(known.join(", "))}`, known);
}

const shared = ({ seed, signal }: { seed: number; signal?: AbortSignal }) => ({ seed, ...(signal && { signal }) });

/** Asks a model; a model that fails costs the answer, not the dance. */
async function ask<Answer>(
  { connect, onEvent, signal }: ComposeOptions,
  question: (connection: Connection) => Promise<Answer>,
): Promise<{ answer?: Answer; failure?: string; model: string | null }> {
  if (!connect) throw new TypeError('Cannot use the method "select" without a model: give connect');
  const connection = await connect();
  const { model } = connection;
  try {
    onEvent?.({ type: "loading", model });
    await connection.ready();
    return { answer: await question(connection), model };
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof LlmError)) throw error;
    return { failure: error.message, model };
  }
}
