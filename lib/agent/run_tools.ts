/** The loop in which a model calls tools until it answers. */
import {
  type CallsCompletion,
  completeCalls,
  type Connection,
  contextLengthOf,
  LlmError,
  type ToolCall,
  type ToolMessage,
} from "../llm/mod.ts";
import { answerCall, type Answered, parseArguments } from "./answer_call.ts";
import { fitMessages, roughTokens, weightOf } from "./fit_context.ts";
import type { AgentTool, MadeFile } from "./tools/mod.ts";
import type { Step, StopReason, Tokens } from "./transcript.ts";

/** What a model is to do, and with what. */
export interface ToolRunOptions {
  /** The model that is asked. */
  readonly connection: Connection;
  /** What it may call. */
  readonly tools: readonly AgentTool[];
  /** In the words of whoever asks. */
  readonly request: string;
  /** The same seed gives the same answers. */
  readonly seed: number;
  /** What the model is told before the request. */
  readonly system?: string;
  /** A conversation that shows how it is done, between the two. */
  readonly examples?: readonly ToolMessage[];
  /** The name of a tool whose first success ends the run: nothing more is asked of the model then. */
  readonly until?: string;
  /** How often the model may answer with calls (default 8). */
  readonly maxRounds?: number;
  /** Tokens of one answer (default 512). */
  readonly maxTokens?: number;
  /** Time for one answer in milliseconds (default two minutes). */
  readonly timeoutMs?: number;
  /** How freely the model's words are drawn (default 0.3); 0 draws the likeliest each time. */
  readonly temperature?: number;
  /** Hears of each step when it is over. */
  readonly onStep?: (step: Step) => void;
  /** Ends the run, which then throws. */
  readonly signal?: AbortSignal;
}

/** What came of it. A model or a server that fails is a result too: what was done before is in it. */
export interface ToolRun {
  /** The model's last words. */
  readonly text: string;
  /** Why it ended, for programs. */
  readonly reason: StopReason;
  /** Why it ended, in a sentence. */
  readonly message: string;
  /** What was said and done, in order. */
  readonly trace: readonly Step[];
  /** What the tools made, in the order of their handles. */
  readonly files: readonly MadeFile[];
  /** Of all answers together. */
  readonly tokens: Tokens;
  /** From the request to the end. */
  readonly seconds: number;
  /** What the model's server failed with, where it did. */
  readonly error?: LlmError;
}

const SYSTEM =
  "You help with poses and dances of a stick figure. Call a tool where one serves the request; when you have " +
  "what you need, answer in one or two sentences, in the language of the request.";
const DEFAULT_CONTEXT = 4096;
/** Calls of one answer that are run. */
const MOST_CALLS = 16;
/** Of what does not fit into the context, this share is tried next. */
const SHORTER = 0.7;
/** The answer in which the same call comes this often ends the run. */
const SAME_CALL = 3;

/**
 * Lets a model call tools: each answer's calls run together, their results go back, until it answers in words.
 *
 * A call that is not valid is sent back once with the validator's message; a call that was made before is answered from
 * memory, and a third time ends the run. Old results are shortened so that the conversation fits the model's context.
 *
 * @throws the signal's reason when aborted.
 */
