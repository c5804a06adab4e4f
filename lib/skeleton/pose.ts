/** A pose as data: where the joints are, and what joints alone do not say. */
import { z } from "zod";
import { type Joint, JOINTS, type Joints, type Side } from "./skeleton.ts";
import { length, type Vec3 } from "./vec.ts";

/** A hand: where the fingers point and where the palm faces, unit vectors in the world's frame. */
export interface Hand {
  /** From the wrist to the fingertips. */
  readonly direction: Vec3;
  /** Out of the palm, at a right angle to the fingers. */
  readonly palm: Vec3;
}

/** A pose, as it stands in files, sidecars and on the wire. Metres; x to the figure's left, y up, z forward. */
export interface Pose {
  /** The pose's name in the library, such as `right_arm_forward`; none for a pose from elsewhere. */
  readonly id?: string;
  /** All 18 joints (m, world frame). */
  readonly joints: Joints;
  /** Both hands; where absent, guessed from the forearms. */
  readonly hands?: Readonly<Record<Side, Hand>>;
  /** Where the face looks: a unit vector. */
  readonly gaze?: Vec3;
  /** The height in metres of the stool that the figure sits on. */
  readonly seat?: number;
  /** How the figure is best looked at: degrees of yaw, positive towards its left. Never part of the pose itself. */
  readonly view?: number;
}

/** A pose from outside that is not one: which field is wrong and what would be right. */
export class PoseError extends TypeError {
  /** Tells it apart where classes can't. */
  override name = "PoseError";
}

const vec = z.tuple([z.number(), z.number(), z.number()]).readonly();
const direction = vec.refine((v) => Math.abs(length(v) - 1) < 0.01, "must be a unit vector");
const hand = z.strictObject({ direction, palm: direction });

/** The schema of a pose from outside. */
export const poseSchema = z.strictObject({
  id: z.string().optional(),
  joints: z.strictObject(
    Object.fromEntries(JOINTS.map((joint) => [joint, vec])) as Record<Joint, typeof vec>,
  ),
  hands: z.strictObject({ left: hand, right: hand }).optional(),
  gaze: direction.optional(),
  seat: z.number().min(0).max(2).optional(),
  view: z.number().min(-360).max(360).optional(),
});

/**
 * Reads a pose from parsed JSON.
 *
 * @param value what was parsed.
 * @param name what the pose is called in an error.
 * @returns the pose, its fields as given.
 * @throws {PoseError} naming each field that is missing, unknown or of the wrong kind.
 */
export function parsePose(value: unknown, name = "pose"): Pose {
  const result = poseSchema.safeParse(value);
  if (result.success) return result.data as Pose;
  const problems = result.error.issues.slice(0, 6).map((issue) =>
    `${issue.path.join(".") || "the whole"}: ${issue.message}`
  );
  throw new PoseError(`Cannot read ${name}: ${problems.join("; ")}`);
}
