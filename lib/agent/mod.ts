/** Agents: a model that chooses, and the choreographer. */
export { chooseOne, type ChooseOptions, type Option } from "./choose.ts";
export { checkRequest, composeDance, type ComposeOptions, MOST_CHARACTERS, MOST_FRAMES } from "./compose.ts";
export {
  type Candidate,
  type Choice,
  type Dance,
  type DanceEvent,
  type DanceFrame,
  type Method,
  METHODS,
  type Refused,
  RefusedError,
} from "./dance.ts";
export { motionOfDance } from "./motion_of_dance.ts";
export { danceOptions, rankChoreographies, type Ranking } from "./rank.ts";
export { CompareFileError, type CompareRequest, parseCompareRequests } from "./compare_requests.ts";
export { type CompareReport, linesByModel, modelOf, readComparison } from "./compare_report.ts";
export { type CompareLine, RATES, summarise } from "./compare_summary.ts";
export {
  type CompareOptions,
  type CompareRow,
  compareRowSchema,
  compareRun,
  identityOf,
  parseRows,
  type PlannedRun,
  planRuns,
  rowKey,
} from "./comparison.ts";
export { type Judgement, judgeRun } from "./judge_run.ts";
export { type Rate, wilson } from "./wilson.ts";
export { coordinates, type CoordinatesTask } from "./rungs/coordinates.ts";
export { type RungName, RUNGS } from "./rungs/mod.ts";
export type { OutsidePose, Rung, RungResult, RungTask } from "./rung.ts";
export { createPoseSearch, type FoundPoses } from "./create_pose_search.ts";
export {
  readSelection,
  readSelectionResults,
  SELECTION_RESULTS,
  type SelectionRates,
  type SelectionResults,
} from "./measured.ts";
export { runTools, type ToolRun, type ToolRunOptions } from "./run_tools.ts";
export type { Step, StopReason, Tokens } from "./transcript.ts";
export {
  type AgentTool,
  ArgumentsError,
  defineTool,
  type MadeFile,
  type PoseApiAddress,
  poseTools,
  type ToolContext,
  ToolError,
} from "./tools/mod.ts";
