/** Figures as a model is asked for them in numbers: one at a time, every joint's place in whole centimetres. */
import { z } from "zod";
import { type ChatMessage, completeJson, type JsonCompletionOptions, LlmError } from "../../llm/mod.ts";
import { JOINTS, REST } from "../../skeleton/mod.ts";
import type { OutsidePose, Rung, RungTask } from "../rung.ts";
import { type Attempt, attempt, PATIENCE } from "./attempt.ts";
import PROMPTS from "./prompts.json" with { type: "json" };

/** Centimetres that hold any figure of 1.70 m with its arms up. */
const coordinate = z.int().min(-150).max(220);
const place = z.array(coordinate).min(3).max(3);
const figureSchema = z.strictObject(Object.fromEntries(JOINTS.map((joint) => [joint, place])));

/** A figure takes about 270 tokens, and 350 with spaces. */
const FIGURE_TOKENS = 400;

/** The figure at rest, as it is shown to a model. */
export const REST_FIGURE: Readonly<Record<string, readonly number[]>> = Object.fromEntries(
  JOINTS.map((joint) => [joint, REST[joint].map((metres) => Math.round(metres * 100))]),
);

/**
 * The conversation that asks for a figure; the figure at rest is its example. The prompt is English for requests in any
 * language: small models know it best.
 *
 * @param i which figure of the request's, from 1.
 */
export function figureMessages({ request, frames }: Pick<RungTask, "request" | "frames">, i: number): ChatMessage[] {
  const { system, rest, one, many } = PROMPTS.joints;
  const asked = frames === 1 ? one : many.replace("I", `${i}`).replace("N", `${frames}`);
  return [
    { role: "system", content: system },
    { role: "user", content: one.replace("REQUEST", rest) },
    { role: "assistant", content: JSON.stringify(REST_FIGURE) },
    { role: "user", content: asked.replace("REQUEST", () => request) },
  ];
}

/** What one figure is asked with. */
export interface FigureQuestion {
  readonly one: Attempt;
  readonly messages: readonly ChatMessage[];
  /** What every call of this figure shares. */
  readonly limits: Pick<JsonCompletionOptions<z.ZodType>, "connection" | "seed" | "timeoutMs" | "signal">;
}

/** Asks for a figure's joints, in centimetres. */
export async function askJoints(
  { one, messages, limits }: FigureQuestion,
  { enforce }: { readonly enforce: boolean },
): Promise<Record<string, number[]>> {
  const { value } = await completeJson({
    ...limits,
    messages,
    enforce,
    schema: figureSchema,
    maxTokens: FIGURE_TOKENS,
    onToken: one.say(messages),
  });
  return value;
}

/**
 * A rung that asks for one figure after another, for one is what a small model can do; the first that does not come ends
 * the run.
 *
 * @param ask asks for one figure, in centimetres.
 */
export const figureByFigure = (ask: (question: FigureQuestion) => Promise<Record<string, number[]>>): Rung => (task) =>
  attempt(task, async (one) => {
    const frames: OutsidePose[] = [];
    const { connection } = one;
    for (let i = 1; i <= task.frames; i++) {
      const limits = { connection, seed: task.seed + i - 1, timeoutMs: PATIENCE };
      try {
        const joints = await ask({
          one,
          messages: figureMessages(task, i),
          limits: task.signal ? { ...limits, signal: task.signal } : limits,
        });
        frames.push({ joints: inMetres(joints) });
      } catch (error) {
        task.signal?.throwIfAborted();
        if (!(error instanceof LlmError)) throw error;
        return { frames, schemaValid: false, failure: `Figure ${i} of ${task.frames}: ${error.message}` };
      }
    }
    return { frames };
  });

const inMetres = (joints: Record<string, number[]>) =>
  Object.fromEntries(Object.entries(joints).map(([joint, at]) => [joint, at.map((cm) => cm / 100)]));
