/** Key poses of an animation, each told in one of four ways. */
import type { z } from "@hono/zod-openapi";
import { composePose, type LibraryPose } from "../library/mod.ts";
import { createMotion, type Key, type Motion } from "../motion/mod.ts";
import type { Retriever } from "../retrieve/mod.ts";
import type { Pose } from "../skeleton/mod.ts";
import { validate } from "../skeleton/mod.ts";
import { poseNamed } from "./poses_route.ts";
import { invalidField, Problem } from "./problem.ts";
import { poseOf } from "./schemas.ts";
import type { FrameRequest } from "./animations_route.ts";
import type { Service } from "./service.ts";

/** A key pose and how it was found. */
export interface KeyPoseFound {
  /** What the frame was told by. */
  readonly by: "description" | "pose_id" | "joints" | "notation";
  readonly description?: string;
  readonly pose_id?: string;
  /** How near the description is to the pose's own, 0–1. */
  readonly score?: number;
  /** Whether a pose near to the description was found, or only the nearest that there is. */
  readonly answered?: boolean;
  readonly valid: boolean;
  readonly errors: readonly { readonly code: string; readonly joint: string; readonly message: string }[];
  readonly pose: Pose;
}

/** A key pose, and what a motion needs to know beyond it. */
export interface KeyPose extends Pick<Key, "contacts" | "airborne"> {
  readonly found: KeyPoseFound;
}

type Verified = Pick<LibraryPose, "pose" | "contacts" | "airborne">;

/**
 * Finds one key pose.
 *
 * @param field where the frame stands in the request. @param retriever for descriptions.
 * @throws {Problem} that names the field.
 */
export async function keyPoseOf(
  frame: z.infer<FrameRequest>,
  field: string,
  service: Service,
  retriever: () => Promise<Retriever>,
): Promise<KeyPose> {
  const { library } = service;
  const verified = ({ pose, contacts, airborne }: Verified, how: Partial<KeyPoseFound> & Pick<KeyPoseFound, "by">) => ({
    found: { ...how, valid: true, errors: [], pose },
    contacts,
    airborne,
  });
  if ("description" in frame) {
    const { description } = frame;
    const searched = await retriever();
    const [hit] = await searched.search(description, 1);
    const pose = hit && library.pose(hit.id);
    if (!hit || !pose) throw invalidField(`${field}.description`, description, "no pose is like that");
    const { id, score } = hit;
    return verified(pose, { by: "description", description, pose_id: id, score, answered: score >= searched.near });
  }
  if ("pose_id" in frame) {
    const { pose_id } = frame;
    try {
      return verified(poseNamed(service, pose_id), { by: "pose_id", pose_id });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      throw invalidField(`${field}.pose_id`, pose_id, error.message);
    }
  }
  if ("joints" in frame) {
    const pose = poseOf(frame);
    const errors = validate(pose).faults;
    const airborne = errors.some(({ code }) => code === "floating");
    return { found: { by: "joints", valid: errors.length === 0, errors, pose }, airborne };
  }
  const composed = composePose(frame.notation, library.poses);
  if (composed.kind === "composed") return verified(composed, { by: "notation" });
  const { reasons, nearest } = composed;
  const instead = nearest ? `; the nearest pose is "${nearest.id}"` : "";
  throw invalidField(`${field}.notation`, frame.notation, `no body holds that: ${reasons.join("; ")}${instead}`);
}

/** What is wrong with a key pose so that no body holds it; that it floats is no such thing. */
export const brokenIn = ({ found: { errors } }: KeyPose) => errors.find(({ code }) => code !== "floating");

/**
 * The motion through key poses, so many a second.
 *
 * @throws {Problem} where a pose is none that a body holds: what would move is another.
 */
export function motionThrough(keys: readonly KeyPose[], fps: number, loop: boolean): Motion {
  keys.forEach((key, i) => {
    const error = brokenIn(key);
    if (error === undefined) return;
    const why = `an mp4 shows a body that moves, and none holds this: ${error.message}. A gif shows it as it is`;
    throw invalidField(`frames.${i}.joints`, key.found.pose.joints, why);
  });
  const moves = keys.map(({ found: { pose, description }, contacts, airborne }): Key => ({
    pose,
    beats: 1,
    ...(description !== undefined && { caption: description }),
    ...(contacts && { contacts }),
    ...(airborne !== undefined && { airborne }),
  }));
  return createMotion(moves, { bpm: fps * 60, loop });
}
