/** A motion as one HTML file that plays it: to scrub, to slow down, to look at from any side; no network. */
import type { Motion } from "../motion/mod.ts";
import { bodyOf, JOINTS, type Pose, SIDES } from "../skeleton/mod.ts";
import { escapeHtml } from "../text/mod.ts";
import { openBreath } from "./breathe.ts";
import { viewsOf } from "./frames.ts";
import type { MediaOptions } from "./media_options.ts";
import { longestOf, momentsOf } from "./moments.ts";
import { pageModules } from "./player/page_modules.ts";

const FPS = 25;
/** Whole numbers to a metre: 0.2 mm fine, 6.5 m far. */
const UNIT = 5000;
const MOST = 0x7fff;
/** Numbers a frame: joints, both hands' directions and palms, gaze, seat. */
const WIDTH = JOINTS.length * 3 + 2 * 6 + 3 + 1;
/** Frames a part; a multiple of three, so that base64 needs no padding between parts. */
const PART = 30;

/**
 * Writes a motion, or several side by side, as a page: a canvas, drawn by lib/draw itself, with controls, the keys'
 * captions under the figures. It lasts as long as the longest.
 *
 * @throws {RangeError} without a motion; for a rate or a motion that can't be written.
 */
export async function* writePlayer(motions: readonly Motion[], options: MediaOptions): AsyncGenerator<Uint8Array> {
  const { fps = FPS, captions = true, labels = [], title = "Motion", language, signal, onProgress } = options;
  const breathe = openBreath(signal);
  const longest = longestOf(motions);
  const { count, step, at } = momentsOf(longest, fps);
  const views = viewsOf(motions, options.view);
  const [template, { entry, imports }] = await Promise.all([
    Deno.readTextFile(new URL("player/player.html", import.meta.url)),
    pageModules(new URL("player/player.js", import.meta.url)),
  ]);
  const about = {
    count,
    step,
    seconds: longest.seconds,
    loop: longest.loop,
    unit: UNIT,
    width: WIDTH,
    figures: motions.map(({ keys, seconds, loop }, i) => ({
      view: views[i],
      seconds,
      loop,
      ...(labels[i] !== undefined && { label: labels[i] }),
      keys: keys.map(({ at, caption }) => ({ at, ...(captions && caption !== undefined && { caption }) })),
    })),
    ...(language && { language }),
  };
  const filled = (text: string) =>
    text.replaceAll("%TITLE%", () => escapeHtml(title)).replace('"%IMPORTS%"', () => JSON.stringify({ imports }))
      .replace('"%ABOUT%"', () => JSON.stringify(about).replaceAll("<", "\\u003c")).replace("%ENTRY%", () => entry);
  const [head = "", tail = ""] = template.split("%FRAMES%");
  const encoder = new TextEncoder();
  yield encoder.encode(filled(head));
  for (let from = 0; from < count; from += PART) {
    const until = Math.min(count, from + PART);
    const numbers = new Int16Array((until - from) * motions.length * WIDTH);
    for (let i = from; i < until; i++) {
      motions.forEach((motion, m) => {
        numbers.set(numbersOf(motion.poseAt(at(i))), ((i - from) * motions.length + m) * WIDTH);
      });
      await breathe();
    }
    yield encoder.encode(new Uint8Array(numbers.buffer).toBase64());
    onProgress?.(until, count);
  }
  yield encoder.encode(filled(tail));
}

/** A pose as whole numbers, with hands and gaze completed. */
function numbersOf(pose: Pose): number[] {
  const { joints, hands, head, seat = 0 } = bodyOf(pose);
  const all = [
    ...JOINTS.flatMap((joint) => joints[joint]),
    ...SIDES.flatMap((side) => [...hands[side].direction, ...hands[side].palm]),
    ...head.z,
    seat,
  ];
  return all.map((value) => Math.max(-MOST, Math.min(MOST, Math.round(value * UNIT))));
}
