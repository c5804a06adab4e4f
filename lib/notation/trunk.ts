/** The trunk: the frames that words about lean, twist, hips and head make, and the joints that follow from them. */
import {
  along,
  type Frame,
  frameFrom,
  type Joint,
  lerp,
  rotateFrame,
  SEGMENT,
  SIDES,
  sign,
  unit,
  type Vec3,
} from "../skeleton/mod.ts";
import type { Setting } from "./bases.ts";
import type { Notation } from "./spec.ts";
import { type Amount, amountOf, LEAN, lean, NotationError, turn } from "./words.ts";

/** The frames that the words about trunk and head make. */
export interface Trunk {
  /** What legs' words are about. */
  readonly body: Frame;
  /** The same with the trunk's twist: what arms' words are about. */
  readonly arms: Frame;
  readonly pelvis: Frame;
  readonly chest: Frame;
  readonly head: Frame;
}

/** The pelvis's share of a lean; the back bends by the rest. */
function pelvisShare(spec: Notation, { word }: Amount): number {
  switch (spec.torso?.from) {
    case "hips":
      return 1;
    case "waist":
      return 0;
    default:
      // Who lies on the back lifts the shoulders, and the pelvis stays on the floor.
      if (spec.base === "lying_back") return 0;
      // Who lies on the front and looks up bends hips and back alike.
      if (spec.base === "lying_front" && word === "back") return 0.4;
      // People bow more from the hips than from the back, and bend sideways and backwards mostly from the back.
      return word === "forward" ? 0.55 : word === "back" ? 0.3 : 0.15;
  }
}

/** A deeper bow than this (degrees) lets the head hang. */
const HEAD_HANGS = 75;

/**
 * The frames of a trunk.
 *
 * @param setting how the base holds the body. @throws {NotationError} when a word is not in the notation.
 */
export function trunkOf(spec: Notation, setting: Setting): Trunk {
  const body = setting.words;
  let pelvis = setting.trunk;
  const leaning = spec.torso?.lean === undefined ? undefined : amountOf(spec.torso.lean, LEAN, 30, "torso.lean");
  if (spec.torso?.from !== undefined && !leaning) {
    throw new NotationError(`Cannot bend "from": "${spec.torso.from}" without a lean: say "lean" in torso as well`);
  }
  let chest = pelvis;
  if (leaning) {
    const share = pelvisShare(spec, leaning);
    pelvis = lean(pelvis, { ...leaning, degrees: leaning.degrees * share });
    chest = lean(pelvis, { ...leaning, degrees: leaning.degrees * (1 - share) });
  }
  if (spec.hips !== undefined) {
    const sway = amountOf(spec.hips, [...LEAN, "up"], 8, "hips");
    if (sway.word === "left" || sway.word === "right") {
      // The pelvis tips over the leg that carries; the back brings the shoulders level again.
      const tip = sway.word === "left" ? 5 : -5;
      pelvis = rotateFrame(pelvis, pelvis.z, tip);
    }
  }
  let arms = body;
  if (spec.torso?.twist !== undefined) {
    const twist = amountOf(spec.torso.twist, ["left", "right"], 30, "torso.twist");
    chest = turn(chest, twist);
    arms = turn(body, twist);
  }
  let head = setting.head ?? chest;
  if (leaning && setting.upright && spec.head === undefined && leaning.degrees <= HEAD_HANGS) {
    head = frameFrom(unit(lerp(chest.y, body.y, 0.5)), chest.x);
  }
  for (const word of spec.head ?? []) {
    const { word: way, degrees } = amountOf(
      word,
      ["left", "right", "up", "down", "tilt-left", "tilt-right"],
      35,
      "head",
    );
    if (way === "left" || way === "right") head = turn(head, { word: way, degrees });
    else if (way === "up" || way === "down") head = lean(head, { word: way === "up" ? "back" : "forward", degrees });
    else head = lean(head, { word: way.slice("tilt-".length), degrees });
  }
  return { body, arms, pelvis, chest, head };
}

/** The joints of trunk and head, hips and shoulders, with the pelvis where it is said to be. */
export function placeTrunk(j: Record<Joint, Vec3>, t: Trunk, pelvis: Vec3): void {
  j.pelvis = pelvis;
  j.spine = along(pelvis, t.pelvis.y, SEGMENT.lumbar);
  j.neck = along(j.spine, t.chest.y, SEGMENT.thorax);
  j.head = along(j.neck, unit(along(t.head.y, t.head.z, 0.08)), SEGMENT.neck);
  for (const side of SIDES) {
    j[`${side}_hip`] = along(pelvis, t.pelvis.x, sign(side) * SEGMENT.hip);
    j[`${side}_shoulder`] = along(
      along(j.neck, t.chest.x, sign(side) * SEGMENT.shoulder),
      t.chest.y,
      -SEGMENT.shoulderDrop,
    );
  }
}
