/** Motion: from key poses to the body as a function of time. */
export type { Key, Motion, TimedKey } from "./motion.ts";
export { createMotion, type MotionOptions } from "./create_motion.ts";
export { motionOf } from "./motion_of.ts";
export { workOut } from "./work_out.ts";
export { choosePath, type Path, type PathCandidate, type PathOptions } from "./choose_path.ts";
export { measureMotion, type MotionMeasures } from "./measure.ts";
