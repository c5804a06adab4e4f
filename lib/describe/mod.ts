/** Descriptions from geometry: posecodes, and captions in English and Russian. */
export { type Bend, type DirectionWords, type Facing, type Posecode, posecodes, wordsOf } from "./posecodes.ts";
export { heelsLifted, type Posture, postureOf, type Support, supportOf } from "./posture.ts";
export { caption, type CaptionOptions, tellPose, type Told } from "./caption.ts";
export { disagreements, holds } from "./agree.ts";
export { tellSlot } from "./tell_slot.ts";
export { nearness } from "./nearness.ts";
export { type Bones, bonesOf, type Facts, factsOf } from "./facts.ts";
