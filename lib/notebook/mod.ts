/** What notebooks show: poses, dances, charts, tables, progress; and the model they ask. */
export { atRoot } from "./at_root.ts";
export {
  type Axis,
  type Chart,
  chartOf,
  type ChartOptions,
  type ChartPoint,
  type ChartText,
  type Scale,
  type Series,
} from "./chart.ts";
export { type Check, type CheckOptions, createCheck, createJudge } from "./check/create_check.ts";
export { type Exercise, type ExerciseFile, exerciseFileSchema, readExercises } from "./check/exercise.ts";
export { passed } from "./check/judge.ts";
export type { Figure, Finding, Verdict } from "./check/verdict.ts";
export { comparisonCharts } from "./comparison_charts.ts";
export {
  type ComparisonRow,
  comparisonTable,
  type Measurements,
  readMeasurements,
  sharedCosts,
} from "./comparison_table.ts";
export { connectOnce } from "./connect_once.ts";
export { createPoseFinder, type FoundPose } from "./create_pose_finder.ts";
export { type Bundle, display, type Live, progress } from "./display.ts";
export { drawChart, drawCharts, shortNumber } from "./draw_chart.ts";
export { interruption } from "./interruption.ts";
export { LEARNED_SIDES, type LearnedSides, learnSides, readLearnedSides, SIDED_TEXTS } from "./learn_sides.ts";
export { openPoseApi } from "./open_pose_api.ts";
export { plot } from "./plot.ts";
export { type Posed, show, type ShowOptions, table, type TableCell } from "./show.ts";
export { type ShowMotionOptions, showPlayer, showVideo } from "./show_motion.ts";
export { type Drawn, showOutside } from "./show_outside.ts";
export { showTranscript } from "./show_transcript.ts";
