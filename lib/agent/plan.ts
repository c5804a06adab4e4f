/** What every way of planning a dance starts from and ends with. */
import type { Choreography, Library } from "../library/mod.ts";
import { type Connection, LlmError } from "../llm/mod.ts";
import type { Retriever } from "../retrieve/mod.ts";
import type { Pose } from "../skeleton/mod.ts";
import { type Language, nearestWords } from "../text/mod.ts";
import {
  type Candidate,
  type Choice,
  type Dance,
  type DanceEvent,
  type DanceFrame,
  type Refused,
  RefusedError,
} from "./dance.ts";
import { rankChoreographies } from "./rank.ts";
import { SAY } from "./words.ts";

/** One move to find a pose for. */
export interface Move {
  readonly description: string;
  readonly seconds: number;
  readonly author: DanceFrame["author"];
  /** The pose, where it is known already. */
  readonly found?: Candidate;
  /** The body, where it is none of the library's; `found` is then the nearest. */
  readonly body?: { readonly pose: Pose; readonly airborne: boolean };
}

/** The moves of a dance before their poses are searched, and how they came about. */
export interface Plan {
  readonly method: Dance["method"];
  readonly choice: Choice;
  readonly moves: readonly Move[];
  /** The model that was asked; null when none was. */
  readonly model: string | null;
  /** What the model wrote and was not used. */
  readonly refused: readonly Refused[];
}

/** What a plan is made from. */
export interface Planning {
  readonly library: Library;
  readonly retriever: Retriever;
  readonly request: string;
  readonly language: Language;
  readonly frames?: number;
  readonly seed: number;
  readonly ask: Ask;
  readonly onEvent: (event: DanceEvent) => void;
  readonly signal?: AbortSignal;
}

/** What came of asking a model. */
export interface Asked<Answer> {
  readonly model: string;
  readonly answer?: Answer;
  /** Why there is no answer. */
  readonly failure?: string;
}

/** Asks the model a question; a model that fails costs the answer, not the dance. */
export type Ask = <Answer>(question: (connection: Connection) => Promise<Answer>) => Promise<Asked<Answer>>;

/**
 * A way to ask whichever model `connect` finds; it is looked for and loaded once, at the first question.
 *
 * @throws {TypeError} when a model is asked and there is no `connect`.
 */
export function asker(
  connect: (() => Promise<Connection>) | undefined,
  onEvent: (event: DanceEvent) => void,
  signal?: AbortSignal,
): Ask {
  let connecting: Promise<Connection> | undefined;
  return async (question) => {
    if (!connect) throw new TypeError("Cannot ask a model: give connect, or use the method retrieve");
    const first = connecting === undefined;
    const connection = await (connecting ??= connect());
    const { model } = connection;
    try {
      if (first) {
        onEvent({ type: "loading", model });
        await connection.ready();
      }
      return { answer: await question(connection), model };
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof LlmError)) throw error;
      onEvent({ type: "failed", message: error.message });
      return { failure: error.message, model };
    }
  };
}

/** Beats a minute for poses that no choreography gives a tempo. */
const USUAL_BPM = 90;
/** How long (s) a pose shows that no choreography gives a tempo. */
export const USUAL_SECONDS = 60 / USUAL_BPM;

/** Moves of a dance that no choreography is near to, and the most that a model is asked for. */
const USUAL_MOVES = 6;
const MOST_MOVES = 16;

/** How many moves a model is asked for, and how long (s) each lasts: as the choreography that is near, if one is. */
export function movesToAsk({ frames, language }: Planning, near: Choreography | undefined) {
  return {
    count: Math.min(MOST_MOVES, frames ?? near?.moves.length ?? USUAL_MOVES),
    seconds: near ? movesOf(near, language)[0]?.seconds ?? USUAL_SECONDS : USUAL_SECONDS,
  };
}

/** A choreography's moves in a language. */
export const movesOf = (dance: Choreography, language: Language): Move[] =>
  dance.moves.map(({ describe, beats }) => ({
    description: describe[language],
    seconds: beats * 60 / dance.bpm,
    author: "library",
  }));

/**
 * The refusal of a request that nothing is near to; it names the nearest three, by words or else by letters.
 *
 * @param why said instead of "nothing is near".
 */
export function unknown({ library, request, language }: Planning, why?: string): RefusedError {
  const known = library.choreographies.map(({ name }) => name[language]);
  const ranked = rankChoreographies(library, request).candidates.filter(({ score }) => score > 0)
    .flatMap(({ id }) => library.choreography(id)?.name[language] ?? []);
  const nearest = [...new Set([...ranked, ...nearestWords(request.slice(0, 80), known, 3)])].slice(0, 3).join(", ");
  const short = request.length > 80 ? `${request.slice(0, 80)}…` : request;
  return new RefusedError(
    `${why ?? SAY[language].unknown(short)}; ${SAY[language].known(nearest, known.length)}`,
    known,
  );
}

/** The seed and the signal, as a question to a model takes them. */
export const limits = ({ seed, signal }: Planning) => ({ seed, ...(signal && { signal }) });
