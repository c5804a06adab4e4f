/** The course's way: the model is given a tool that takes joints' coordinates, and what it calls is drawn as it is. */
import { z } from "zod";
import type { ToolMessage } from "../../llm/mod.ts";
import { JOINTS, REST, validate } from "../../skeleton/mod.ts";
import type { OutsidePose, RungResult, RungTask } from "../rung.ts";
import { runTools, type ToolRun } from "../run_tools.ts";
import { defineTool } from "../tools/mod.ts";
import { jointsSchema } from "../tools/pose_argument.ts";
import type { Step } from "../transcript.ts";
import { attempt, PATIENCE } from "./attempt.ts";
import PROMPTS from "./prompts.json" with { type: "json" };

const TOOL = "create_animation";
/** Joints in metres with two decimals take 330 tokens of SmolLM2's, or more with spaces. */
const FIGURE_TOKENS = 540;
/** Faults of a figure that the model is told. */
const MOST_FAULTS = 3;

/** The tool as the course has it: nothing is checked but that 18 joints are places. */
const draw = defineTool({
  name: TOOL,
  description: PROMPTS.coordinates.tool,
  parameters: z.strictObject({ frames: z.array(z.strictObject({ joints: jointsSchema })).min(1).max(1) }),
  run: ({ frames }) => ({
    drawn: frames.length,
    wrong: frames.flatMap((pose) => validate(pose).faults.slice(0, MOST_FAULTS).map(({ message }) => message)),
  }),
});

const question = (what: string, i = 1, count = 1): string => {
  const { one, many } = PROMPTS.coordinates;
  return (count === 1 ? one : many.replace("I", `${i}`).replace("N", `${count}`)).replace("REQUEST", () => what);
};

const REST_JOINTS = Object.fromEntries(JOINTS.map((joint) => [joint, REST[joint].map((x) => Number(x.toFixed(2)))]));

/**
 * The figure at rest as an example of a call, written out: small models copy the form, and the result after it they would
 * copy too.
 */
const EXAMPLE: readonly ToolMessage[] = [
  { role: "user", content: question(PROMPTS.coordinates.rest) },
  {
    role: "assistant",
    content: `<tool_call>\n${
      JSON.stringify({ name: TOOL, arguments: { frames: [{ joints: REST_JOINTS }] } })
    }\n</tool_call>`,
  },
];

/** What `coordinates` needs of a task, and who wants to hear of its steps. */
export interface CoordinatesTask extends Pick<RungTask, "request" | "frames" | "connection" | "seed" | "signal"> {
  /** Hears of each step of the figure of that number, from 1. */
  readonly onStep?: (step: Step, figure: number) => void;
}

/**
 * Free tool calls with coordinates: the model decides whether to call, and what it calls stands. Each figure is a call of
 * its own: one call is what a small model can do, a long one or a chain is not.
 */
export const coordinates = async (task: CoordinatesTask): Promise<RungResult> => {
  const runs: ToolRun[] = [];
  const result = await attempt(task, async ({ connection }) => {
    for (let i = 1; i <= task.frames; i++) runs.push(await askFigure({ ...task, connection }, i));
    const failed = runs.flatMap(({ reason, message }, i) => reason === "done" ? [] : [`Figure ${i + 1}: ${message}`]);
    const figures = runs.map(figureOf);
    // A figure that is not there stays in its place, without a joint.
    const frames = figures.some(Boolean) ? figures.map((joints = {}) => ({ joints })) : [];
    return failed.length === 0 ? { frames } : { frames, schemaValid: false, failure: failed.join(" ") };
  });
  return { ...result, trace: runs.flatMap(({ trace }) => trace) };
};

/** One figure. A server that fails ends all. */
async function askFigure(task: CoordinatesTask, i: number): Promise<ToolRun> {
  const { connection, request, frames, seed, signal, onStep } = task;
  const run = await runTools({
    connection,
    tools: [draw],
    system: PROMPTS.coordinates.system,
    examples: EXAMPLE,
    request: question(request, i, frames),
    until: TOOL,
    seed: seed + i - 1,
    maxTokens: FIGURE_TOKENS,
    timeoutMs: PATIENCE,
    maxRounds: 4,
    ...(onStep && { onStep: (step: Step) => onStep(step, i) }),
    ...(signal && { signal }),
  });
  if (run.reason === "failed" && run.error) throw run.error;
  return run;
}

const figure = z.record(z.string(), z.array(z.number()));
const call = z.object({ frames: z.array(z.object({ joints: figure })) });

/**
 * The figure of a run: that of the call that was run, else from whatever holds most of one, for the course's way draws what
 * it gets.
 */
function figureOf({ trace, reason }: ToolRun): OutsidePose["joints"] | undefined {
  const given = trace.flatMap((step): OutsidePose["joints"][] => {
    if (step.type === "call") return call.safeParse(step.arguments).data?.frames.map(({ joints }) => joints) ?? [];
    return step.type === "message" && step.role === "assistant" ? figuresIn(step.content) : [];
  });
  const size = (joints: OutsidePose["joints"]) => Object.keys(joints).length;
  if (reason === "done") return given.at(-1);
  const [first, ...others] = given;
  return first && others.reduce((most, one) => size(one) > size(most) ? one : most, first);
}

/** What can be read of a call that is no JSON, a bracket lost or its end cut off: joint after joint. */
function figuresIn(text: string): OutsidePose["joints"][] {
  const figures: Record<string, number[]>[] = [];
  for (const [, joint = "", numbers = ""] of text.matchAll(/"(\w{1,40})"\s*:\s*\[([-+\d.,e\s]{1,200})\]/g)) {
    const last = figures.at(-1);
    const figure = last === undefined || joint in last ? {} : last;
    if (figure !== last) figures.push(figure);
    figure[joint] = numbers.split(",").map(Number);
  }
  return figures;
}
