/** What of `npm:omggif`, which has no types of its own, is used. */
export class GifWriter {
  constructor(
    buffer: Uint8Array,
    width: number,
    height: number,
    options?: { palette?: readonly number[]; loop?: number },
  );
  /** @returns the position in the buffer after the frame; nothing checks that the buffer is long enough. */
  addFrame(
    x: number,
    y: number,
    width: number,
    height: number,
    indices: Uint8Array,
    options?: { delay?: number; disposal?: number; transparent?: number },
  ): number;
  end(): number;
  getOutputBufferPosition(): number;
  setOutputBufferPosition(position: number): void;
}

export class GifReader {
  constructor(bytes: Uint8Array);
  readonly width: number;
  readonly height: number;
  numFrames(): number;
  /** 0: for ever; null: once. */
  loopCount(): number | null;
  /** `delay` in hundredths of a second. */
  frameInfo(
    frame: number,
  ): { x: number; y: number; width: number; height: number; delay: number; transparent_index: number | null };
  decodeAndBlitFrameRGBA(frame: number, pixels: Uint8ClampedArray): void;
}
