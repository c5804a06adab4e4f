/** The pose library: verified poses and choreographies from `poses/`. */
export * from "./library.ts";
export { checkDescriptions, checkMoves } from "./check_descriptions.ts";
export { createTextCheck, type DescribedPose } from "./check_texts.ts";
export * from "./compose_pose.ts";
export { namesOf, namesTaken } from "./names_taken.ts";
export { parseJson } from "./parse_json.ts";
export { faultsOf, problemsOf, type SchemaFault, tellPlace, tellProblems } from "./problems.ts";
export { type Coverage, coverageOf, HELD, type Held } from "./coverage.ts";
