/** The skeleton: joints, proportions, poses, kinematics, limits, verification. */
export * from "./vec.ts";
export * from "./skeleton.ts";
export * from "./pose.ts";
export * from "./body.ts";
export * from "./balance.ts";
export * from "./capsules.ts";
export * from "./ik.ts";
export * from "./limits.ts";
export { distinct, type Fault, lowPoints, poseDistance, verify, type VerifyOptions } from "./verify.ts";
export * from "./validate.ts";
