/** Whatever `openai` throws, as an error that says what to do. */
import { LlmError } from "./llm_error.ts";

/** What ended, or could have ended, a call. */
export interface CallLimits {
  /** The caller's signal. */
  readonly signal?: AbortSignal;
  /** The signal of the call's own timeout. */
  readonly late?: AbortSignal;
  /** How long that timeout was. */
  readonly timeoutMs?: number;
}

/**
 * Says in one of the few kinds of {@linkcode LlmError} what the client threw. The client's errors are told apart by
 * their fields and not by their classes, so that this module doesn't load the client.
 *
 * @param error What was thrown.
 * @param asked Who was asked for what, for the message.
 * @param limits The call's signals.
 */
export function llmErrorFrom(error: unknown, asked: string, limits: CallLimits = {}): LlmError {
  if (error instanceof LlmError) return error;
  const options = { cause: error };
  if (limits.signal?.aborted) return new LlmError("aborted", `The request to ${asked} was cancelled.`, options);
  if (limits.late?.aborted) {
    const seconds = (limits.timeoutMs ?? 0) / 1000;
    return new LlmError(
      "timeout",
      `No complete answer from ${asked} within ${seconds} s. Allow more time, ask for fewer tokens or use a smaller model.`,
      options,
    );
  }
  const { status, code, name, reason } = fieldsOf(error);
  if (code === "runtime_unavailable") return new LlmError("unreachable", reason, options);
  if (
    code === "context_length_exceeded" || /context (length|window|size)|maximum context|too many tokens/i.test(reason)
  ) {
    return new LlmError("context", `${asked}: ${reason}. Shorten the messages.`, { ...options, ...statusOf(status) });
  }
  if (status !== undefined) return new LlmError("http", httpMessage(status, asked, reason), { ...options, status });
  if (/timeout/i.test(name)) return new LlmError("timeout", `No answer from ${asked} in time.`, options);
  if (/APIConnectionError/.test(name) || error instanceof TypeError) {
    const why = deepest(error);
    return new LlmError(
      "unreachable",
      `Cannot reach ${asked}: ${why}. Check that it runs, and that its address is right.`,
      options,
    );
  }
  return new LlmError("http", `${asked} failed: ${reason}.`, options);
}

function httpMessage(status: number, asked: string, reason: string): string {
  const said = `${asked} answers ${status}: ${reason}.`;
  switch (status) {
    case 401:
    case 403:
      return `${said} Check OPENAI_API_KEY.`;
    case 404:
      return `${said} Check LLM_MODEL and the address.`;
    case 429:
      return `${said} Wait a little, or use another model.`;
    default:
      return said;
  }
}

function fieldsOf(error: unknown) {
  const fields: { status?: unknown; code?: unknown } = typeof error === "object" && error !== null ? error : {};
  const message = error instanceof Error ? error.message : String(error);
  return {
    status: typeof fields.status === "number" ? fields.status : undefined,
    code: typeof fields.code === "string" ? fields.code : undefined,
    name: error instanceof Error ? `${error.name} ${error.constructor.name}` : "",
    // The client puts the status in front of what the server said; the message here says it already. A server's error
    // page is cut to what a line can hold.
    reason: oneLine(message.replace(/^\d{3} /, "")),
  };
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, " ").trim().replace(/\.$/, "");
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}

function deepest(error: unknown): string {
  let reason = "no answer";
  for (let at = error; at instanceof Error; at = at.cause) reason = at.message;
  return oneLine(reason);
}

function statusOf(status: number | undefined): { status?: number } {
  return status === undefined ? {} : { status };
}
