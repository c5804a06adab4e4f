/** Everything that is said of a pose from outside. */
import { caption, type Posecode, posecodes, type Support, supportOf } from "../describe/mod.ts";
import { type LibraryPose, nearestPose } from "../library/mod.ts";
import { balanceOf, bodyOf, JOINTS, type OutsideFault, type Pose, sub, validate, type Vec3 } from "../skeleton/mod.ts";
import { type Advice, adviceFor } from "./advice.ts";
import { type Symmetry, symmetryOf } from "./symmetry.ts";

/** What `POST /analyze` answers. */
export interface Analysis {
  /** Whether nothing is wrong with it, as far as a pose from outside may be off. */
  readonly valid: boolean;
  /** What is wrong with it. */
  readonly errors: readonly OutsideFault[];
  /** How to mend each error. */
  readonly advice: readonly Advice[];
  /** What is true of it, fact by fact. */
  readonly posecodes: readonly Posecode[];
  /** The same in a sentence. */
  readonly caption: { readonly en: string; readonly ru: string };
  /** The pose of the library that is nearest, by the mean distance of joints, metres, wherever the two stand. */
  readonly nearest: {
    readonly id: string;
    readonly distance: number;
    readonly description: { readonly en: string; readonly ru: string };
  };
  /** How far it is from its mirror image. */
  readonly symmetry: Symmetry;
  /** Where its weight is. */
  readonly balance: {
    /** The centre of mass, metres. */
    readonly centre: Vec3;
    /** What carries the body. */
    readonly support: readonly Support[];
    /** How far the centre of mass is inside what carries, metres; negative outside, null where nothing carries. */
    readonly margin: number | null;
    readonly balanced: boolean;
  };
}

/** The pose with its pelvis over the origin: where a figure stands does not make it another pose. */
function centred(pose: Pose): Pose {
  const [x, , z] = pose.joints.pelvis;
  const moved = JOINTS.map((joint) => [joint, sub(pose.joints[joint], [x, 0, z])]);
  return { ...pose, joints: Object.fromEntries(moved) };
}

/** The poses of a list, centred, worked out once. */
const CENTRED = new WeakMap<readonly LibraryPose[], readonly LibraryPose[]>();

function centredOf(poses: readonly LibraryPose[]): readonly LibraryPose[] {
  const there = CENTRED.get(poses) ?? poses.map((one) => ({ ...one, pose: centred(one.pose) }));
  CENTRED.set(poses, there);
  return there;
}

/**
 * Analyses a pose.
 *
 * @param poses the library's, at least one. @param options `airborne`: nothing of it is meant to touch the floor.
 */
export function analyzePose(
  pose: Pose,
  poses: readonly LibraryPose[],
  options: { readonly airborne?: boolean } = {},
): Analysis {
  const { faults } = validate(pose, options);
  const codes = posecodes(pose);
  const body = bodyOf(pose);
  const { centre, margin } = balanceOf(body);
  const found = nearestPose(centred(pose), centredOf(poses));
  if (!found) throw new RangeError("Cannot compare a pose with an empty library");
  const { nearest: { id, describe }, distance } = found;
  return {
    valid: faults.length === 0,
    errors: faults,
    advice: adviceFor(faults, pose),
    posecodes: codes,
    caption: { en: caption(codes, { language: "en" }), ru: caption(codes, { language: "ru" }) },
    nearest: { id, distance, description: { en: describe.en[0] ?? "", ru: describe.ru[0] ?? "" } },
    symmetry: symmetryOf(pose),
    balance: { centre, margin, support: supportOf(body), balanced: margin !== null && margin >= 0 },
  };
}
