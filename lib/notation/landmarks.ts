/** Named places of the body that a hand can touch: a point of the surface, its normal, and how the fingers lie. */
import {
  along,
  angle,
  type Body,
  cross,
  type Frame,
  type Hand,
  type Joints,
  lerp,
  type Part,
  RADIUS,
  reject,
  scale,
  SEGMENT,
  type Side,
  sign,
  sub,
  toWorld,
  unit,
  type Vec3,
} from "../skeleton/mod.ts";

const PAIRED = [
  "shoulder",
  "upper_arm",
  "elbow",
  "hand",
  "hand_back",
  "hip",
  "hip_back",
  "waist",
  "thigh",
  "knee",
  "shin",
  "ankle",
  "foot",
  "ear",
  "cheek",
  "eye",
  "temple",
] as const;
const SINGLE = [
  "above_head",
  "back",
  "head_back",
  "head_top",
  "forehead",
  "mouth",
  "chin",
  "chest",
  "heart",
  "belly",
  "floor",
] as const;

/** The names of all places. */
export const LANDMARKS = [
  ...PAIRED.flatMap((name) => [`left_${name}`, `right_${name}`] as const),
  ...SINGLE,
] as const;

/** The name of a place. */
export type Landmark = (typeof LANDMARKS)[number];

/** Whether a place is on an arm, which moves with it: on that of one side, or on either. */
export const isOnArm = (name: Landmark, side?: Side): boolean =>
  /_(upper_arm|elbow|hand|hand_back)$/.test(name) && (side === undefined || name.startsWith(side));

/** A place to touch. */
export interface Place {
  /** On the skin, metres. */
  readonly point: Vec3;
  /** Out of the body, a unit vector. */
  readonly normal: Vec3;
  /** Where the fingers of a flat hand point by themselves. */
  readonly fingers: Vec3;
  /** The parts of the body that the hand may be in. */
  readonly parts: readonly Part[];
  /** Where the elbow hangs by itself, when not down and out. */
  readonly elbow?: Vec3;
}

/** As much of a body as places are found on. */
export type Anatomy = Pick<Body, "pelvis" | "chest" | "head"> & Partial<Pick<Body, "feet">> & {
  readonly joints: Joints;
  readonly hands: Readonly<Record<Side, Hand>>;
};

/** A point off an origin, along a frame's axes. */
const at = (origin: Vec3, frame: Frame, x: number, y: number, z: number): Vec3 => {
  const [a, b, c] = toWorld(frame, [x, y, z]);
  return [origin[0] + a, origin[1] + b, origin[2] + c];
};
const towards = (frame: Frame, x: number, y: number, z: number): Vec3 => unit(toWorld(frame, [x, y, z]));

/**
 * A place as the hand of one side finds it: its own hip from the side, the other one from the front.
 *
 * @param name the place. @param hand the side of the hand that touches. @param body where the body is.
 */
