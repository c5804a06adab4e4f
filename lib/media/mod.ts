/** Files from pictures and motions: GIF, MP4, PNG, HTML, BVH, JSON; written whole or not at all. */
export { type AnimationOptions, drawAnimation, type KeyPose } from "./animation.ts";
export * from "./outside_animation.ts";
export * from "./gif.ts";
export { type EncoderEvent, type MediaOptions, USUAL_FPS } from "./media_options.ts";
export { VideoError } from "./mp4.ts";
export { mirrored } from "./mirrored.ts";
export * from "./png.ts";
export * from "./quantise.ts";
export * from "./save.ts";
export { drawFilmstrip, drawFirstFrame, drawOnionSkin } from "./still.ts";
export * from "./write_file.ts";
