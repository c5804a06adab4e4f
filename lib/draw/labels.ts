/** Short words beside what they are about, none over another. */
import type { Camera } from "./camera.ts";
import { FONT, type Pen } from "./canvas.ts";
import { type Colour, COLOURS } from "./palette.ts";
import type { Point } from "./shape.ts";

/** Labels of one picture. */
export interface Labels {
  /** Puts a label beside a point, or leaves it out: without room, or where it stands already. */
  put(at: Point, text: string, colour: Colour): void;
  /** Lists lines in the picture's upper left corner, the first few of them. */
  corner(lines: readonly string[], colour: Colour): void;
}

/** Lines of the list in the corner. */
const CORNER_LINES = 5;
/** Characters of one. */
const LONGEST = 24;

/** Labels for a picture as large as a camera's. */
export function openLabels(pen: Pen, { width, height }: Pick<Camera, "width" | "height">): Labels {
  const size = Math.max(10, Math.min(16, Math.round(width / 24)));
  const taken: (readonly [left: number, top: number, right: number, bottom: number])[] = [];
  const said: { readonly text: string; readonly x: number; readonly y: number }[] = [];
  const write = (text: string, left: number, top: number, wide: number, colour: Colour) => {
    pen.fillStyle = COLOURS.paper;
    pen.fillRect(left, top, wide, size * 1.2);
    pen.fillStyle = colour;
    pen.textAlign = "center";
    pen.fillText(text, left + wide / 2, top + size * 0.95);
    taken.push([left, top, left + wide, top + size * 1.2]);
  };
  const isFree = (left: number, top: number, wide: number) =>
    left >= 0 && top >= 0 && left + wide <= width && top + size * 1.2 <= height &&
    taken.every(([l, t, r, b]) => left + wide < l || left > r || top + size * 1.2 < t || top > b);
  const measure = (text: string) => {
    pen.font = `${size}px "${FONT}"`;
    return pen.measureText(text).width + size * 0.4;
  };
  return {
    put([x, y], text, colour) {
      const wide = measure(text);
      const gap = size * 0.6;
      if (said.some((one) => one.text === text && Math.hypot(one.x - x, one.y - y) < 2 * size)) return;
      said.push({ text, x, y });
      const sides: Point[] = [[x + gap, y - size * 0.6], [x - gap - wide, y - size * 0.6]];
      const places: Point[] = [
        // Away from the figure.
        ...x < width / 2 ? sides.toReversed() : sides,
        [x - wide / 2, y - gap - size],
        [x - wide / 2, y + gap],
      ];
      const free = places.find(([left, top]) => isFree(left, top, wide));
      if (free) write(text, free[0], free[1], wide, colour);
    },
    corner(lines, colour) {
      const shown = lines.length <= CORNER_LINES ? lines : lines.slice(0, CORNER_LINES - 1);
      const more = lines.length > shown.length ? [`… +${lines.length - shown.length}`] : [];
      for (const [i, text] of [...shown, ...more].entries()) {
        const short = text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
        write(short, size * 0.4, size * (0.4 + 1.2 * i), measure(short), colour);
      }
    },
  };
}
