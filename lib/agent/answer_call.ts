/** One call of a tool, from what a model wrote to what it is told. */
import type { ToolCall } from "../llm/mod.ts";
import { type AgentTool, ArgumentsError, type ToolContext } from "./tools/mod.ts";

/** What became of a call. */
export interface Answered {
  /** Whether it did what it was called for; `arguments`: they are not what the tool takes. */
  readonly outcome: "done" | "failed" | "arguments";
  /** What the model is told. */
  readonly content: string;
}

/** Characters of arguments beyond which nothing is parsed: 120 frames of 18 joints take fewer. */
const MOST_ARGUMENTS = 200_000;
/** Characters of a result that a model is told. */
const MOST_RESULT = 3000;
/** Characters of arguments that can't be read, as they are kept. */
const EXCERPT = 500;

/** What a call's arguments are. */
export type ParsedArguments =
  | { readonly value: unknown; readonly problem?: undefined }
  /** Why they can't be read, and their beginning. */
  | { readonly value: string; readonly problem: string };

/** Reads the arguments of a call: JSON, or JSON within a string; none at all are an empty object. */
export function parseArguments(text: string): ParsedArguments {
  if (text.length > MOST_ARGUMENTS) {
    const problem = `the arguments have ${text.length} characters, at most ${MOST_ARGUMENTS} are read`;
    return { value: text.slice(0, EXCERPT), problem };
  }
  if (text.trim() === "") return { value: {} };
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "string" && value.trim().startsWith("{") ? { value: JSON.parse(value) } : { value };
  } catch (error) {
    const problem = `the arguments are not JSON (${error instanceof Error ? error.message.slice(0, 160) : error})`;
    return { value: text.slice(0, EXCERPT), problem };
  }
}

/**
 * Runs a call. Whatever is wrong with it is told to the model, with what to do.
 *
 * @throws the signal's reason when aborted, and nothing else.
 */
export async function answerCall(
  { function: { name } }: ToolCall,
  { value, problem }: ParsedArguments,
  tools: readonly AgentTool[],
  context: ToolContext,
): Promise<Answered> {
  const tool = tools.find(({ definition }) => definition.function.name === name);
  if (tool === undefined) {
    const names = tools.map(({ definition }) => definition.function.name);
    return failure("failed", `There is no tool "${name.slice(0, 64)}". The tools are: ${names.join(", ")}.`);
  }
  if (problem !== undefined) return failure("arguments", `Can't read the call of ${name}: ${problem}.`);
  try {
    const facts = JSON.stringify(await tool.call(value, context)) ?? "null";
    return { outcome: "done", content: facts.length <= MOST_RESULT ? facts : `${facts.slice(0, MOST_RESULT)}… (cut)` };
  } catch (error) {
    context.signal?.throwIfAborted();
    const message = error instanceof Error ? error.message : String(error);
    return error instanceof ArgumentsError
      ? failure("arguments", `The arguments of ${name} are not valid: ${message}.`)
      : failure("failed", message);
  }
}

const failure = (outcome: Answered["outcome"], error: string): Answered => ({
  outcome,
  content: JSON.stringify({ error }),
});
