/** The Pose API on a port. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { PoseApi } from "./create_api.ts";
import { requestOf, send } from "./node_adapter.ts";

/** Where the API listens unless the user says otherwise. */
export const API_PORT = 8001;

/** Where to listen and until when. */
export interface ServeApiOptions {
  /** Default 127.0.0.1: this machine only. */
  readonly host?: string;
  /** 0 takes any that is free; default 8001. */
  readonly port?: number;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Hears when and where it listens. */
  readonly onListen?: (address: { readonly url: string; readonly port: number }) => void;
  /** How long requests that run have to come to their end when it ends, in milliseconds; default 10 s. */
  readonly graceMs?: number;
}

const CLIENT_WENT_AWAY = 499;
/** A longer path is cut in the log. */
const MOST_PATH = 200;
/** A request must have arrived by then, milliseconds. */
const ARRIVAL_MS = 30_000;
/** A connection without a request is kept so long: longer than clients keep theirs, lest one is used as it is closed. */
const KEPT_MS = 120_000;
/** How long an answer that was stopped has to reach its client. */
const LAST_WORDS_MS = 200;

/**
 * Serves the API until the signal aborts: then takes no more requests, lets running ones come to their end within the
 * grace, stops the rest. Each request is a line of the log. The API itself is left to its owner to close.
 *
 * It listens by `node:http`: `Deno.serve` (2.9) does not tell when a client goes away that sent a body of some length.
 *
 * @throws {Error} when it can't listen there, naming the port and what to do.
 */
export async function servePoseApi({ app, log, limits }: PoseApi, options: ServeApiOptions): Promise<void> {
  const { host = "127.0.0.1", port = API_PORT, signal, onListen, graceMs = 10_000 } = options;
  const late = new AbortController();
  /** What settles when the requests that run now are answered. */
  const running = new Set<Promise<void>>();

  const answer = async (message: IncomingMessage, to: ServerResponse) => {
    const started = performance.now();
    const { method = "" } = message;
    const path = (message.url ?? "").replace(/[?#].*$/, "").slice(0, MOST_PATH);
    const gone = new AbortController();
    const stop = () => gone.abort(new DOMException("The client went away", "AbortError"));
    const { promise: over, resolve: end } = Promise.withResolvers<void>();
    running.add(over);
    late.signal.addEventListener("abort", stop, { once: true });
    to.once("close", () => {
      end();
      running.delete(over);
      late.signal.removeEventListener("abort", stop);
      if (!to.writableFinished) stop();
      const status = to.writableFinished ? to.statusCode : CLIENT_WENT_AWAY;
      const ms = Number((performance.now() - started).toFixed(1));
      log.info("{method} {path} {status} {ms} ms", { method, path, status, ms });
    });
    try {
      const { request, whole } = await requestOf(message, limits.bodyBytes);
      if (!whole || signal.aborted) to.shouldKeepAlive = false;
      await send(await app.fetch(request, { signal: gone.signal }), to);
    } catch {
      // Only who has gone gets no answer: all else is a problem that the app tells.
      to.destroy();
    }
  };
  const server = createServer(
    { requestTimeout: ARRIVAL_MS, keepAliveTimeout: KEPT_MS },
    (message, to) => void answer(message, to),
  );
  const address = await listen(server, host, port);
  const shownHost = host.includes(":") ? `[${host}]` : host;
  onListen?.({ url: `http://${shownHost}:${address.port}`, port: address.port });

  await aborted(signal);
  const closed = new Promise<void>((done) => server.close(() => done()));
  const timer = setTimeout(() => late.abort(), graceMs);
  await Promise.race([Promise.all(running), aborted(late.signal)]);
  clearTimeout(timer);
  // What was stopped is told to its client, for which it has a moment.
  await Promise.race([Promise.all(running), new Promise((done) => setTimeout(done, LAST_WORDS_MS))]);
  server.closeAllConnections();
  await closed;
}

async function listen(server: Server, host: string, port: number): Promise<AddressInfo> {
  const at = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  try {
    // Asked for here: where it is not given, `listen` throws past everyone.
    if (Deno.permissions.querySync({ name: "net", host: at }).state !== "granted") {
      throw new Error("this process may not listen there. Say where by HOST=…, not --host");
    }
    server.listen(port, host, resolve);
    await promise;
    return server.address() as AddressInfo;
  } catch (error) {
    throw new Error(`Cannot serve the Pose API at ${at}: ${reasonOf(error)}.`, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof Deno.errors.NotCapable) {
    return "this process may not listen there. Say where by HOST=…, not --host";
  }
  if (error instanceof Error && Reflect.get(error, "code") === "EADDRINUSE") {
    return "the port is taken. Choose another (PORT=8002), or stop what listens there";
  }
  return error instanceof Error ? error.message : String(error);
}

function aborted(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) resolve();
  signal.addEventListener("abort", () => resolve(), { once: true });
  return promise;
}
