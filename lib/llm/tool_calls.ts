/** Calls of tools as text: told in the prompt, read from the answer. */
import type { ChatRequest, ChatRequestMessage, PlainMessage, Tool } from "./chat_request.ts";
import type { JsonSchema } from "./grammar_schema.ts";

/** A call of a tool, as it stands in an answer. */
export interface ToolCall {
  /** Names the call; the tool's answer repeats it. */
  readonly id: string;
  /** The only kind there is. */
  readonly type: "function";
  /** The tool that is called, and its arguments as the model wrote them. */
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
 * tool of the request is text, unless it is marked as a call.
 *
 * @param text The answer.
 * @param tools The tools that may be called.
 * @returns The calls in their order; none when the answer is text.
 */
export function toolCallsIn(text: string, tools: readonly Tool[]): ToolCall[] {
  const inside = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, part = ""]) => part);
  const isKnown = (name: string) => tools.some((tool) => tool.function.name === name);
  const places: [parts: string[], isName: (name: string) => boolean][] = [
    [inside(/<tool_call>\s*([\s\S]*?)\s*(?:<\/tool_call>|$)/g), () => true],
    [inside(/```(?:json|tool_call)?\s*([\s\S]*?)\s*(?:```|$)/g), isKnown],
    [[text], isKnown],
  ];
  for (const [parts, isName] of places) {
    const calls = parts.flatMap(jsonIn).flatMap((value) => callsFrom(value, isName));
    if (calls.length > 0) return calls;
  }
  return [];
}

/** The JSON values in a text, from brace or bracket to its match, one after another; what is none is left out. */
function jsonIn(text: string): unknown[] {
  const values: unknown[] = [];
  let start = -1, depth = 0, quoted = false;
  for (let i = 0; i < text.length; i++) {
    const sign = text.charAt(i);
    if (quoted) {
      if (sign === "\\") i++;
      else if (sign === '"') quoted = false;
    } else if (sign === "{" || sign === "[") {
      if (depth++ === 0) start = i;
    } else if (depth > 0 && sign === '"') quoted = true;
    else if (depth > 0 && (sign === "}" || sign === "]") && --depth === 0) {
      try {
        values.push(JSON.parse(text.slice(start, i + 1)));
      } catch {
        // Braces in prose.
      }
    }
  }
  return values;
}

function callsFrom(value: unknown, isName: (name: string) => boolean): ToolCall[] {
  if (Array.isArray(value)) return value.flatMap((one) => callsFrom(one, isName));
  if (typeof value !== "object" || value === null) return [];
  const call: Record<string, unknown> = { ...value };
  if (typeof call["function"] === "object") return callsFrom(call["function"], isName);
  const name = call["name"];
  const args = call["arguments"] ?? call["parameters"] ?? {};
  if (typeof name !== "string" || !isName(name)) return [];
  const text = typeof args === "string" ? args : JSON.stringify(args);
  return [{ id: `call_${crypto.randomUUID().slice(0, 8)}`, type: "function", function: { name, arguments: text } }];
}
