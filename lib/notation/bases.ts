/** The bases that a pose starts from: how each holds the body, and what arms and legs do unless said. */
import { type Frame, RADIUS, rotateFrame, SEGMENT, type Side, WORLD } from "../skeleton/mod.ts";
import type { Landmark } from "./landmarks.ts";
import { type ArmNotation, isStanding, type LegNotation, type Notation, touchOf } from "./spec.ts";
import { amountOf, LEAN, lean, NotationError, turn } from "./words.ts";

/** The name of a base. */
export type Base = NonNullable<Notation["base"]>;

/** The frames in which a base holds the body. */
export interface Setting {
  /** What words about limbs are about. */
  readonly words: Frame;
  /** The trunk's, before it leans by its own words. */
  readonly trunk: Frame;
  /** The head's where it does not follow the chest. */
  readonly head?: Frame;
  /** Upright, turned as the body faces: what words about places on the floor are about. */
  readonly room: Frame;
  /** Whether the trunk is upright. */
  readonly upright: boolean;
}

interface BaseDefaults {
  /** The way in which the body leans from upright. */
  readonly way: "forward" | "back" | "left" | "right";
  /** By how much (degrees); absent where hands and feet decide it by reaching the floor. */
  readonly tilt?: number;
  /** What limbs' words are about: the body as if it stood up (usual), or the room. */
  readonly words?: "room";
  readonly leg?: (side: Side) => LegNotation;
  readonly arm?: (side: Side) => ArmNotation;
  readonly foot?: NonNullable<Notation["left_foot"]>;
  /** How high (m) the pelvis always is. */
  readonly pelvis?: number;
}

/** On the side, hip and shoulder touch the floor though shoulders are broader; the legs slope less, ankle on ankle. */
const onSide = (down: Side): BaseDefaults => ({
  way: down,
  tilt: 84,
  leg: (side) => side === down ? "across -88" : "across -85",
  arm: (side) => side === down ? "place high" : { touch: "floor", at: "forward 0.35", elbow: "forward-side high" },
});

const sidePlank = (down: Side): BaseDefaults => ({
  way: down,
  leg: (side) => side === down ? "place low" : "across -83",
  arm: (side) => side === down ? { touch: "floor" } : "side middle",
  foot: "flexed",
});

const touchThigh = (side: Side): ArmNotation => ({ touch: `${side}_thigh` });

const BASE: Record<Base, BaseDefaults> = {
  standing: { way: "forward", tilt: 0 },
  seat: {
    way: "forward",
    tilt: 0,
    leg: () => ({ upper: "forward middle", lower: "place low" }),
    arm: touchThigh,
    foot: "flat",
    pelvis: SEGMENT.shank + SEGMENT.ankleHeight,
  },
  floor: { way: "forward", tilt: 0, leg: () => "forward middle", arm: touchThigh, pelvis: RADIUS.seat },
  kneeling: { way: "forward", tilt: 0, foot: "pointed" },
  all_fours: { way: "forward", words: "room", arm: () => ({ touch: "floor" }), foot: "pointed" },
  plank: { way: "forward", leg: () => "place low", arm: () => "forward middle", foot: "flexed" },
  reverse_plank: { way: "back", leg: () => "place low", arm: () => "back -30", foot: "pointed" },
  side_plank_left: sidePlank("left"),
  side_plank_right: sidePlank("right"),
  lying_back: { way: "back", tilt: 90, leg: () => "place low" },
  lying_front: { way: "forward", tilt: 90, leg: () => "place low", foot: "pointed" },
  lying_left: onSide("left"),
  lying_right: onSide("right"),
  airborne: { way: "forward", tilt: 0, leg: () => "place low", foot: "pointed" },
};

/** The base of a pose and its defaults. */
export function baseOf(spec: Notation): BaseDefaults & { readonly name: Base } {
  const name = spec.base ?? "standing";
  return { name, ...BASE[name] };
}

/** How high (m) over the floor the lowest part of a body is that settles: what flies has its height. */
export const floorGap = (spec: Notation): number => spec.base === "airborne" ? spec.height ?? 0.25 : 0;

/** An arm's words: its own, or its base's. */
export const armWords = (spec: Notation, side: Side): ArmNotation =>
  spec[`${side}_arm`] ?? baseOf(spec).arm?.(side) ?? "place low";

/** The place that a hand touches, by its own words or its base's. */
export const placeTouched = (spec: Notation, side: Side): Landmark | undefined => touchOf(armWords(spec, side))?.touch;

/** Bases in which `knees` sets both feet on the floor by themselves. */
const BENT_ON_FLOOR: ReadonlySet<Base> = new Set(["floor", "lying_back", "seat"]);

/** A leg's words, its own or its base's; undefined where it stands, or kneels, by itself. */
export function legWords(spec: Notation, side: Side): LegNotation | undefined {
  const { name, leg } = baseOf(spec);
  const said = spec[`${side}_leg`];
  if (said !== undefined || spec.legs !== undefined) return said ?? leg?.(side);
  return spec.knees !== undefined && BENT_ON_FLOOR.has(name) ? { knee: spec.knees } : leg?.(side);
}

/** Whether a leg rests on its knee. */
export const isKneeling = (spec: Notation, side: Side): boolean =>
  kneels(baseOf(spec).name) && legWords(spec, side) === undefined;

/** Whether a leg's foot is on the floor by its words. */
export const isOnFoot = (spec: Notation, side: Side): boolean =>
  !isKneeling(spec, side) && isStanding(legWords(spec, side));

/** Bases whose body leans until hands and feet, or hands and knees, share the floor. */
export const onHands = (base: BaseDefaults): boolean => base.tilt === undefined;

/** Bases that kneel: a leg that is not said rests on its knee. */
const kneels = (name: Base): boolean => name === "kneeling" || name === "all_fours";

/** How far (m) the pelvis of who lies on the back is lifted, the shoulders staying. */
function liftOf(spec: Notation): number {
  if (spec.hips === undefined) return 0;
  const { word, degrees } = amountOf(spec.hips, [...LEAN, "up"], 25, "hips");
  if (word !== "up") return 0;
  if (spec.base !== "lying_back") {
    throw new NotationError(`Cannot lift the hips by "${spec.hips}": only "base": "lying_back" has them on the floor`);
  }
  return degrees / 100;
}

/** The frames of a base whose body leans by `tilt` degrees from upright. */
export function settingOf(spec: Notation, tilt: number): Setting {
  const { way, words } = baseOf(spec);
  const room = way === "left" || way === "right" ? turn(WORLD, { word: way, degrees: 90 }) : WORLD;
  const body = tilt === 0 ? room : lean(room, { word: way, degrees: tilt });
  const upright = tilt === 0;
  const lift = liftOf(spec);
  if (lift > 0) {
    const share = Math.min(0.9, lift / (SEGMENT.lumbar + SEGMENT.thorax));
    return {
      words: body,
      trunk: rotateFrame(body, body.x, -Math.asin(share) * 180 / Math.PI),
      head: body,
      room,
      upright,
    };
  }
  return { words: words === "room" ? room : body, trunk: body, room, upright };
}
