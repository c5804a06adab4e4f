/** Which part of a figure hides which. */
import type { ShapePen } from "./canvas.ts";
import type { Disc } from "./shape.ts";

/** A disc on the screen that knows its depth: metres towards the viewer. */
export interface Spot extends Disc {
  readonly depth: number;
}

/** Something to paint: on the screen it covers the two spots and what lies between them. */
export interface Piece {
  readonly a: Spot;
  readonly b: Spot;
  /** Where it is seen against the trunk: over the whole of it, under its shirt but over the hips, or under both. */
  readonly trunk: "over" | "between" | "under";
  readonly paint: (pen: ShapePen) => void;
}

/** The trunk, whose place among the pieces is known from each piece. */
export interface Trunk {
  readonly shirt: (pen: ShapePen) => void;
  readonly hips: (pen: ShapePen) => void;
  /** The corners of what it covers on the screen. */
  readonly box: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
  readonly depth: number;
}

/**
 * Puts pieces in the order in which a painter paints them. Two pieces are compared only where they meet on the screen,
 * and there by their depth at that very place: middles alone would put a long arm wrongly.
 *
 * @returns painting functions, the farthest first. Where pieces hide each other in a ring, the farthest of them goes
 * first.
 */
export function paintOrder(pieces: readonly Piece[], trunk: Trunk): ((pen: ShapePen) => void)[] {
  const nodes = [
    ...pieces.map(({ a, b, paint }) => ({ depth: (a.depth + b.depth) / 2, paint })),
    { depth: trunk.depth - 0.02, paint: trunk.hips },
    { depth: trunk.depth, paint: trunk.shirt },
  ];
  const hips = pieces.length, shirt = hips + 1;
  const waiting = nodes.map(() => new Set<number>());
  const after = (front: number, back: number) => waiting[front]?.add(back);
  after(shirt, hips);
  pieces.forEach((p, i) => {
    for (let k = 0; k < i; k++) {
      const other = pieces[k];
      const sign = other ? inFront(p, other) : 0;
      if (sign > 0) after(i, k);
      if (sign < 0) after(k, i);
    }
    if (!touches(p, trunk.box)) return;
    if (p.trunk === "under") after(hips, i);
    else after(i, hips);
    if (p.trunk === "over") after(i, shirt);
    else after(shirt, i);
  });
  const left = new Set(nodes.keys());
  const ordered: ((pen: ShapePen) => void)[] = [];
  while (left.size > 0) {
    const free = [...left].filter((i) => waiting[i]?.size === 0);
    const next = farthest(free.length > 0 ? free : [...left], (i) => nodes[i]?.depth ?? 0);
    const node = nodes[next];
    if (node) ordered.push(node.paint);
    left.delete(next);
    for (const set of waiting) set.delete(next);
  }
  return ordered;
}

const farthest = (indices: readonly number[], depth: (i: number) => number) =>
  indices.reduce((a, b) => depth(b) < depth(a) ? b : a);

function touches({ a, b }: Piece, box: Trunk["box"]): boolean {
  const r = Math.max(a.r, b.r);
  return Math.max(a.x, b.x) + r > box.left && Math.min(a.x, b.x) - r < box.right &&
    Math.max(a.y, b.y) + r > box.top && Math.min(a.y, b.y) - r < box.bottom;
}

/** A pixel or two of rim belongs to a piece. */
const RIM = 2;
/** Metres: closer than this, two pieces touch (neighbours in a limb), and their middles decide. */
const SAME = 0.004;

/** Positive where `p` hides `q`, negative where `q` hides `p`, 0 where they do not meet on the screen. */
function inFront(p: Piece, q: Piece): number {
  const reach = Math.max(p.a.r, p.b.r) + Math.max(q.a.r, q.b.r) + RIM;
  if (apart(p.a.x, p.b.x, q.a.x, q.b.x) > reach || apart(p.a.y, p.b.y, q.a.y, q.b.y) > reach) return 0;
  const { s, t } = nearest(p, q);
  const px = p.a.x + (p.b.x - p.a.x) * s, py = p.a.y + (p.b.y - p.a.y) * s;
  const qx = q.a.x + (q.b.x - q.a.x) * t, qy = q.a.y + (q.b.y - q.a.y) * t;
  if (Math.hypot(px - qx, py - qy) > reach) return 0;
  const here = p.a.depth + (p.b.depth - p.a.depth) * s - (q.a.depth + (q.b.depth - q.a.depth) * t);
  if (Math.abs(here) > SAME) return here;
  return p.a.depth + p.b.depth - q.a.depth - q.b.depth;
}

/** How far the range from `a` to `b` is from that from `c` to `d`; not above 0 where they meet. */
const apart = (a: number, b: number, c: number, d: number) =>
  Math.max(Math.min(a, b) - Math.max(c, d), Math.min(c, d) - Math.max(a, b));

/** Where two segments on the screen come closest, as shares of their lengths. */
function nearest(p: Piece, q: Piece): { s: number; t: number } {
  const ux = p.b.x - p.a.x, uy = p.b.y - p.a.y, vx = q.b.x - q.a.x, vy = q.b.y - q.a.y;
  const wx = q.a.x - p.a.x, wy = q.a.y - p.a.y;
  const cross = ux * vy - uy * vx;
  if (Math.abs(cross) > 1e-6) {
    const s = (wx * vy - wy * vx) / cross, t = (wx * uy - wy * ux) / cross;
    if (s >= 0 && s <= 1 && t >= 0 && t <= 1) return { s, t };
  }
  const clamp = (x: number) => Math.min(1, Math.max(0, x));
  const onto = (x: number, y: number, dx: number, dy: number) => clamp((x * dx + y * dy) / (dx * dx + dy * dy || 1));
  const candidates = [
    { s: 0, t: onto(-wx, -wy, vx, vy) },
    { s: 1, t: onto(ux - wx, uy - wy, vx, vy) },
    { s: onto(wx, wy, ux, uy), t: 0 },
    { s: onto(wx + vx, wy + vy, ux, uy), t: 1 },
  ];
  const gap = ({ s, t }: { s: number; t: number }) => (ux * s - wx - vx * t) ** 2 + (uy * s - wy - vy * t) ** 2;
  return candidates.reduce((a, b) => gap(b) < gap(a) ? b : a);
}
