/** A client's question to the embedded runtime: read, checked, and refused with a reason. */
import { z } from "zod";
import { ApiError } from "./api_error.ts";
import { grammarSchema, type JsonSchema } from "./grammar_schema.ts";
import { callSchema, toolsOf } from "./tool_calls.ts";

const textPart = z.object({ type: z.literal("text"), text: z.string() });

const text = z.union([
  z.string(),
  z.array(textPart).transform((parts) => parts.map(({ text }) => text).join("")),
]);

const toolCall = z.object({ function: z.object({ name: z.string(), arguments: z.string() }) });

const message = z.discriminatedUnion("role", [
  z.object({ role: z.enum(["system", "developer", "user"]), content: text }),
  z.object({ role: z.literal("assistant"), content: text.nullish(), tool_calls: z.array(toolCall).nullish() })
    .refine(({ content, tool_calls }) => content !== null && content !== undefined || tool_calls?.length, {
      error: "needs content or tool_calls",
    }),
  z.object({ role: z.literal("tool"), content: text, tool_call_id: z.string().optional() }),
]);

const tool = z.object({
  type: z.literal("function"),
  function: z.object({
    name: z.string().regex(/^[\w-]{1,64}$/),
    description: z.string().optional(),
    parameters: z.record(z.string(), z.unknown()).optional(),
  }),
});

const toolChoice = z.union([
  z.enum(["none", "auto", "required"]),
  z.object({ type: z.literal("function"), function: z.object({ name: z.string() }) }),
]);

const responseFormat = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text") }),
  z.object({ type: z.literal("json_object") }),
  z.object({
    type: z.literal("json_schema"),
    json_schema: z.object({ name: z.string().optional(), schema: z.record(z.string(), z.unknown()) }),
  }),
]);

const tokenLimit = z.int().min(1).nullish();
const penalty = z.number().min(-2).max(2).nullish();

/** The part of OpenAI's chat-completion request that the embedded runtime honours; what it doesn't know it ignores. */
const chatRequest = z.object({
  model: z.string().min(1),
  messages: z.array(message).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().optional() }).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().gt(0).max(1).nullish(),
  seed: z.int().nullish(),
  max_tokens: tokenLimit,
  max_completion_tokens: tokenLimit,
  stop: z.union([z.string(), z.array(z.string()).max(4)]).nullish(),
  frequency_penalty: penalty,
  presence_penalty: penalty,
  response_format: responseFormat.nullish(),
  tools: z.array(tool).max(64).nullish(),
  tool_choice: toolChoice.nullish(),
});

/** A checked chat-completion request. */
export type ChatRequest = z.infer<typeof chatRequest>;

/** One message of a conversation, its content as text. */
export type ChatRequestMessage = ChatRequest["messages"][number];

/** A function that the model may call. */
export type Tool = z.infer<typeof tool>;

/** A message as the model's template takes it: without tools. */
export interface PlainMessage {
  /** Who speaks. */
  readonly role: "system" | "user" | "assistant";
  /** The text. */
  readonly content: string;
}

/** What other servers can do and this one can't: asked for, it is refused rather than ignored. */
const UNSUPPORTED: readonly [key: string, asked: (value: unknown) => boolean, what: string][] = [
  ["functions", (value) => Array.isArray(value) && value.length > 0, "functions"],
  ["n", (value) => value !== 1, "more than one choice"],
  ["logprobs", (value) => value === true, "log probabilities"],
  ["logit_bias", (value) => typeof value === "object" && Object.keys(value ?? {}).length > 0, "a logit bias"],
  ["audio", () => true, "audio"],
];

/**
 * Checks the body of a chat-completion request.
 *
 * @param text The body as it came.
 * @returns The request.
 * @throws {ApiError} Status 400, naming the field and what it must be.
 */
export function parseChatRequest(text: string): ChatRequest {
  const body = parseJson(text);
  for (const [key, asked, what] of UNSUPPORTED) {
    const value = body[key];
    if (value === undefined || value === null || !asked(value)) continue;
    throw new ApiError(400, `The embedded runtime does not support ${what}`, {
      code: "unsupported_parameter",
      param: key,
    });
  }
  const parsed = chatRequest.safeParse(body);
  if (parsed.success) return withEnforceableSchema(parsed.data);
  throw invalid(parsed.error);
}

/**
 * Names the first field of a request that is wrong.
 *
 * @param error What zod found.
 */
export function invalid({ issues: [issue] }: z.ZodError): ApiError {
  const param = issue?.path.map(String).join(".") ?? "";
  return new ApiError(400, `Cannot read the request: ${param}: ${issue?.message ?? "invalid"}`, {
    code: "invalid_value",
    param,
  });
}

/** Said before anything is generated: in the middle of a stream there is no status left to say it with. */
function withEnforceableSchema(request: ChatRequest): ChatRequest {
  const { tools, forced } = toolsOf(request);
  if (forced && tools.length === 0) {
    throw new ApiError(400, "The request demands a call of a tool that it does not give", {
      code: "invalid_value",
      param: "tool_choice",
    });
  }
  if (forced) checkSchema(callSchema(tools), "tools");
  if (request.response_format?.type === "json_schema") {
    checkSchema(request.response_format.json_schema.schema, "response_format.json_schema.schema");
  }
  return request;
}

function checkSchema(schema: JsonSchema, param: string): void {
  try {
    grammarSchema(schema);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ApiError(400, `Cannot enforce the schema: ${error.message}`, {
      code: "invalid_json_schema",
      param,
      cause: error,
    });
  }
}

/**
 * Reads the body of a request.
 *
 * @param text The body as it came.
 * @throws {ApiError} Status 400 when it is no JSON object.
 */
export function parseJson(text: string): Record<string, unknown> {
  if (text.trim() === "") throw new ApiError(400, "Cannot read the request: its body is empty, and should be JSON");
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === "object" && body !== null && !Array.isArray(body)) return { ...body };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ApiError(400, `Cannot read the request: its body is not JSON: ${reason}`, { cause: error });
  }
  throw new ApiError(400, "Cannot read the request: its body must be a JSON object");
}
