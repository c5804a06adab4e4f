/**
 * Direction words, after Laban's notation of movement: a direction (`forward`, `side`, `across`, …, or `place` for
 * straight up and down) and a level (`high`, `middle`, `low`, or degrees above the horizontal).
 */
import { along, between, type Frame, rotateFrame, scale, type Side, sign, unit, type Vec3 } from "../skeleton/mod.ts";

/** A word of the notation that is not one; the message says which are. */
export class NotationError extends SyntaxError {
  /** Tells it apart where classes can't. */
  override name = "NotationError";
}

/** Horizontal directions as (away from the body on the limb's side, forward). */
export const DIRECTIONS: Readonly<Record<string, readonly [side: number, forward: number]>> = {
  forward: [0, 1],
  back: [0, -1],
  side: [1, 0],
  across: [-1, 0],
  "forward-side": [1, 1],
  "back-side": [1, -1],
  "forward-across": [-1, 1],
  "back-across": [-1, -1],
};

/** Levels in degrees above the horizontal. */
export const LEVELS: Readonly<Record<string, number>> = { high: 45, middle: 0, low: -45 };

/** Every direction word: a direction and a level, straight up and down first. */
export const DIRECTION_WORDS: readonly string[] = [
  "place high",
  "place low",
  ...Object.keys(DIRECTIONS).flatMap((direction) => Object.keys(LEVELS).map((level) => `${direction} ${level}`)),
];

/** What a direction may look like in a file: two words, or a word and whole degrees. */
export const DIRECTION_PATTERN = new RegExp(
  `^(place (high|low)|(${Object.keys(DIRECTIONS).join("|")}) (high|middle|low|-?[0-9]{1,2}))$`,
);

/**
 * The direction that a phrase names.
 *
 * @param phrase such as `"forward middle"`, `"side 30"`, `"place low"`.
 * @param frame the body's frame that the words are about.
 * @param side the limb's side, for `side` and `across`.
 * @returns a unit vector in the world's frame.
 * @throws {NotationError} when the phrase is not in the notation.
 */
export function directionOf(phrase: string, frame: Frame, side: Side): Vec3 {
  if (!DIRECTION_PATTERN.test(phrase)) {
    throw new NotationError(
      `Cannot read the direction "${phrase}": it is "place high", "place low", or one of ` +
        `${Object.keys(DIRECTIONS).join(", ")} with high, middle, low or degrees, as in "forward middle"`,
    );
  }
  const [word = "", level = ""] = phrase.split(" ");
  if (word === "place") return level === "high" ? frame.y : scale(frame.y, -1);
  const [away, ahead] = DIRECTIONS[word] ?? [0, 1];
  const horizontal = unit(along(scale(frame.x, away * sign(side)), frame.z, ahead));
  return between(horizontal, frame.y, LEVELS[level] ?? Number(level));
}

/** Which way a trunk leans or hips sway. */
export const LEAN: readonly string[] = ["forward", "back", "left", "right"];

/** A turn or lean: a word and degrees. */
export interface Amount {
  readonly word: string;
  readonly degrees: number;
}

/**
 * Reads `"forward 30"`, `"left"`.
 *
 * @param allowed the words that may stand here.
 * @param usual the degrees when none are given.
 * @throws {NotationError} naming `field` when it is none of them.
 */
export function amountOf(phrase: string, allowed: readonly string[], usual: number, field: string): Amount {
  const [word = "", degrees] = phrase.trim().split(/\s+/);
  const value = degrees === undefined ? usual : Number(degrees);
  if (!allowed.includes(word) || !Number.isFinite(value)) {
    throw new NotationError(
      `Cannot read ${field} "${phrase}": it is one of ${allowed.join(", ")}, with degrees if need be, as in "${
        allowed[0]
      } ${usual}"`,
    );
  }
  return { word, degrees: value };
}

/** A frame leaned towards a word (`forward`, `back`, `left`, `right`) by degrees, about its own axes. */
export function lean(frame: Frame, { word, degrees }: Amount): Frame {
  switch (word) {
    case "forward":
      return rotateFrame(frame, frame.x, degrees);
    case "back":
      return rotateFrame(frame, frame.x, -degrees);
    case "left":
      return rotateFrame(frame, frame.z, -degrees);
    default:
      return rotateFrame(frame, frame.z, degrees);
  }
}

/** A frame turned to its `left` or `right` by degrees. */
export function turn(frame: Frame, { word, degrees }: Amount): Frame {
  return rotateFrame(frame, frame.y, word === "left" ? degrees : -degrees);
}
