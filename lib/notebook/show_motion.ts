/** Motions in a notebook: as a GIF by default, as a video, as a player to look at from any side. */
import { drawFirstFrame, encode, encodePng, type MediaOptions, type Motions } from "../media/mod.ts";
import type { Motion } from "../motion/mod.ts";
import { display } from "./display.ts";
import { escapeHtml } from "../text/mod.ts";

/** How to show a motion. */
export interface ShowMotionOptions extends Omit<MediaOptions, "sidecar" | "still" | "moments"> {
  /** What it is of: for what shows no picture, and for who can't see it. */
  readonly caption?: string;
}

/** Pixels of a figure. */
const SIZE = 420;

/**
 * Shows a motion, or several side by side, as a video that plays by itself, again and again. What plays none shows its
 * first moment.
 *
 * @throws as `encode()` does.
 */
export async function showVideo(motions: Motions, options: ShowMotionOptions = {}): Promise<void> {
  const { caption = "a motion", size = SIZE } = options;
  const list = "poseAt" in motions ? [motions] : motions;
  const mp4 = await encode(list, "mp4", { ...options, size });
  const alt = escapeHtml(caption);
  const picture = await stillOf(list, { ...options, size });
  await display({
    "text/html": `<video loop autoplay muted playsinline controls title="${alt}" poster="${picture}" ` +
      `src="data:video/mp4;base64,${mp4.toBase64()}"><img alt="${alt}" src="${picture}"></video>`,
    "text/plain": caption,
  });
}

/**
 * Shows a motion, or several side by side, as a player: to scrub, to slow down, to turn. It needs a front end that runs
 * scripts in HTML, as JupyterLab does once the cell ran; what takes the player away shows the still that it covers.
 *
 * @throws as `encode()` does.
 */
export async function showPlayer(motions: Motions, options: ShowMotionOptions = {}): Promise<void> {
  const { caption = "a motion", size = SIZE } = options;
  const list = "poseAt" in motions ? [motions] : motions;
  const page = new TextDecoder().decode(await encode(list, "html", { title: caption, ...options }));
  const alt = escapeHtml(caption);
  await display({
    "text/html": `<div style="position: relative; min-height: ${size + 220}px">` +
      `<img alt="${alt}" src="${await stillOf(list, { ...options, size })}">` +
      `<iframe title="${alt}" sandbox="allow-scripts" srcdoc="${
        escapeHtml(page)
      }" style="border: 0; background: #fff; ` +
      `position: absolute; left: 0; top: 0; width: 100%; max-width: ${list.length * size + 60}px; height: 100%">` +
      `</iframe></div>`,
    "text/plain": caption,
  });
}

/** The first frame, as an address that holds it. */
const stillOf = async (motions: readonly Motion[], options: MediaOptions) =>
  `data:image/png;base64,${encodePng(await drawFirstFrame(motions, options)).toBase64()}`;
