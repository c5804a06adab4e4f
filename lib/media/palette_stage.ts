/** A stage whose frames are made of the fixed palette's colours: what a GIF is made of. */
import {
  checkSize,
  COLOURS,
  createFigureSurface,
  nearestIndex,
  openBackend,
  paintCaption,
  type Pen,
} from "../draw/mod.ts";
import { quantise } from "./quantise.ts";
import { captionPlace, layoutOf, type Stage, type StageOptions } from "./stage.ts";

/** So many captions are kept once they are written: a key's words stay while it moves. */
const MOST_KEPT = 100;

/**
 * Opens a stage for frames of palette indices, a byte a pixel, rows from the top. Figures are painted straight on the
 * palette, in half the time that a canvas takes; a canvas is opened for words alone.
 *
 * @throws {RangeError} if it is larger than a canvas can be.
 */
export async function openPaletteStage(options: StageOptions): Promise<Stage<Uint8Array>> {
  const { cameras, labels = [] } = options;
  const { size, top, foot, width, height } = layoutOf(options);
  checkSize(width, height);
  const figure = createFigureSurface(size, size);
  const whole = new Uint8Array(width * height).fill(nearestIndex(0xffffff));
  const put = (part: Uint8Array, x: number, y: number) => {
    for (let row = 0; row < part.length / size; row++) {
      whole.set(part.subarray(row * size, (row + 1) * size), (y + row) * width + x);
    }
  };
  const write = await openWriting(size, options);
  for (let i = 0; i < cameras.length && top > 0; i++) {
    put(write(top, (pen) => paintCaption(pen, labels[i] ?? "", { y: 0, width: size })), i * size, 0);
  }
  const captions = new Map<string, Uint8Array>();
  const captionOf = (caption: string, note: string | undefined) => {
    const key = JSON.stringify([caption, note]);
    let written = captions.get(key);
    if (written === undefined) {
      if (captions.size >= MOST_KEPT) captions.clear();
      const place = captionPlace(size, 0, note === undefined ? {} : { note });
      captions.set(key, written = write(foot, (pen) => paintCaption(pen, caption, place)));
    }
    return written;
  };
  return {
    width,
    height,
    paint(shown) {
      for (const [i, camera] of cameras.entries()) {
        const content = shown[i];
        if (content === undefined) continue;
        figure.paint(content.body, camera);
        put(figure.indices, i * size, top);
        if (foot > 0) put(captionOf(content.caption ?? "", content.note), i * size, top + size);
      }
      return Promise.resolve(whole.slice());
    },
  };
}

/** What writes on a strip as wide as a square. */
async function openWriting(width: number, options: StageOptions) {
  const { top, foot } = layoutOf(options);
  if (top + foot === 0) return () => new Uint8Array();
  const { backend = await openBackend() } = options;
  const surface = backend.createSurface(width, Math.max(top, foot));
  return (height: number, paint: (pen: Pen) => void): Uint8Array => {
    surface.pen.fillStyle = COLOURS.paper;
    surface.pen.fillRect(0, 0, surface.width, surface.height);
    paint(surface.pen);
    return quantise(surface.picture()).slice(0, width * height);
  };
}
