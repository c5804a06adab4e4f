/** The canvas that figures are drawn on: skia-canvas where its binary loads, else @napi-rs/canvas, the same engine. */
import { createRequire } from "node:module";

/** What figures need of a 2D context; both packages' contexts have it. */
export interface Pen {
  /** The colour that `fill`, `fillRect` and `fillText` lay on: CSS, as `#336699`. */
  fillStyle: string | object;
  /** The colour that `stroke` draws in: CSS. */
  strokeStyle: string | object;
  /** How broad `stroke` draws, in pixels. */
  lineWidth: number;
  /** How the ends of a stroke look. */
  lineCap: "butt" | "round" | "square";
  /** How its corners look. */
  lineJoin: "bevel" | "miter" | "round";
  /** Size and family of text, as `12px "Pose Sans"`. */
  font: string;
  /** Which end of the text is at `x`: `left`, `center`, `right`. */
  textAlign: string;
  /** Forgets the path that was begun, and begins another. */
  beginPath(): void;
  /** Goes straight back to where the path began. */
  closePath(): void;
  /** Goes on from here without a line. */
  moveTo(x: number, y: number): void;
  /** Goes straight to here. */
  lineTo(x: number, y: number): void;
  /** Goes to `(x, y)` along a parabola that is drawn towards `(cx, cy)`. */
  quadraticCurveTo(cx: number, cy: number, x: number, y: number): void;
  /** Adds the arc of a circle to the path: radians, clockwise from the right. */
  arc(x: number, y: number, radius: number, from: number, to: number): void;
  /** Adds a rectangle to the path by its upper left corner. */
  rect(x: number, y: number, width: number, height: number): void;
  /** Adds an ellipse's arc to the path; all angles in radians, clockwise. */
  ellipse(x: number, y: number, rx: number, ry: number, turn: number, from: number, to: number): void;
  /** Paints what the path surrounds. */
  fill(): void;
  /** Paints the path itself. */
  stroke(): void;
  /** Lets nothing be painted outside the path from now on, until `restore`. */
  clip(): void;
  /** Remembers colours, font, clip and origin. */
  save(): void;
  /** Takes back what changed since the last `save`. */
  restore(): void;
  /** Moves the origin, so that what follows is drawn there. */
  translate(x: number, y: number): void;
  /** Paints a rectangle by its upper left corner, whatever the path. */
  fillRect(x: number, y: number, width: number, height: number): void;
  /** Paints text, its base line at `y`. */
  fillText(text: string, x: number, y: number): void;
  /** How broad a text would be, in pixels. */
  measureText(text: string): { width: number };
}

/** What a figure needs of it: shapes of one colour. */
export type ShapePen = Pick<
  Pen,
  | "fillStyle"
  | "strokeStyle"
  | "lineWidth"
  | "lineCap"
  | "lineJoin"
  | "beginPath"
  | "closePath"
  | "moveTo"
  | "lineTo"
  | "quadraticCurveTo"
  | "arc"
  | "fill"
  | "stroke"
>;

/** A picture in memory: RGBA, 8 bits each, not premultiplied, rows from the top. */
export interface Picture {
  /** Pixels in a row. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  /** Four bytes a pixel: red, green, blue, alpha. */
  readonly pixels: Uint8ClampedArray;
}

/** Something to draw on. */
export interface Surface {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** What draws on it; its origin is the upper left corner. */
  readonly pen: Pen;
  /** What has been drawn so far. */
  picture(): Picture;
  /** The same of an opaque drawing, off this thread where the backend can: others have their turn meanwhile. */
  pictureLater(): Promise<Picture>;
  /** The same as a PNG, written by the backend: true colour, slower than an indexed one. */
  png(): Uint8Array;
}

/** The names of the backends. */
export type BackendName = "skia-canvas" | "@napi-rs/canvas";

/** A canvas package, ready to draw, with the carried font registered. */
export interface Backend {
  /** The package's name. */
  readonly name: BackendName;
  /** Why the preferred backend is not used; absent where it is, or where the choice was forced. */
  readonly fallback?: string;
  /**
   * A surface of that many pixels, transparent.
   *
   * @throws {RangeError} if a side is not a whole number of pixels from 1 to 8192.
   */
  createSurface(width: number, height: number): Surface;
}

