/** The pictures of a motion, one after another: what GIF and video are made of. */
import { type Camera, fitCamera, openBackend, type Picture } from "../draw/mod.ts";
import type { Motion } from "../motion/mod.ts";
import { bodyOf } from "../skeleton/mod.ts";
import { commonView } from "./animation.ts";
import { openBreath } from "./breathe.ts";
import type { MediaOptions } from "./media_options.ts";
import { type Moments, momentsOf, nearestKey } from "./moments.ts";
import { openStage, type Shown } from "./stage.ts";

/** Frames of one size, drawn as they are asked for: one at a time is in memory. */
export interface Frames {
  readonly width: number;
  readonly height: number;
  readonly moments: Moments;
  /** Draws them in order, from the first; reports progress, and stops when the signal says so. */
  draw(): AsyncGenerator<Picture>;
}

/** A camera looks at so many moments of a motion, and at its keys if they are not more. */
const LOOKED_AT = 200;

/** The camera that holds a whole motion in a square; the view, unless said, is what most keys ask for. */
export function cameraOf(motion: Motion, size: number, view?: number): Camera {
  const { keys, seconds } = motion;
  const times = Array.from({ length: LOOKED_AT }, (_, i) => i / LOOKED_AT * seconds);
  if (keys.length <= LOOKED_AT) times.push(...keys.map(({ at }) => at));
  return fitCamera(times.map((time) => bodyOf(motion.poseAt(time))), {
    width: size,
    height: size,
    view: view ?? commonView(keys.map(({ pose }) => pose)),
  });
}

/**
 * Prepares the frames of a motion, or of several side by side: as long as the longest, each through a camera that stays.
 *
 * @param motions at least one.
 * @param options fps, size, view, captions, labels, backend, signal, onProgress; `even` sides are what video asks for.
 * @throws {RangeError} without a motion; for a rate, a size or a motion that none can be drawn with.
 */
export async function framesOf(
  motions: readonly Motion[],
  options: MediaOptions & { readonly fps: number; readonly even?: boolean },
): Promise<Frames> {
  const longest = motions.reduce<Motion | undefined>((a, b) => a && a.seconds >= b.seconds ? a : b, undefined);
  if (longest === undefined) throw new RangeError("Cannot draw without a motion: give at least one");
  const { fps, size = 480, labels, even = false, signal, onProgress } = options;
  const backend = options.backend ?? await openBackend();
  const moments = momentsOf(longest, fps);
  const captioned = motions.some(({ keys }) => keys.some(({ caption }) => caption !== undefined));
  const cameras = motions.map((motion) => cameraOf(motion, size, options.view));
  const captions = options.captions ?? captioned;
  const stage = openStage({ cameras, captions, even, backend, ...(labels && { labels }) });
  /** What a motion shows at a time, and a text that is the same for what looks the same. */
  const look = (motion: Motion, time: number): { shown: Shown; sign: string } => {
    const pose = motion.poseAt(time);
    const key = nearestKey(motion, time);
    const words = captions && { caption: motion.keys[key]?.caption ?? "", note: `${key + 1}/${motion.keys.length}` };
    return { shown: { body: bodyOf(pose), ...words }, sign: JSON.stringify([pose, words]) };
  };
  return {
    width: stage.width,
    height: stage.height,
    moments,
    async *draw() {
      const breathe = openBreath(signal);
      let last: { readonly sign: string; readonly picture: Picture } | undefined;
      for (let i = 0; i < moments.count; i++) {
        const looks = motions.map((motion) => look(motion, moments.at(i)));
        const sign = looks.map((one) => one.sign).join();
        // While a pose is held, nothing is drawn again.
        if (last?.sign !== sign) last = { sign, picture: stage.paint(looks.map(({ shown }) => shown)) };
        yield last.picture;
        onProgress?.(i + 1, moments.count);
        await breathe();
      }
    },
  };
}
