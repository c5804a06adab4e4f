/** A model's answer where it may call functions. */
import type OpenAI from "openai";
import { chat, type Completion, type CompletionOptions, type ToolMessage } from "./chat.ts";
import { LlmError } from "./llm_error.ts";
import { plainMessages, type ToolCall, toolCallsIn } from "./tool_calls.ts";

/** A function as a model is told of it: its name, what it does, and the JSON Schema of its arguments. */
export type ToolDefinition = OpenAI.ChatCompletionFunctionTool;

/** What is asked of a model that may call tools. */
export interface CallsOptions extends Omit<CompletionOptions, "messages"> {
  /** The conversation so far: questions, calls, results. */
  readonly messages: readonly ToolMessage[];
  /** What it may call. */
  readonly tools: readonly ToolDefinition[];
}

/** An answer that may hold calls. */
export interface CallsCompletion extends Completion {
  /** In the order of the answer; none when it is text. Neither names nor arguments are checked. */
  readonly calls: readonly ToolCall[];
}

/** Models that their server knows to have learned no tools: they are told them in the prompt from the start. */
const untaught = new WeakSet<OpenAI>();

/**
 * Asks a model that may call tools, whatever the endpoint makes of them: where it refuses tools they stand in the prompt,
 * and calls that the model wrote as text are found there.
 *
 * @param options What is asked of whom, and the tools.
 * @throws {LlmError} `invalid_output` when the endpoint itself could not read the model's call, and every other kind.
 */
export async function completeCalls(options: CallsOptions): Promise<CallsCompletion> {
  const { client } = options.connection;
  const tools = [...options.tools];
  const ask = () =>
    untaught.has(client)
      ? whole({ ...options, messages: plainMessages({ messages: [...options.messages], tools }) })
      : whole(options, tools);
  let completion: Completion;
  try {
    completion = await ask();
  } catch (error) {
    if (!(error instanceof LlmError)) throw error;
    const { status, message } = error;
    // Ollama's words for a model whose template has no place for tools.
    if (status !== 400 || !/not support tools/i.test(message) || untaught.has(client)) throw unreadable(error);
    untaught.add(client);
    completion = await ask();
  }
  const { calls = [], text } = completion;
  return { ...completion, calls: calls.length > 0 ? calls : toolCallsIn(text, tools) };
}

/** Some servers answer 500 to a call that the model wrote wrongly: that is the model's failure. */
function unreadable(error: LlmError): LlmError {
  const { status, message } = error;
  if (
    status === undefined || !/(?:pars|invalid)[^.]{0,40}tool.?call|tool.?call[^.]{0,40}(?:pars|invalid)/i.test(message)
  ) {
    return error;
  }
  return new LlmError("invalid_output", message, { cause: error, status });
}

async function whole(options: Parameters<typeof chat>[0], tools?: ToolDefinition[]): Promise<Completion> {
  const answer = chat(options, tools && { tools });
  for (;;) {
    const { done, value } = await answer.next();
    if (done) return value;
  }
}
