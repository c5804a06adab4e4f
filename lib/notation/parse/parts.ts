/** Parts of the body as texts name them: which are arms and legs, which a hand can touch, and how high they are. */
import type { SlotOf } from "../slots.ts";

/** Plural nouns and the part that each names. */
export const PLURAL: Record<string, string> = {
  arms: "arm",
  hands: "hand",
  palms: "palm",
  elbows: "elbow",
  forearms: "forearm",
  upper_arms: "upper_arm",
  shoulders: "shoulder",
  legs: "leg",
  feet: "foot",
  knees: "knee",
  thighs: "thigh",
  shins: "shin",
  heels: "heel",
  hips: "hip",
  buttocks: "buttock",
  ears: "ear",
  cheeks: "cheek",
};
export const ARM_PARTS = new Set(["arm", "hand", "palm", "elbow", "forearm", "upper_arm"]);
export const HANDS = new Set(["arm", "hand", "palm"]);
export const LEG_PARTS = new Set(["leg", "foot", "knee", "thigh", "shin", "heel", "toes"]);
export const TRUNK = new Set(["torso", "back", "chest", "shoulder", "waist", "pelvis", "hip"]);
/** Parts that a hand can touch, as places. */
export const PLACE_OF: Record<string, SlotOf<"contact">["place"]> = {
  shoulder: "shoulder",
  elbow: "elbow",
  hip: "hip",
  waist: "waist",
  thigh: "thigh",
  knee: "knee",
  ear: "ear",
  cheek: "cheek",
  head: "head",
  nape: "head_back",
  crown: "head_top",
  forehead: "forehead",
  temple: "forehead",
  mouth: "mouth",
  chin: "chin",
  chest: "chest",
  heart: "heart",
  belly: "belly",
  face: "face",
  eyes: "face",
  buttock: "hip_back",
  floor: "floor",
  back: "back",
  foot: "foot",
  toes: "foot",
  heel: "foot",
  shin: "shin",
  upper_arm: "upper_arm",
  forearm: "elbow",
};
export const BEFORE: Record<string, SlotOf<"before">["place"]> = {
  face: "face",
  eyes: "face",
  mouth: "face",
  head: "head",
  forehead: "head",
  chest: "chest",
  heart: "chest",
  belly: "belly",
  waist: "belly",
  hip: "hip",
};
export const HEIGHT: Record<string, string> = {
  shoulder: "shoulder",
  chest: "chest",
  waist: "waist",
  belly: "waist",
  hip: "hip",
  thigh: "hip",
  buttock: "hip",
  pelvis: "hip",
  head: "head",
  face: "head",
  eyes: "head",
  ear: "head",
  chin: "shoulder",
  knee: "knee",
  crown: "overhead",
};
