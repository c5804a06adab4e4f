/** What a video encoder must do to make an MP4. */

/** The size and pace of a video. */
export interface VideoFormat {
  /** Even numbers of pixels. */
  readonly width: number;
  readonly height: number;
  /** Seconds that a frame lasts. */
  readonly step: number;
}

/** A player that seeks goes back to a key frame at most so many seconds. */
const KEY_EVERY = 2;

/** How many frames there are from one key frame to the next. */
export const keyFrameEvery = ({ step }: Pick<VideoFormat, "step">): number => Math.max(1, Math.round(KEY_EVERY / step));

/** A video that is being encoded. */
export interface Encoding {
  /** Takes the next frame: RGBA, which must not change until the promise is kept. */
  add(pixels: Uint8ClampedArray): Promise<void>;
  /** @returns the MP4 file. */
  finish(): Promise<Uint8Array>;
  /** Gives up what is held; may be called at any time, more than once. */
  close(): Promise<void>;
}

/** A package that encodes H.264. */
export interface VideoEncoding {
  readonly name: string;
  /** @throws if the package is not there or can't encode. */
  open(format: VideoFormat): Promise<Encoding>;
}
