/** `pose draw`: a picture of a pose. */
import { basename, join } from "node:path";
import { RefusedError } from "../agent/mod.ts";
import { drawPose } from "../draw/mod.ts";
import { loadLibrary, tellUnknown } from "../library/mod.ts";
import { encodePng, writeFile } from "../media/mod.ts";
import { parsePose, type Pose, PoseError } from "../skeleton/mod.ts";
import { readJsonFromStdin, type Terminal } from "./terminal.ts";

/** The options of `pose draw`. */
export interface DrawOptions {
  readonly output?: string;
  readonly size: number;
  readonly caption: boolean;
  readonly json: boolean;
}

/** Draws a pose of the library, or one from stdin, as a PNG. */
export async function draw(id: string, options: DrawOptions, terminal: Terminal): Promise<void> {
  let pose: Pose;
  if (id === "-") {
    const value = await readJsonFromStdin("a pose");
    try {
      pose = parsePose(value, "the pose on stdin");
    } catch (error) {
      throw error instanceof PoseError ? new RefusedError(error.message) : error;
    }
  } else {
    const { poses } = await loadLibrary();
    const found = poses.find((one) => one.id === id);
    if (!found) {
      throw new RefusedError(`${tellUnknown("pose", id, poses.map((one) => one.id))}; \`pose poses\` lists them`);
    }
    pose = found.pose;
  }
  const name = id === "-" ? pose.id ?? "pose" : id;
  const path = options.output ?? join("outputs", `${basename(name)}.png`);
  const picture = await drawPose(pose, { width: options.size, ...(options.caption && { caption: name }) });
  await writeFile(path, encodePng(picture), terminal.signal);
  if (options.json) terminal.json({ path, pose });
  else terminal.say(`Saved: ${path}`);
}
