/** The details of an {@linkcode ApiError}. */
export interface ApiErrorOptions extends ErrorOptions {
  /** A short word for programs, such as `context_length_exceeded`. */
  readonly code?: string;
  /** The request's field that is wrong. */
  readonly param?: string;
}

/** An error that is answered over HTTP, in OpenAI's form. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  /** A short word for programs. */
  readonly code: string | null;
  /** The request's field that is wrong. */
  readonly param: string | null;

  /**
   * @param status HTTP status.
   * @param message For people.
   * @param options More about it.
   */
  constructor(readonly status: number, message: string, options: ApiErrorOptions = {}) {
    super(message, options);
    this.code = options.code ?? null;
    this.param = options.param ?? null;
  }

  /** The body of the answer. */
  toJSON(): { error: { message: string; type: string; param: string | null; code: string | null } } {
    const type = this.status < 500 ? "invalid_request_error" : "server_error";
    return { error: { message: this.message, type, param: this.param, code: this.code } };
  }
}
