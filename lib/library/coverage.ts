/** What the library covers: how many poses of each theme hold an arm or a leg in each direction. */
import { posecodes } from "../describe/mod.ts";
import { DIRECTION_WORDS } from "../notation/mod.ts";
import type { LibraryPose } from "./library.ts";

/** How a limb is held, as a row of the coverage table: a direction word, or the two ways without one. */
export type Held = string;

/** Rows of the table: every direction word of a straight limb, then bent ones, then hands on the body. */
export const HELD: readonly Held[] = [...DIRECTION_WORDS, "bent", "touching"];

/** Numbers of poses by how a limb is held and by theme. */
export interface Coverage {
  /** Every theme that has poses, in alphabetical order. */
  readonly themes: readonly string[];
  /** `arm[held][theme]`, and the same of legs; a pose counts once for both its sides. */
  readonly arm: Readonly<Record<Held, Readonly<Record<string, number>>>>;
  /** `leg[held][theme]`, likewise. */
  readonly leg: Readonly<Record<Held, Readonly<Record<string, number>>>>;
}

/** How the limbs of one kind are held in a pose. */
function heldOf({ pose }: LibraryPose, limb: "arm" | "leg"): Set<Held> {
  const held = new Set<Held>();
  for (const code of posecodes(pose)) {
    if (code.kind === "limb" && code.limb.endsWith(limb)) held.add(code.direction);
    if (code.kind === "bone" && code.bone.endsWith(limb === "arm" ? "upper_arm" : "thigh")) held.add("bent");
    if (code.kind === "contact" && limb === "arm") held.add("touching");
  }
  return held;
}

/**
 * Counts what the poses cover.
 *
 * @returns numbers for every row and theme, zeros too.
 */
export function coverageOf(poses: readonly LibraryPose[]): Coverage {
  const themes = [...new Set(poses.map(({ theme }) => theme))].sort();
  const count = (limb: "arm" | "leg") => {
    const rows = Object.fromEntries(
      HELD.map((held) => [held, Object.fromEntries(themes.map((theme) => [theme, 0]))]),
    );
    for (const pose of poses) {
      for (const held of heldOf(pose, limb)) {
        const row = rows[held];
        if (row) row[pose.theme] = (row[pose.theme] ?? 0) + 1;
      }
    }
    return rows;
  };
  return { themes, arm: count("arm"), leg: count("leg") };
}
