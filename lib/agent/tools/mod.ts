/** What a model may do: the Pose API's routes as tools. */
import { analyzePose } from "./analyze_pose.ts";
import { createAnimation } from "./create_animation.ts";
import type { AgentTool } from "./define_tool.ts";
import { getPose } from "./get_pose.ts";
import type { PoseApiAddress } from "./pose_api.ts";
import { searchPoses } from "./search_poses.ts";
import { visualizePose } from "./visualize_pose.ts";

export {
  type AgentTool,
  ArgumentsError,
  defineTool,
  type MadeFile,
  type ToolContext,
  ToolError,
} from "./define_tool.ts";
export type { PoseApiAddress } from "./pose_api.ts";

/** All tools of a Pose API. */
export const poseTools = (api: PoseApiAddress): AgentTool[] => [
  createAnimation(api),
  visualizePose(api),
  analyzePose(api),
  searchPoses(api),
  getPose(api),
];
