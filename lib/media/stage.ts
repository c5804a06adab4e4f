/** Where animations are painted: one figure or several side by side, each in a square with its words. */
import {
  type Backend,
  type Camera,
  captionHeight,
  COLOURS,
  openBackend,
  paintCaption,
  paintFigure,
  type Picture,
} from "../draw/mod.ts";
import type { Body } from "../skeleton/mod.ts";

/** What one square shows. */
export interface Shown {
  readonly body: Body;
  /** Under the figure, where the stage has room for captions. */
  readonly caption?: string;
  /** At the right end of the caption, such as a frame's number. */
  readonly note?: string;
}

/** How a stage is laid out. */
export interface StageOptions {
  /** One a square, as wide and high as it. */
  readonly cameras: readonly Camera[];
  /** Whether there is room for captions under the figures. */
  readonly captions?: boolean;
  /** A line over each square. */
  readonly labels?: readonly string[];
  /** Whether width and height must be even, as video asks for. */
  readonly even?: boolean;
  /** What draws; default: what `openBackend` finds. */
  readonly backend?: Backend;
}

/** Somewhere to paint frames of one size. */
export interface Stage<Frame> {
  readonly width: number;
  readonly height: number;
  /**
   * Paints a frame, something for each square. What it looks like may come later: the next one can be painted
   * meanwhile.
   */
  paint(shown: readonly Shown[]): Promise<Frame>;
}

/** The most lines of a caption: height is the same in every frame. */
const CAPTION_LINES = 2;

/** Where everything stands, pixels. */
export interface Layout {
  /** A square's side. */
  readonly size: number;
  /** Room over the squares, for labels. */
  readonly top: number;
  /** Room under them, for captions. */
  readonly foot: number;
  readonly width: number;
  readonly height: number;
}

/** Lays a stage out. */
export function layoutOf({ cameras, captions = false, labels = [], even = false }: StageOptions): Layout {
  const size = cameras[0]?.width ?? 0;
  const top = labels.length > 0 ? captionHeight(size) : 0;
  const foot = captions ? captionHeight(size, CAPTION_LINES) : 0;
  const fitted = (side: number) => even ? side + side % 2 : side;
  return { size, top, foot, width: fitted(size * cameras.length), height: fitted(top + size + foot) };
}

/** How a square's caption is written whose upper edge is at `y`. */
export const captionPlace = (width: number, y: number, { note }: Pick<Shown, "note">) => ({
  y,
  width,
  lines: CAPTION_LINES,
  ...(note !== undefined && { note }),
});

/**
 * Opens a stage for pictures in true colour.
 *
 * @throws {RangeError} if it is larger than a canvas can be.
 */
export async function openStage(options: StageOptions): Promise<Stage<Picture>> {
  const { cameras, labels = [], backend = await openBackend() } = options;
  const { size, top, foot, width, height } = layoutOf(options);
  const surface = backend.createSurface(width, height);
  const { pen } = surface;
  return {
    width,
    height,
    paint(shown) {
      pen.fillStyle = COLOURS.paper;
      pen.fillRect(0, 0, width, height);
      for (const [i, camera] of cameras.entries()) {
        const content = shown[i];
        if (content === undefined) continue;
        pen.save();
        pen.translate(i * size, 0);
        pen.beginPath();
        pen.rect(0, 0, size, height);
        pen.clip();
        if (top > 0) paintCaption(pen, labels[i] ?? "", { y: 0, width: size });
        pen.translate(0, top);
        paintFigure(pen, content.body, camera);
        if (foot > 0) paintCaption(pen, content.caption ?? "", captionPlace(size, size, content));
        pen.restore();
      }
      return surface.pictureLater();
    },
  };
}
