/** The notation: direction words, contacts and standing legs, and the poses that they describe. */
export { DIRECTION_WORDS, directionOf, DIRECTIONS, LEVELS, NotationError } from "./words.ts";
export { type Anatomy, isOnArm, type Landmark, LANDMARKS, type Place, placeOf } from "./landmarks.ts";
export { BASES, type Notation, notationSchema, poseFileSchema, type PoseSpec, poseSpecSchema, THEMES } from "./spec.ts";
export type { Miss } from "./miss.ts";
export { solve, type Solved } from "./solve.ts";
export { mirrorNotation, mirrorPose } from "./mirror.ts";
export { parse, type Parsed } from "./parse/parse.ts";
export { mirrorSlots, type Slot, type SlotOf, slotSchema, type SlotSide } from "./slots.ts";
export { notationOf } from "./from_slots.ts";
export { compose, type Composed, type ComposedPose, type RefusedPose } from "./compose.ts";
export { type Deviation, type JointChange, MOST_DEVIATION } from "./deviation.ts";
