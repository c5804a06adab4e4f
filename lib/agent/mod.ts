/** Agents: a model that chooses, and the choreographer. */
export { chooseOne, type ChooseOptions, chooseOrder, type Option } from "./choose.ts";
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
export { askMoves, describeMessages, type DescribeQuestion, ground, type Grounded } from "./moves.ts";
export { describes, type Probe } from "./probe.ts";
export { danceOptions, rankChoreographies, type Ranking } from "./rank.ts";
export { createPoseSearch, type FoundPoses } from "./create_pose_search.ts";
export {
  decidesTies,
  readSelection,
  readSelectionResults,
  SELECTION_RESULTS,
  type SelectionResults,
  selectionResultsSchema,
} from "./measured.ts";
