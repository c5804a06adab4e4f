/** Whether a pose from outside is one: everything that it lacks and breaks, never an exception. */
import type { Pose } from "./pose.ts";
import { JOINTS, type Joints } from "./skeleton.ts";
import type { Vec3 } from "./vec.ts";
import { boneFaults, type Fault, OUTSIDE_BONES, verify } from "./verify.ts";

/** What is wrong with a pose from outside. */
export interface OutsideFault {
  /** The kind of fault, for programs: what `verify` finds, or what keeps joints from being a pose at all. */
  readonly code: Fault["code"] | "missing_joint" | "unknown_joint" | "not_a_place";
  /** The joint's name, as it was given. */
  readonly joint: string;
  /** What is wrong, with the value, for people. */
  readonly message: string;
}

/** A pose from a model or a client: joints by any names, with any numbers. */
export interface PoseFromOutside extends Partial<Pick<Pose, "hands" | "gaze" | "seat">> {
  /** Coordinates (m, world frame) by joint name; any number of either. */
  readonly joints: Readonly<Record<string, readonly number[]>>;
}

/** What became of a pose from outside. */
export interface Validated {
  /** None: the pose is valid. */
  readonly faults: readonly OutsideFault[];
  /** The pose, where all 18 joints are places; valid or not. */
  readonly pose?: Pose;
}

/** Metres from the origin beyond which nothing is drawn or measured. */
const FAR = 10;

const isPlace = (at: readonly number[] | undefined): at is Vec3 =>
  at?.length === 3 && at.every((value) => Number.isFinite(value) && Math.abs(value) <= FAR);

/** The joints that have a place, of any subset. */
export const placesOf = (joints: PoseFromOutside["joints"]): Partial<Joints> =>
  Object.fromEntries(JOINTS.flatMap((joint) => isPlace(joints[joint]) ? [[joint, joints[joint]]] : []));

/** Whether a fault is one of hands that we guessed: fingers along the forearm, palms as they would face. */
const isGuessed = ({ code, joint }: Fault, { joints }: Pose) =>
  joint.endsWith("_wrist") && (code === "range_of_motion" || (code === "floor" && joints[joint][1] > 0));

/**
 * Checks a pose from outside with the wider tolerances: all 18 joints, bones within max(1.5 cm, 5 %), angles within 5°,
 * the floor within 2 cm. What is not given and has to be guessed, as hands, is no fault.
 *
 * @param outside joints in metres, the floor at y = 0. @param options `airborne`: nothing needs to touch the floor.
 */
export function validate(outside: PoseFromOutside, options: { readonly airborne?: boolean } = {}): Validated {
  const { joints, hands, gaze, seat } = outside;
  const known = new Set<string>(JOINTS);
  const shape: OutsideFault[] = [
    ...JOINTS.filter((joint) => !Object.hasOwn(joints, joint)).map((joint) => ({
      code: "missing_joint" as const,
      joint,
      message: `${joint} is missing`,
    })),
    ...Object.keys(joints).filter((joint) => !known.has(joint)).map((joint) => ({
      code: "unknown_joint" as const,
      joint,
      message: `"${joint.slice(0, 40)}" is no joint`,
    })),
    ...JOINTS.filter((joint) => Object.hasOwn(joints, joint) && !isPlace(joints[joint])).map((joint) => ({
      code: "not_a_place" as const,
      joint,
      message: `${joint} is [${joints[joint]?.slice(0, 4).join(", ")}], not three numbers within ${FAR} m`,
    })),
  ];
  const placed = placesOf(joints);
  if (Object.keys(placed).length < JOINTS.length) return { faults: [...shape, ...boneFaults(placed, OUTSIDE_BONES)] };
  const pose: Pose = {
    joints: placed as Joints,
    ...(hands && { hands }),
    ...(gaze && { gaze }),
    ...(seat !== undefined && { seat }),
  };
  const airborne = options.airborne ?? false;
  const broken = verify(pose, { tolerance: "outside", airborne });
  return { faults: [...shape, ...broken.filter((fault) => hands || !isGuessed(fault, pose))], pose };
}
