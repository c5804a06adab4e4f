/** A line of some width as the shapes that it covers: they meet, and overlap only inside its bends. */
import { createOutline, type Outline } from "./outline.ts";

/** How a line ends and bends, as a canvas has it; corners are never cut square. */
export interface StrokeStyle {
  readonly width: number;
  readonly cap: "butt" | "round" | "square";
}

/** Hears of an outline; a hole lies within the one before it. */
export type AddShape = (shape: Outline, hole?: boolean) => void;

/** Takes lines apart. */
export interface Stroker {
  /** @param points x, y, x, y …. @param from, to which of the numbers. @param closed whether its ends meet. */
  stroke(points: Float64Array, from: number, to: number, closed: boolean, style: StrokeStyle): void;
}

/** Radians up to which a bend's outer corner is a point. */
const SLIGHT = 0.5;
const STRAIGHT = 1e-6;
/** 1 and the cosine of the sharpest bend of which the inner corner lies where it should. */
const SHARPEST = 0.2;

/** Makes what takes lines apart; its memory is used again by each line. */
export function createStroker(add: AddShape): Stroker {
  const shape = createOutline();
  let room = 0, count = 0;
  let xs = new Float64Array(0), ys = xs;
  /** The directions that lead on from the points, and by how many radians they differ from those that lead there. */
  let dxs = xs, dys = xs, bends = xs;

  /** Takes the points of a line, without those that repeat the one before. */
  const take = (points: Float64Array, from: number, to: number, closed: boolean) => {
    if (to - from > room) {
      room = 2 * (to - from);
      [xs, ys, dxs, dys, bends] = Array.from({ length: 5 }, () => new Float64Array(room)) as [
        Float64Array<ArrayBuffer>,
        Float64Array<ArrayBuffer>,
        Float64Array<ArrayBuffer>,
        Float64Array<ArrayBuffer>,
        Float64Array<ArrayBuffer>,
      ];
    }
    count = 0;
    const isNew = (at: number, than: number) =>
      Math.abs((points[at] ?? 0) - (xs[than] ?? 0)) + Math.abs((points[at + 1] ?? 0) - (ys[than] ?? 0)) > STRAIGHT;
    for (let i = from; i < to; i += 2) {
      if (count > 0 && !isNew(i, count - 1)) continue;
      xs[count] = points[i] ?? 0;
      ys[count] = points[i + 1] ?? 0;
      count++;
    }
    if (closed && count > 1 && !isNew(from, count - 1)) count--;
    // The end of an open line leads on as it was reached.
    for (let i = 0; i < count; i++) {
      const next = i + 1 < count ? i + 1 : closed ? 0 : i, before = next === i ? i - 1 : i;
      const dx = (xs[next] ?? 0) - (xs[before] ?? 0), dy = (ys[next] ?? 0) - (ys[before] ?? 0);
      const length = Math.sqrt(dx * dx + dy * dy) || 1;
      dxs[i] = dx / length;
      dys[i] = dy / length;
    }
    for (let i = 0; i < count; i++) {
      const before = i > 0 ? i - 1 : closed ? count - 1 : 0;
      const ax = dxs[before] ?? 0, ay = dys[before] ?? 0, bx = dxs[i] ?? 0, by = dys[i] ?? 0;
      bends[i] = Math.atan2(ax * by - ay * bx, ax * bx + ay * by);
    }
  };

  /** 1 where a closed line only turns from x to y, −1 where it only turns the other way, else 0. */
  const turnOf = (): number => {
    let left = false, right = false;
    for (let i = 0; i < count; i++) {
      const bend = bends[i] ?? 0;
      if (bend > STRAIGHT) right = true;
      else if (bend < -STRAIGHT) left = true;
    }
    return left === right ? 0 : right ? 1 : -1;
  };

  /** A part of a disc around a point of the line. */
  const pie = (i: number, r: number, from: number, sweep: number) => {
    shape.begin();
    if (Math.abs(sweep) < 2 * Math.PI) shape.lineTo(xs[i] ?? 0, ys[i] ?? 0);
    shape.arc(xs[i] ?? 0, ys[i] ?? 0, r, from, from + sweep);
    add(shape.outline());
  };

  /** A line around a convex shape: what is within its outer side and not within its inner one. */
  const ring = (turn: number, r: number) => {
    // Midway between the normals before and after a point, where the lines beside those around it meet.
    const corner = (i: number, out: number) => {
      const before = i > 0 ? i - 1 : count - 1;
      const ax = dxs[before] ?? 0, ay = dys[before] ?? 0, bx = dxs[i] ?? 0, by = dys[i] ?? 0;
      const far = turn * out / Math.max(SHARPEST, 1 + ax * bx + ay * by);
      shape.lineTo((xs[i] ?? 0) + (ay + by) * far, (ys[i] ?? 0) - (ax + bx) * far);
    };
    shape.begin();
    for (let i = 0; i < count; i++) {
      const bend = bends[i] ?? 0;
      if (Math.abs(bend) < SLIGHT) corner(i, r);
      else {
        const after = Math.atan2(-(dxs[i] ?? 0) * turn, (dys[i] ?? 0) * turn);
        shape.arc(xs[i] ?? 0, ys[i] ?? 0, r, after - bend, after);
      }
    }
    add(shape.outline());
    shape.begin();
    for (let i = 0; i < count; i++) corner(i, -r);
    add(shape.outline(), true);
  };

  /** One straight length of the line, and what is open on the outer side of the bend where it begins. */
  const length = (i: number, r: number, before: number, after: number, bent: boolean) => {
    const next = (i + 1) % count;
    const dx = dxs[i] ?? 0, dy = dys[i] ?? 0;
    const ax = (xs[i] ?? 0) - dx * before, ay = (ys[i] ?? 0) - dy * before;
    const bx = (xs[next] ?? 0) + dx * after, by = (ys[next] ?? 0) + dy * after;
    shape.begin();
    shape.lineTo(ax - dy * r, ay + dx * r);
    shape.lineTo(bx - dy * r, by + dx * r);
    shape.lineTo(bx + dy * r, by - dx * r);
    shape.lineTo(ax + dy * r, ay - dx * r);
    add(shape.outline());
    const bend = bends[i] ?? 0;
    if (!bent || Math.abs(bend) < 1e-3) return;
    pie(i, r, Math.atan2(dy, dx) - Math.sign(bend) * Math.PI / 2 - bend, bend);
  };

  return {
    stroke(points, from, to, closed, { width, cap }) {
      const r = width / 2;
      take(points, from, to, closed);
      if (count === 1) {
        if (cap !== "butt") pie(0, r, 0, 2 * Math.PI);
        return;
      }
      const turn = closed && count > 2 ? turnOf() : 0;
      if (turn !== 0) {
        ring(turn, r);
        return;
      }
      const lengths = closed ? count : count - 1;
      const square = !closed && cap === "square" ? r : 0;
      for (let i = 0; i < lengths; i++) {
        length(i, r, i === 0 ? square : 0, i === lengths - 1 ? square : 0, i > 0 || closed);
      }
      if (closed || cap !== "round" || count === 0) return;
      pie(0, r, Math.atan2(dys[0] ?? 0, dxs[0] ?? 0) + Math.PI / 2, Math.PI);
      const last = count - 1;
      pie(last, r, Math.atan2(dys[last] ?? 0, dxs[last] ?? 0) - Math.PI / 2, Math.PI);
    },
  };
}
