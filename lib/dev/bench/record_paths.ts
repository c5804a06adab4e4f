/** What a drawing consists of, so that a peer can draw the same picture. */
import type { Backend, Pen } from "../../draw/mod.ts";

/** How a vertex is reached, as matplotlib numbers it: a new start, a line, a quadratic curve's two points, a close. */
const MOVE = 1, LINE = 2, CURVE = 3, CLOSE = 79;
/** Radians between the points that stand for an arc: less than a tenth of a pixel off on the largest circle here. */
const ARC_STEP = Math.PI / 24;

/** A path that is filled or stroked. */
export interface Painted {
  readonly fill?: string;
  readonly stroke?: string;
  readonly width: number;
  readonly cap: string;
  readonly join: string;
  readonly vertices: readonly (readonly [number, number])[];
  readonly codes: readonly number[];
  /** The path that it shows inside of. */
  readonly clip?: Pick<Painted, "vertices" | "codes">;
}

/**
 * A backend that draws nothing and tells what would be drawn.
 *
 * @param onPicture Hears of the paths of each picture taken, in the order in which they are painted.
 */
export function recordingBackend(onPicture: (paths: readonly Painted[]) => void): Backend {
  return {
    name: "skia-canvas",
    createSurface(width, height) {
      let paths: Painted[] = [];
      const picture = () => {
        onPicture(paths);
        paths = [];
        return { width, height, pixels: new Uint8ClampedArray(4 * width * height).fill(255) };
      };
      return {
        width,
        height,
        pen: recordingPen((path) => paths.push(path)),
        picture,
        pictureLater: () => Promise.resolve(picture()),
        png: () => new Uint8Array(),
      };
    },
  };
}

/** A pen for figures: text is not theirs. Of clips inside each other the inner one counts: the outer ones are the picture. */
function recordingPen(paint: (path: Painted) => void): Pen {
  let vertices: [number, number][] = [];
  let codes: number[] = [];
  let clip: Painted["clip"];
  let origin: readonly [number, number] = [0, 0];
  const saved: { clip: Painted["clip"]; origin: typeof origin }[] = [];
  const to = (code: number, x: number, y: number) => {
    vertices.push([Number((origin[0] + x).toFixed(2)), Number((origin[1] + y).toFixed(2))]);
    codes.push(code);
  };
  const done = (kind: "fill" | "stroke") => {
    if (vertices.length === 0) return;
    const { lineWidth: width, lineCap: cap, lineJoin: join } = pen;
    const colour = String(kind === "fill" ? pen.fillStyle : pen.strokeStyle);
    paint({ [kind]: colour, width, cap, join, vertices, codes, ...(clip && { clip }) });
  };
  const refuse = (): never => {
    throw new Error("Cannot record a drawing with text: only paths are known");
  };
  const pen: Pen = {
    fillStyle: "#000000",
    strokeStyle: "#000000",
    lineWidth: 1,
    lineCap: "butt",
    lineJoin: "miter",
    font: "",
    textAlign: "",
    beginPath: () => [vertices, codes] = [[], []],
    closePath: () => to(CLOSE, 0, 0),
    moveTo: (x, y) => to(MOVE, x, y),
    lineTo: (x, y) => to(LINE, x, y),
    quadraticCurveTo: (cx, cy, x, y) => {
      to(CURVE, cx, cy);
      to(CURVE, x, y);
    },
    arc: (x, y, radius, from, end) => pen.ellipse(x, y, radius, radius, 0, from, end),
    ellipse: (x, y, rx, ry, turn, from, end) => {
      const count = Math.max(1, Math.ceil((end - from) / ARC_STEP));
      for (let i = 0; i <= count; i++) {
        const at = from + (end - from) * i / count;
        const [a, b] = [rx * Math.cos(at), ry * Math.sin(at)];
        const code = codes.length === 0 || codes.at(-1) === CLOSE ? MOVE : LINE;
        to(code, x + a * Math.cos(turn) - b * Math.sin(turn), y + a * Math.sin(turn) + b * Math.cos(turn));
      }
    },
    rect: (x, y, width, height) => {
      to(MOVE, x, y);
      to(LINE, x + width, y);
      to(LINE, x + width, y + height);
      to(LINE, x, y + height);
      to(CLOSE, 0, 0);
    },
    fill: () => done("fill"),
    stroke: () => done("stroke"),
    clip: () => clip = { vertices, codes },
    save: () => saved.push({ clip, origin }),
    restore: () => ({ clip, origin } = saved.pop() ?? { clip: undefined, origin: [0, 0] }),
    translate: (x, y) => origin = [origin[0] + x, origin[1] + y],
    fillRect: (x, y, width, height) => {
      const kept = { vertices, codes };
      pen.beginPath();
      pen.rect(x, y, width, height);
      done("fill");
      ({ vertices, codes } = kept);
    },
    fillText: refuse,
    measureText: refuse,
  };
  return pen;
}
