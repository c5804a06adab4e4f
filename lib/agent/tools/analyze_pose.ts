import { z } from "zod";
import { defineTool } from "./define_tool.ts";
import { poseArgument, poseOf } from "./pose_argument.ts";
import { askApi, type PoseApiAddress } from "./pose_api.ts";

/** The most errors that a model is told. */
const MOST_ERRORS = 6;

const bilingual = z.object({ en: z.string(), ru: z.string() });
const analysis = z.object({
  valid: z.boolean(),
  errors: z.array(z.object({ message: z.string() })),
  advice: z.array(bilingual),
  caption: bilingual,
  nearest: z.object({ id: z.string(), description: bilingual }),
});

/** `analyze_pose`: whether a body can do it, and what it looks like. */
export const analyzePose = (api: PoseApiAddress) =>
  defineTool({
    name: "analyze_pose",
    description: "Tells whether a body can stand in a pose, what is wrong with it, and the nearest pose of the library",
    parameters: poseArgument,
    async run(args, { signal }) {
      const pose = await poseOf(args, api, signal);
      const response = await askApi(api, "/analyze", { body: { pose }, ...(signal && { signal }) });
      const { valid, errors, advice, caption, nearest } = analysis.parse(await response.json());
      const more = errors.length - MOST_ERRORS;
      return {
        valid,
        errors: errors.slice(0, MOST_ERRORS).map(({ message }) => message),
        ...(more > 0 && { more_errors: more }),
        advice: advice.slice(0, MOST_ERRORS).map(({ en }) => en),
        caption,
        nearest: { pose_id: nearest.id, description: nearest.description },
      };
    },
  });
