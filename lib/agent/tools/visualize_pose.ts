import { defineTool } from "./define_tool.ts";
import { poseArgument, poseOf } from "./pose_argument.ts";
import { askApi, type PoseApiAddress } from "./pose_api.ts";

const SIDE = 480;

/** `visualize_pose`: a pose as a picture, whatever is wrong with it. */
export const visualizePose = (api: PoseApiAddress) =>
  defineTool({
    name: "visualize_pose",
    description: "Draws one pose as a picture for the user",
    parameters: poseArgument,
    async run(args, { signal, keep }) {
      const pose = await poseOf(args, api, signal);
      const body = { pose, width: SIDE, height: SIDE };
      const response = await askApi(api, "/visualize", { body, ...(signal && { signal }) });
      const bytes = new Uint8Array(await response.arrayBuffer());
      return { shown: keep({ kind: "picture", mediaType: "image/png", bytes, about: `${SIDE} × ${SIDE} px` }) };
    },
  });
