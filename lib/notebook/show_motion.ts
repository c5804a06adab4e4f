/** Motions in a notebook: as a GIF by default, as a video, as a player to look at from any side. */
import { drawFilmstrip, encode, encodePng, type MediaOptions, type Motions } from "../media/mod.ts";
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
  const still = encodePng(await drawFilmstrip(list, { size, moments: 1, captions: false }));
  const alt = escapeHtml(caption);
  const picture = `data:image/png;base64,${still.toBase64()}`;
  await display({
    "text/html": `<video loop autoplay muted playsinline controls title="${alt}" poster="${picture}" ` +
      `src="data:video/mp4;base64,${mp4.toBase64()}"><img alt="${alt}" src="${picture}"></video>`,
    "text/plain": caption,
  });
}

/**
 * Shows a motion, or several side by side, as a player: to scrub, to slow down, to turn. It needs a front end that runs scripts in HTML, as
 * JupyterLab does.
 *
 * @throws as `encode()` does.
 */
export async function showPlayer(motions: Motions, options: ShowMotionOptions = {}): Promise<void> {
  const { caption = "a motion", size = SIZE } = options;
  const wide = "poseAt" in motions ? 1 : motions.length;
  const page = new TextDecoder().decode(await encode(motions, "html", { title: caption, ...options }));
  await display({
    "text/html": `<iframe title="${escapeHtml(caption)}" sandbox="allow-scripts" srcdoc="${escapeHtml(page)}" ` +
      `style="border: 0; width: 100%; max-width: ${wide * size + 60}px; height: ${size + 220}px"></iframe>`,
    "text/plain": caption,
  });
}
