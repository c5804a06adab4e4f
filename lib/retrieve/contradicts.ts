import type { Slot } from "../notation/mod.ts";

/** Ways that one limb or palm can't have at once. */
const OPPOSITE: Readonly<Record<string, string>> = {
  high: "low",
  forward: "back",
  up: "down",
  in: "out",
  straight: "bent right_angle",
};

const opposite = (a = "", b = ""): boolean =>
  (OPPOSITE[a]?.split(" ").includes(b) || OPPOSITE[b]?.split(" ").includes(a)) ?? false;

/**
 * Whether facts ask of one limb, joint or palm for opposite ways: "right arm up and right arm down".
 *
 * @param slots What is asked for.
 */
export function contradicts(slots: readonly Slot[]): boolean {
  return slots.some((a, i) =>
    slots.slice(i + 1).some((b) => {
      if (a.kind === "limb" && b.kind === "limb") {
        if (a.side === "any" || a.side !== b.side || a.limb !== b.limb || a.not || b.not) return false;
        return opposite(a.level, b.level) || opposite(a.direction, b.direction);
      }
      if (a.kind === "palm" && b.kind === "palm") return a.hand === b.hand && opposite(a.facing, b.facing);
      if (a.kind === "bend" && b.kind === "bend") {
        return a.side === b.side && a.joint === b.joint && opposite(a.bend, b.bend);
      }
      return false;
    })
  );
}
