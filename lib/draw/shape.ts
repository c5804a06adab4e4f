/** Flat shapes: what a figure's parts look like once they are on the screen. */
import type { Pen } from "./canvas.ts";

/** A point on the screen, pixels, y down. */
export type Point = readonly [x: number, y: number];

/** A disc on the screen, pixels. */
export interface Disc {
  readonly x: number;
  readonly y: number;
  readonly r: number;
}

/** Adds the outline of two discs and all that lies between them to the path. */
export function taper(pen: Pen, a: Disc, b: Disc) {
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
export function disc(pen: Pen, { x, y, r }: Disc) {
  pen.moveTo(x + r, y);
  pen.arc(x, y, r, 0, 2 * Math.PI);
}

/** Adds a closed polygon to the path. */
export function polygon(pen: Pen, points: readonly Point[]) {
  line(pen, points);
  pen.closePath();
}

/** Adds an open line through the points to the path. */
export function line(pen: Pen, points: readonly Point[]) {
  points.forEach(([x, y], i) => i === 0 ? pen.moveTo(x, y) : pen.lineTo(x, y));
}

/** Adds a closed smooth curve to the path: the points pull it, it passes midway between neighbours. */
export function blob(pen: Pen, points: readonly Point[]) {
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
  const half = (chain: Iterable<Point>) => {
    const kept: Point[] = [];
    for (const p of chain) {
      while (kept.length > 1) {
        const [a, b] = kept.slice(-2) as [Point, Point];
        if ((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]) > 0) break;
        kept.pop();
      }
      kept.push(p);
    }
    kept.pop();
    return kept;
  };
  return [...half(sorted), ...half(sorted.toReversed())];
}
