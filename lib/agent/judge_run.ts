/** What geometry says of a rung's answer: four questions, kept apart. */
import { factsOf, holds } from "../describe/mod.ts";
import type { Slot } from "../notation/mod.ts";
import { type OutsideFault, validate } from "../skeleton/mod.ts";
import type { RungResult } from "./rung.ts";

/** The verdict on one run. */
export interface Judgement {
  /** The answer had the form that was asked for. */
  readonly schemaValid: boolean;
  /** There is a figure for each that was asked for, and every one is a valid pose. */
  readonly poseValid: boolean;
  /** Every figure is valid, and every fact that was asked of it holds. */
  readonly right: boolean;
  /** Every figure is valid, and not what was asked for. */
  readonly validButWrong: boolean;
  /** Figures of which every fact holds, valid or not; as many as asked for, at most. */
  readonly figuresRight: number;
  /** Facts that hold, valid or not, and how many were asked for. */
  readonly facts: { readonly held: number; readonly asked: number };
  /** What each figure breaks. */
  readonly faults: readonly (readonly OutsideFault[])[];
}

/**
 * Judges a run.
 *
 * @param result what a rung made. @param must the facts of each figure in order.
 */
export function judgeRun(
  { schemaValid, frames }: Pick<RungResult, "schemaValid" | "frames">,
  must: readonly (readonly Slot[])[],
): Judgement {
  const figures = must.map((slots, i) => {
    const frame = frames[i];
    if (!frame) return { faults: [], there: false, held: 0, all: false };
    // Who jumps because it was asked for may be in the air.
    const jumps = slots.some((slot) => slot.kind === "posture" && slot.posture === "airborne");
    const { pose, faults } = validate(frame, { airborne: frame.airborne ?? jumps });
    const facts = pose && factsOf(pose);
    const held = facts ? slots.filter((slot) => holds(slot, facts)).length : 0;
    return { faults, there: true, held, all: held === slots.length };
  });
  const extra = frames.slice(must.length).map((frame) => validate(frame).faults);
  const poseValid = frames.length >= must.length &&
    figures.every(({ there, faults }) => there && faults.length === 0) &&
    extra.every((faults) => faults.length === 0);
  const right = poseValid && frames.length === must.length && figures.every(({ all }) => all);
  return {
    schemaValid,
    poseValid,
    right,
    validButWrong: poseValid && !right,
    figuresRight: figures.filter(({ all }) => all).length,
    facts: {
      held: figures.reduce((sum, { held }) => sum + held, 0),
      asked: must.reduce((sum, slots) => sum + slots.length, 0),
    },
    faults: [...figures.flatMap(({ there, faults }) => there ? [faults] : []), ...extra],
  };
}
