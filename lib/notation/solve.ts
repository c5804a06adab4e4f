/** Notation → pose: the body that direction words, contacts and standing legs describe. */
import {
  add,
  angle,
  armCapsules,
  type Body,
  bodyOf,
  type Capsule,
  type Hand,
  type Joint,
  JOINTS,
  lowPoints,
  other,
  type Part,
  type Pose,
  RADIUS,
  reject,
  REST,
  rotateTowards,
  scale,
  type Side,
  SIDES,
  sign,
  sub,
  unit,
  type Vec3,
  WORLD,
} from "../skeleton/mod.ts";
import { checkKeys } from "./check_keys.ts";
import { pairedLeg } from "./crossed_legs.ts";
import { directArm, type SolvedArm, touchArm } from "./arm.ts";
import {
  armWords,
  baseOf,
  floorGap,
  isKneeling,
  isOnFoot,
  legWords,
  onHands,
  type Setting,
  settingOf,
} from "./bases.ts";
import { floorArm, shoulderHeight } from "./floor_arm.ts";
import type { Landmark } from "./landmarks.ts";
import { freeLeg, kneelingLeg, type SolvedLeg } from "./leg.ts";
import { footOnFloor } from "./floor_leg.ts";
import {
  type ArmNotation,
  isFree,
  isStanding,
  isTouching,
  type LegNotation,
  type Notation,
  type TouchNotation,
  touchOf,
} from "./spec.ts";
import { type Miss, REACHED, tellMiss } from "./miss.ts";
import { touchingLeg } from "./touching_leg.ts";
import { standUp } from "./stand.ts";
import { placeTrunk, type Trunk, trunkOf } from "./trunk.ts";

/** A pose and what the notation knows of it beyond the joints. */
export interface Solved {
  /** The joints, hands and gaze (m, world frame). */
  readonly pose: Pose;
  /** Pairs of parts that touch on purpose. */
  readonly contacts: readonly (readonly [Part, Part])[];
  /** Whether the base is in the air. */
  readonly airborne: boolean;
  /** Which hands and feet stay away from where they should be. */
  readonly misses: readonly Miss[];
  /** The same in words. */
  readonly notes: readonly string[];
}

/**
 * The body that a notation describes.
 *
 * @param spec the notation of one pose.
 * @returns the pose, standing on the floor y = 0, with hands and gaze.
 * @throws {NotationError} when a word or a key is not in the notation.
 */
export function solve(spec: Notation): Solved {
  checkKeys(spec);
  const base = baseOf(spec);
  if (!onHands(base)) return new Solver(spec, settingOf(spec, base.tilt ?? 0)).solve();
  // Hands share the floor with feet or knees: the body leans until both reach it.
  let [low, high] = [0, 150];
  for (let i = 0; i < 32; i++) {
    const tilt = (low + high) / 2;
    if (new Solver(spec, settingOf(spec, tilt)).handsOverFeet() > 0) low = tilt;
    else high = tilt;
  }
  return new Solver(spec, settingOf(spec, (low + high) / 2)).solve();
}

/** One body while it is solved: its joints move from step to step. */
class Solver {
  readonly base;
  readonly trunk: Trunk;
  readonly j: Record<Joint, Vec3> = { ...REST };
  readonly hands: Record<Side, Hand>;
  readonly footMiss: Record<Side, number> = { left: 0, right: 0 };

  constructor(readonly spec: Notation, readonly setting: Setting) {
    this.base = baseOf(spec);
    this.trunk = trunkOf(spec, setting);
    this.hands = { left: restHand("left", this.trunk), right: restHand("right", this.trunk) };
    // High enough that no toe bends on a floor that is not yet there.
    placeTrunk(this.j, this.trunk, [0, 2, 0]);
  }

  readonly armOf = (side: Side): ArmNotation => armWords(this.spec, side);
  readonly legOf = (side: Side): LegNotation | undefined => legWords(this.spec, side);

  /** Hands on legs or floor wait for those, and a hand on such a hand for that. */
  waitsForLegs(side: Side): boolean {
    const arm = this.armOf(side);
    return needsLegs(arm) || (/_hand/.test(touchOf(arm)?.touch ?? "") && needsLegs(this.armOf(other(side))));
  }

