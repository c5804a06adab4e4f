/** The Pose API as one function from requests to responses. */
import { OpenAPIHono, z } from "@hono/zod-openapi";
import { getLogger, type Logger } from "@logtape/logtape";
import { bodyLimit } from "hono/body-limit";
import { openBackend } from "../draw/mod.ts";
import { describedPoses, type Library } from "../library/mod.ts";
import { connect as connectToModel, type Connection } from "../llm/mod.ts";
import {
  createRetriever,
  DEFAULT_RETRIEVER,
  isEmbedderCached,
  type Retriever,
  type RetrieverName,
} from "../retrieve/mod.ts";
import { addAnalyze } from "./analyze_route.ts";
import { addAnimations } from "./animations_route.ts";
import { addDances } from "./dances_route.ts";
import { createGate } from "./gate.ts";
import { addDocs } from "./docs_route.ts";
import { addGallery } from "./gallery_route.ts";
import { addHealth } from "./health_route.ts";
import { API_LIMITS, type ApiLimits } from "./limits.ts";
import { addPoses } from "./poses_route.ts";
import { Problem, problemOf, refuseBy } from "./problem.ts";
import { addSearch } from "./search_route.ts";
import type { ApiEnv, App, Service } from "./service.ts";
import { addVisualize } from "./visualize_route.ts";

/** What a Pose API is made of. */
export interface PoseApiOptions {
  /** The poses and choreographies that it serves. */
  readonly library: Library;
  /** The usual retriever, where one is there already; it is not closed with the API. Default: made at its first use. */
  readonly retriever?: Retriever;
  /** Finds a model; called by the first dance that asks one. Default: as everywhere. */
  readonly connect?: () => Promise<Connection>;
  /** Limits that differ from {@linkcode API_LIMITS}. */
  readonly limits?: Partial<ApiLimits>;
  /** Where faults of ours are told; default: LogTape's `pose`, `api`. */
  readonly log?: Logger;
}

/** A Pose API, in this process. */
export interface PoseApi {
  /** `app.fetch(request)` answers; `app.fetch(request, { signal })` hears that the client went away by `signal`. */
  readonly app: OpenAPIHono<ApiEnv>;
  /** The limits in force. */
  readonly limits: ApiLimits;
  /** Where faults of ours are told. */
  readonly log: Logger;
  /** Makes the usual retriever ready, which takes seconds, before the first search asks for it. */
  ready(): Promise<void>;
  /** Frees the model and the retrievers. */
  close(): Promise<void>;
}

/** The document's head. */
const DOCUMENT = {
  openapi: "3.1.0",
  info: {
    title: "Pose API",
    version: "1.0.0",
    description:
      "Verified poses of a stick figure: find them by description, check and draw any pose, make animations " +
      "and dances. Errors are RFC 9457 problems.",
  },
};

/**
 * Makes the Pose API: no port, no output.
 *
 * @example
 * ```ts
 * import { createPoseApi, loadLibrary } from "lib";
 *
 * const api = await createPoseApi({ library: await loadLibrary() });
 * const response = await api.app.fetch(new Request("http://localhost/health"));
 * console.log(response.status); // 200
 * await api.close();
 * ```
 */
export async function createPoseApi(options: PoseApiOptions): Promise<PoseApi> {
  const { library, connect = connectToModel, log = getLogger(["pose", "api"]) } = options;
  const limits = { ...API_LIMITS, ...options.limits };
  const backend = await openBackend();
  const retrievers = createRetrievers(library, options.retriever);
  let connecting: Promise<Connection> | undefined;
  let connection: Connection | undefined;
  const service: Service = {
    library,
    limits,
    backend,
    log,
    gates: {
      renders: createGate("pictures", limits.renders, 1),
      animations: createGate("animations", limits.animations, 5),
      dances: createGate("dances", limits.dances, 30),
    },
    retriever: retrievers.get,
    get loaded() {
      return retrievers.loaded();
    },
    async connect() {
      connecting ??= connect();
      try {
        return connection = await connecting;
      } catch (error) {
        // The next dance looks again: a server may have been started since.
        connecting = undefined;
        throw error;
      }
    },
    get connection() {
      return connection;
    },
  };
  const app = createApp(service);
  return {
    app,
    limits,
    log,
    async ready() {
      await (await service.retriever()).search("standing", 1);
    },
    async close() {
      await retrievers.close();
      await connection?.close();
    },
  };
}

/** Retrievers over the library, each made at its first use. */
function createRetrievers(library: Library, usual: Retriever | undefined) {
  const made = new Map<RetrieverName, Promise<Retriever>>();
  if (usual) made.set(usual.name, Promise.resolve(usual));
  return {
    async get(name: RetrieverName = usual?.name ?? DEFAULT_RETRIEVER): Promise<Retriever> {
      if (name === "embed" && !made.has(name) && !(await isEmbedderCached())) {
        throw new Problem(
          "unavailable",
          'The retriever "embed" needs what `make embeddings` fetches; "hybrid" works without',
        );
      }
      const there = made.get(name) ?? createRetriever(name, describedPoses(library));
      made.set(name, there);
      return await there;
    },
    loaded: () => [...made.keys()],
    async close() {
      for (const one of made.values()) {
        const retriever = await one;
        if (retriever !== usual) await retriever.close();
      }
    },
  };
}

function createApp(service: Service): App {
  const { limits, log } = service;
  const app: App = new OpenAPIHono<ApiEnv>({
    defaultHook: refuseBy(z.unknown()),
  });
  app.use(async (c, next) => {
    c.set("signal", c.env?.signal ?? c.req.raw.signal);
    await next();
  });
  app.use(bodyLimit({
    maxSize: limits.bodyBytes,
    onError: () => {
      throw new Problem("too-large", `The body is longer than ${limits.bodyBytes} bytes`);
    },
  }));
  addHealth(app, service);
  addPoses(app, service);
  addSearch(app, service);
  addVisualize(app, service);
  addAnalyze(app, service);
  addAnimations(app, service);
  addDances(app, service);
  addDocs(app);
  addGallery(app, service);
  app.doc31("/openapi.json", DOCUMENT);
  const allowed = allowedMethods(app);
  app.notFound((c) => notThere(c.req.path, allowed(c.req.path)).toResponse());
  app.onError((error, c) => {
    const problem = problemOf(error, c.var.signal);
    if (problem.kind === "fault") {
      log.error("{method} {path}: {error}", { method: c.req.method, path: c.req.path, error });
    }
    return problem.toResponse();
  });
  return app;
}

/** The methods that an address takes, from the routes that there are. */
function allowedMethods(app: App): (path: string) => string[] {
  const patterns = app.routes.filter(({ method }) => method !== "ALL").map(({ method, path }) => ({
    method,
    path,
    pattern: new RegExp(`^${path.replaceAll(/:\w+/g, "[^/]+")}$`),
  }));
  return (path) => {
    // An address that is told by itself, such as /poses/search, is not one of /poses/{id}.
    const matching = patterns.filter(({ pattern }) => pattern.test(path));
    const exact = matching.filter((one) => one.path === path);
    const methods = new Set((exact.length > 0 ? exact : matching).map(({ method }) => method));
    return methods.has("GET") ? [...methods, "HEAD"] : [...methods];
  };
}

function notThere(path: string, allowed: readonly string[]): Problem {
  if (allowed.length === 0) {
    return new Problem("not-found", `There is nothing at ${path.slice(0, 200)}: GET /openapi.json tells what there is`);
  }
  const list = allowed.join(", ");
  return new Problem("method-not-allowed", `${path.slice(0, 200)} takes ${list}`, { headers: { allow: list } });
}