export async function runTools(options: ToolRunOptions): Promise<ToolRun> {
  const { tools, request, system = SYSTEM, examples = [], until, maxRounds = 8, onStep, signal } = options;
  const started = performance.now();
  const trace: Step[] = [];
  const files: MadeFile[] = [];
  const tokens = { prompt: 0, completion: 0 };
  const known = new Map<string, Known>();
  let text = "";
  const note = (step: Step) => {
    trace.push(step);
    onStep?.(step);
  };
  const stop = (reason: StopReason, message: string, error?: LlmError): ToolRun => {
    note({ type: "stopped", reason, message, seconds: 0 });
    return { text, reason, message, trace, files, tokens, seconds: secondsSince(started), ...(error && { error }) };
  };
  const keep = (file: MadeFile) => {
    files.push(file);
    return `${file.kind} ${files.filter(({ kind }) => kind === file.kind).length}: ${file.about}`;
  };

  const messages: ToolMessage[] = [
    { role: "system", content: system },
    ...examples,
    { role: "user", content: request },
  ];
  note({ type: "message", role: "system", content: system, seconds: 0 });
  note({ type: "message", role: "user", content: request, seconds: 0 });
  let repairing = false;
  const ask = asker(options);
  for (let round = 1;; round++) {
    signal?.throwIfAborted();
    const asked = performance.now();
    let answer: CallsCompletion;
    try {
      answer = await ask(messages);
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof LlmError)) throw error;
      if (error.kind === "invalid_output" && !repairing) {
        repairing = true;
        const message = `That call could not be read: ${error.message.slice(0, 300)} Call again, with JSON arguments.`;
        note({ type: "repair", message, seconds: secondsSince(asked) });
        messages.push({ role: "user", content: message });
        continue;
      }
      const made = trace.filter(({ type }) => type === "result").length;
      const kept = made === 0
        ? ""
        : ` ${made} call${made === 1 ? " was" : "s were"} answered before; the trace keeps them.`;
      return stop(error.kind === "context" ? "context" : "failed", error.message + kept, error);
    }
    const { calls, timings, finishReason } = answer;
    const used = { prompt: timings.promptTokens ?? 0, completion: timings.completionTokens ?? 0 };
    tokens.prompt += used.prompt;
    tokens.completion += used.completion;
    text = answer.text;
    note({ type: "message", role: "assistant", content: text, tokens: used, seconds: secondsSince(asked) });

    if (calls.length === 0) {
      const broken = brokenCall(text, tools);
      if (!broken) return stop("answered", text.trim() === "" ? "The model answered nothing." : "The model answered.");
      if (finishReason === "length") return stop("invalid", "The call reached the limit of tokens before its end.");
      if (repairing) return stop("invalid", "The model wrote a call that can't be read, twice.");
      const problem = "That is not a call that can be read. Write the whole call as JSON: name and arguments.";
      repairing = true;
      note({ type: "repair", message: problem, seconds: 0 });
      messages.push({ role: "assistant", content: text.slice(0, 2000) }, { role: "user", content: problem });
      continue;
    }

    const results = await answerAll(calls, { tools, known, note, signal, keep });
    messages.push(...spoken(results));
    if (results.some(({ call, outcome }) => outcome === "done" && call.function.name === until)) {
      return stop("done", `${until} was called, as was wanted.`);
    }
    const often = [...known.values()].find(({ rounds }) => rounds >= SAME_CALL);
    if (often) return stop("repeated", `The model called ${often.name} with the same arguments ${SAME_CALL} times.`);
    const wrong = results.find(({ outcome }) => outcome === "arguments");
    if (wrong && repairing) return stop("invalid", `The model's call was not valid twice. ${errorOf(wrong.content)}`);
    repairing = wrong !== undefined;
    if (round >= maxRounds) return stop("rounds", `The model still called tools after ${maxRounds} rounds.`);
  }
}

const secondsSince = (started: number) => (performance.now() - started) / 1000;

const errorOf = (content: string): string => JSON.parse(content).error;

/** A call that was made: what it gave, and in how many answers it came. */
interface Known {
  readonly name: string;
  readonly answered: Promise<Answered>;
  rounds: number;
}

/** A call with what became of it. */
interface Result extends Answered {
  readonly call: ToolCall;
  /** What it is called in the conversation: JSON, whatever the model wrote. */
  readonly said: string;
}

