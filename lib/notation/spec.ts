/** The pose file: what a student writes by hand, and the schema that checks and completes it. */
import { z } from "zod";
import { DIRECTION_PATTERN, DIRECTION_WORDS, DIRECTIONS } from "./words.ts";
import { LANDMARKS } from "./landmarks.ts";

const DIRECTION_HELP = 'must be a direction and a level, as in "forward middle": up is "place high", hanging is ' +
  `"place low", else one of ${Object.keys(DIRECTIONS).join(", ")} with high, middle, low or degrees`;
/** A direction: the words for completion, the pattern for degrees. */
const direction = z.union(
  [z.enum(DIRECTION_WORDS as [string, ...string[]]), z.string().regex(DIRECTION_PATTERN, DIRECTION_HELP)],
  {
    error: DIRECTION_HELP,
  },
).meta({
  description: 'a direction and a level, as in "forward middle", "side 30", "place high"',
  examples: ["forward middle"],
});

const amount = (allowed: readonly string[], what: string) =>
  z.string().regex(
    new RegExp(`^(${allowed.join("|")})( [0-9]{1,3})?$`),
    `must be one of ${allowed.join(", ")}, with degrees if need be, as in "${allowed[0]} 30"`,
  ).meta({ description: what, examples: [`${allowed[0]} 30`] });

const ways = Object.keys(DIRECTIONS) as [string, ...string[]];
/** A way on the floor, and how far. */
const way = (what: string) =>
  z.string().regex(
    new RegExp(`^(${ways.join("|")})( (short|long|0\\.[0-9]+|1\\.[0-9]+))?$`),
    'must be a direction with short, long or metres if need be, as in "forward long"',
  ).meta({
    description: `${what}: a direction, with short, long or metres if need be, as in "forward long"`,
    examples: ["forward long"],
  });
const bend = z.strictObject({ upper: direction, lower: direction.optional() });
const touch = z.strictObject({
  touch: z.enum(LANDMARKS).meta({ description: "the place that the palm touches" }),
  elbow: direction.optional().meta({ description: "where the elbow points" }),
  over: z.boolean().optional().meta({ description: "this arm lies over the other one" }),
  at: way("which way of the shoulder the hand is on the floor, and how far").optional(),
  with: z.enum(["palm", "fingertips", "forearm"]).optional()
    .meta({ description: "what of the arm is on the floor; the palm unless said" }),
});
const arm = z.union([direction, bend, touch]).meta({
  description: "a straight arm's direction, upper and lower arm's directions, or a place that the hand touches",
});
const step = z.strictObject({
  step: way("where the foot stands, and how far from where it would").optional(),
  knee: z.number().min(0).max(150).optional().meta({ description: "the knee's bend in degrees", examples: [40] }),
  toes: z.enum(ways).optional().meta({ description: "where the toes point" }),
  heel: z.literal("up").optional().meta({ description: "the heel is lifted: this foot stands on tiptoe" }),
});
const legTouch = z.strictObject({
  touch: z.enum(
    (["thigh", "knee", "shin", "ankle"] as const).flatMap((name) => [`left_${name}`, `right_${name}`] as const),
  ).meta({
    description: "where on the other leg the foot rests",
  }),
  knee: direction.optional().meta({ description: "where the knee points" }),
});
const leg = z.union([direction, bend, step, legTouch]).meta({
  description: "a free leg's direction or directions; step, knee, toes and heel of a leg whose foot is on the floor; " +
    "a place of the other leg that the foot touches",
});
const palm = z.enum(["in", "out", "up", "down", "forward", "back"]);
const foot = z.enum(["pointed", "flexed", "flat", "relaxed"]);
const turned = ["left", "right"] as const;
const leaned = ["forward", "back", "left", "right"] as const;
const texts = z.array(z.string().trim().min(3).max(300)).min(
  4,
  "four descriptions or more are needed",
);

/** The bases that a pose starts from. */
export const BASES = [
  "standing",
  "seat",
  "floor",
  "kneeling",
  "all_fours",
  "plank",
  "reverse_plank",
  "side_plank_left",
  "side_plank_right",
  "lying_back",
  "lying_front",
  "lying_left",
  "lying_right",
  "airborne",
] as const;

const torso = z.strictObject({
  lean: amount(leaned, "which way the trunk leans").optional(),
  from: z.enum(["hips", "waist"]).optional().meta({
    description:
      "where the lean bends: at the hips, the back straight, or at the waist, the hips still; both unless said",
  }),
  twist: amount(turned, "which way the trunk turns").optional(),
});

