/**
 * What went wrong with a call to a model:
 *
 * - `unreachable`: nothing answers at the endpoint, or the embedded runtime can't start
 * - `timeout`: no complete answer within the time allowed
 * - `aborted`: the caller's signal ended it
 * - `refused`: the model or the provider's filter declined to answer
 * - `invalid_output`: the answer is not what the schema asks for, twice
 * - `truncated`: the answer reached the token limit before its end, or the connection closed in the middle
 * - `context`: the messages don't fit into the model's context
 * - `http`: the endpoint answers with any other error
 */
export type LlmErrorKind =
  | "unreachable"
  | "timeout"
  | "aborted"
  | "refused"
  | "invalid_output"
  | "truncated"
  | "context"
  | "http";

/** A call to a model failed. The message says what was asked of whom, why it failed and what to do. */
export class LlmError extends Error {
  /** Tells it apart where classes can't. */
  override readonly name = "LlmError";
  /** The HTTP status, where there was one. */
  readonly status: number | undefined;

  /**
   * Says what failed, to people and to programs.
   *
   * @param kind What kind of failure it is, for programs.
   * @param message For people.
   * @param options The underlying error as `cause`, the HTTP `status`.
   */
  constructor(readonly kind: LlmErrorKind, message: string, options: ErrorOptions & { status?: number } = {}) {
    super(message, options);
    this.status = options.status;
  }
}
