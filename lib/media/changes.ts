/** What a frame of an animation changes in the one before. */
import { TRANSPARENT } from "../draw/mod.ts";

/** A part of a picture, pixels. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** The smallest rectangle that holds every pixel in which two pictures differ; undefined where none does. */
export function changedPart(before: Uint8Array, now: Uint8Array, width: number): Rectangle | undefined {
  const end = now.length;
  let first = 0;
  while (first < end && now[first] === before[first]) first++;
  if (first === end) return undefined;
  let last = end - 1;
  while (now[last] === before[last]) last--;
  const top = Math.floor(first / width), bottom = Math.floor(last / width);
  // What is left and right of the change found so far is all that a row is looked at for.
  let left = first % width, right = left;
  for (let row = top * width; row <= last; row += width) {
    let x = 0;
    while (x < left && now[row + x] === before[row + x]) x++;
    left = x;
    x = width - 1;
    while (x > right && now[row + x] === before[row + x]) x--;
    right = x;
  }
  return { x: left, y: top, w: right - left + 1, h: bottom - top + 1 };
}

/** A rectangle's pixels; where it is sparse, what stays the same is left transparent, all of it or part. */
export interface Part {
  readonly indices: Uint8Array;
  readonly sparse: boolean;
}

/**
 * A rectangle as it takes the least room, as the number of its runs tells: plain, sparse, or mixed (what stays the same
 * goes on as the run before it if it can, else transparent).
 */
export function smallestPart(before: Uint8Array, now: Uint8Array, width: number, box: Rectangle): Part {
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
  const indices = cut(now, width, box);
  if (plainRuns <= sparseRuns && plainRuns <= mixedRuns) return { indices, sparse: false };
  const mixed = mixedRuns < sparseRuns;
  const old = cut(before, width, box);
  let last = -1;
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i] ?? 0;
    if (index === old[i] && !(mixed && index === last)) indices[i] = TRANSPARENT;
    last = indices[i] ?? 0;
  }
  return { indices, sparse: true };
}

/** A rectangle's pixels by themselves. */
function cut(indices: Uint8Array, width: number, { x, y, w, h }: Rectangle): Uint8Array {
  const out = new Uint8Array(w * h);
  for (let row = 0; row < h; row++) {
    out.set(indices.subarray((y + row) * width + x, (y + row) * width + x + w), row * w);
  }
  return out;
}
