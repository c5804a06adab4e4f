import { drawPose } from "../draw/mod.ts";
import { encodePng } from "../media/mod.ts";
import type { Pose } from "../skeleton/mod.ts";
import type { Service } from "./service.ts";

/** zlib's effort: a quarter less time than the usual one, for pictures 4 % larger. */
const EFFORT = 2;

/** What is asked of a picture. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
  readonly view?: number;
}

/**
 * Draws a pose as an indexed PNG, when it is its turn.
 *
 * @throws {Problem} `busy` when too many wait.
 */
export function renderPng(
  { gates, backend }: Service,
  pose: Pose,
  size: PictureSize,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  return gates.renders.run(async () => {
    signal.throwIfAborted();
    return encodePng(await drawPose(pose, { ...size, backend }), EFFORT);
  }, signal);
}
