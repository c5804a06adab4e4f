/** Standing: feet on the floor, knees bent as said, the pelvis solved over what carries. */
import {
  add,
  along,
  type Body,
  centreOfMass,
  type Joint,
  lerp,
  SEGMENT,
  type Side,
  SIDES,
  sign,
  sub,
  unit,
  type Vec3,
  WORLD,
} from "../skeleton/mod.ts";
import { ankleOver, pressurePoint, type SolvedLeg, type Stance, standingLeg, TIPTOE } from "./leg.ts";
import { isStanding, type LegNotation, type Notation, type StandingLeg } from "./spec.ts";
import { amountOf, directionOf, LEAN } from "./words.ts";

const STEP: Record<string, number> = { short: 0.3, long: 1.0 };
/** Half the distance (m) of two feet that stand side by side. */
export const HALF_STANCE = { together: 0.05, apart: 0.11, wide: 0.32 };
const WAY: Record<string, string> = { left: "side", right: "across", forward: "forward", back: "back" };

/** The bend (degrees) of a leg that stands, where its own words give one. */
const kneeOf = (leg: LegNotation | undefined): number | undefined => isStanding(leg) ? leg?.knee : undefined;

/** How a step goes: the direction on the floor and how far (m), where the words say. */
export function stepOf(leg: StandingLeg | undefined, side: Side): { by: Vec3; far: number | undefined } {
  const [way = "forward", far] = (leg?.step ?? "forward").split(" ");
  return {
    by: directionOf(`${way} middle`, WORLD, side),
    far: far === undefined ? undefined : STEP[far] ?? Number(far),
  };
}

/** Where a standing foot's toes point, and whether its heel is lifted. */
export function stanceOf(spec: Notation, side: Side, leg: StandingLeg | undefined, ankle: Vec3): Stance {
  const out = spec.feet === "wide" ? 0.5 : spec.feet === "together" ? 0.06 : 0.15;
  const forward = leg?.toes === undefined
    ? unit([sign(side) * out, 0, 1])
    : directionOf(`${leg.toes} middle`, WORLD, side);
  const raised = leg?.heel === "up" || spec.heels === "up";
  return { ball: along(ankle, forward, SEGMENT.ball), forward, lift: raised ? TIPTOE : 0 };
}

/** Where the feet stand: side by side, apart, or stepped. */
function plantFeet(spec: Notation, planted: readonly Side[], legOf: LegOf): Record<Side, Stance> {
  const half = planted.length === 1 ? 0 : HALF_STANCE[spec.feet ?? "apart"];
  const ankles: Record<Side, Vec3> = { left: [half, 0, 0], right: [-half, 0, 0] };
  const standing = (side: Side) => {
    const leg = legOf(side);
    return isStanding(leg) ? leg : undefined;
  };
  for (const side of planted) {
    const leg = standing(side);
    if (leg?.step === undefined) continue;
    const { by, far } = stepOf(leg, side);
    ankles[side] = along(ankles[side], by, far ?? 0.5);
  }
  const middle = planted.length === 2 ? lerp(ankles.left, ankles.right, 0.5) : ankles[planted[0] ?? "left"];
  const stance = (side: Side) => stanceOf(spec, side, standing(side), sub(ankles[side], middle));
  return { left: stance("left"), right: stance("right") };
}

/** How high (m) the pelvis is over an ankle when the knee bends by `bend` degrees. */
function pelvisHeight(bend: number, hipOffset: Vec3, pelvis: Vec3, ankle: Vec3): number {
  const reach = legReach(bend);
  const away = Math.hypot(pelvis[0] + hipOffset[0] - ankle[0], pelvis[2] + hipOffset[2] - ankle[2]);
  return ankle[1] - hipOffset[1] + Math.sqrt(Math.max(0.01, reach * reach - away * away));
}

/** How far (m) hip and ankle are apart when the knee bends by `bend` degrees: the law of cosines. */
export const legReach = (bend: number): number =>
  Math.sqrt(
    SEGMENT.thigh ** 2 + SEGMENT.shank ** 2 + 2 * SEGMENT.thigh * SEGMENT.shank * Math.cos(bend * Math.PI / 180),
  );

type LegOf = (side: Side) => LegNotation | undefined;

/** What standing up needs of the body that it moves. */
export interface Standing {
  readonly spec: Notation;
  readonly joints: Record<Joint, Vec3>;
  readonly legOf: LegOf;
  /** The body with its joints as they now are. */
  readonly body: () => Body;
  readonly shift: (by: Vec3) => void;
  readonly put: (side: Side, leg: SolvedLeg) => void;
  /** Puts the legs that do not stand, after those that do. */
  readonly putOthers: () => void;
}

/** Stands the body up: feet on the floor, knees bent as said, the centre of mass over what carries it. */
export function standUp({ spec, joints: j, legOf, body, shift, put, putOthers }: Standing): void {
  const planted = SIDES.filter((side) => isStanding(legOf(side)));
  const stances = plantFeet(spec, planted, legOf);
  const anyKnee = planted.some((side) => kneeOf(legOf(side)) !== undefined);
  const sway = spec.hips === undefined ? undefined : amountOf(spec.hips, LEAN, 8, "hips");
  const goal = (): Vec3 => {
    const points = planted.map((side) => pressurePoint(stances[side]));
    const carrying = spec.weight && planted.includes(spec.weight) ? pressurePoint(stances[spec.weight]) : undefined;
    let point = carrying ?? lerp(points[0] ?? [0, 0, 0], points[1] ?? points[0] ?? [0, 0, 0], 0.5);
    if (sway) point = along(point, directionOf(`${WAY[sway.word]} middle`, WORLD, "left"), sway.degrees / 100 * 0.6);
    return point;
  };
  let pelvis: Vec3 = [goal()[0], 0.9, goal()[2]];
  const rounds = 24;
  for (let round = 0; round < rounds; round++) {
    const before = j.pelvis;
    const height = Math.min(...planted.map((side) => {
      const bend = kneeOf(legOf(side)) ?? spec.knees ?? (anyKnee ? 2 : 5);
      return pelvisHeight(bend, sub(j[`${side}_hip`], before), pelvis, ankleOver(stances[side]));
    }));
    pelvis = [pelvis[0], height, pelvis[2]];
    shift(sub(pelvis, before));
    for (const side of planted) {
      put(side, standingLeg(j[`${side}_hip`], stances[side], round > rounds / 2));
    }
    putOthers();
    const [x, , z] = sub(goal(), centreOfMass(body()));
    if (round < rounds - 1) pelvis = add(pelvis, [x * 0.8, 0, z * 0.8]);
  }
}
