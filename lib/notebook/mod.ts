/** What notebooks show: poses, dances, charts, tables, progress; and the model they ask. */
export { chartOf, type ChartOptions, type ChartText, type Series } from "./chart.ts";
export { connectOnce } from "./connect_once.ts";
export { createPoseFinder, type FoundPose } from "./create_pose_finder.ts";
export { type Bundle, display, type Live, progress } from "./display.ts";
export { drawChart, drawCharts, shortNumber } from "./draw_chart.ts";
export { openPoseApi } from "./open_pose_api.ts";
export { plot } from "./plot.ts";
export { type Posed, show, type ShowOptions, table, type TableCell } from "./show.ts";
export { type ShowMotionOptions, showPlayer, showVideo } from "./show_motion.ts";
export { showTranscript } from "./show_transcript.ts";
