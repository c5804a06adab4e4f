/** Whether trunk, head and feet are as a description says. */
import { DIRECTIONS, type SlotOf } from "../notation/mod.ts";
import { type Body, distance, lerp, other, type Side, SIDES, sign, sub, toFrame, type Vec3 } from "../skeleton/mod.ts";
import { elevationOf, headOf, leanOf, twistOf } from "./angles.ts";
import type { Facts } from "./facts.ts";

export function trunkHolds(
  slot: SlotOf<"lean" | "twist" | "sway" | "head">,
  { body, frames, upright }: Facts,
): boolean {
  const { joints: j, pelvis } = body;
  switch (slot.kind) {
    case "lean": {
      const frame = upright || body.joints.pelvis[1] > 0.35 ? frames.legs[0] ?? pelvis : pelvis;
      const { forward, left } = leanOf(body, frame);
      const least = 4;
      return { forward, back: -forward, left, right: -left, side: Math.abs(left) }[slot.way] >= least;
    }
    case "twist":
      return twistOf(body) * sign(slot.way) >= 10;
    case "sway": {
      const [x] = toFrame(frames.legs[0] ?? pelvis, sub(j.pelvis, lerp(j.left_ankle, j.right_ankle, 0.5)));
      return x * sign(slot.way) >= 0.025;
    }
    case "head":
      return headHolds(slot.way, body);
  }
}

function headHolds(way: SlotOf<"head">["way"], body: Body): boolean {
  const { turn, nod, tilt } = headOf(body);
  const inRoom = elevationOf(body.head.z[1]);
  const least = 5;
  switch (way) {
    case "left":
      return Math.max(turn, tilt) >= least;
    case "right":
      return Math.max(-turn, -tilt) >= least;
    case "up":
      return Math.max(nod, inRoom) >= least;
    case "down":
      return Math.max(-nod, -inRoom) >= least;
    case "tilt-left":
      return tilt >= least;
    case "tilt-right":
      return -tilt >= least;
    case "forward":
      return Math.abs(turn) < 20;
    case "back":
      return nod >= least;
  }
}

export function legsHold(slot: SlotOf<"stance" | "support" | "step">, facts: Facts): boolean {
  const { body, support, frames } = facts;
  const j = body.joints;
  const frame = frames.legs[0] ?? body.pelvis;
  const apart = toFrame(frame, sub(j.left_ankle, j.right_ankle));
  switch (slot.kind) {
    case "stance": {
      const gap = distance(j.left_ankle, j.right_ankle);
      return slot.stance === "together"
        ? Math.min(gap, distance(j.left_knee, j.right_knee)) <= 0.21
        : slot.stance === "wide"
        ? gap >= 0.42
        : gap >= 0.14;
    }
    case "support": {
      const sides = slot.leg === "any" ? SIDES : [slot.leg];
      return sides.some((side) => support.includes(`${side}_foot`) && !support.includes(`${other(side)}_foot`)) ||
        sides.some((side) => carriesMore(side, facts));
    }
    case "step": {
      const sides = slot.leg === "any" ? SIDES : [slot.leg];
      return sides.some((side) => {
        const [x, , z] = side === "left" ? apart : [-apart[0], apart[1], -apart[2]] as Vec3;
        const away = x * sign(side);
        const way = slot.direction;
        if (way === undefined) return Math.hypot(x, z) > 0.2;
        const [side_, ahead] = DIRECTIONS[way] ?? [0, 1];
        return (side_ === 0 || away * side_ > 0.12) && (ahead === 0 || z * ahead > 0.1);
      });
    }
  }
}

/** Whether most of the weight is over one of two standing feet. */
function carriesMore(side: Side, { body }: Facts): boolean {
  const { joints: j } = body;
  const over = (foot: Vec3) => Math.hypot(j.pelvis[0] - foot[0], j.pelvis[2] - foot[2]);
  return over(j[`${side}_ankle`]) + 0.08 < over(j[`${other(side)}_ankle`]);
}
