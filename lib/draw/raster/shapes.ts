/** Shapes filled with a colour of the fixed palette, their edges smoothed. */
import { PALETTE_SIZE } from "../palette.ts";
import { mix, mixed, SHARES } from "./mix.ts";

/** Shapes that are painted together: where they overlap, as their union, but for a few pixels of their edges. */
export interface Shapes {
  /**
   * Adds an outline, closed from its last point to its first, whichever way it turns.
   *
   * @param points x, y, x, y … pixels; one that is not finite is left out. @param from, to which of the numbers.
   * @param hole whether it takes away what it surrounds from the outline added before it, within which it lies.
   */
  add(points: Float64Array, from: number, to: number, hole?: boolean): void;
  /** Paints what was added, and forgets it. */
  paint(ink: number): void;
}

/** What is covered by less than this is not, what by all but this is whole. */
const LITTLE = 0.5 / (SHARES - 1);

/**
 * Begins shapes over a picture of indices.
 *
 * Every edge leaves in the pixels that it passes what it covers to its right; summed along a row, that is how much of each
 * pixel is covered, exactly (signed areas, as in R. Levien's font-rs and S. Barrett's stb_truetype 2).
 */
export function openShapes(indices: Uint8Array, width: number, height: number): Shapes {
  // An edge at the right border writes to the pixel after it.
  const stride = width + 2;
  const areas = new Float32Array(stride * height);
  // Of each row, the pixels passed by edges to whose right it is covered more, and less.
  const moreFrom = new Int32Array(height).fill(stride), moreTo = new Int32Array(height);
  const lessFrom = new Int32Array(height).fill(stride), lessTo = new Int32Array(height);
  let top = height, bottom = 0;
  // How much is covered where a row has been painted so far: a number kept here is not made anew for each pixel.
  const covered = new Float64Array(1);

  /** An edge that passes several pixels of a row: a triangle in the first, even steps, a triangle in the last. */
  const addSlope = (at: number, a: number, b: number, count: number, area: number) => {
    const step = 1 / (b - a);
    const begin = 0.5 * step * (1 - a) ** 2, tip = 0.5 * step * (b - count + 1) ** 2;
    areas[at] = (areas[at] ?? 0) + area * begin;
    let left = 1 - begin - tip;
    if (count > 2) {
      const second = step * (1.5 - a) - begin;
      areas[at + 1] = (areas[at + 1] ?? 0) + area * second;
      left -= second + (count - 3) * step;
      for (let i = 2; i < count - 1; i++) areas[at + i] = (areas[at + i] ?? 0) + area * step;
    }
    areas[at + count - 1] = (areas[at + count - 1] ?? 0) + area * left;
    areas[at + count] = (areas[at + count] ?? 0) + area * tip;
  };

  /** Paints a part of a row that edges pass, and forgets them. */
  const paintEdges = (ink: number, y: number, from: number, to: number) => {
    let sum = covered[0] ?? 0;
    for (let at = y * stride + from, pixel = y * width + from, end = at + to - from; at < end; at++, pixel++) {
      sum += areas[at] ?? 0;
      areas[at] = 0;
      const size = sum < 0 ? -sum : sum;
      if (size > 1 - LITTLE) indices[pixel] = ink;
      else if (size > LITTLE) {
        const place = ((indices[pixel] ?? 0) * PALETTE_SIZE + ink) * SHARES +
          (size * (SHARES - 1) + 0.5 | 0);
        indices[pixel] = mixed[place] || mix(place);
      }
    }
    covered[0] = sum;
  };

  return {
    add(points, from, to, hole = false) {
      const turn = turnOf(points, from, to);
      if (!Number.isFinite(turn)) return;
      const sign = turn < 0 === hole ? -1 : 1;
      for (let i = from, before = to - 2; i < to; before = i, i += 2) {
        const ax = points[before] ?? 0, ay = points[before + 1] ?? 0, bx = points[i] ?? 0, by = points[i + 1] ?? 0;
        if (ay === by) continue;
        let x = ax, y0 = ay, y1 = by, side = sign;
        const slope = (bx - ax) / (by - ay);
        if (y0 > y1) {
          x = bx;
          y0 = by;
          y1 = ay;
          side = -sign;
        }
        if (y1 <= 0 || y0 >= height) continue;
        if (y0 < 0) {
          x -= y0 * slope;
          y0 = 0;
        }
        if (y1 > height) y1 = height;
        const first = Math.floor(y0), last = Math.ceil(y1);
        if (first < top) top = first;
        if (last > bottom) bottom = last;
        const froms = side > 0 ? moreFrom : lessFrom, tos = side > 0 ? moreTo : lessTo;
        for (let y = first; y < last; y++) {
          const part = (y1 < y + 1 ? y1 : y + 1) - (y0 > y ? y0 : y);
          const next = x + slope * part;
          let a = x < next ? x : next, b = x < next ? next : x;
          x = next;
          if (a < 0) a = 0;
          else if (a > width) a = width;
          if (b < 0) b = 0;
          else if (b > width) b = width;
          const column = Math.floor(a), end = Math.ceil(b);
          if (column < (froms[y] ?? 0)) froms[y] = column;
          if (end >= (tos[y] ?? 0)) tos[y] = end + 1;
          const at = y * stride + column;
          const area = part * side;
          if (end <= column + 1) {
            const share = (a + b) / 2 - column;
            areas[at] = (areas[at] ?? 0) + area * (1 - share);
            areas[at + 1] = (areas[at + 1] ?? 0) + area * share;
          } else addSlope(at, a - column, b - column, end - column, area);
        }
      }
    },
    paint(ink) {
      for (let y = top; y < bottom; y++) {
        const left = moreFrom[y] ?? 0, inner = moreTo[y] ?? 0, outer = lessFrom[y] ?? 0, right = lessTo[y] ?? 0;
        moreFrom[y] = lessFrom[y] = stride;
        moreTo[y] = lessTo[y] = 0;
        // Nothing touches a row between two shapes.
        if (inner === 0) continue;
        covered[0] = 0;
        if (inner < outer) {
          // Between the edges to its left and those to its right, a shape is whole.
          paintEdges(ink, y, left, inner);
          const end = y * width + outer;
          if (outer - inner > 16) indices.fill(ink, y * width + inner, end);
          else for (let pixel = y * width + inner; pixel < end; pixel++) indices[pixel] = ink;
          paintEdges(ink, y, outer, right);
        } else paintEdges(ink, y, Math.min(left, outer), Math.max(inner, right));
      }
      top = height;
      bottom = 0;
    },
  };
}

/** Twice the area that an outline goes round, positive where it turns from x to y. */
function turnOf(points: Float64Array, from: number, to: number): number {
  let sum = 0;
  let x = points[to - 2] ?? 0, y = points[to - 1] ?? 0;
  for (let i = from; i < to; i += 2) {
    const nextX = points[i] ?? 0, nextY = points[i + 1] ?? 0;
    sum += x * nextY - nextX * y;
    x = nextX;
    y = nextY;
  }
  return sum;
}
