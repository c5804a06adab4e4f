/** Notation → pose: the body that direction words, contacts and standing legs describe. */
import {
  add,
  along,
  angle,
  armCapsules,
  type Body,
  bodyOf,
  type Capsule,
  centreOfMass,
  type Frame,
  frameFrom,
  type Hand,
  type Joint,
  JOINTS,
  lerp,
  lowPoints,
  type Part,
  type Pose,
  RADIUS,
  reject,
  REST,
  rotateFrame,
  rotateTowards,
  scale,
  SEGMENT,
  type Side,
  SIDES,
  sign,
  sub,
  unit,
  type Vec3,
  WORLD,
} from "../skeleton/mod.ts";
import { directArm, propArm, type SolvedArm, touchArm } from "./arm.ts";
import {
  ankleOver,
  type FreeLeg,
  freeLeg,
  isFree,
  pressurePoint,
  type SolvedLeg,
  type Stance,
  standingLeg,
} from "./leg.ts";
import type { ArmNotation, LegNotation, Notation } from "./spec.ts";
import { amountOf, directionOf, lean, turn } from "./words.ts";

/** A pose and what the notation knows of it beyond the joints. */
export interface Solved {
  readonly pose: Pose;
  /** Pairs of parts that touch on purpose. */
  readonly contacts: readonly (readonly [Part, Part])[];
  readonly airborne: boolean;
  /** What could not be done as asked. */
  readonly notes: readonly string[];
}

type Base = NonNullable<Notation["base"]>;
interface BaseDefaults {
  /** How far the body leans from upright (degrees). */
  readonly pitch: number;
  readonly leg?: FreeLeg;
  readonly arm?: (side: Side) => ArmNotation;
  readonly foot?: NonNullable<Notation["left_foot"]>;
}

const BASE: Record<Base, BaseDefaults> = {
  standing: { pitch: 0 },
  seat: {
    pitch: 0,
    leg: { upper: "forward middle", lower: "place low" },
    arm: (side) => ({ touch: `${side}_thigh` }),
    foot: "flat",
  },
  floor: { pitch: 0, leg: "forward middle", arm: (side) => ({ touch: `${side}_thigh` }) },
  kneeling: { pitch: 0, leg: { upper: "place low", lower: "back middle" }, foot: "pointed" },
  plank: { pitch: 76, leg: "place low", arm: () => "forward middle", foot: "flexed" },
  lying_back: { pitch: -90, leg: "place low" },
  lying_front: { pitch: 90, leg: "place low", foot: "pointed" },
  airborne: { pitch: 0, leg: "place low", foot: "pointed" },
};

const STEP: Record<string, number> = { short: 0.3, long: 1.0 };
const HALF_STANCE = { together: 0.05, apart: 0.11, wide: 0.32 };
const LEAN = ["forward", "back", "left", "right"];

/** The frames that the words about trunk and head make. */
interface Trunk {
  /** The body's as a whole: what legs' words are about. */
  readonly body: Frame;
  /** The same with the trunk's twist: what arms' words are about. */
  readonly arms: Frame;
  readonly pelvis: Frame;
  readonly chest: Frame;
  readonly head: Frame;
}

