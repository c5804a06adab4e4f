/** A pose as a PNG, for every route that answers with one. */
import { setImmediate } from "node:timers/promises";
import { createFigureSurface, type FigureSurface, fitCamera } from "../draw/mod.ts";
import { encodePng } from "../media/mod.ts";
import { bodyOf, type Pose } from "../skeleton/mod.ts";
import type { Service } from "./service.ts";

/** Surfaces that are kept: clients mostly ask for one size or two. */
const MOST_KEPT = 4;

/** What is asked of a picture. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
  readonly view?: number;
}

/** Surfaces by their size, the one used last at the end. */
const kept = new Map<string, FigureSurface>();

function surfaceOf(width: number, height: number): FigureSurface {
  const size = `${width} × ${height}`;
  const surface = kept.get(size) ?? createFigureSurface(width, height);
  kept.delete(size);
  kept.set(size, surface);
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST_KEPT) break;
    kept.delete(oldest);
  }
  return surface;
}

/**
 * Draws a pose as an indexed PNG, when it is its turn.
 *
 * @throws {Problem} `busy` when too many wait.
 */
export function renderPng(
  { gates }: Service,
  pose: Pose,
  { width, height, view = pose.view ?? 0 }: PictureSize,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  return gates.renders.run(async () => {
    // Between two pictures others have their turn, and who went away is noticed.
    await setImmediate();
    signal.throwIfAborted();
    const surface = surfaceOf(width, height);
    const body = bodyOf(pose);
    surface.paint(body, fitCamera([body], { width, height, view }));
    return encodePng(surface, true);
  }, signal);
}