export function placeOf(name: Exclude<Landmark, "floor">, hand: Side, body: Anatomy): Place {
  const { joints: j, pelvis: P, chest: C, head: H } = body;
  const m = sign(hand);
  const owner: Side | undefined = name.startsWith("left_") ? "left" : name.startsWith("right_") ? "right" : undefined;
  if (owner === undefined) return singlePlace(name, m, body);
  const k = sign(owner);
  const own = owner === hand;
  switch (name.slice(owner.length + 1)) {
    case "shoulder":
      return {
        point: at(j[`${owner}_shoulder`], C, own ? 0 : -0.045 * k, own ? 0.03 : -0.005, own ? 0.05 : 0.06),
        normal: towards(C, 0.1 * k, 0.35, 0.9),
        fingers: own ? towards(C, -0.3 * k, 0.2, -0.35) : towards(C, k, 0.55, -0.2),
        parts: [`${owner}_upper_arm`, "chest"],
      };
    case "upper_arm": {
      const middle = lerp(j[`${owner}_shoulder`], j[`${owner}_elbow`], 0.62);
      const normal = unit(reject(towards(C, 0.45 * k, 0, 0.9), unit(sub(j[`${owner}_elbow`], j[`${owner}_shoulder`]))));
      return {
        point: along(middle, normal, RADIUS.upperArm),
        normal,
        fingers: towards(C, k, 0.45, 0),
        parts: [`${owner}_upper_arm`, "chest"],
      };
    }
    case "elbow":
      return {
        point: at(j[`${owner}_elbow`], C, 0, -0.02, RADIUS.upperArm),
        normal: towards(C, 0, -0.35, 0.95),
        fingers: towards(C, k, 0, 0),
        parts: [`${owner}_upper_arm`, `${owner}_forearm`],
      };
    case "hand":
    case "hand_back": {
      const { direction, palm } = body.hands[owner];
      const out = name.endsWith("back") ? scale(palm, -1) : palm;
      return {
        point: along(along(j[`${owner}_wrist`], direction, SEGMENT.hand / 2), out, 0.02),
        normal: out,
        fingers: direction,
        parts: [`${owner}_hand`, `${owner}_forearm`],
      };
    }
    case "hip":
      return own
        ? {
          point: at(j.pelvis, P, 0.152 * k, 0.115, 0.01),
          normal: towards(P, k, 0.1, 0.1),
          fingers: towards(P, -0.1 * k, -0.5, 0.85),
          parts: ["seat", "lower_waist", `${owner}_thigh`],
          elbow: towards(C, k, -0.1, -0.35),
        }
        : {
          point: at(j.pelvis, P, 0.115 * k, 0.04, 0.1),
          normal: towards(P, 0.45 * k, 0.05, 0.9),
          fingers: towards(P, 0.85 * k, -0.4, -0.4),
          parts: ["seat", "lower_waist", `${owner}_thigh`],
        };
    case "hip_back":
      return {
        point: at(j.pelvis, P, 0.13 * k, 0.075, -0.085),
        normal: towards(P, 0.6 * k, 0.1, -0.8),
        fingers: towards(P, -0.5 * k, -0.8, -0.3),
        parts: ["seat", "lower_waist", `${owner}_thigh`],
        elbow: towards(C, k, 0, -0.3),
      };
    case "waist":
      return {
        point: at(j.pelvis, P, 0.141 * k, 0.16, 0),
        normal: towards(P, k, 0, 0.1),
        fingers: towards(P, -0.2 * k, -0.3, 1),
        parts: ["lower_waist", "upper_waist", "seat"],
        elbow: towards(C, k, -0.1, -0.35),
      };
    case "thigh":
    case "knee": {
      const thigh = unit(sub(j[`${owner}_knee`], j[`${owner}_hip`]));
      const knee = name.endsWith("knee");
      // On top of a bent leg, in front of a straight one.
      const normal = unit(reject(thigh[1] < -0.7 ? P.z : [0, 1, 0], thigh));
      const middle = lerp(j[`${owner}_hip`], j[`${owner}_knee`], knee ? 0.9 : 0.6);
      return {
        point: along(middle, normal, RADIUS.thigh),
        normal,
        fingers: thigh,
        parts: [`${owner}_thigh`, `${owner}_shank`],
      };
    }
    case "shin": {
      const shank = unit(sub(j[`${owner}_ankle`], j[`${owner}_knee`]));
      const thigh = unit(sub(j[`${owner}_knee`], j[`${owner}_hip`]));
      // The front of the shank: the side that the knee bends away from.
      const ahead = unit(reject(angle(thigh, shank) > 12 ? thigh : P.z, shank));
      return {
        point: along(lerp(j[`${owner}_knee`], j[`${owner}_ankle`], 0.35), ahead, RADIUS.shank),
        normal: ahead,
        fingers: unit(reject(towards(P, -m, 0, 0), ahead)),
        parts: [`${owner}_shank`, `${owner}_thigh`],
      };
    }
    case "ankle": {
      // From outside, as the fingers close round it from there.
      const { forward, up } = body.feet?.[owner] ?? { forward: P.z, up: P.y };
      const outside = scale(unit(cross(up, forward)), k);
      return {
        point: along(along(j[`${owner}_ankle`], outside, 0.035), up, 0.02),
        normal: outside,
        fingers: forward,
        parts: [`${owner}_shank`, `${owner}_foot`],
      };
    }
    case "foot": {
      // On top of the toes, as far as they bend.
      const { forward, up } = body.feet?.[owner] ?? { forward: P.z, up: P.y };
      return {
        point: along(along(j[`${owner}_foot`], up, 0.05), forward, -0.02),
        normal: up,
        fingers: forward,
        parts: [`${owner}_foot`, `${owner}_shank`],
      };
    }
    case "eye":
      return {
        point: at(j.head, H, 0.045 * k, 0, 0.09),
        normal: towards(H, 0.2 * k, 0, 1),
        fingers: towards(H, own ? -0.25 * m : -m, own ? 0.95 : 0.4, 0),
        parts: ["head"],
      };
    case "temple":
      return {
        point: at(j.head, H, 0.08 * k, 0.045, 0.05),
        normal: towards(H, 0.8 * k, 0.3, 0.5),
        fingers: towards(H, -0.5 * m, 0.8, 0.3),
        parts: ["head"],
        elbow: towards(C, m, 0.1, 0.15),
      };
    case "ear":
      return {
        point: at(j.head, H, RADIUS.head * k, 0, -0.01),
        normal: towards(H, k, 0, 0),
        fingers: towards(H, 0, 1, -0.35),
        parts: ["head"],
      };
    default: // cheek
      return {
        point: at(j.head, H, 0.075 * k, -0.05, 0.055),
        normal: towards(H, 0.75 * k, -0.25, 0.6),
        fingers: towards(H, 0.3 * k, 1, -0.3),
        parts: ["head"],
      };
  }
}

