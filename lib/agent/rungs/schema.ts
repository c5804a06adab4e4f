import type { Rung } from "../rung.ts";
import { askJoints, figureByFigure } from "./figure_by_figure.ts";

/** `response_format` with a JSON schema: every token is held to the form. */
export const schema: Rung = figureByFigure((question) => askJoints(question, { enforce: true }));
