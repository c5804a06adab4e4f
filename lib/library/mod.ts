/** The pose library: verified poses and choreographies from `poses/`. */
export * from "./library.ts";
export { checkDescriptions, checkMoves } from "./check_descriptions.ts";
export * from "./compose_pose.ts";
export { faultsOf, problemsOf, type SchemaFault, tellProblems } from "./problems.ts";
export { type Coverage, coverageOf, HELD, type Held } from "./coverage.ts";
