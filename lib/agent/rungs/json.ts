import type { Rung } from "../rung.ts";
import { askJoints, figureByFigure } from "./figure_by_figure.ts";

/**
 * Prompt-only JSON: the form stands in the prompt, the answer is validated, and the model may mend it once, told what is
 * wrong.
 */
export const json: Rung = figureByFigure((question) => askJoints(question, { enforce: false }));
