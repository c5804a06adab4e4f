/** A motion: the body as a function of time. */
import type { Part, Pose } from "../skeleton/mod.ts";

/** A pose that a motion reaches, on beats. */
export interface Key {
  /** The body on the key's beat (m, world frame). */
  readonly pose: Pose;
  /** From this key to the next one. */
  readonly beats: number;
  /** What the move is called or how it was described. */
  readonly caption?: string;
  /** Pairs of parts that touch on purpose. */
  readonly contacts?: readonly (readonly [Part, Part])[];
  /** Off the floor. */
  readonly airborne?: boolean;
  /** Degrees that the figure has turned to its left when it gets here, since the motion's start. */
  readonly turn?: number;
}

/** A key and when it is reached. */
export interface TimedKey extends Key {
  /** Seconds from the start. */
  readonly at: number;
}

/** A motion. Metres and seconds; the frame is the poses'. */
export interface Motion {
  /** How long it lasts, once. */
  readonly seconds: number;
  /** Whether its end is its beginning. */
  readonly loop: boolean;
  /** The poses that it reaches, in order, with their times. */
  readonly keys: readonly TimedKey[];
  /**
   * The pose at a time; the same for the same time. A loop goes on for ever in both directions, what is none stays as it
   * began and as it ended.
   */
  poseAt(seconds: number): Pose;
  /**
   * Finds how its moves go, which `poseAt()` else does when it is first asked: in steps of a few milliseconds, of which
   * each tells how many moves are planned.
   */
  planning(): Iterable<number>;
}
