/** Flat shapes: what a figure's parts look like once they are on the screen. */
import type { ShapePen } from "./canvas.ts";

/** A point on the screen, pixels, y down. */
export type Point = readonly [x: number, y: number];

/** A disc on the screen, pixels. */
export interface Disc {
  /** The middle's distance from the left edge. */
  readonly x: number;
  /** The middle's distance from the upper edge. */
  readonly y: number;
  /** Radius. */
  readonly r: number;
}

/** Adds the outline of two discs and all that lies between them to the path. */
export function taper(pen: ShapePen, a: Disc, b: Disc) {
  const dx = b.x - a.x, dy = b.y - a.y;
  const length = Math.hypot(dx, dy);
  if (length <= Math.abs(a.r - b.r) + 0.01) {
    disc(pen, a.r > b.r ? a : b);
    return;
  }
  const along = Math.atan2(dy, dx);
  const open = Math.acos((a.r - b.r) / length);
  pen.moveTo(a.x + a.r * Math.cos(along + open), a.y + a.r * Math.sin(along + open));
  pen.arc(a.x, a.y, a.r, along + open, along - open + 2 * Math.PI);
  pen.arc(b.x, b.y, b.r, along - open, along + open);
  pen.closePath();
}

/** Adds a disc to the path. */
export function disc(pen: ShapePen, { x, y, r }: Disc) {
  pen.moveTo(x + r, y);
  pen.arc(x, y, r, 0, 2 * Math.PI);
}

/** Adds a closed polygon to the path. */
export function polygon(pen: ShapePen, points: readonly Point[]) {
  line(pen, points);
  pen.closePath();
}

/** Adds an open line through the points to the path. */
export function line(pen: ShapePen, points: readonly Point[]) {
  points.forEach(([x, y], i) => i === 0 ? pen.moveTo(x, y) : pen.lineTo(x, y));
}

/** Adds a closed smooth curve to the path: the points pull it, it passes midway between neighbours. */
export function blob(pen: ShapePen, points: readonly Point[]) {
  points.forEach((p, i) => {
    const before = points.at(i - 1) ?? p;
    const after = points[(i + 1) % points.length] ?? p;
    if (i === 0) pen.moveTo((before[0] + p[0]) / 2, (before[1] + p[1]) / 2);
    pen.quadraticCurveTo(p[0], p[1], (p[0] + after[0]) / 2, (p[1] + after[1]) / 2);
  });
  pen.closePath();
}

/** Points around a disc. */
export function rim({ x, y, r }: Disc, count = 20): Point[] {
  return Array.from({ length: count }, (_, i) => {
    const turn = i / count * 2 * Math.PI;
    return [x + r * Math.cos(turn), y + r * Math.sin(turn)];
  });
}

/** The convex hull of points, in order around it (Andrew's monotone chain). */
export function hull(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const lower = chain(sorted);
  return [...lower, ...chain(sorted.reverse())];
}

/** One side of a hull, from the first point to the one before the last. */
function chain(sorted: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const p of sorted) {
    for (let i = kept.length - 1; i > 0; i--) {
      const a = kept[i - 1] ?? p, b = kept[i] ?? p;
      if ((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]) > 0) break;
      kept.pop();
    }
    kept.push(p);
  }
  kept.pop();
  return kept;
}

/** What lies in both of two convex polygons, each in order around it as {@linkcode hull} gives it (Sutherland–Hodgman). */
export function overlap(one: readonly Point[], other: readonly Point[]): Point[] {
  let kept = one;
  for (let i = 0; i < other.length && kept.length > 0; i++) {
    const [ax, ay] = other[i] ?? [0, 0], [bx, by] = other[(i + 1) % other.length] ?? [0, 0];
    const inside = ([x, y]: Point) => (bx - ax) * (y - ay) - (by - ay) * (x - ax);
    if (kept.every((p) => inside(p) >= 0)) continue;
    const next: Point[] = [];
    let before = kept.at(-1) ?? [0, 0], was = inside(before);
    for (const p of kept) {
      const is = inside(p);
      if (is >= 0 !== was >= 0) {
        const t = was / (was - is);
        next.push([before[0] + (p[0] - before[0]) * t, before[1] + (p[1] - before[1]) * t]);
      }
      if (is >= 0) next.push(p);
      before = p;
      was = is;
    }
    kept = next;
  }
  return [...kept];
}
