/** What a frame of an animation changes in the one before. */
import { TRANSPARENT } from "../draw/mod.ts";
import { indexOf } from "./quantise.ts";

/** A part of a picture, pixels. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/**
 * Brings indices up to date: only where a picture differs from the one before are colours looked up.
 *
 * @param indices of the picture before; afterwards of this one. @param now, @param before RGBA, equally large.
 * @returns the smallest rectangle that holds every index that changed; undefined where none did.
 */
export function updateIndices(
  indices: Uint8Array,
  now: Uint8ClampedArray,
  before: Uint8ClampedArray,
  width: number,
): Rectangle | undefined {
  if (now === before) return undefined;
  const words = new Int32Array(now.buffer, now.byteOffset, indices.length);
  const old = new Int32Array(before.buffer, before.byteOffset, indices.length);
  let left = width, right = -1, top = -1, bottom = -1;
  for (let y = 0, row = 0; row < indices.length; y++, row += width) {
    for (let x = 0; x < width; x++) {
      const word = words[row + x] ?? 0;
      if (word === old[row + x]) continue;
      const index = indexOf(word);
      if (index === indices[row + x]) continue;
      indices[row + x] = index;
      if (x < left) left = x;
      if (x > right) right = x;
      if (top < 0) top = y;
      bottom = y;
    }
  }
  if (right < 0) return undefined;
  return { x: left, y: top, w: right - left + 1, h: bottom - top + 1 };
}

/** A rectangle's pixels; where it is sparse, what stays the same is left transparent, all of it or part. */
export interface Candidate {
  readonly indices: Uint8Array;
  readonly sparse: boolean;
}

/** What has this many times the least runs is never the smallest. */
const CLEARLY_MORE = 1.1;

/**
 * The ways to write a rectangle: plain, sparse, and mixed (what stays the same goes on as the run before it if it can,
 * else transparent); without those that are clearly not the smallest, as the number of their runs tells.
 */
export function candidatesOf(before: Uint8Array, now: Uint8Array, width: number, box: Rectangle): Candidate[] {
  const { x, y, w, h } = box;
  let plainRuns = 1, sparseRuns = 1, mixedRuns = 1;
  let lastPlain = -1, lastSparse = -1, lastMixed = -1;
  for (let row = y; row < y + h; row++) {
    for (let from = row * width + x, end = from + w; from < end; from++) {
      const index = now[from] ?? 0;
      const news = index === before[from] ? TRANSPARENT : index;
      const runOn = index === lastMixed ? index : news;
      if (index !== lastPlain) plainRuns++;
      if (news !== lastSparse) sparseRuns++;
      if (runOn !== lastMixed) mixedRuns++;
      lastPlain = index;
      lastSparse = news;
      lastMixed = runOn;
    }
  }
  const most = Math.min(plainRuns, sparseRuns, mixedRuns) * CLEARLY_MORE;
  const candidates: Candidate[] = [];
  if (plainRuns <= most) candidates.push({ indices: cut(now, width, box), sparse: false });
  for (const [runs, mixed] of [[sparseRuns, false], [mixedRuns, true]] as const) {
    if (runs > most) continue;
    const [indices, old] = [cut(now, width, box), cut(before, width, box)];
    let last = -1;
    for (let i = 0; i < indices.length; i++) {
      const index = indices[i] ?? 0;
      if (index === old[i] && !(mixed && index === last)) indices[i] = TRANSPARENT;
      last = indices[i] ?? 0;
    }
    candidates.push({ indices, sparse: true });
  }
  return candidates;
}

/** A rectangle's pixels by themselves. */
function cut(indices: Uint8Array, width: number, { x, y, w, h }: Rectangle): Uint8Array {
  const out = new Uint8Array(w * h);
  for (let row = 0; row < h; row++) {
    out.set(indices.subarray((y + row) * width + x, (y + row) * width + x + w), row * w);
  }
  return out;
}
