import { nearestWord } from "../text/mod.ts";
import { KEYS, type Notation } from "./spec.ts";
import { NotationError } from "./words.ts";

/**
 * Refuses a key that the notation does not have: a misspelt one would change nothing, and nothing would tell.
 *
 * @throws {NotationError} when there is one: it names the key that may be meant.
 */
export function checkKeys(spec: Notation): void {
  refuseOthers(spec, KEYS.pose, "a pose");
  for (const side of ["left", "right"] as const) {
    refuseOthers(spec[`${side}_arm`], KEYS.arm, `${side}_arm`);
    refuseOthers(spec[`${side}_leg`], KEYS.leg, `${side}_leg`);
  }
  refuseOthers(spec.torso, KEYS.torso, "torso");
}

function refuseOthers(part: unknown, known: readonly string[], what: string): void {
  if (typeof part !== "object" || part === null) return;
  const wrong = Object.keys(part).find((key) => !known.includes(key));
  if (wrong === undefined) return;
  const meant = nearestWord(wrong, known);
  throw new NotationError(
    `Cannot use the key "${wrong}" of ${what}: ` +
      (meant === undefined ? `its keys are ${known.join(", ")}` : `is "${meant}" meant?`),
  );
}