/** What a body does, in words: the notation of one pose. What is left out stays as its base has it. */
export const notationSchema = z.strictObject({
  base: z.enum(BASES).optional().meta({ description: "what carries the body; standing unless said" }),
  left_arm: arm.optional(),
  right_arm: arm.optional(),
  left_palm: palm.optional(),
  right_palm: palm.optional(),
  left_hand: direction.optional(),
  right_hand: direction.optional(),
  left_leg: leg.optional(),
  right_leg: leg.optional(),
  legs: z.enum(["left over right", "right over left", "soles together"]).optional().meta({
    description: "sitting: on the floor the shins crossed or the soles together, on a chair one thigh over the other",
  }),
  left_foot: foot.optional(),
  right_foot: foot.optional(),
  feet: z.enum(["together", "apart", "wide"]).optional(),
  heels: z.literal("up").optional().meta({ description: "both heels are lifted: on tiptoe" }),
  knees: z.number().min(0).max(155).optional().meta({
    description:
      "both knees' bend in degrees, the feet on the floor; kneeling, 90 is upright and 150 sits on the heels",
    examples: [40],
  }),
  weight: z.enum(turned).optional().meta({ description: "the foot that carries the weight" }),
  torso: torso.optional(),
  hips: amount(
    [...leaned, "up"],
    "which way the hips sway, or how far up they are lifted lying on the back, in centimetres",
  )
    .optional(),
  head: z.array(amount(["left", "right", "up", "down", "tilt-left", "tilt-right"], "a turn, nod or tilt")).optional(),
  height: z.number().min(0.02).max(0.8).optional().meta({
    description: "metres in the air (airborne)",
    examples: [0.3],
  }),
});

/** The notation of one pose. */
export type Notation = z.infer<typeof notationSchema>;

/** An arm or leg in the notation. */
export type ArmNotation = z.infer<typeof arm>;
export type LegNotation = z.infer<typeof leg>;
/** A leg whose foot is on the floor. */
export type StandingLeg = z.infer<typeof step>;
/** A leg whose foot rests on the other leg. */
export type TouchingLeg = z.infer<typeof legTouch>;
/** A leg that directions hold. */
export type FreeLeg = Extract<LegNotation, string | { upper: string }>;

/** Whether a leg is held by directions. */
export const isFree = (leg: LegNotation | undefined): leg is FreeLeg =>
  typeof leg === "string" || (typeof leg === "object" && "upper" in leg);

/** Whether a leg's foot is on the floor: standing, the usual. */
export const isStanding = (leg: LegNotation | undefined): leg is StandingLeg | undefined =>
  !isFree(leg) && !isTouching(leg);

/** Whether a leg's foot rests on the other leg. */
export const isTouching = (leg: LegNotation | undefined): leg is TouchingLeg =>
  typeof leg === "object" && "touch" in leg;

/** A hand's contact in the notation. */
export type TouchNotation = z.infer<typeof touch>;

/** An arm's contact, where its hand touches something. */
export const touchOf = (arm: ArmNotation): TouchNotation | undefined =>
  typeof arm === "object" && "touch" in arm ? arm : undefined;

/** The groups that poses belong to. */
export const THEMES = [
  "arms",
  "balance",
  "dance",
  "emotions",
  "everyday",
  "exercise",
  "floor",
  "gestures",
  "greetings",
  "hands_on_body",
  "jumps",
  "kneeling",
  "legs",
  "sitting",
  "sports",
  "work",
  "yoga",
] as const;

/** One pose of a pose file: its notation, its name and what people call it. */
export const poseSpecSchema = notationSchema.extend({
  id: z.string().regex(/^[a-z0-9]+(_[a-z0-9]+)*$/, "must be lower-case words joined by _, as in right_arm_forward")
    .meta({ description: "its name", examples: ["right_arm_forward"] }),
  theme: z.enum(THEMES).meta({ description: "the group that it belongs to" }),
  view: z.number().min(-180).max(180).optional()
    .meta({ description: "how the pose is best looked at: degrees of yaw, positive towards the figure's left" }),
  dynamic: z.string().optional().meta({ description: "why the body is off its balance" }),
  describe: z.strictObject({ en: texts, ru: texts }),
});

/** The keys of a pose, and of its parts that have some. */
export const KEYS = {
  pose: Object.keys(poseSpecSchema.shape),
  arm: [...Object.keys(bend.shape), ...Object.keys(touch.shape)],
  leg: [...Object.keys(bend.shape), ...Object.keys(step.shape), ...Object.keys(legTouch.shape)],
  torso: Object.keys(torso.shape),
} as const;

/** One pose of a pose file. */
export type PoseSpec = z.infer<typeof poseSpecSchema>;

/** A pose file. */
export const poseFileSchema = z.strictObject({
  $schema: z.string().optional(),
  poses: z.array(poseSpecSchema).min(1),
});