  solve(): Solved {
    const { spec, base, trunk, j, hands } = this;
    const stands = base.name === "standing" && SIDES.some((side) => isOnFoot(spec, side));
    const late = SIDES.filter((side) => this.waitsForLegs(side));
    let arms = this.solveArms(undefined, stands ? [] : late);
    if (onHands(base)) { for (const side of SIDES) if (this.carriesFlat(side)) hands[side] = flatHand(j, side); }
    if (stands) {
      this.stand();
      if (SIDES.some((side) => reachesDown(this.armOf(side)))) {
        // Arms that reach for floor or feet move the centre of mass: once more with them in place.
        this.solveArms(0);
        this.stand();
      }
    } else this.settle();
    // Hands on legs or floor are laid once those are in place.
    if (late.length > 0) arms = this.solveArms(0);
    const pose: Pose = {
      joints: Object.fromEntries(JOINTS.map((joint) => [joint, j[joint]])) as Record<Joint, Vec3>,
      hands: { left: hands.left, right: hands.right },
      gaze: trunk.head.z,
      ...(base.name === "seat" && { seat: j.pelvis[1] - RADIUS.seat }),
    };
    const airborne = spec.base === "airborne";
    const misses = SIDES.flatMap((side) => this.missesOf(side, arms[side]));
    const contacts = SIDES.flatMap((side) => arms[side].contacts);
    return { pose, contacts, airborne, misses, notes: misses.map(tellMiss) };
  }

  missesOf(side: Side, arm: SolvedArm): Miss[] {
    const leg = this.legOf(side);
    const hand = touchOf(this.armOf(side))?.touch;
    const foot: Landmark = isTouching(leg) ? leg.touch : "floor";
    const misses: Miss[] = [{ end: "foot", side, landmark: foot, metres: this.footMiss[side] }];
    if (hand !== undefined) misses.push({ end: "hand", side, landmark: hand, metres: arm.miss });
    return misses.filter(({ metres }) => metres > REACHED);
  }

  /** How much higher (m) the hands that carry would be than feet or knees, were both on the floor. */
  handsOverFeet(): number {
    const { j, hands, setting, spec, trunk } = this;
    this.putLegs();
    const feet = this.lowestLeg();
    const heights = SIDES.flatMap((side) => {
      const arm = this.armOf(side);
      const touching = touchOf(arm);
      const shoulder = j[`${side}_shoulder`];
      if (touching) return touching.touch === "floor" ? [shoulder[1] - shoulderHeight(touching)] : [];
      const direct = directArm(side, arm as Exclude<ArmNotation, TouchNotation>, spec, shoulder, trunk.arms);
      j[`${side}_elbow`] = direct.elbow;
      j[`${side}_wrist`] = direct.wrist;
      hands[side] = flatHand(j, side);
      return [this.lowestArm(side)];
    });
    if (heights.length === 0) heights.push(setting.trunk.y[1]);
    return Math.min(...heights) - feet;
  }

  /** Whether an arm that is held by directions stands on its hand. */
  carriesFlat(side: Side): boolean {
    const lowest = (one: Side) => touchOf(this.armOf(one)) ? Infinity : this.j[`${one}_wrist`][1];
    return lowest(side) < lowest(other(side)) + 0.05 && lowest(side) < this.j[`${side}_shoulder`][1];
  }

  lowestArm(side: Side): number {
    const points = lowPoints(this.body()).filter(({ joint }) => joint === `${side}_wrist` || joint === `${side}_elbow`);
    return Math.min(...points.map(({ height }) => height));
  }

  /** Of balls of the feet, whose toes bend, and of knees and ankles. */
  lowestLeg(): number {
    const of = /^(left|right)_(knee|ankle)$/;
    const points = lowPoints(this.body()).filter(({ joint }) => of.test(joint)).map(({ height }) => height);
    return Math.min(this.j.left_foot[1], this.j.right_foot[1], ...points);
  }

  /** The frames come from the notation, the feet from the joints. */
  body(): Body {
    return bodyOf({ joints: this.j, hands: this.hands, gaze: this.trunk.head.z });
  }

  shift(by: Vec3): void {
    for (const joint of JOINTS) this.j[joint] = add(this.j[joint], by);
  }

  put(side: Side, { knee, ankle, ball, miss = 0 }: SolvedLeg): void {
    this.footMiss[side] = miss;
    this.j[`${side}_knee`] = knee;
    this.j[`${side}_ankle`] = ankle;
    this.j[`${side}_foot`] = ball;
  }

  /** Puts legs that directions hold, and those that kneel. */
  putLegs(): void {
    const { spec, base, setting, trunk, j } = this;
    for (const side of SIDES) {
      const leg = this.legOf(side);
      const hip = j[`${side}_hip`];
      const foot = spec[`${side}_foot`] ?? base.foot ?? "relaxed";
      if (spec.legs !== undefined) this.put(side, pairedLeg(side, spec.legs, base.name, hip, trunk.body));
      else if (isKneeling(spec, side)) this.put(side, kneelingLeg(spec.knees ?? 90, hip, setting.room, foot));
      else if (isFree(leg)) this.put(side, freeLeg(side, leg, hip, trunk.body, foot));
    }
  }

  /** Puts feet on the other leg, once that is in place. */
  putTouching(): void {
    for (const side of SIDES) {
      const leg = this.legOf(side);
      if (isTouching(leg)) this.put(side, touchingLeg(side, leg, this.j, this.trunk.body));
    }
  }

