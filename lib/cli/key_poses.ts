/** Key poses as a person writes them in a file for `pose animate`. */
import { z } from "zod";
import { RefusedError } from "../agent/mod.ts";
import { composePose, describedPoses, type Library, problemsOf, tellUnknown } from "../library/mod.ts";
import { createMotion, type Key, type Motion } from "../motion/mod.ts";
import { createRetriever } from "../retrieve/mod.ts";
import { parsePose, PoseError, poseSchema, validate } from "../skeleton/mod.ts";

const WAYS = ["pose_id", "description", "notation", "joints"] as const;

/** A key pose, told in one of the ways; a pose in joints has its other fields beside them. */
const frame = z.strictObject({
  pose_id: z.string().optional(),
  description: z.string().trim().min(1).optional(),
  notation: z.record(z.string(), z.unknown()).optional(),
  ...poseSchema.partial().shape,
  joints: z.record(z.string(), z.unknown()).optional(),
  beats: z.number().positive().max(64).optional(),
  caption: z.string().optional(),
}).refine(
  (frame) => WAYS.filter((way) => frame[way] !== undefined).length === 1,
  `must have one of ${WAYS.join(", ")}`,
);

/** A file of key poses. */
const schema = z.strictObject({
  frames: z.array(frame).min(1, "holds at least one key pose"),
  bpm: z.number().min(1).max(600).optional(),
  loop: z.boolean().optional(),
});

const BPM = 60;

/** Where descriptions are looked up, and what stops it. */
export interface KeyPoseSearch {
  readonly library: Library;
  readonly retriever: string;
  readonly signal: AbortSignal;
}

/**
 * Reads key poses and makes a motion through them.
 *
 * @param value parsed JSON: `{"frames": [{"pose_id"} | {"description"} | {"notation"} | {"joints", …}], "bpm"?, "loop"?}`;
 * a frame may have `beats` (default 1) and a `caption`.
 * @throws {RefusedError} naming the frame that is none, and what would be right.
 */
export async function motionOfKeyPoses(value: unknown, { library, retriever, signal }: KeyPoseSearch): Promise<Motion> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw refused(problemsOf(parsed.error, value, schema).join("; "));
  const { frames, bpm = BPM, loop = true } = parsed.data;
  await using search = frames.some(({ description }) => description !== undefined)
    ? await createRetriever(retriever, describedPoses(library), { signal })
    : undefined;
  const find = async (
    { beats: _beats, caption: _caption, pose_id, description, notation, ...pose }: z.infer<typeof frame>,
    field: string,
  ): Promise<Pick<Key, "pose" | "contacts" | "airborne">> => {
    if (description !== undefined) pose_id = (await search?.search(description, 1))?.[0]?.id ?? "";
    if (pose_id !== undefined) {
      const known = library.pose(pose_id);
      if (known) return known;
      throw refused(`${field}.pose_id: ${tellUnknown("pose", pose_id, library.poses.map(({ id }) => id))}`);
    }
    if (notation === undefined) return outside(pose, field);
    const composed = composePose(notation, library.poses);
    if (composed.kind === "composed") return composed;
    const instead = composed.nearest ? `; the nearest pose is "${composed.nearest.id}"` : "";
    throw refused(`${field}.notation: no body holds that: ${composed.reasons.join("; ")}${instead}`);
  };
  const keys: Key[] = [];
  for (const [i, frame] of frames.entries()) {
    const { beats = 1, caption = frame.description } = frame;
    const found = await find(frame, `frames[${i}]`);
    const { pose, contacts, airborne = false } = found;
    keys.push({ pose, beats, airborne, ...(contacts && { contacts }), ...(caption !== undefined && { caption }) });
  }
  return createMotion(keys, { bpm, loop });
}

const refused = (why: string) => new RefusedError(`Cannot read the key poses: ${why}`);

/** A pose given by its joints: one that a body can hold, or what moves would be another. */
function outside(value: object, field: string): Pick<Key, "pose" | "airborne"> {
  try {
    const pose = parsePose(value, field);
    const { faults } = validate(pose);
    const [fault] = faults.filter(({ code }) => code !== "floating");
    if (fault !== undefined) throw refused(`${field}.joints: no body holds that: ${fault.message}`);
    return { pose, airborne: faults.length > 0 };
  } catch (error) {
    throw error instanceof PoseError ? refused(error.message) : error;
  }
}
