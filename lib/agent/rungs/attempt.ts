/** What every rung that asks a model does: count, keep what was said, and make a result of a failure. */
import { type CallEvent, type ChatMessage, type Connection, LlmError, type LlmErrorKind } from "../../llm/mod.ts";
import type { OutsidePose, RungResult, RungTask } from "../rung.ts";

/**
 * Calls that ended like this say nothing of the model: nothing answers, the connection closed in the middle of an answer
 * (an answer that the token limit ends is no failed call), or the machine is too busy.
 */
const GONE: readonly LlmErrorKind[] = ["unreachable", "truncated", "timeout"];

/** The time that an answer may take, in milliseconds: a dance in joints is 3,000 tokens, and a busy machine slow. */
export const PATIENCE = 20 * 60_000;

/** A question to a model within a rung. */
export interface Attempt {
  /** The task's, counting. */
  readonly connection: Connection;
  /** Keeps a line of the trace. */
  note(line: unknown): void;
  /** Keeps a conversation, and what comes of it piece by piece. */
  say(messages: readonly ChatMessage[]): (piece: string) => void;
}

/** What a rung makes of its answers. */
export type Attempted = Pick<RungResult, "frames"> & Partial<Pick<RungResult, "schemaValid" | "failure">>;

/**
 * Runs the work of a rung: its time and tokens are counted, what was said is kept, and a model that fails is a result.
 *
 * @param otherwise poses that stand in where the model's answer can't be used; none unless given.
 * @throws the signal's reason when aborted; {LlmError} when the model's server is gone or too slow: that tells nothing of
 *   the model.
 */
export async function attempt(
  task: Pick<RungTask, "connection" | "signal">,
  work: (attempt: Attempt) => Promise<Attempted>,
  otherwise: () => Promise<readonly OutsidePose[]> = () => Promise.resolve([]),
): Promise<RungResult> {
  const started = performance.now();
  const tokens = { prompt: 0, completion: 0 };
  const trace: unknown[] = [];
  let last: CallEvent | undefined;
  const connection: Connection = {
    ...task.connection,
    onCall(event) {
      task.connection.onCall?.(event);
      last = event;
      tokens.prompt += event.promptTokens ?? 0;
      tokens.completion += event.completionTokens ?? 0;
      const { totalMs, promptTokens, completionTokens, finishReason, error } = event;
      trace.push({ type: "call", seconds: totalMs / 1000, promptTokens, completionTokens, finishReason, error });
    },
  };
  const done = (attempted: Attempted): RungResult => {
    const error = last?.error;
    if (error && GONE.includes(error.kind)) throw new LlmError(error.kind, error.message);
    return { schemaValid: true, ...attempted, tokens, seconds: (performance.now() - started) / 1000, trace };
  };
  try {
    return done(
      await work({
        connection,
        note: (line) => trace.push(line),
        say(messages) {
          trace.push(...messages.map((message) => ({ type: "message", ...message })));
          const answer = { type: "message", role: "assistant", content: "" };
          trace.push(answer);
          return (piece) => answer.content += piece;
        },
      }),
    );
  } catch (error) {
    task.signal?.throwIfAborted();
    if (!(error instanceof LlmError)) throw error;
    return done({ schemaValid: false, frames: await otherwise(), failure: error.message });
  }
}