function singlePlace(name: string, m: number, { joints: j, pelvis: P, chest: C, head: H }: Anatomy): Place {
  switch (name) {
    case "above_head":
      // Where the palms meet overhead.
      return {
        point: at(j.neck, C, 0.015 * m, 0.5, 0.03),
        normal: scale(C.x, m),
        fingers: C.y,
        parts: ["left_hand", "right_hand", "left_forearm", "right_forearm"],
        elbow: scale(C.x, m),
      };
    case "back":
      return {
        point: at(j.pelvis, P, 0.05 * m, 0.13, -0.085),
        normal: scale(P.z, -1),
        fingers: towards(P, -m, 0.15, 0),
        parts: ["lower_waist", "upper_waist", "seat"],
        elbow: towards(C, m, 0, -0.4),
      };
    case "head_back":
      return {
        point: at(j.head, H, 0.045 * m, -0.005, -0.087),
        normal: towards(H, 0.4 * m, 0, -1),
        fingers: towards(H, -m, 0.4, -0.2),
        parts: ["head"],
        elbow: towards(C, m, 0.15, 0),
      };
    case "head_top":
      return {
        point: at(j.head, H, 0.04 * m, 0.09, 0),
        normal: towards(H, 0.4 * m, 1, 0),
        fingers: towards(H, -m, 0.3, 0.2),
        parts: ["head"],
        elbow: towards(C, m, 0.1, 0.1),
      };
    case "forehead":
      return {
        point: at(j.head, H, 0.06 * m, 0.055, 0.055),
        normal: towards(H, 0.65 * m, 0.45, 0.65),
        fingers: towards(H, -m, 0.55, 0.4),
        parts: ["head"],
        elbow: towards(C, m, 0.1, 0.15),
      };
    case "mouth":
      return {
        point: at(j.head, H, 0, -0.045, 0.09),
        normal: towards(H, 0, -0.35, 1),
        fingers: towards(H, -m, 0.9, 0),
        parts: ["head"],
      };
    case "chin":
      return {
        point: at(j.head, H, 0, -0.09, 0.05),
        normal: towards(H, 0, -0.8, 0.7),
        fingers: towards(H, -m, 0.5, 0.3),
        parts: ["head"],
      };
    case "heart":
      return {
        point: at(j.neck, C, 0.06, -0.12, RADIUS.chest),
        normal: C.z,
        fingers: towards(C, -m, 0.35, 0),
        parts: ["chest", "upper_waist"],
      };
    case "chest":
      return {
        point: at(j.neck, C, 0.045 * m, -0.12, RADIUS.chest),
        normal: C.z,
        fingers: towards(C, -m, 0.4, 0),
        parts: ["chest", "upper_waist"],
      };
    default: // belly
      return {
        point: at(j.pelvis, P, 0.03 * m, 0.15, RADIUS.waist),
        normal: P.z,
        fingers: towards(P, -m, 0, 0),
        parts: ["lower_waist", "upper_waist"],
      };
  }
}