/** The family name of the carried font (DejaVu Sans: Latin, Cyrillic and more). */
export const FONT = "Pose Sans";

const MAX_SIDE = 8192;
const loaded = new Map<string, Promise<Backend>>();

/**
 * Loads the canvas once and hands out the same one from then on.
 *
 * @param choice `"skia"` or `"napi"` forces one; by default the environment variable `POSE_CANVAS` says, else the
 * first that loads.
 * @throws {RangeError} for any other choice; {@linkcode CanvasError} if none loads, or the font does not draw.
 */
export function openBackend(choice: string = Deno.env.get("POSE_CANVAS") ?? ""): Promise<Backend> {
  const opened = loaded.get(choice) ?? open(choice);
  loaded.set(choice, opened);
  return opened;
}

/** No canvas can be used here: what was tried and what to do. */
export class CanvasError extends Error {
  /** Tells it apart where classes can't. */
  override name = "CanvasError";
}

async function open(choice: string): Promise<Backend> {
  if (choice === "skia") return await openSkia();
  if (choice === "napi") return await openNapi();
  if (choice !== "") throw new RangeError(`Cannot use the canvas "${choice}": POSE_CANVAS is "skia", "napi" or empty`);
  try {
    return await openSkia();
  } catch (error) {
    return { ...await openNapi(), fallback: error instanceof Error ? error.message : String(error) };
  }
}

async function openSkia(): Promise<Backend> {
  const { Canvas, FontLibrary } = await load("skia-canvas", () => import("skia-canvas"));
  FontLibrary.use(FONT, [fontFile()]);
  return checked({
    name: "skia-canvas",
    createSurface(width, height) {
      checkSize(width, height);
      const canvas = new Canvas(width, height, { gpu: false });
      const pen = canvas.getContext("2d");
      return {
        width,
        height,
        pen,
        picture: () => ({ width, height, pixels: pen.getImageData(0, 0, width, height).data as Uint8ClampedArray }),
        async pictureLater() {
          const { buffer, byteOffset, length } = await canvas.toBuffer("raw");
          return { width, height, pixels: new Uint8ClampedArray(buffer, byteOffset, length) };
        },
        png: () => canvas.toBufferSync("png"),
      };
    },
  });
}

async function openNapi(): Promise<Backend> {
  const { createCanvas, GlobalFonts } = await load("@napi-rs/canvas", () => import("@napi-rs/canvas"));
  GlobalFonts.registerFromPath(fontFile(), FONT);
  return checked({
    name: "@napi-rs/canvas",
    createSurface(width, height) {
      checkSize(width, height);
      const canvas = createCanvas(width, height);
      const pen = canvas.getContext("2d");
      const picture = () => ({ width, height, pixels: pen.getImageData(0, 0, width, height).data });
      return {
        width,
        height,
        pen,
        picture,
        pictureLater: () => Promise.resolve(picture()),
        png: () => canvas.toBuffer("image/png"),
      };
    },
  });
}

async function load<T>(name: BackendName, get: () => Promise<T>): Promise<T> {
  try {
    return await get();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
    throw new CanvasError(`Cannot load ${name}: ${reason}. Run "deno install" in the checkout`, { cause });
  }
}

/** Where the font lies is asked of the package itself. */
function fontFile(): string {
  try {
    return createRequire(import.meta.url).resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf");
  } catch (cause) {
    throw new CanvasError(`Cannot find the font DejaVuSans.ttf. Run "deno install" in the checkout`, { cause });
  }
}

/** Without a font, text draws as nothing and nobody says so. */
function checked(backend: Backend): Backend {
  const { pen } = backend.createSurface(8, 8);
  pen.font = `12px "${FONT}"`;
  if (!(pen.measureText("Ж").width > 0)) {
    throw new CanvasError(`Cannot draw text with ${backend.name}: the font at ${fontFile()} gives "Ж" no width`);
  }
  return backend;
}

/**
 * Refuses a picture that none can be drawn on.
 *
 * @throws {RangeError} if a side is not a whole number of pixels from 1 to 8192.
 */
export function checkSize(width: number, height: number) {
  for (const side of [width, height]) {
    if (!Number.isInteger(side) || side < 1 || side > MAX_SIDE) {
      throw new RangeError(
        `Cannot draw on ${width} × ${height} pixels: a side is a whole number from 1 to ${MAX_SIDE}`,
      );
    }
  }
}
