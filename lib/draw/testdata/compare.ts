/** Reading pictures and telling how far two of them are apart, for tests. */
import { loadImage } from "@napi-rs/canvas";
import { openBackend, type Picture } from "../canvas.ts";

/** How far two pictures are apart, over all channels of all pixels. */
export interface Difference {
  /** Mean of the absolute differences, 0–255. */
  readonly mean: number;
  /** Share of pixels of which some channel differs by more than 32. */
  readonly share: number;
}

/** @throws {RangeError} if the pictures are not of one size. */
export function difference(a: Picture, b: Picture): Difference {
  if (a.width !== b.width || a.height !== b.height) throw new RangeError("Cannot compare pictures of different sizes");
  let sum = 0, far = 0;
  for (let i = 0; i < a.pixels.length; i += 4) {
    let most = 0;
    for (let k = i; k < i + 3; k++) {
      const off = Math.abs((a.pixels[k] ?? 0) - (b.pixels[k] ?? 0));
      sum += off;
      most = Math.max(most, off);
    }
    if (most > 32) far++;
  }
  return { mean: sum / (a.pixels.length / 4 * 3), share: far / (a.pixels.length / 4) };
}

/** Reads a PNG file; `null` where there is none. */
export async function readPicture(file: URL): Promise<Picture | null> {
  const bytes = await Deno.readFile(file).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  });
  if (bytes === null) return null;
  const image = await loadImage(bytes);
  const { createCanvas } = await import("@napi-rs/canvas");
  const context = createCanvas(image.width, image.height).getContext("2d");
  context.drawImage(image, 0, 0);
  return {
    width: image.width,
    height: image.height,
    pixels: context.getImageData(0, 0, image.width, image.height).data,
  };
}

/** Writes a picture as a PNG file. */
export async function writePicture(file: URL, { width, height, pixels }: Picture): Promise<void> {
  const { createCanvas, ImageData } = await import("@napi-rs/canvas");
  await openBackend();
  const canvas = createCanvas(width, height);
  canvas.getContext("2d").putImageData(new ImageData(new Uint8ClampedArray(pixels), width, height), 0, 0);
  await Deno.writeFile(file, canvas.toBuffer("image/png"));
}
