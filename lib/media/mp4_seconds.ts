/** How long an MP4 lasts, exactly: encoders round the frame rate to what they know. */
import { boxPath } from "./mp4_boxes.ts";

/**
 * Makes a video of equally long frames last exactly so long, by the tempo of its clock; changes the file in place.
 *
 * @param mp4 a file with one track. @param seconds its whole length.
 * @throws {TypeError} if it is no such file.
 */
export function setSeconds(mp4: Uint8Array, seconds: number): void {
  const view = new DataView(mp4.buffer, mp4.byteOffset, mp4.byteLength);
  const find = (...names: string[]) => boxPath(mp4, names).at(-1)?.start;
  const media = find("moov", "trak", "mdia", "mdhd"),
    movie = find("moov", "mvhd"),
    track = find("moov", "trak", "tkhd");
  if (media === undefined || movie === undefined || track === undefined) {
    throw new TypeError("Cannot set how long a video lasts: it has no track");
  }
  // Header, version and flags, two dates; then the ticks of a second and the duration in ticks.
  const rate = 20, duration = 24;
  view.setUint32(media + rate, Math.round(view.getUint32(media + duration) / seconds));
  const ticks = Math.round(seconds * view.getUint32(movie + rate));
  view.setUint32(movie + duration, ticks);
  view.setUint32(track + 28, ticks);
  const edit = find("moov", "trak", "edts", "elst");
  if (edit !== undefined) view.setUint32(edit + 16, ticks);
}
