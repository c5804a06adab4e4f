/** What a check found: what was expected, what of it is so, and what to do next. */
import type { PoseFromOutside } from "../../skeleton/mod.ts";

/** One thing that was expected. */
export interface Finding {
  /** What was expected, in words. */
  readonly text: string;
  /** Whether it is so. */
  readonly holds: boolean;
}

/** A figure in the answer to an attempt. */
export interface Figure {
  /** What stands under it. */
  readonly caption: string;
  /** The body, from wherever it came. */
  readonly pose: PoseFromOutside;
  /** Whether it is a possible body; what is wrong with another one is drawn as well. */
  readonly sound: boolean;
}

/** What a check found. */
export interface Verdict {
  /** What was expected, each with whether it is so. */
  readonly findings: readonly Finding[];
  /** What to do next, a sentence each. */
  readonly advice: readonly string[];
  /** What was asked beside what was made. */
  readonly figures?: readonly Figure[];
  /** What was made, as it moves. */
  readonly gif?: Uint8Array;
}

/** An attempt that can't be looked at: the message says what to do. */
export class Mistake extends Error {
  override name = "Mistake";
  /** @param advice A sentence each: what is wrong with what was passed, and what to write. */
  constructor(readonly advice: readonly string[]) {
    super(advice.join("\n"));
  }
}
