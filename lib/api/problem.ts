/** Errors as RFC 9457 tells them: `application/problem+json` that names the field and the value. */
import { z } from "@hono/zod-openapi";
import { HTTPException } from "hono/http-exception";
import { faultsOf } from "../library/mod.ts";

/** Every kind of problem that there is: its status and its title. */
export const PROBLEMS = {
  "not-json": [400, "The body is not JSON"],
  "not-found": [404, "There is no such thing"],
  "method-not-allowed": [405, "This address does not take that method"],
  "not-acceptable": [406, "It cannot be given in that form"],
  "too-large": [413, "The body is too large"],
  "unsupported-media-type": [415, "The body must be JSON"],
  "invalid": [422, "The request is not valid"],
  "gone": [499, "The client went away"],
  "fault": [500, "A fault of ours"],
  "busy": [503, "Too many requests at once"],
  "unavailable": [503, "Something that this needs is not there"],
  "too-slow": [503, "It took too long"],
} as const satisfies Record<string, readonly [number, string]>;

/** The name of a kind of problem. */
export type ProblemKind = keyof typeof PROBLEMS;

/** One field that is wrong. */
export interface FieldError {
  /** Where it is: `pose.joints.head.1`. */
  readonly field: string;
  /** What was given, or in short what kind of thing it is. */
  readonly value: string | number | boolean | null;
  /** What would be right. */
  readonly message: string;
}

/** What a problem says beyond its kind. */
export interface ProblemOptions extends ErrorOptions {
  readonly errors?: readonly FieldError[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** The schema of a problem. */
export const problemSchema = z.object({
  type: z.string().openapi({ description: "A name for programs", example: "urn:pose-api:invalid" }),
  title: z.string(),
  status: z.int(),
  detail: z.string().openapi({ description: "What is wrong this time, for people" }),
  errors: z.array(z.object({
    field: z.string(),
    value: z.union([z.string(), z.number(), z.boolean(), z.null()]),
    message: z.string(),
  })).optional().openapi({ description: "Each field that is wrong" }),
}).openapi("Problem", {
  example: {
    type: "urn:pose-api:invalid",
    title: "The request is not valid",
    status: 422,
    detail: 'pose.joints: unknown key "left_sholder" (did you mean "left_shoulder"?)',
    errors: [{
      field: "pose.joints.left_sholder",
      value: "a list of 3",
      message: 'unknown key "left_sholder" (did you mean "left_shoulder"?)',
    }],
  },
});

/** An error that is answered to the client. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: number;
  readonly errors: readonly FieldError[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(readonly kind: ProblemKind, detail: string, { errors, headers = {}, ...rest }: ProblemOptions = {}) {
    super(detail, rest);
    this.status = PROBLEMS[kind][0];
    this.errors = errors;
    this.headers = headers;
  }

  /** The body of the answer. */
  toJSON(): z.infer<typeof problemSchema> {
    return {
      type: `urn:pose-api:${this.kind}`,
      title: PROBLEMS[this.kind][1],
      status: this.status,
      detail: this.message,
      ...(this.errors && { errors: [...this.errors] }),
    };
  }

  /** The answer. */
  toResponse(): Response {
    return new Response(JSON.stringify(this), {
      status: this.status,
      headers: { "content-type": "application/problem+json", ...this.headers },
    });
  }
}

/** More errors than this help nobody. */
const MOST_ERRORS = 20;
const MOST_CHARACTERS = 200;
const MOST_MESSAGE = 400;

/** A value as it is shown in an error: whole where it is short, else what kind of thing it is. */
export function shown(value: unknown): FieldError["value"] {
  if (typeof value === "string") {
    return value.length <= MOST_CHARACTERS ? value : `${value.slice(0, MOST_CHARACTERS)}… (${value.length} characters)`;
  }
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (value === null || typeof value === "boolean") return value;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return value === undefined ? null : `an object of ${Object.keys(value).length}`;
}

/** The problem of a value that a schema refuses. */
export function invalid(error: z.ZodError, content: unknown, schema: z.ZodType): Problem {
  const errors = faultsOf(error, content, schema, MOST_ERRORS).map(
    ({ path, value, keys, message: whole }): FieldError => {
      const message = whole.slice(0, MOST_MESSAGE);
      const [key] = keys ?? [];
      const owner = path.map(String);
      if (key === undefined || typeof value !== "object" || value === null) {
        return { field: owner.join(".") || "body", value: shown(value), message };
      }
      return {
        field: [...owner, key.slice(0, MOST_CHARACTERS)].join("."),
        value: shown(Reflect.get(value, key)),
        message,
      };
    },
  );
  return new Problem("invalid", errors.slice(0, 3).map(({ field, message }) => `${field}: ${message}`).join("; "), {
    errors,
  });
}

/** The problem of one field that no schema can tell. */
export const invalidField = (field: string, value: unknown, message: string): Problem =>
  new Problem("invalid", `${field}: ${message}`, { errors: [{ field, value: shown(value), message }] });

/** A hook of a route that refuses what its schema refuses, by field and value. */
export const refuseBy =
  (schema: z.ZodType) =>
  (result: { success: true } | { success: false; error: z.ZodError; data?: unknown }): undefined => {
    if (!result.success) throw invalid(result.error, result.data, schema);
    return undefined;
  };

/** Whatever was thrown, as the problem that it is for the client. */
export function problemOf(error: unknown, signal: AbortSignal | undefined): Problem {
  if (error instanceof Problem) return error;
  if (signal?.aborted) return new Problem("gone", "The client went away, or the server ends");
  if (error instanceof HTTPException) {
    if (error.status === 400) return new Problem("not-json", "The body cannot be read as JSON");
    if (error.status === 415) return new Problem("unsupported-media-type", "Say content-type: application/json");
  }
  return new Problem("fault", "It is told in the server's log", { cause: error });
}
