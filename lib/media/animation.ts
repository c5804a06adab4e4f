/** Key poses as a looped GIF. */
import {
  type Backend,
  type Camera,
  captionHeight,
  COLOURS,
  fitCamera,
  openBackend,
  paintCaption,
  paintFigure,
  type Pen,
} from "../draw/mod.ts";
import { type Body, bodyOf, type Pose } from "../skeleton/mod.ts";
import { openGif } from "./gif.ts";

/** A pose and how long it shows. */
export interface KeyPose {
  readonly pose: Pose;
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
  /** Degrees of yaw added to the usual direction; default: what most of the poses ask for. */
  readonly view?: number;
  readonly backend?: Backend;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** The most lines of a caption: height is the same in every frame. */
const CAPTION_LINES = 2;
/** Drawing gives way to others (a signal, an event) about this often. */
const YIELD_MS = 100;

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
  signal?.throwIfAborted();
  const foot = poses.some(({ caption }) => caption !== undefined) ? captionHeight(size, CAPTION_LINES) : 0;
  const bodies = poses.map(({ pose }) => bodyOf(pose));
  const camera = fitCamera(bodies, { width: size, height: size, view: options.view ?? commonView(poses) });
  const surface = backend.createSurface(size, size + foot);
  const gif = openGif({ width: size, height: size + foot, loop });
  let pause = performance.now() + YIELD_MS;
  for (const [i, { seconds, caption }] of poses.entries()) {
    const body = bodies[i];
    if (body === undefined) continue;
    paintFrame(surface.pen, body, camera, {
      height: size + foot,
      note: `${i + 1}/${poses.length}`,
      ...(foot > 0 && { caption: caption ?? "" }),
    });
    gif.add({ pixels: surface.picture().pixels, delayMs: seconds * 1000 });
    onProgress?.(i + 1, poses.length);
    if (performance.now() < pause) continue;
    await new Promise((resolve) => setTimeout(resolve));
    signal?.throwIfAborted();
    pause = performance.now() + YIELD_MS;
  }
  return gif.finish();
}

interface FrameText {
  readonly height: number;
  readonly caption?: string;
  readonly note: string;
}

function paintFrame(pen: Pen, body: Body, camera: Camera, { height, caption, note }: FrameText) {
  const { width } = camera;
  pen.fillStyle = COLOURS.paper;
  pen.fillRect(0, 0, width, height);
  paintFigure(pen, body, camera);
  if (caption !== undefined) paintCaption(pen, caption, { y: camera.height, width, lines: CAPTION_LINES, note });
}

/** One camera serves all: a view is never animated. */
function commonView(poses: readonly KeyPose[]): number {
  const count = new Map<number, number>();
  for (const { pose: { view = 0 } } of poses) count.set(view, (count.get(view) ?? 0) + 1);
  return [...count].reduce((a, b) => b[1] > a[1] ? b : a)[0];
}
