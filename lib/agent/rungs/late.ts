/** The rung on which a model first thinks in words, and is held to a form only when it answers. */
import { completeText } from "../../llm/mod.ts";
import type { Rung } from "../rung.ts";
import { askJoints, figureByFigure } from "./figure_by_figure.ts";
import PROMPTS from "./prompts.json" with { type: "json" };

/** What the model may think in words, in tokens. */
const THOUGHT = 120;

/** Reason freely, constrain late: first in words where each limb is, then the same as joints under the schema. */
export const late: Rung = figureByFigure(async (question) => {
  const { one, messages, limits } = question;
  const { think, now } = PROMPTS.late;
  const thinking = [{ role: "system", content: think } as const, ...messages.slice(-1)];
  const heard = one.say(thinking);
  const stream = completeText({ ...limits, messages: thinking, maxTokens: THOUGHT });
  for await (const piece of stream) heard(piece);
  const { text } = await stream.finish();
  const told = [{ role: "assistant", content: text }, { role: "user", content: now }] as const;
  return await askJoints({ ...question, messages: [...messages, ...told] }, { enforce: true });
});
