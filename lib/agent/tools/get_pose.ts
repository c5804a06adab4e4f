import { z } from "zod";
import { defineTool } from "./define_tool.ts";
import { fetchPose, idSchema } from "./pose_argument.ts";
import type { PoseApiAddress } from "./pose_api.ts";

/** `get_pose`: what the library knows of a pose. */
export const getPose = (api: PoseApiAddress) =>
  defineTool({
    name: "get_pose",
    description: "Gives the descriptions and the joints of one pose of the library",
    parameters: z.strictObject({ pose_id: idSchema }),
    async run({ pose_id }, { signal }) {
      const { id, describe, pose: { joints } } = await fetchPose(pose_id, api, signal);
      const rounded = Object.entries(joints).map((
        [joint, at],
      ) => [joint, at.map((metres) => Number(metres.toFixed(2)))]);
      return { id, describe, joints: Object.fromEntries(rounded) };
    },
  });
