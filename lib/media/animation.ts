/** Key poses as a looped GIF. */
import { type Backend, fitCamera, type View } from "../draw/mod.ts";
import { bodyOf, type Pose } from "../skeleton/mod.ts";
import { openBreath } from "./breathe.ts";
import { openGif } from "./gif.ts";
import { openPaletteStage } from "./palette_stage.ts";

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
  /** The canvas to write with; default: the one that `openBackend` finds. */
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
  const { size = 480, loop = 0, backend, onProgress, signal } = options;
  const breathe = openBreath(signal);
  const captions = poses.some(({ caption }) => caption !== undefined);
  const bodies = poses.map(({ pose }) => bodyOf(pose));
  const view = options.view ?? commonView(poses.map(({ pose }) => pose));
  const cameras = [fitCamera(bodies, { width: size, height: size, view })];
  const stage = await openPaletteStage({ cameras, captions, ...(backend && { backend }) });
  const gif = openGif({ width: stage.width, height: stage.height, loop });
  for (const [i, { caption, seconds }] of poses.entries()) {
    const body = bodies[i];
    if (!body) continue;
    const note = `${i + 1}/${poses.length}`;
    const indices = await stage.paint([{ body, note, ...(caption !== undefined && { caption }) }]);
    gif.add({ indices, delayMs: seconds * 1000 });
    onProgress?.(i + 1, poses.length);
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
