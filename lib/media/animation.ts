/** Key poses as a looped GIF. */
import { type Backend, fitCamera, openBackend, type View } from "../draw/mod.ts";
import { bodyOf, type Pose } from "../skeleton/mod.ts";
import { openBreath } from "./breathe.ts";
import { openGif } from "./gif.ts";
import { oneAhead } from "./one_ahead.ts";
import { openStage } from "./stage.ts";

/** A pose and how long it shows. */
export interface KeyPose {
  /** The body that is shown. */
  readonly pose: Pose;
  /** How long. */
  readonly seconds: number;
  /** What the move is called or how it was described, under the figure. */
  readonly caption?: string;
}

/** How to draw an animation. */
export interface AnimationOptions {
  /** Pixels of the figure's square; default 480. Captions, where there are any, come below it. */
  readonly size?: number;
  /** How often it plays; 0, the default, for ever. */
  readonly loop?: number;
  /** Where from; default: as most of the poses ask for. */
  readonly view?: View;
  /** The canvas to draw with; default: the one that `openBackend` finds. */
  readonly backend?: Backend;
  /** Frames done, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Ends the drawing between two frames. */
  readonly signal?: AbortSignal;
}

/**
 * Draws key poses through one camera, so that nothing but the figure moves, and encodes them as a GIF.
 *
 * @returns the file's bytes.
 * @throws {RangeError} without a pose, for a size that no canvas has, for a time that is not positive; the signal's
 * reason when aborted.
 */
export async function drawAnimation(
  poses: readonly KeyPose[],
  options: AnimationOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  if (poses.length === 0) throw new RangeError("Cannot draw an animation: give at least one pose");
  const { size = 480, loop = 0, backend = await openBackend(), onProgress, signal } = options;
  const breathe = openBreath(signal);
  const captions = poses.some(({ caption }) => caption !== undefined);
  const bodies = poses.map(({ pose }) => bodyOf(pose));
  const view = options.view ?? commonView(poses.map(({ pose }) => pose));
  const stage = openStage({ cameras: [fitCamera(bodies, { width: size, height: size, view })], captions, backend });
  const gif = openGif({ width: stage.width, height: stage.height, loop });
  const painted = function* () {
    for (const [i, { caption }] of poses.entries()) {
      const body = bodies[i];
      const note = `${i + 1}/${poses.length}`;
      if (body) yield stage.paint([{ body, note, ...(caption !== undefined && { caption }) }]);
    }
  };
  let done = 0;
  for await (const { pixels } of oneAhead(painted())) {
    gif.add({ pixels, delayMs: (poses[done++]?.seconds ?? 0) * 1000 });
    onProgress?.(done, poses.length);
    await breathe();
  }
  return gif.finish();
}

/** One camera serves all: a view is never animated. */
export function commonView(poses: readonly Pose[]): number {
  const count = new Map<number, number>();
  for (const { view = 0 } of poses) count.set(view, (count.get(view) ?? 0) + 1);
  return [...count].reduce((a, b) => b[1] > a[1] ? b : a)[0];
}
