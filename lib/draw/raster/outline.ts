/** Paths flattened to points. */

/** Pixels that a chord may be off its arc. */
const FLATNESS = 0.15;
const MOST_CHORDS = 256;

/** Subpaths as points, until the path that they are from changes. */
export interface Outline {
  /** x, y, x, y … of all subpaths; more than is filled. */
  readonly points: Float64Array;
  /** How many subpaths there are. */
  readonly count: number;
  /** Where each of them begins in `points`, and the last one ends; more than that counts for nothing. */
  readonly starts: readonly number[];
  /** Of each of them. */
  readonly closed: readonly boolean[];
}

/** Builds outlines, as a canvas's path does; the memory of one is used again by the next. */
export interface OutlineBuilder {
  begin(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  quadraticCurveTo(cx: number, cy: number, x: number, y: number): void;
  arc(x: number, y: number, radius: number, from: number, to: number): void;
  close(): void;
  /** What has been built. */
  outline(): Outline;
}

/** How many chords stand for an arc of a sweep in radians. */
function chordsOf(radius: number, sweep: number): number {
  const each = 2 * Math.acos(1 - Math.min(0.5, FLATNESS / Math.max(radius, FLATNESS)));
  return Math.min(MOST_CHORDS, Math.max(1, Math.ceil(Math.abs(sweep) / each)));
}

/** Begins an outline. */
export function createOutline(): OutlineBuilder {
  let points = new Float64Array(1024);
  let length = 0, count = 0;
  const starts: number[] = [];
  const closed: boolean[] = [];
  const put = (x: number, y: number) => {
    if (length === points.length) {
      const longer = new Float64Array(2 * length);
      longer.set(points);
      points = longer;
    }
    points[length] = x;
    points[length + 1] = y;
    length += 2;
  };
  const moveTo = (x: number, y: number) => {
    starts[count] = length;
    closed[count] = false;
    count++;
    put(x, y);
  };
  const lineTo = (x: number, y: number) => {
    if (count === 0 || closed[count - 1]) moveTo(x, y);
    else put(x, y);
  };
  return {
    begin() {
      length = 0;
      count = 0;
    },
    moveTo,
    lineTo,
    quadraticCurveTo(cx, cy, x, y) {
      lineTo(points[length - 2] ?? cx, points[length - 1] ?? cy);
      const fromX = points[length - 2] ?? cx, fromY = points[length - 1] ?? cy;
      // How far the chords of a parabola's arc are off it: an eighth of its second difference, over their number squared.
      const bend = Math.hypot(fromX - 2 * cx + x, fromY - 2 * cy + y) / 4;
      const chords = Math.min(MOST_CHORDS, Math.max(1, Math.ceil(Math.sqrt(bend / FLATNESS))));
      for (let i = 1; i <= chords; i++) {
        const t = i / chords, s = 1 - t;
        put(s * s * fromX + 2 * s * t * cx + t * t * x, s * s * fromY + 2 * s * t * cy + t * t * y);
      }
    },
    arc(x, y, radius, from, to) {
      const chords = chordsOf(radius, to - from);
      const step = (to - from) / chords;
      const cos = Math.cos(step), sin = Math.sin(step);
      let dx = radius * Math.cos(from), dy = radius * Math.sin(from);
      lineTo(x + dx, y + dy);
      for (let i = 0; i < chords; i++) {
        const next = dx * cos - dy * sin;
        dy = dx * sin + dy * cos;
        dx = next;
        put(x + dx, y + dy);
      }
    },
    close() {
      if (count > 0) closed[count - 1] = true;
    },
    outline() {
      starts[count] = length;
      return { points, count, starts, closed };
    },
  };
}
