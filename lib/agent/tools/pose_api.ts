/** How tools ask the Pose API, over the network or in this process, and what a refusal tells the model. */
import { ToolError } from "./define_tool.ts";

/** Where the Pose API is. */
export interface PoseApiAddress {
  /** Its origin, as `http://127.0.0.1:8001`. */
  readonly base: string;
  /** What reaches it in the place of `fetch`: an API in this process. */
  readonly fetch?: typeof globalThis.fetch;
}

/** How to ask the Pose API. */
export interface ApiRequest {
  /** What is sent as JSON; without it the request is a GET. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** The longest that a tool waits for the API. */
const TIMEOUT_MS = 60_000;

/**
 * Asks the Pose API.
 *
 * @param path such as `/poses/search`.
 * @throws {ToolError} with the API's own words where it refuses (RFC 9457), or where it can't be reached.
 */
export async function askApi({ base, fetch = globalThis.fetch }: PoseApiAddress, path: string, request: ApiRequest) {
  const { body, signal } = request;
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  let response: Response;
  try {
    response = await fetch(new URL(path, base), {
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      ...(body !== undefined && {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
    });
  } catch (error) {
    signal?.throwIfAborted();
    const reason = timeout.aborted ? `no answer in ${TIMEOUT_MS / 1000} s` : (error as Error).message;
    throw new ToolError(`The Pose API at ${base} can't be reached: ${reason}`, { cause: error });
  }
  if (response.ok) return response;
  throw new ToolError(refusal(response.status, await response.text()));
}

/** What a problem document says, in a line. */
function refusal(status: number, text: string): string {
  try {
    const { title = "", detail = "", errors = [] } = JSON.parse(text);
    const fields = Array.isArray(errors) ? errors.slice(0, 3).map((e) => `${e.field}: ${e.message}`) : [];
    return `The Pose API answers ${status}: ${[detail || title, ...fields].filter(Boolean).join("; ")}`.slice(0, 600);
  } catch {
    return `The Pose API answers ${status}: ${text.slice(0, 200)}`;
  }
}
