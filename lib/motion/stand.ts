/** Where keys stand: turned, and moved so that the foot that carries stays where it stood. */
import {
  add,
  along,
  type Body,
  centreOfMass,
  distance,
  dot,
  type Foot,
  other,
  type Pose,
  scale,
  SEGMENT,
  type Side,
  SIDES,
  sign,
  sub,
  type Vec3,
} from "../skeleton/mod.ts";
import { bothSides, type Configuration, configurationOf } from "./configuration.ts";
import type { TimedKey } from "./motion.ts";
import { about, NONE, type Rotation, then, turned } from "./rotation.ts";

/** A foot of a key, in the world. */
export interface Foothold extends Foot {
  readonly ankle: Vec3;
  /** What of it is on the floor. */
  readonly on: Support | null;
}

/** What a foot stands on: the ball with or without the heel, the heel alone, or the edge from ball to heel. */
type Support = "ball" | "heel" | "edge";

/** A key with the place that it has in the motion. */
export interface Stand {
  readonly key: TimedKey;
  /** The same for keys of the same pose that touch alike. */
  readonly number: number;
  readonly configuration: Configuration;
  /** The pose's own body, where the pose has it. */
  readonly body: Body;
  /** The pelvis before the figure turns. */
  readonly hips: Rotation;
  /** Radians about the vertical, to the figure's left: the choreography's. */
  readonly turn: number;
  /** That turn, after the one that lays who lies head to head with the key before. */
  readonly turning: Rotation;
  /** Metres on the floor. */
  readonly shift: Vec3;
  readonly pelvis: Vec3;
  readonly feet: Readonly<Record<Side, Foothold>>;
  /** Which hands carry on the floor, with their wrists. */
  readonly hands: Readonly<Record<Side, Vec3 | null>>;
}

/** What is nearer to the floor than this (m) stands on it. */
const ON_FLOOR = 0.012;
/** A sole whose upward direction is lower than this stands on its edge, or on its toes. */
export const EDGE = 0.7;
/** A foot carries alone if the centre of mass is this near to it and not so to the other (m). */
const OVER = 0.07;

/** A key is moved on the floor by no more than this (m), so that who stands wide does not sway from side to side. */
const FARTHEST = 0.16;

/** Feet that carry in turn are this far (m) apart. */
const STANCE = 0.15;

const UP: Vec3 = [0, 1, 0];

function onFloor(body: Body, side: Side): Support | null {
  const { ball, heel, toe, up } = body.feet[side];
  if (Math.min(ball[1], toe[1]) < ON_FLOOR && ball[1] < 0.03) {
    return heel[1] < ON_FLOOR && up[1] < EDGE ? "edge" : "ball";
  }
  return heel[1] < ON_FLOOR ? "heel" : null;
}

/** How far (m) a point on the floor is from a foot's middle line. */
function fromFoot({ heel, toe }: Foot, [px, , pz]: Vec3): number {
  const [dx, dz] = [toe[0] - heel[0], toe[2] - heel[2]];
  const t = Math.max(0, Math.min(1, ((px - heel[0]) * dx + (pz - heel[2]) * dz) / (dx * dx + dz * dz || 1)));
  return Math.hypot(heel[0] + t * dx - px, heel[2] + t * dz - pz);
}

/** Whether a hand is on the floor: wrist and finger tips are. */
function handDown({ joints: j, hands }: Body, side: Side): boolean {
  const wrist = j[`${side}_wrist`];
  return wrist[1] < 0.09 && along(wrist, hands[side].direction, SEGMENT.hand)[1] < 0.04;
}

/** The foot that carries a body alone, if one does. */
function carrying(body: Body, on: Record<Side, unknown>): Side | undefined {
  const centre = centreOfMass(body);
  const over = SIDES.filter((side) => on[side] !== null && fromFoot(body.feet[side], centre) < OVER);
  const only = over.length === 1 ? over[0] : undefined;
  const { joints: j } = body;
  // Who lies or kneels is carried by more than feet.
  return only !== undefined && Math.min(j.pelvis[1], j.left_knee[1] + 0.2, j.right_knee[1] + 0.2) > 0.4 &&
      body.seat === undefined
    ? only
    : undefined;
}

/** How far (m) to set a foot down outwards so that it is not in the way of the other one, which stands. */
function apartFrom(previous: Stand | undefined, side: Side, place: Vec3): number {
  if (!previous) return 0;
  const out = turned(previous.turning, [sign(side), 0, 0]);
  return Math.max(0, STANCE - dot(sub(place, previous.feet[other(side)].ball), out));
}

/** Whether the trunk is nearer to horizontal than upright. */
const lies = ({ joints: j }: Body): boolean => Math.abs(j.neck[1] - j.pelvis[1]) < 0.3 && j.pelvis[1] < 0.7;

/** Radians to turn a body that lies the other way round than the one before: people roll over, head to head. */
function turnToLie(previous: Stand, body: Body, turn: number): number {
  if (!lies(previous.body)) return 0;
  const heading = ({ joints: j }: Body, turning: Rotation): number => {
    const [x, , z] = turned(turning, sub(j.neck, j.pelvis));
    return Math.atan2(x, z);
  };
  const way = heading(previous.body, previous.turning) - heading(body, about(UP, turn));
  const least = Math.atan2(Math.sin(way), Math.cos(way));
  return Math.abs(least) > Math.PI * 0.55 ? least : 0;
}

