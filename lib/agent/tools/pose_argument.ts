/** How a model says which pose it means: by its id in the library, or by its joints. */
import { z } from "zod";
import { JOINTS } from "../../skeleton/mod.ts";
import { askApi, type PoseApiAddress } from "./pose_api.ts";

/** Metres that hold any figure; the Pose API takes no others. */
const coordinate = z.number().min(-10).max(10);

/** The places of all 18 joints, metres. */
export const jointsSchema = z.record(z.enum(JOINTS), z.array(coordinate).min(3).max(3))
  .describe("[x, y, z] in metres for every joint: x to the figure's own left, y up from the floor, z forward");

/** The longest id of a pose. */
export const idSchema = z.string().min(1).max(64);

/** One of the two. */
export const poseArgument = z.strictObject({
  pose_id: idSchema.optional().describe("a pose of the library; give this or joints"),
  joints: jointsSchema.optional(),
}).refine(({ pose_id, joints }) => (pose_id === undefined) !== (joints === undefined), {
  error: "give either pose_id or joints",
});

type PoseArgument = z.output<typeof poseArgument>;

/** The pose that is meant, as the Pose API takes it. */
export async function poseOf({ pose_id, joints }: PoseArgument, api: PoseApiAddress, signal?: AbortSignal) {
  return pose_id === undefined ? { joints } : (await fetchPose(pose_id, api, signal)).pose;
}

/** A pose of the library as JSON. @throws {ToolError} where there is none of that id. */
export async function fetchPose(id: string, api: PoseApiAddress, signal?: AbortSignal) {
  const response = await askApi(api, `/poses/${encodeURIComponent(id)}`, { ...(signal && { signal }) });
  return libraryPose.parse(await response.json());
}

const libraryPose = z.object({
  id: z.string(),
  describe: z.record(z.string(), z.array(z.string())),
  pose: z.looseObject({ joints: z.record(z.string(), z.array(z.number())) }),
});
