/** What goes over the wire, as schemas with examples. */
import { z } from "@hono/zod-openapi";
import { type Joint, JOINTS, length, type Pose, REST, unit, type Vec3 } from "../skeleton/mod.ts";
import type { ApiLimits } from "./limits.ts";

const rounded = ([x, y, z]: Vec3): [number, number, number] => [+x.toFixed(3), +y.toFixed(3), +z.toFixed(3)];
/** The joints at rest, in millimetres: every example's pose. */
export const REST_JOINTS = Object.fromEntries(JOINTS.map((joint) => [joint, rounded(REST[joint])])) as Record<
  Joint,
  [number, number, number]
>;

/** JSON Schema lets a list be shorter than its items are told, unless it is said. */
const three = { minItems: 3, maxItems: 3 } as const;
const vector = z.tuple([z.number(), z.number(), z.number()]);
const share = z.number().min(-1).max(1);
const direction = z.tuple([share, share, share]).openapi({
  ...three,
  description: "A unit vector; another length is made 1, and one without a length is left out",
});

/** A pose as we give it. */
export const givenPoseSchema = z.object({
  id: z.string().optional(),
  joints: z.object(
    Object.fromEntries(JOINTS.map((joint) => [joint, vector.openapi(three)])) as Record<Joint, typeof vector>,
  ),
  hands: z.object({
    left: z.object({ direction: vector.openapi(three), palm: vector.openapi(three) }),
    right: z.object({ direction: vector.openapi(three), palm: vector.openapi(three) }),
  }).optional(),
  gaze: vector.openapi(three).optional(),
  seat: z.number().optional(),
  view: z.number().optional(),
}).openapi("GivenPose", {
  description: "Metres; x to the figure's own left, y up, z forward; the floor is y = 0",
  example: { id: "standing", joints: REST_JOINTS },
});

/** A pose from a client, as its schema reads it. */
export type WirePose = z.infer<ReturnType<typeof poseSchemas>["pose"]>;

/** The schemas that depend on limits. */
export function poseSchemas({ metres }: Pick<ApiLimits, "metres">) {
  const coordinate = z.number().min(-metres).max(metres);
  const point = z.tuple([coordinate, coordinate, coordinate], {
    error: ({ input }) => input === undefined ? "is missing: give [x, y, z] in metres" : "must be [x, y, z] in metres",
  }).openapi(three);
  const joints = z.strictObject(
    Object.fromEntries(JOINTS.map((joint) => [joint, point])) as Record<Joint, typeof point>,
  ).openapi("Joints", {
    description: "Metres; x to the figure's own left, y up, z forward; the floor is y = 0",
    example: REST_JOINTS,
  });
  const hand = z.strictObject({ direction, palm: direction }).openapi("Hand", {
    description: "Where the fingers point and where the palm faces",
  });
  const pose = z.strictObject({
    id: z.string().max(100).optional(),
    joints,
    hands: z.strictObject({ left: hand, right: hand }).optional(),
    gaze: direction.optional(),
    seat: z.number().min(0).max(2).optional().openapi({ description: "The stool's height in metres" }),
    view: z.number().min(-360).max(360).optional().openapi({
      description: "How it is best looked at: degrees of yaw, positive towards the figure's left",
    }),
  }).openapi("Pose", { example: { joints: REST_JOINTS } });
  return { pose, joints };
}

const hasLength = (v: Vec3) => length(v) > 1e-6;

/** The pose that a client gave: directions made unit vectors, those without a length left out. */
export function poseOf({ id, joints, hands, gaze, seat, view }: WirePose): Pose {
  const whole = hands && [hands.left, hands.right].every((hand) => hasLength(hand.direction) && hasLength(hand.palm));
  const handOf = ({ direction, palm }: { direction: Vec3; palm: Vec3 }) => ({
    direction: unit(direction),
    palm: unit(palm),
  });
  return {
    joints,
    ...(id !== undefined && { id }),
    ...(hands && whole && { hands: { left: handOf(hands.left), right: handOf(hands.right) } }),
    ...(gaze && hasLength(gaze) && { gaze: unit(gaze) }),
    ...(seat !== undefined && { seat }),
    ...(view !== undefined && { view }),
  };
}

/** A whole number in an address, within bounds. */
export const wholeNumber = (least: number, most: number, usual: number) =>
  z.string().regex(/^\d{1,9}$/, `must be a whole number from ${least} to ${most}`).transform(Number)
    .pipe(z.int().min(least).max(most)).optional().transform((value) => value ?? usual)
    .openapi({ type: "integer", minimum: least, maximum: most, default: usual, example: usual });

/** What is said in both languages. */
export const bilingual = z.object({ en: z.string(), ru: z.string() });

/** A fault of a pose. */
export const poseErrorSchema = z.object({
  code: z.string().openapi({ example: "bone_length" }),
  joint: z.string().openapi({ example: "left_wrist" }),
  message: z.string(),
}).openapi("PoseError");
