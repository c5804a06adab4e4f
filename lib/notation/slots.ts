/**
 * Slots: what a description says of a body, one fact each, in the words of the notation. They are what a text is parsed
 * to, and what a pose is compared with.
 */
import { z } from "zod";
import type { Side } from "../skeleton/mod.ts";
import { LANDMARKS } from "./landmarks.ts";
import { DIRECTIONS } from "./words.ts";

/** Places of a hand without their side, and parts of the body that are no landmark of their own. */
export const PLACES = [
  ...new Set([...LANDMARKS.map((name) => name.replace(/^(left|right)_/, "")), "head", "face"]),
] as const;

const side = z.enum(["left", "right", "any"]).meta({ description: "the figure's own side; any: one of the two" });
const own = z.enum(["left", "right"]);
const direction = z.enum(["place", ...Object.keys(DIRECTIONS)] as [string, ...string[]])
  .meta({ description: "place: straight up or down; side: away from the body; across: over the midline" });
const level = z.enum(["high", "middle", "low", "raised"])
  .meta({ description: "high: 45° up, with place straight up; middle: horizontal; raised: anything but hanging" });

/** One fact that a description states. */
export const slotSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("limb"),
    limb: z.enum(["arm", "upper_arm", "forearm", "elbow", "leg", "thigh", "shank", "knee"])
      .meta({ description: "elbow, knee: which way the joint points" }),
    side,
    direction: direction.optional(),
    level: level.optional(),
    height: z.enum([
      "knee",
      "hip",
      "waist",
      "chest",
      "shoulder",
      "head",
      "overhead",
      "above_shoulder",
      "below_shoulder",
    ]).optional()
      .meta({ description: "how high the limb's end is" }),
    not: z.literal(true).optional(),
  }),
  z.strictObject({
    kind: z.literal("bend"),
    joint: z.enum(["elbow", "knee"]),
    side,
    bend: z.enum(["straight", "slight", "bent", "right_angle"]),
  }),
  z.strictObject({
    kind: z.literal("contact"),
    hand: side,
    place: z.enum(PLACES as unknown as [string, ...string[]]),
    owner: z.enum(["left", "right", "own", "opposite", "any"]).optional()
      .meta({ description: "whose side the place is on: own and opposite are the hand's" }),
    near: z.literal(true).optional().meta({ description: "beside the place, not on it" }),
    not: z.literal(true).optional(),
  }),
  z.strictObject({ kind: z.literal("before"), hand: side, place: z.enum(["face", "head", "chest", "belly", "hip"]) }),
  z.strictObject({ kind: z.literal("clasp") }).meta({ description: "the hands touch each other" }),
  z.strictObject({ kind: z.literal("crossed"), limbs: z.enum(["arms", "legs"]) }),
  z.strictObject({
    kind: z.literal("palm"),
    hand: side,
    facing: z.enum(["up", "down", "forward", "back", "in", "out"]),
  }),
  z.strictObject({ kind: z.literal("lean"), way: z.enum(["forward", "back", "left", "right", "side"]) }),
  z.strictObject({ kind: z.literal("twist"), way: own }),
  z.strictObject({ kind: z.literal("sway"), way: own }),
  z.strictObject({
    kind: z.literal("head"),
    way: z.enum(["left", "right", "up", "down", "forward", "back", "tilt-left", "tilt-right"]),
  }),
  z.strictObject({
    kind: z.literal("posture"),
    posture: z.enum([
      "standing",
      "sitting",
      "seat",
      "floor",
      "kneeling",
      "half_kneeling",
      "plank",
      "side_plank",
      "reverse_plank",
      "bridge",
      "shoulder_stand",
      "all_fours",
      "lying",
      "lying_back",
      "lying_front",
      "lying_left",
      "lying_right",
      "squat",
      "half_squat",
      "lunge",
      "airborne",
      "tiptoe",
      "hips_lifted",
    ]),
    side: own.optional().meta({ description: "the leg in front (lunge), or the knee on the floor (half kneeling)" }),
  }),
  z.strictObject({ kind: z.literal("stance"), stance: z.enum(["together", "apart", "wide"]) }),
  z.strictObject({ kind: z.literal("support"), leg: side }).meta({ description: "the one leg that carries" }),
  z.strictObject({
    kind: z.literal("step"),
    leg: side,
    direction: z.enum(Object.keys(DIRECTIONS) as [string, ...string[]]).optional(),
  }),
]);

/** One fact that a description states. Left and right are the figure's own. */
export type Slot = z.infer<typeof slotSchema>;

/** A slot of one kind. */
export type SlotOf<K extends Slot["kind"]> = Extract<Slot, { kind: K }>;

/** The side of a limb, or `any` where a description leaves it open. */
export type SlotSide = Side | "any";

/** The slots of the mirrored pose. */
export function mirrorSlots(slots: readonly Slot[]): Slot[] {
  const swapped = { left: "right", right: "left", lying_left: "lying_right", lying_right: "lying_left" } as const;
  const swap = (value: unknown): unknown => {
    if (typeof value !== "string") return value;
    const tilt = value.match(/^tilt-(left|right)$/);
    return tilt ? `tilt-${tilt[1] === "left" ? "right" : "left"}` : Reflect.get(swapped, value) ?? value;
  };
  return slots.map((slot) =>
    Object.fromEntries(Object.entries(slot).map(([key, value]) => [key, swap(value)])) as Slot
  );
}