/** How far (m) to move a body that lies or leans on its hands, so that hands or else feet stay where they were. */
function besideHands(
  previous: Stand,
  turn: (p: Vec3) => Vec3,
  body: Body,
  down: Record<Side, boolean>,
  on: Record<Side, unknown>,
): Vec3 {
  const hands = SIDES.flatMap((side) => {
    const was = previous.hands[side];
    return was && down[side] ? [sub(was, turn(body.joints[`${side}_wrist`]))] : [];
  });
  const feet = SIDES.flatMap((side) =>
    previous.feet[side].on !== null && on[side] !== null
      ? [sub(previous.feet[side].ball, turn(body.feet[side].ball))]
      : []
  );
  const mean = (ways: readonly Vec3[]) => scale(ways.reduce(add, [0, 0, 0]), 1 / ways.length);
  const spread = (ways: readonly Vec3[]) => Math.max(...ways.map((way) => distance(way, mean(ways))));
  const best = [hands, feet].filter((ways) => ways.length > 0).sort((a, b) => spread(a) - spread(b))[0];
  const [x, , z] = best ? mean(best) : [0, 0, 0];
  return [x, 0, z];
}

/** A key's pose as rotations, and the number that keys of the same pose which touch alike share. */
type Read = ReturnType<typeof configurationOf> & { readonly number: number };

/**
 * Places keys one after another. A key that stands on one foot is moved on the floor so that this foot is where it last
 * stood; all others are where their pose has them.
 *
 * @param previous what the first one comes after.
 */
function placer(previous?: Stand): (key: TimedKey, read: Read, first?: boolean) => Stand {
  const last: Partial<Record<Side, Vec3>> = {};
  let previousAlone: Side | undefined;
  return (key, { body, configuration, number }, first = false) => {
    if (first) previous = undefined;
    const turn = (key.turn ?? 0) * Math.PI / 180;
    const over = previous && lies(body) ? about(UP, turnToLie(previous, body, turn)) : NONE;
    const turning = then(about(UP, turn), over);
    const on = { left: onFloor(body, "left"), right: onFloor(body, "right") };
    const alone = key.airborne ? undefined : carrying(body, on);
    let shift: Vec3 = [0, 0, 0];
    if (alone !== undefined) {
      const stood = last[alone] ?? turned(turning, [sign(alone) * 0.11, 0, body.feet[alone].ball[2]]);
      const apart = previousAlone === other(alone) ? apartFrom(previous, alone, stood) : 0;
      const [x, , z] = sub(
        along(stood, turned(turning, [sign(alone), 0, 0]), apart),
        turned(turning, body.feet[alone].ball),
      );
      shift = scale([x, 0, z], Math.min(1, FARTHEST / (Math.hypot(x, z) || 1)));
    }
    if (alone === undefined && previous && previousAlone && on.left !== null && on.right !== null) {
      // The foot that comes down must not come down on the one that stands: then that one stays, and the key comes to it.
      const stood = previous.feet[previousAlone].ball;
      const landing = turned(turning, body.feet[other(previousAlone)].ball);
      if (Math.hypot(landing[0] - stood[0], landing[2] - stood[2]) < STANCE) {
        const [x, , z] = sub(stood, turned(turning, body.feet[previousAlone].ball));
        shift = [x, 0, z];
      }
    }
    previousAlone = alone;
    const down = bothSides((side) => !key.airborne && handDown(body, side));
    if (previous && (down.left || down.right || body.joints.pelvis[1] < 0.5)) {
      shift = besideHands(previous, (p) => turned(turning, p), body, down, on);
    }
    const move = (p: Vec3) => add(turned(turning, p), shift);
    const foothold = (side: Side): Foothold => {
      const { heel, ball, toe, forward, up } = body.feet[side];
      return {
        heel: move(heel),
        ball: move(ball),
        toe: move(toe),
        forward: turned(turning, forward),
        up: turned(turning, up),
        ankle: move(body.joints[`${side}_ankle`]),
        on: key.airborne ? null : on[side],
      };
    };
    const feet = { left: foothold("left"), right: foothold("right") };
    for (const side of SIDES) {
      // A foot that only points at the floor does not stand there.
      if (feet[side].on !== null && (alone === undefined || alone === side)) last[side] = feet[side].ball;
    }
    const hands = bothSides((side) => down[side] ? move(body.joints[`${side}_wrist`]) : null);
    const hips = then(over, configuration.hips);
    previous = {
      key,
      number,
      configuration,
      hips,
      body,
      turn,
      turning,
      shift,
      pelvis: move(body.joints.pelvis),
      feet,
      hands,
    };
    return previous;
  };
}

/** A key placed after another one. */
export const standAfter = (previous: Stand, key: TimedKey): Stand =>
  placer(previous)(key, { ...configurationOf(key.pose), number: -1 });

/** Places keys one after another; a loop's first keys follow its last ones. */
export function standsOf(keys: readonly TimedKey[], loop: boolean): Stand[] {
  const seen = new Map<string, Read>();
  const texts = new Map<Pose, string>();
  const read = keys.map(({ pose, contacts = [], airborne = false }) => {
    // Poses that are written alike are one, wherever they come from.
    const text = texts.get(pose) ?? JSON.stringify(pose);
    texts.set(pose, text);
    const name = text + JSON.stringify([contacts, airborne]);
    const known = seen.get(name) ?? { ...configurationOf(pose), number: seen.size };
    seen.set(name, known);
    return known;
  });
  const place = placer();
  const all = () => keys.map((key, i) => place(key, read[i] as Read, i === 0));
  return loop ? (all(), all()) : all();
}
