/** What the routes share: the library, the retrievers, the gates, the limits. */
import { z } from "@hono/zod-openapi";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Logger } from "@logtape/logtape";
import type { Backend } from "../draw/mod.ts";
import type { Library } from "../library/mod.ts";
import { type Connection, timeLimit } from "../llm/mod.ts";
import type { Retriever, RetrieverName } from "../retrieve/mod.ts";
import type { Gate } from "./gate.ts";
import type { ApiLimits } from "./limits.ts";
import { Problem, type ProblemKind, PROBLEMS, problemSchema } from "./problem.ts";

/** What `app.fetch` may be given beside the request, and what middleware leaves for handlers. */
export interface ApiEnv {
  /** What a caller may pass beside the request: how to hear that the client went away. */
  Bindings: { readonly signal?: AbortSignal };
  /** What handlers find: that signal, or the request's own. */
  Variables: { signal: AbortSignal };
}

/** An app of ours. */
export type App = OpenAPIHono<ApiEnv>;

/** What the routes share. */
export interface Service {
  readonly library: Library;
  readonly limits: ApiLimits;
  readonly backend: Backend;
  readonly log: Logger;
  readonly gates: { readonly renders: Gate; readonly animations: Gate; readonly dances: Gate };
  /** The retriever of that name, made at its first use; `undefined` gives the usual one. */
  retriever(name?: RetrieverName): Promise<Retriever>;
  /** The names of the retrievers that are loaded. */
  readonly loaded: readonly string[];
  /** The model, looked for at the first dance that asks one. */
  connect(): Promise<Connection>;
  /** What was found; undefined before the first dance that asks. */
  readonly connection: Connection | undefined;
}

/** The documented answers of problems, by their status. */
export function problems(...kinds: readonly ProblemKind[]) {
  const byStatus = Map.groupBy(kinds, (kind) => PROBLEMS[kind][0]);
  return Object.fromEntries(
    [...byStatus].map(([status, some]) => [status, {
      description: some.map((kind) => PROBLEMS[kind][1]).join("; "),
      content: { "application/problem+json": { schema: problemSchema } },
    }]),
  );
}

/** The problems that every route with a body can answer with. */
export const BODY_PROBLEMS = ["not-json", "too-large", "unsupported-media-type", "invalid"] as const;

/** A body that must be there, as JSON. */
export const jsonBody = <T extends z.ZodType>(
  schema: T,
  examples: Record<string, { summary: string; value: unknown }>,
) => ({ body: { required: true, content: { "application/json": { schema, examples } } } }) as const;

/**
 * Runs a task under a limit of time beside the client's own signal.
 *
 * @throws {Problem} `too-slow` when time is up.
 */
export async function within<T>(
  seconds: number,
  signal: AbortSignal,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  using limit = timeLimit(seconds * 1000, signal);
  try {
    return await task(limit.signal);
  } catch (error) {
    if (!limit.late.aborted || signal.aborted) throw error;
    throw new Problem("too-slow", `It took more than ${seconds} s: ask for less at once, or for a gif of stills`, {
      cause: error,
      headers: { "retry-after": "10" },
    });
  }
}
