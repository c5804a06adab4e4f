/** The pictures of a motion, one after another: what GIF and video are made of. */
import { type Camera, fitCamera, viewDegrees } from "../draw/mod.ts";
import type { Motion } from "../motion/mod.ts";
import { bodyOf } from "../skeleton/mod.ts";
import { commonView } from "./animation.ts";
import { openBreath } from "./breathe.ts";
import type { MediaOptions } from "./media_options.ts";
import { longestOf, type Moments, momentsOf, nearestKey } from "./moments.ts";
import { oneAhead } from "./one_ahead.ts";
import type { Shown, Stage, StageOptions } from "./stage.ts";

/** Frames of one size, drawn as they are asked for: two at a time are in memory. */
export interface Frames<Frame> {
  readonly width: number;
  readonly height: number;
  readonly moments: Moments;
  /** Draws them in order, from the first; reports progress, and stops when the signal says so. */
  draw(): AsyncGenerator<Frame>;
}

/** A camera looks at so many moments of a motion, and at its keys if they are not more. */
const LOOKED_AT = 200;

/**
 * Where each motion is looked at from, in degrees; where no view is said, it is what most of the motion's keys ask for.
 *
 * @throws {RangeError} if there are views for some motions only.
 */
export function viewsOf(motions: readonly Motion[], view: MediaOptions["view"]): number[] {
  if (typeof view === "object" && view.length !== motions.length) {
    throw new RangeError(`Cannot look at ${motions.length} motions from ${view.length} sides: give a view for each`);
  }
  return motions.map(({ keys }, i) => {
    const own = typeof view === "object" ? view[i] : view;
    return own === undefined ? commonView(keys.map(({ pose }) => pose)) : viewDegrees(own);
  });
}

/** A camera for each motion, in a square that holds all of them: side by side, figures are of one size. */
export function camerasOf(motions: readonly Motion[], size: number, view: MediaOptions["view"]): Camera[] {
  const bodies = motions.flatMap((motion) => {
    const { keys, seconds } = motion;
    const times = Array.from({ length: LOOKED_AT }, (_, i) => i / LOOKED_AT * seconds);
    if (keys.length <= LOOKED_AT) times.push(...keys.map(({ at }) => at));
    return times.map((time) => bodyOf(motion.poseAt(time)));
  });
  return viewsOf(motions, view).map((view) => fitCamera(bodies, { width: size, height: size, view }));
}

/**
 * Prepares the frames of a motion, or of several side by side: as long as the longest, each through a camera that stays.
 *
 * @param motions at least one.
 * @param open opens the stage that they are painted on.
 * @param options fps, size, view, captions, labels, backend, signal, onProgress; `even` sides are what video asks for.
 * @throws {RangeError} without a motion; for a rate, a size or a motion that none can be drawn with.
 */
export async function framesOf<Frame>(
  motions: readonly Motion[],
  open: (options: StageOptions) => Promise<Stage<Frame>>,
  options: MediaOptions & { readonly fps: number; readonly even?: boolean },
): Promise<Frames<Frame>> {
  const { fps, size = 480, labels, backend, even = false, signal, onProgress } = options;
  const moments = momentsOf(longestOf(motions), fps);
  const captioned = motions.some(({ keys }) => keys.some(({ caption }) => caption !== undefined));
  const cameras = camerasOf(motions, size, options.view);
  const captions = options.captions ?? captioned;
  const stage = await open({ cameras, captions, even, ...(backend && { backend }), ...(labels && { labels }) });
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
      const painted = function* () {
        let last: { readonly sign: string; readonly frame: Promise<Frame> } | undefined;
        for (let i = 0; i < moments.count; i++) {
          const looks = motions.map((motion) => look(motion, moments.at(i)));
          const sign = looks.map((one) => one.sign).join();
          // While a pose is held, nothing is drawn again.
          if (last?.sign !== sign) last = { sign, frame: stage.paint(looks.map(({ shown }) => shown)) };
          yield last.frame;
        }
      };
      let done = 0;
      for await (const frame of oneAhead(painted())) {
        yield frame;
        onProgress?.(++done, moments.count);
        await breathe();
      }
    },
  };
}
