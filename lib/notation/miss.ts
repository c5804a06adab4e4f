/** What a solved body does not reach. */
import type { Side } from "../skeleton/mod.ts";
import type { Landmark } from "./landmarks.ts";

/** A hand or foot that stays away from where it should be. */
export interface Miss {
  /** What stays away. */
  readonly end: "hand" | "foot";
  /** Whose: the figure's own left or right. */
  readonly side: Side;
  /** The place; for a foot that should stand, `floor`. */
  readonly landmark: Landmark;
  /** How far away it stays. */
  readonly metres: number;
}

/** Nearer than this (m) is there. */
export const REACHED = 0.005;

/** A miss in words, for people. */
export const tellMiss = ({ end, side, landmark, metres }: Miss): string =>
  `${side} ${end} stays ${(metres * 100).toFixed(1)} cm from ` +
  (end === "foot" && landmark === "floor" ? "where it should stand" : landmark);