function trunkOf(spec: Notation, pitch: number): Trunk {
  const body = rotateFrame(WORLD, WORLD.x, pitch);
  let pelvis = body;
  let chest = body;
  const leaning = spec.torso?.lean === undefined ? undefined : amountOf(spec.torso.lean, LEAN, 30, "torso.lean");
  if (leaning) {
    // People bow more from the hips than from the back, and bend sideways and backwards mostly from the back.
    const share = leaning.word === "forward" ? 0.55 : leaning.word === "back" ? 0.3 : 0.15;
    pelvis = lean(body, { ...leaning, degrees: leaning.degrees * share });
    chest = lean(pelvis, { ...leaning, degrees: leaning.degrees * (1 - share) });
  } else chest = pelvis;
  if (spec.hips !== undefined) {
    const sway = amountOf(spec.hips, LEAN, 8, "hips");
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
  let head = chest;
  if (leaning && pitch === 0 && spec.head === undefined) {
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
function placeTrunk(j: Record<Joint, Vec3>, t: Trunk, pelvis: Vec3): void {
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

/**
 * The body that a notation describes.
 *
 * @param spec the notation of one pose.
 * @returns the pose, standing on the floor y = 0, with hands and gaze.
 * @throws {NotationError} when a word is not in the notation.
 */
export function solve(spec: Notation): Solved {
  if (spec.base !== "plank") return solveAt(spec, BASE[spec.base ?? "standing"].pitch);
  // Hands and toes share the floor: the body leans until both do.
  let [low, high] = [40, 110];
  for (let i = 0; i < 30; i++) {
    const pitch = (low + high) / 2;
    const points = lowPoints(bodyOf(solveAt(spec, pitch).pose));
    const lowest = (of: string) => Math.min(...points.filter((p) => p.joint.endsWith(of)).map((p) => p.height));
    if (lowest("wrist") > lowest("foot")) low = pitch;
    else high = pitch;
  }
  return solveAt(spec, (low + high) / 2);
}

function solveAt(spec: Notation, pitch: number): Solved {
  const base = spec.base ?? "standing";
  const defaults = BASE[base];
  const trunk = trunkOf(spec, pitch);
  const notes: string[] = [];
  const j: Record<Joint, Vec3> = { ...REST };
  const hands: Record<Side, Hand> = { left: restHand("left", trunk), right: restHand("right", trunk) };
  const legOf = (side: Side): LegNotation | undefined => spec[`${side}_leg`] ?? defaults.leg;
  const armOf = (side: Side): ArmNotation => spec[`${side}_arm`] ?? defaults.arm?.(side) ?? "place low";

  const put = (side: Side, { knee, ankle, ball }: SolvedLeg) => {
    j[`${side}_knee`] = knee;
    j[`${side}_ankle`] = ankle;
    j[`${side}_foot`] = ball;
  };
  // High enough that no toe bends on a floor that is not yet there.
  placeTrunk(j, trunk, [0, 2, 0]);
  const solved = solveArms(armOf, spec, j, hands, trunk, undefined);
  if (base === "plank") { for (const side of SIDES) hands[side] = flatHand(j, side); }

  if (base === "standing" && SIDES.some((side) => !isFree(legOf(side)))) {
    standUp(spec, trunk, j, hands, legOf, put, notes);
  } else {
    for (const side of SIDES) {
      const leg = legOf(side);
      if (isFree(leg)) put(side, freeLeg(side, leg, spec, j[`${side}_hip`], trunk.body, defaults.foot ?? "relaxed"));
    }
    const settled = lowPoints(bodyFrom(j, hands, trunk)).filter(({ joint }) => !unsettled(armOf, joint));
    // On hands and toes the balls of the feet carry, and the toes bend.
    const lowest = base === "plank"
      ? Math.min(j.left_foot[1], j.right_foot[1])
      : Math.min(...settled.map(({ height }) => height));
    shift(j, [0, (base === "airborne" ? spec.height ?? 0.25 : 0) - lowest, 0]);
  }
  // Hands on legs or floor are laid once those are in place.
  const arms = SIDES.some((side) => needsLegs(armOf(side))) ? solveArms(armOf, spec, j, hands, trunk, 0) : solved;
  for (const side of SIDES) {
    const { miss } = arms[side];
    const arm = armOf(side);
    if (miss > 0.005 && typeof arm === "object" && "touch" in arm) {
      notes.push(`${side} hand stays ${(miss * 100).toFixed(1)} cm from ${arm.touch}`);
    }
  }
  const pose: Pose = {
    joints: Object.fromEntries(JOINTS.map((joint) => [joint, j[joint]])) as Record<Joint, Vec3>,
    hands: { left: hands.left, right: hands.right },
    gaze: trunk.head.z,
    ...(base === "seat" && { seat: j.pelvis[1] - RADIUS.seat }),
  };
  return { pose, contacts: SIDES.flatMap((side) => arms[side].contacts), airborne: base === "airborne", notes };
}

const restHand = (side: Side, { arms }: Trunk): Hand => ({
  direction: scale(arms.y, -1),
  palm: scale(arms.x, -sign(side)),
});

/** A hand that carries on the floor: fingers forward as far as the wrist bends. */
function flatHand(j: Record<Joint, Vec3>, side: Side): Hand {
  const forearm = unit(sub(j[`${side}_wrist`], j[`${side}_elbow`]));
  const direction = rotateTowards(forearm, WORLD.z, Math.min(78, angle(forearm, WORLD.z)));
  return { direction, palm: unit(reject([0, -1, 0], direction)) };
}

const touches = (arm: ArmNotation) => typeof arm === "object" && "touch" in arm ? arm.touch : undefined;
const needsLegs = (arm: ArmNotation) => /floor|knee|thigh/.test(touches(arm) ?? "");
/** Whether a joint belongs to an arm that is laid on legs or floor only later. */
const unsettled = (armOf: (side: Side) => ArmNotation, joint: Joint) => {
  const match = joint.match(/^(left|right)_(elbow|wrist)$/);
  return match !== null && needsLegs(armOf(match[1] as Side));
};

function shift(j: Record<Joint, Vec3>, by: Vec3): void {
  for (const joint of JOINTS) j[joint] = add(j[joint], by);
}

/** The frames come from the notation, the feet from the joints. */
function bodyFrom(j: Record<Joint, Vec3>, hands: Record<Side, Hand>, trunk: Trunk): Body {
  return bodyOf({ joints: j, hands, gaze: trunk.head.z });
}

/**
 * Both arms, the one that others lie on first, and once more now that each knows of the other.
 *
 * @param floor the floor's height (m) once the legs are in place.
 */
function solveArms(
  armOf: (side: Side) => ArmNotation,
  spec: Notation,
  j: Record<Joint, Vec3>,
  hands: Record<Side, Hand>,
  trunk: Trunk,
  floor: number | undefined,
): Record<Side, SolvedArm> {
  const rank = (side: Side) => {
    const arm = armOf(side);
    if (typeof arm === "string" || !("touch" in arm)) return 0;
    return arm.touch.endsWith("_hand") ? 3 : arm.over ? 2 : 1;
  };
  const order = [...SIDES].sort((a, b) => rank(a) - rank(b));
  const done: Partial<Record<Side, SolvedArm>> = {};
  const capsules = (side: Side): Capsule[] =>
    armCapsules(side, j[`${side}_shoulder`], j[`${side}_elbow`], j[`${side}_wrist`], hands[side].direction);
  const legs = (): Capsule[] =>
    floor === undefined ? [] : SIDES.flatMap((side) => [
      { part: `${side}_thigh`, a: j[`${side}_hip`], b: j[`${side}_knee`], radius: RADIUS.thigh },
      { part: `${side}_shank`, a: j[`${side}_knee`], b: j[`${side}_ankle`], radius: RADIUS.shank },
    ]);
  const solveOne = (side: Side) => {
    const arm = armOf(side);
    const body = { joints: j, hands, pelvis: trunk.pelvis, chest: trunk.chest, head: trunk.head };
    const otherSide: Side = side === "left" ? "right" : "left";
    let result: SolvedArm;
    if (typeof arm === "string" || !("touch" in arm)) {
      result = directArm(side, arm, spec, j[`${side}_shoulder`], trunk.arms);
    } else if (arm.touch === "floor") result = propArm(side, arm, body, WORLD, floor ?? 0);
    else {
      const { touch } = arm;
      const obstacles = done[otherSide] ? [...capsules(otherSide), ...legs()] : legs();
      result = touchArm(side, { ...arm, touch }, body, trunk.arms, obstacles);
    }
    j[`${side}_elbow`] = result.elbow;
    j[`${side}_wrist`] = result.wrist;
    hands[side] = result.hand;
    done[side] = result;
  };
  const rounds = order.every((side) => rank(side) > 0) ? 3 : 1;
  for (let round = 0; round < rounds; round++) order.forEach(solveOne);
  return { left: done.left as SolvedArm, right: done.right as SolvedArm };
}

/** Stands the body up: feet on the floor, knees bent as said, the centre of mass over what carries it. */
function standUp(
  spec: Notation,
  trunk: Trunk,
  j: Record<Joint, Vec3>,
  hands: Record<Side, Hand>,
  legOf: (side: Side) => LegNotation | undefined,
  put: (side: Side, leg: SolvedLeg) => void,
  notes: string[],
): void {
  const planted = SIDES.filter((side) => !isFree(legOf(side)));
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
  let miss = 0;
  const rounds = 24;
  for (let round = 0; round < rounds; round++) {
    const before = j.pelvis;
    const height = Math.min(...planted.map((side) => {
      const bend = kneeOf(legOf(side)) ?? spec.knees ?? (anyKnee ? 2 : 5);
      return pelvisHeight(bend, sub(j[`${side}_hip`], before), pelvis, ankleOver(stances[side]));
    }));
    pelvis = [pelvis[0], height, pelvis[2]];
    shift(j, sub(pelvis, before));
    miss = 0;
    for (const side of SIDES) {
      const leg = legOf(side);
      const hip = j[`${side}_hip`];
      if (!isFree(leg)) {
        const standing = standingLeg(hip, stances[side], round > rounds / 2);
        miss = Math.max(miss, standing.miss);
        put(side, standing);
      } else put(side, freeLeg(side, leg, spec, hip, trunk.body, "relaxed"));
    }
    const [x, , z] = sub(goal(), centreOfMass(bodyFrom(j, hands, trunk)));
    if (round < rounds - 1) pelvis = add(pelvis, [x * 0.8, 0, z * 0.8]);
  }
  if (miss > 0.004) notes.push(`a foot stays ${(miss * 100).toFixed(1)} cm from where it should stand`);
}

const WAY: Record<string, string> = { left: "side", right: "across", forward: "forward", back: "back" };

const kneeOf = (leg: LegNotation | undefined) => typeof leg === "object" && "knee" in leg ? leg.knee : undefined;

/** Where the feet stand: side by side, apart, or stepped. */
function plantFeet(
  spec: Notation,
  planted: readonly Side[],
  legOf: (side: Side) => LegNotation | undefined,
): Record<Side, Stance> {
  const half = planted.length === 1 ? 0 : HALF_STANCE[spec.feet ?? "apart"];
  const toeOut = spec.feet === "wide" ? 0.5 : spec.feet === "together" ? 0.06 : 0.15;
  const ankles: Record<Side, Vec3> = { left: [half, 0, 0], right: [-half, 0, 0] };
  for (const side of planted) {
    const leg = legOf(side);
    if (typeof leg !== "object" || !("step" in leg) || leg.step === undefined) continue;
    const [way = "forward", far = "0.5"] = leg.step.split(" ");
    const by = directionOf(`${way} middle`, WORLD, side);
    ankles[side] = along(ankles[side], by, STEP[far] ?? Number(far));
  }
  const middle = planted.length === 2 ? lerp(ankles.left, ankles.right, 0.5) : ankles[planted[0] ?? "left"];
  const stance = (side: Side): Stance => {
    const forward = unit([sign(side) * toeOut, 0, 1]);
    return { ball: along(sub(ankles[side], middle), forward, SEGMENT.ball), forward, lift: 0 };
  };
  return { left: stance("left"), right: stance("right") };
}

/** How high (m) the pelvis is over an ankle when the knee bends by `bend` degrees. */
function pelvisHeight(bend: number, hipOffset: Vec3, pelvis: Vec3, ankle: Vec3): number {
  const reach = Math.sqrt(
    SEGMENT.thigh ** 2 + SEGMENT.shank ** 2 + 2 * SEGMENT.thigh * SEGMENT.shank * Math.cos(bend * Math.PI / 180),
  );
  const away = Math.hypot(pelvis[0] + hipOffset[0] - ankle[0], pelvis[2] + hipOffset[2] - ankle[2]);
  return ankle[1] - hipOffset[1] + Math.sqrt(Math.max(0.01, reach * reach - away * away));
}