/** Runs the calls of an answer, together; a call that was made before is not run again. */
async function answerAll(
  calls: readonly ToolCall[],
  { tools, known, note, signal, keep }: {
    tools: readonly AgentTool[];
    known: Map<string, Known>;
    note: (step: Step) => void;
    signal: AbortSignal | undefined;
    keep: (file: MadeFile) => string;
  },
): Promise<Result[]> {
  const context = { keep, ...(signal && { signal }) };
  const seen = new Set<Known>();
  const running = calls.map(async (call, i): Promise<Result> => {
    const started = performance.now();
    const { id, function: { name } } = call;
    const parsed = parseArguments(call.function.arguments);
    note({ type: "call", id, name, arguments: parsed.value, seconds: 0 });
    const said = parsed.problem === undefined ? JSON.stringify(parsed.value) : "{}";
    const key = `${name} ${parsed.problem ?? said}`;
    const before = known.get(key);
    const answered = i < MOST_CALLS ? () => answerCall(call, parsed, tools, context) : tooMany;
    const one = before ?? { name, answered: answered(), rounds: 0 };
    known.set(key, one);
    if (!seen.has(one)) one.rounds++;
    seen.add(one);
    const { outcome, content } = await one.answered;
    const again = before && outcome === "done" ? `${content} (This call was made before: answer now.)` : content;
    const seconds = secondsSince(started);
    if (outcome === "arguments") {
      const message = `${errorOf(content)} Call ${name} again with what it takes.`;
      note({ type: "repair", message, seconds });
      return { call, said, outcome, content: JSON.stringify({ error: message }) };
    }
    note({ type: "result", id, name, content: again, failed: outcome !== "done", seconds });
    return { call, said, outcome, content: again };
  });
  return await Promise.all(running);
}

const tooMany = (): Promise<Answered> =>
  Promise.resolve({ outcome: "failed", content: `{"error":"At most ${MOST_CALLS} calls of one answer are run."}` });

/** The calls and their results as messages: names and arguments in a form that every server takes back. */
function spoken(results: readonly Result[]): ToolMessage[] {
  const calls = results.map(({ call, said }): ToolCall => ({
    ...call,
    function: { name: call.function.name.replace(/[^\w-]/g, "_").slice(0, 64) || "unnamed", arguments: said },
  }));
  return [
    { role: "assistant", content: "", tool_calls: calls },
    ...results.map(({ call, content }): ToolMessage => ({ role: "tool", tool_call_id: call.id, content })),
  ];
}

/** Whether a text was meant as a call: marked as one, or with the name of a tool in JSON. */
function brokenCall(text: string, tools: readonly AgentTool[]): boolean {
  if (text.includes("<tool_call>")) return true;
  return /[{[]/.test(text) && tools.some(({ definition }) => text.includes(`"${definition.function.name}"`));
}

/** Asks within the model's context. How many tokens a text takes is learned from each answer. */
function asker(options: ToolRunOptions) {
  const { connection, seed, examples = [], maxTokens = 512, temperature, timeoutMs, signal } = options;
  const tools = options.tools.map(({ definition }) => definition);
  const toolTokens = roughTokens(JSON.stringify(tools));
  const head = 2 + examples.length;
  let length: number | undefined;
  let tokensPerRough = 1;
  return async (messages: readonly ToolMessage[]): Promise<CallsCompletion> => {
    length ??= await contextLengthOf(connection, signal) ?? DEFAULT_CONTEXT;
    const room = length - Math.min(maxTokens, length / 2);
    let overflow: { readonly error: LlmError; readonly rough: number } | undefined;
    for (;;) {
      const fitted = fitMessages(messages, head, room / tokensPerRough - toolTokens);
      const rough = toolTokens + weightOf(fitted);
      if (overflow && rough >= overflow.rough) throw overflow.error;
      try {
        const answer = await completeCalls({
          connection,
          messages: fitted,
          tools,
          seed,
          maxTokens,
          ...(temperature !== undefined && { temperature }),
          ...(timeoutMs !== undefined && { timeoutMs }),
          ...(signal && { signal }),
        });
        if (answer.timings.promptTokens !== null) tokensPerRough = Math.max(0.3, answer.timings.promptTokens / rough);
        return answer;
      } catch (error) {
        if (!(error instanceof LlmError) || error.kind !== "context") throw error;
        overflow = { error, rough };
        tokensPerRough = room / (SHORTER * rough);
      }
    }
  };
}
