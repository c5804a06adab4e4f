/** Files from pictures: GIF and PNG, written whole or not at all. */
export * from "./animation.ts";
export * from "./gif.ts";
export * from "./png.ts";
export * from "./quantise.ts";
export * from "./write_file.ts";
