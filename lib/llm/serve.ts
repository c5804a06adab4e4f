/** The embedded runtime on a port, for other programs. */
import type { Embedded } from "./embedded.ts";

/** A request that was answered. */
export interface ServedRequest {
  /** The request's, such as `POST`. */
  readonly method: string;
  /** Path of the address. */
  readonly path: string;
  /** HTTP status; 499 when the client went away before there was one. */
  readonly status: number;
  /** From its arrival to the end of the answer, streamed or not, in milliseconds. */
  readonly ms: number;
}

/** Where the server listens, and who hears of what it does. */
export interface ServeOptions {
  /** Address to listen on (default 127.0.0.1: this machine only). */
  readonly hostname?: string;
  /** Port; 0 takes any that is free (default 11533). */
  readonly port?: number;
  /** Hears of each request when its answer is out. */
  readonly onRequest?: (request: ServedRequest) => void;
  /** Time that running requests have to come to their end when the server closes, in milliseconds (default 1 s). */
  readonly graceMs?: number;
}

/** A server that listens. */
export interface LlmServer extends AsyncDisposable {
  /** What OPENAI_BASE_URL is set to. */
  readonly baseUrl: string;
  /** Takes no more requests, lets running ones end within the grace, frees the model. May be called twice. */
  close(): Promise<void>;
}

/** Where the embedded model is served unless the user says otherwise. */
export const LLM_PORT = 11533;

const CLIENT_WENT_AWAY = 499;

/**
 * Serves the embedded runtime on a port, as an OpenAI-compatible endpoint.
 *
 * @param embedded The runtime; the server's closing closes it.
 * @param options Where, and who hears of requests.
 * @throws {Deno.errors.AddrInUse} When something else listens there already.
 */
export function serveLlm(
  embedded: Pick<Embedded, "handler" | "close">,
  options: ServeOptions = {},
): LlmServer {
  const { hostname = "127.0.0.1", port = LLM_PORT, onRequest, graceMs = 1000 } = options;
  const server = Deno.serve({ hostname, port, onListen: () => {} }, async (request, info) => {
    const started = performance.now();
    const { method } = request;
    const path = new URL(request.url).pathname;
    // A copy of Deno's request does not hear that the client went away: the handler gets a request of its own.
    const gone = new AbortController();
    request.signal.addEventListener("abort", () => gone.abort(request.signal.reason), { once: true });
    const done = (status: number) => onRequest?.({ method, path, status, ms: performance.now() - started });
    try {
      const body = request.body === null ? null : await request.bytes();
      const { url, headers } = request;
      const response = await embedded.handler(url, { method, headers, body, signal: gone.signal });
      info.completed.then(() => done(response.status), () => done(CLIENT_WENT_AWAY));
      return response;
    } catch {
      // The handler fails only when the client has gone: nobody reads this.
      done(CLIENT_WENT_AWAY);
      return new Response(null, { status: CLIENT_WENT_AWAY });
    }
  });
  let closing: Promise<void> | undefined;
  const close = () =>
    closing ??= (async () => {
      const timer = setTimeout(() => embedded.close(), graceMs);
      await server.shutdown();
      clearTimeout(timer);
      await embedded.close();
    })();
  const host = hostname.includes(":") ? `[${hostname}]` : hostname;
  return { baseUrl: `http://${host}:${server.addr.port}/v1`, close, [Symbol.asyncDispose]: close };
}