  stand(): void {
    const { spec, j, legOf } = this;
    standUp({
      spec,
      joints: j,
      legOf,
      body: () => this.body(),
      shift: (by) => this.shift(by),
      put: (side, leg) => this.put(side, leg),
      putOthers: () => {
        this.putLegs();
        this.putTouching();
      },
    });
  }

  /** Lets a body that does not stand down onto what carries it, then puts feet on the floor. */
  settle(): void {
    const { spec, base, j } = this;
    this.putLegs();
    this.putTouching();
    const onFoot = SIDES.filter((side) => isOnFoot(spec, side));
    const later = (joint: Joint) => {
      const [side, name] = [joint.startsWith("left") ? "left" : "right", joint.replace(/^(left|right)_/, "")] as const;
      return /elbow|wrist/.test(name) ? this.waitsForLegs(side) : /knee|ankle|foot/.test(name) && onFoot.includes(side);
    };
    const settled = lowPoints(this.body()).filter(({ joint }) => !later(joint)).map(({ height }) => height);
    // On hands and toes the balls of the feet carry, and the toes bend.
    const lowest = onHands(base) ? this.lowestLeg() : Math.min(...settled);
    this.shift([0, base.pelvis === undefined ? floorGap(spec) - lowest : base.pelvis - j.pelvis[1], 0]);
    for (const side of onFoot) {
      const leg = this.legOf(side);
      if (isStanding(leg)) this.put(side, footOnFloor(side, leg, spec, j[`${side}_hip`]));
    }
    this.putTouching();
  }

  /**
   * Both arms, the one that others lie on first, and once more now that each knows of the other.
   *
   * @param floor the floor's height (m) once the legs are in place. @param later arms to leave for then.
   */
  solveArms(floor: number | undefined, later: readonly Side[] = []): Record<Side, SolvedArm> {
    const { j, hands } = this;
    const rank = (side: Side) => {
      const arm = touchOf(this.armOf(side));
      if (!arm) return 0;
      return /_hand(_back)?$/.test(arm.touch) ? 3 : arm.over ? 2 : 1;
    };
    const order = SIDES.filter((side) => !later.includes(side)).sort((a, b) => rank(a) - rank(b));
    const done: Partial<Record<Side, SolvedArm>> = {};
    const solveOne = (side: Side) => {
      const result = this.solveArm(side, floor, done[other(side)] !== undefined);
      j[`${side}_elbow`] = result.elbow;
      j[`${side}_wrist`] = result.wrist;
      hands[side] = result.hand;
      done[side] = result;
    };
    const rounds = order.length === 2 && order.every((side) => rank(side) > 0) ? 3 : 1;
    for (let round = 0; round < rounds; round++) order.forEach(solveOne);
    return { left: done.left as SolvedArm, right: done.right as SolvedArm };
  }

  solveArm(side: Side, floor: number | undefined, otherIsThere: boolean): SolvedArm {
    const { j, hands, trunk, spec, base, setting } = this;
    const arm = this.armOf(side);
    const shoulder = j[`${side}_shoulder`];
    if (typeof arm === "string" || !("touch" in arm)) return directArm(side, arm, spec, shoulder, trunk.arms);
    const { touch } = arm;
    if (touch === "floor") {
      return floorArm(side, arm, shoulder, setting.room, floor ?? 0, onHands(base) ? "forward" : "side");
    }
    const body = {
      joints: j,
      hands,
      pelvis: trunk.pelvis,
      chest: trunk.chest,
      head: trunk.head,
      ...(floor !== undefined && { feet: this.body().feet }),
    };
    const legs = floor === undefined ? [] : SIDES.flatMap((one): Capsule[] => [
      { part: `${one}_thigh`, a: j[`${one}_hip`], b: j[`${one}_knee`], radius: RADIUS.thigh },
      { part: `${one}_shank`, a: j[`${one}_knee`], b: j[`${one}_ankle`], radius: RADIUS.shank },
    ]);
    const one = other(side);
    const obstacles = otherIsThere
      ? [...armCapsules(one, j[`${one}_shoulder`], j[`${one}_elbow`], j[`${one}_wrist`], hands[one].direction), ...legs]
      : legs;
    return touchArm(side, { ...arm, touch }, body, trunk.arms, obstacles);
  }
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

/** Hands on legs or floor wait for those. */
const needsLegs = (arm: ArmNotation) => /floor|knee|thigh|shin|ankle|foot/.test(touchOf(arm)?.touch ?? "");
/** Hands on the floor or on feet reach far from where arms hang. */
const reachesDown = (arm: ArmNotation) => /floor|shin|ankle|foot/.test(touchOf(arm)?.touch ?? "");
