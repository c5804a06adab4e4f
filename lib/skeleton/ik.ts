/** Inverse kinematics of two bones. */
import { along, length, reject, sub, unit, type Vec3 } from "./vec.ts";

/** Where a two-bone chain's middle and end come to lie. */
export interface Reach {
  /** The elbow or knee (m). */
  readonly middle: Vec3;
  /** The wrist or ankle (m): the target, where it is in reach. */
  readonly end: Vec3;
  /** How far (m) the end stays short of the target, or inside it. */
  readonly miss: number;
}

/**
 * Reaches for a target with two bones by the law of cosines.
 *
 * @param root where the chain hangs (m). @param target where its end should be (m).
 * @param first, @param second lengths of the bones (m).
 * @param pole the direction in which the middle joint bends.
 * @returns middle and end; a target out of reach stretches the chain towards it, one too near folds it.
 */
export function solveReach(root: Vec3, target: Vec3, first: number, second: number, pole: Vec3): Reach {
  const to = sub(target, root);
  const wanted = length(to);
  const direction = wanted > 1e-9 ? unit(to) : unit(pole);
  const reach = Math.min(Math.max(wanted, Math.abs(first - second) * 1.0001), (first + second) * 0.99999);
  const x = (first * first - second * second + reach * reach) / (2 * reach);
  const h = Math.sqrt(Math.max(0, first * first - x * x));
  let bend = reject(pole, direction);
  if (length(bend) < 1e-6) bend = reject(Math.abs(direction[1]) < 0.9 ? [0, -1, 0] : [0, 0, 1], direction);
  return {
    middle: along(along(root, direction, x), unit(bend), h),
    end: along(root, direction, reach),
    miss: Math.abs(wanted - reach),
  };
}
