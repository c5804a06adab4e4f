/** Hands that stay where they are: on the body, because both keys have them there, or on the floor. */
import { add, along, distance, lerp, type Part, type Side, SIDES, sub, type Vec3 } from "../skeleton/mod.ts";
import { bothSides } from "./configuration.ts";
import { clamp01, easeWithin, hump } from "./ease.ts";
import { inverse, type Rotation, slerp, then, turned } from "./rotation.ts";
import type { Stand } from "./stand.ts";

/** What a hand can be on: a place and its axes. */
export interface Carrier {
  readonly origin: Vec3;
  readonly rotation: Rotation;
}

/** A wrist and the hand's axes, in the world. */
export type Grip = Carrier;

/** The parts of the body that carry hands. */
export type CarrierName = "head" | "chest" | "hips" | `${Side}_${"thigh" | "shank"}`;
export type Carriers = Readonly<Record<CarrierName, Carrier>>;

/** The carrier of each part; hands and arms go with the chest. */
function carrierOf(part: Part): CarrierName {
  if (part === "head") return "head";
  if (part === "lower_waist" || part === "seat") return "hips";
  if (/thigh$/.test(part)) return part as CarrierName;
  if (/shank|_foot$/.test(part)) return part.replace("foot", "shank") as CarrierName;
  return "chest";
}

/** A hand goes this far (m) along what it is on; farther, it leaves it. */
const SLIDES = 0.14;

/** The carrier on which both keys have a hand. */
function sharedCarrier(a: Stand, b: Stand, side: Side): CarrierName | undefined {
  const hand = `${side}_hand`;
  const on = ({ key }: Stand) =>
    (key.contacts ?? []).flatMap(([p, q]) => p === hand ? [q] : q === hand ? [p] : []).filter((part) => part !== hand);
  const parts = on(b);
  const shared = on(a).find((part) => parts.includes(part));
  return shared === undefined ? undefined : carrierOf(shared);
}

const within = ({ origin, rotation }: Carrier, grip: Grip): Grip => ({
  origin: turned(inverse(rotation), sub(grip.origin, origin)),
  rotation: then(inverse(rotation), grip.rotation),
});
const outOf = ({ origin, rotation }: Carrier, grip: Grip): Grip => ({
  origin: add(origin, turned(rotation, grip.origin)),
  rotation: then(rotation, grip.rotation),
});
const blend = (a: Grip, b: Grip, s: number): Grip => ({
  origin: lerp(a.origin, b.origin, s),
  rotation: slerp(a.rotation, b.rotation, s),
});

/** An end of a move, as rotations alone have it. */
export interface MoveEnd {
  readonly carriers: Carriers;
  readonly grips: Readonly<Record<Side, Grip>>;
}

/** Where a hand must be at a share of the move; `free` of that it is as the arm's rotations have it. */
export type Hold = (u: number, s: number, carriers: Carriers, grip: Grip) => Grip;

/** What holds each hand between two keys; undefined where nothing does. */
export function holdsOf(a: Stand, b: Stand, from: MoveEnd, to: MoveEnd): Record<Side, Hold | undefined> {
  const moving = SIDES.filter((side) => a.hands[side] && b.hands[side] && !stays(a, b, side));
  return bothSides((side): Hold | undefined => {
    const [p, q] = [from.grips[side], to.grips[side]];
    if (a.hands[side] && b.hands[side]) {
      if (stays(a, b, side)) return (_, s) => blend(p, q, s);
      const index = moving.indexOf(side);
      const [start, end] = moving.length < 2 ? [0, 1] : index === 0 ? [0, 0.5] : [0.5, 1];
      return (u) => {
        const w = clamp01((u - start) / (end - start));
        const grip = blend(p, q, easeWithin(w, 0.15, 0.85));
        return {
          ...grip,
          origin: along(grip.origin, [0, 1, 0], Math.min(0.1, 0.03 + 0.15 * distance(p.origin, q.origin)) * hump(w)),
        };
      };
    }
    if (a.hands[side]) return (u, _, __, grip) => blend(p, grip, easeWithin(u, 0.05, 0.9));
    if (b.hands[side]) return (u, _, __, grip) => blend(q, grip, 1 - easeWithin(u, 0.1, 0.95));
    const name = sharedCarrier(a, b, side);
    if (name === undefined) return undefined;
    const [r, t] = [within(from.carriers[name], p), within(to.carriers[name], q)];
    if (distance(r.origin, t.origin) > SLIDES) return undefined;
    return (_, s, carriers) => outOf(carriers[name], blend(r, t, s));
  });
}

const stays = (a: Stand, b: Stand, side: Side): boolean => {
  const [p, q] = [a.hands[side], b.hands[side]];
  return p !== null && q !== null && distance(p, q) < 0.03;
};
