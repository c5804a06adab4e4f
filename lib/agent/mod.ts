/** Agents: a model that chooses, and the choreographer. */
export { chooseOne, type ChooseOptions, chooseOrder, type Option } from "./choose.ts";
export {
  checkRequest,
  composeDance,
  type ComposeOptions,
  danceOptions,
  MOST_CANDIDATES,
  MOST_CHARACTERS,
  MOST_FRAMES,
  rankChoreographies,
} from "./compose.ts";
export {
  type Candidate,
  type Choice,
  type Dance,
  type DanceEvent,
  type DanceFrame,
  type Method,
  METHODS,
  RefusedError,
} from "./dance.ts";
export {
  decidesTies,
  readSelection,
  SELECTION_RESULTS,
  type SelectionResults,
  selectionResultsSchema,
} from "./measured.ts";
