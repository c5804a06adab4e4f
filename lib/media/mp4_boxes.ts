/** The boxes that an MP4 file is made of (ISO/IEC 14496-12). */

/** Where a box begins and ends in a file. */
export interface Box {
  readonly start: number;
  readonly end: number;
}

/** What stands between a box's header and the boxes in it. */
const BEFORE_CHILDREN: Readonly<Record<string, number>> = { stsd: 8, avc1: 78 };

/** The boxes of that path, each the first of its name in the one before; none if one is missing. */
export function boxPath(bytes: Uint8Array, names: readonly string[]): Box[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found: Box[] = [];
  let from = 0, to = bytes.length;
  for (const name of names) {
    let box: Box | undefined;
    for (let at = from; at + 8 <= to && box === undefined;) {
      const size = view.getUint32(at);
      if (size < 8) break;
      if (String.fromCharCode(...bytes.subarray(at + 4, at + 8)) === name) box = { start: at, end: at + size };
      at += size;
    }
    if (box === undefined) return [];
    found.push(box);
    from = box.start + 8 + (BEFORE_CHILDREN[name] ?? 0);
    to = box.end;
  }
  return found;
}
