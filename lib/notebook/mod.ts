/** What notebooks show: poses, dances, tables, progress. */
export { type Bundle, display, type Live, progress } from "./display.ts";
export { type Posed, show, type ShowOptions, table, type TableCell } from "./show.ts";
