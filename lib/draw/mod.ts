/** Figures on a canvas: one pose, a contact sheet, and what an animation needs to draw its frames. */
export * from "./camera.ts";
export * from "./canvas.ts";
export * from "./caption.ts";
export * from "./draw_outside.ts";
export * from "./draw_pose.ts";
export * from "./figure.ts";
export { paintFloor } from "./ground.ts";
export * from "./palette.ts";
export type { Disc, Point } from "./shape.ts";
export { createFigureSurface, type FigureSurface, type IndexedPicture } from "./raster/figure_surface.ts";
export * from "./sheet.ts";
