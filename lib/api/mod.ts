/**
 * The Pose API: poses, pictures, analyses, animations and dances over HTTP.
 *
 * @module
 */
export { type Advice } from "./advice.ts";
export { type Analysis, analyzePose } from "./analyze_pose.ts";
export { createPoseApi, type PoseApi, type PoseApiOptions } from "./create_api.ts";
export { API_LIMITS, type ApiLimits, type Room } from "./limits.ts";
export { API_PORT, type ServeApiOptions, servePoseApi } from "./serve_api.ts";
export type { ApiEnv } from "./service.ts";
export { type Symmetry, symmetryOf } from "./symmetry.ts";
