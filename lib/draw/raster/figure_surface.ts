/** Where figures are painted straight on the fixed palette: the same picture everywhere, without a canvas. */
import type { Body } from "../../skeleton/mod.ts";
import type { Camera } from "../camera.ts";
import { checkSize, type ShapePen } from "../canvas.ts";
import { paintFigure } from "../figure.ts";
import { nearestIndex } from "../palette.ts";
import { createOutline, type Outline } from "./outline.ts";
import { openShapes } from "./shapes.ts";
import { createStroker } from "./stroke.ts";

/** A picture as indices of the fixed palette, rows from the top. */
export interface IndexedPicture {
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  /** An index of `PALETTE` a pixel. */
  readonly indices: Uint8Array<ArrayBuffer>;
}

/** A picture that figures are painted on, one after the other. */
export interface FigureSurface extends IndexedPicture {
  /** Paints a figure on white over all that was there. */
  paint(body: Body, camera: Camera): void;
}

const WHITE = nearestIndex(0xffffff);

/**
 * Makes a surface: a third of the time that a canvas takes and reading its pixels and finding their indices.
 *
 * @throws {RangeError} if a side is not a whole number of pixels from 1 to 8192.
 */
export function createFigureSurface(width: number, height: number): FigureSurface {
  checkSize(width, height);
  const indices = new Uint8Array(width * height).fill(WHITE);
  const pen = createShapePen(indices, width, height);
  return {
    width,
    height,
    indices,
    paint(body, camera) {
      indices.fill(WHITE);
      paintFigure(pen, body, camera);
    },
  };
}

/** A pen that paints on indices. What a path covers is the union of its subpaths, each of them without holes. */
function createShapePen(indices: Uint8Array, width: number, height: number): ShapePen {
  const shapes = openShapes(indices, width, height);
  const path = createOutline();
  const add = ({ points, count, starts }: Outline, hole?: boolean) => {
    for (let i = 0; i < count; i++) shapes.add(points, starts[i] ?? 0, starts[i + 1] ?? 0, hole);
  };
  const stroker = createStroker(add);
  const inks = new Map<string, number>();
  const paintIn = (style: string | object) => {
    const colour = String(style);
    let ink = inks.get(colour);
    if (ink === undefined) inks.set(colour, ink = nearestIndex(parseInt(colour.slice(1), 16)));
    shapes.paint(ink);
  };
  const pen: ShapePen = {
    fillStyle: "#000000",
    strokeStyle: "#000000",
    lineWidth: 1,
    lineCap: "butt",
    lineJoin: "miter",
    beginPath: path.begin,
    closePath: path.close,
    moveTo: path.moveTo,
    lineTo: path.lineTo,
    quadraticCurveTo: path.quadraticCurveTo,
    arc: path.arc,
    fill() {
      add(path.outline());
      paintIn(pen.fillStyle);
    },
    stroke() {
      const { points, count, starts, closed } = path.outline();
      const style = { width: pen.lineWidth, cap: pen.lineCap };
      for (let i = 0; i < count; i++) {
        stroker.stroke(points, starts[i] ?? 0, starts[i + 1] ?? 0, closed[i] ?? false, style);
      }
      paintIn(pen.strokeStyle);
    },
  };
  return pen;
}
