import type { ChatRequest, ChatRequestMessage, PlainMessage, Tool } from "./chat_request.ts";
import type { JsonSchema } from "./grammar_schema.ts";

/** A call of a tool, as it stands in an answer. */
export interface ToolCall {
  readonly id: string;
  readonly type: "function";
  readonly function: { readonly name: string; /** JSON. */ readonly arguments: string };
}

/** The tools that a request lets the model call, and whether it must. */
export function toolsOf({ tools, tool_choice: choice }: Pick<ChatRequest, "tools" | "tool_choice">): {
  readonly tools: readonly Tool[];
  readonly forced: boolean;
} {
  if (!tools?.length || choice === "none") return { tools: [], forced: false };
  if (typeof choice === "object" && choice !== null) {
    return { tools: tools.filter(({ function: { name } }) => name === choice.function.name), forced: true };
  }
  return { tools, forced: choice === "required" };
}

/** Most models that know tools at all learned them in this form (Hermes, Qwen, SmolLM2). */
const callText = (name: string, args: unknown) =>
  `<tool_call>\n${JSON.stringify({ name, arguments: args })}\n</tool_call>`;

/**
 * A conversation with tools as one without: the tools stand in the system message, calls and results in messages.
 *
 * @param request A checked request.
 * @returns Its messages as text.
 */
export function plainMessages(request: Pick<ChatRequest, "messages" | "tools" | "tool_choice">): PlainMessage[] {
  const messages = request.messages.map(plain);
  const { tools } = toolsOf(request);
  if (tools.length === 0) return messages;
  const told = [
    "You may call these functions to answer the user:",
    `<tools>\n${tools.map((tool) => JSON.stringify(tool)).join("\n")}\n</tools>`,
    `To call one, answer with its name and its arguments only, in this form:\n${'<tool_call>\n{"name": …, "arguments": {…}}\n</tool_call>'}`,
  ].join("\n\n");
  const [first, ...rest] = messages;
  return first?.role === "system"
    ? [{ role: "system", content: `${first.content}\n\n${told}` }, ...rest]
    : [{ role: "system", content: told }, ...messages];
}

function plain(message: ChatRequestMessage): PlainMessage {
  switch (message.role) {
    case "tool":
      return { role: "user", content: `<tool_response>\n${message.content}\n</tool_response>` };
    case "assistant": {
      const calls = message.tool_calls?.map((call) => callText(call.function.name, argumentsOf(call))) ?? [];
      return { role: "assistant", content: [message.content ?? "", ...calls].filter(Boolean).join("\n") };
    }
    case "developer":
      return { role: "system", content: message.content };
    default:
      return { role: message.role, content: message.content };
  }
}

function argumentsOf(call: { readonly function: { readonly arguments: string } }): unknown {
  try {
    return JSON.parse(call.function.arguments);
  } catch {
    return call.function.arguments;
  }
}

/**
 * What an answer must look like where a call is demanded.
 *
 * @param tools The tools among which the model may choose.
 * @returns A JSON Schema: the name and the arguments of one of them.
 */
export function callSchema(tools: readonly Tool[]): JsonSchema {
  const anyOf = tools.map(({ function: { name, parameters } }) => ({
    type: "object",
    properties: { name: { const: name }, arguments: parameters ?? { type: "object", properties: {} } },
    required: ["name", "arguments"],
    additionalProperties: false,
  }));
  const [only] = anyOf;
  return only !== undefined && anyOf.length === 1 ? only : { anyOf };
}

/**
 * Finds the calls in what a model wrote: in the form that it was told, in a code block, or as bare JSON. What names no
 * tool of the request is text.
 *
 * @param text The answer.
 * @param tools The tools that may be called.
 * @returns The calls in their order; none when the answer is text.
 */
export function toolCallsIn(text: string, tools: readonly Tool[]): ToolCall[] {
  const marked = [...text.matchAll(/<tool_call>\s*([\s\S]*?)\s*(?:<\/tool_call>|$)/g)].map(([, inside = ""]) => inside);
  const fenced = [...text.matchAll(/```(?:json|tool_call)?\s*([\s\S]*?)\s*```/g)].map(([, inside = ""]) => inside);
  for (const places of [marked, fenced, [text]]) {
    const calls = places.flatMap((place) => callsFrom(jsonIn(place), tools));
    if (calls.length > 0) return calls;
  }
  return [];
}

/** The JSON in a text from its first brace or bracket to its last; nothing where it is none. */
function jsonIn(text: string): unknown {
  const start = text.search(/[[{]/);
  const end = Math.max(text.lastIndexOf("}"), text.lastIndexOf("]"));
  if (start < 0 || end < start) return undefined;
  try {
    return JSON.parse(text.slice(start, end + 1));
  } catch {
    return undefined;
  }
}

function callsFrom(value: unknown, tools: readonly Tool[]): ToolCall[] {
  if (Array.isArray(value)) return value.flatMap((one) => callsFrom(one, tools));
  if (typeof value !== "object" || value === null) return [];
  const call: Record<string, unknown> = { ...value };
  if (typeof call["function"] === "object") return callsFrom(call["function"], tools);
  const name = call["name"];
  const args = call["arguments"] ?? call["parameters"] ?? {};
  if (!tools.some((tool) => tool.function.name === name) || typeof name !== "string") return [];
  const text = typeof args === "string" ? args : JSON.stringify(args);
  return [{ id: `call_${crypto.randomUUID().slice(0, 8)}`, type: "function", function: { name, arguments: text } }];
}
