/** Descriptions from geometry: posecodes, and captions in English and Russian. */
export {
  type Bend,
  type DirectionWords,
  type Facing,
  type Posecode,
  posecodes,
  type Support,
  wordsOf,
} from "./posecodes.ts";
export { caption, type CaptionOptions } from "./caption.ts";
export { disagreements, type Facts, factsOf, holds, tellSlot } from "./agree.ts";
