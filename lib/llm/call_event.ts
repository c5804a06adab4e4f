import type { Completion, CompletionOptions, Timings } from "./chat.ts";
import type { Endpoint } from "./connection.ts";
import { LlmError, type LlmErrorKind } from "./llm_error.ts";

/** One finished or failed call of a model: for counting, for tracing, for a plot. */
export interface CallEvent extends Timings {
  /** The model that was asked. */
  readonly model: string;
  /** What kind of endpoint it is on. */
  readonly endpoint: Endpoint["kind"];
  /** When the call began, in milliseconds since 1970. */
  readonly started: number;
  /** Why the answer ended; `null` when there is no whole answer. */
  readonly finishReason: Completion["finishReason"] | null;
  /** What went wrong; absent when nothing did. */
  readonly error?: { readonly kind: LlmErrorKind; readonly message: string };
}

/** Hears of each call when it is over. What it throws is the caller's to see. */
export type OnCall = (event: CallEvent) => void;

/** What is known of a call that did not come to its end. */
type Known = Pick<Timings, "firstTokenMs" | "promptTokens" | "completionTokens">;

/**
 * Opens the record of a call.
 *
 * @param options Of the call: who is asked and who wants to hear of it (the connection's listener and the call's own).
 * @returns `succeeded` and `failed`, of which the first one that is called tells the listeners; later ones do nothing.
 */
export function recordCall({ connection, onCall }: Pick<CompletionOptions, "connection" | "onCall">): {
  succeeded(completion: Completion): void;
  failed(error: unknown, known: Known): void;
} {
  const started = Date.now();
  const clock = performance.now();
  let told = false;
  const tell = (rest: Pick<CallEvent, "finishReason" | "error"> & Timings) => {
    if (told) return;
    told = true;
    const event: CallEvent = { model: connection.model, endpoint: connection.endpoint.kind, started, ...rest };
    connection.onCall?.(event);
    onCall?.(event);
  };
  return {
    succeeded: ({ timings, finishReason }) => tell({ ...timings, finishReason }),
    failed(error, { firstTokenMs, promptTokens, completionTokens }) {
      const kind = error instanceof LlmError ? error.kind : "http";
      const message = error instanceof Error ? error.message : String(error);
      const totalMs = performance.now() - clock;
      const known = { firstTokenMs, promptTokens, completionTokens };
      tell({ ...known, totalMs, tokensPerSecond: null, finishReason: null, error: { kind, message } });
    },
  };
}
