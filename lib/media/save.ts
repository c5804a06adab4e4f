/** One way out for motions: the format by the file's extension. */
import { extname } from "node:path";
import { joinBytes } from "../assets/mod.ts";
import { type Motion, workOut } from "../motion/mod.ts";
import { writeBvh } from "./bvh.ts";
import type { MediaOptions } from "./media_options.ts";
import { writeMotionJson } from "./motion_json.ts";
import { writeMp4 } from "./mp4.ts";
import { writePlayer } from "./player.ts";
import { writeGif } from "./smooth_gif.ts";
import { writeStill } from "./still.ts";
import { writeFile } from "./write_file.ts";

/** The formats of motions; each is its files' extension. */
export const FORMATS = ["gif", "mp4", "png", "html", "bvh", "json"] as const;
/** The name of a format. */
export type Format = (typeof FORMATS)[number];

/** A motion, or several that are shown side by side. */
export type Motions = Motion | readonly Motion[];

type Writer = (motions: readonly Motion[], options: MediaOptions) => AsyncIterable<Uint8Array>;

/** A format that holds one motion. */
const single =
  (format: Format, write: (motion: Motion, options: MediaOptions) => AsyncIterable<Uint8Array>): Writer =>
  (motions, options) => {
    const [motion] = motions;
    if (motion === undefined || motions.length > 1) {
      throw new RangeError(
        `Cannot write ${motions.length} motions as ${format}: it holds one; gif, mp4, png and html hold more`,
      );
    }
    return write(motion, options);
  };

const WRITERS: Readonly<Record<Format, Writer>> = {
  gif: writeGif,
  mp4: writeMp4,
  png: writeStill,
  html: writePlayer,
  bvh: single("bvh", writeBvh),
  json: single("json", writeMotionJson),
};

/** The format that a path's extension names. @throws {RangeError} naming those that are known. */
export function formatOf(path: string): Format {
  const extension = extname(path).slice(1).toLowerCase();
  const format = FORMATS.find((name) => name === extension);
  if (format === undefined) {
    throw new RangeError(
      `Cannot tell the format of "${path}": its name must end in ${FORMATS.map((name) => `.${name}`).join(", ")}`,
    );
  }
  return format;
}

const listOf = (motions: Motions): readonly Motion[] => "poseAt" in motions ? [motions] : motions;

/** The parts of motions whose moves are worked out first, so that others run in between. */
async function* workedOut(
  motions: readonly Motion[],
  parts: AsyncIterable<Uint8Array>,
  { signal }: MediaOptions,
): AsyncGenerator<Uint8Array> {
  for (const motion of motions) await workOut(motion, { ...(signal && { signal }) });
  yield* parts;
}

/**
 * Encodes a motion piece by piece, so that a long one takes no more memory than a short one.
 *
 * @param motions a motion; several stand side by side in gif, mp4, png and html.
 * @throws {RangeError} for options or motions that the format can't be made of; {VideoError} without a video encoder;
 * the signal's reason when aborted.
 */
export function encodeParts(motions: Motions, format: Format, options: MediaOptions = {}): AsyncIterable<Uint8Array> {
  const list = listOf(motions);
  return workedOut(list, WRITERS[format](list, options), options);
}

/**
 * Encodes a motion.
 *
 * @returns the whole file's bytes.
 * @throws as {@linkcode encodeParts} does.
 */
export async function encode(
  motions: Motions,
  format: Format,
  options: MediaOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  for await (const part of encodeParts(motions, format, options)) parts.push(part);
  return joinBytes(parts);
}

/** What was written. */
export interface Saved {
  /** What the path's extension named. */
  readonly format: Format;
  /** The file's size. */
  readonly bytes: number;
}

/**
 * Saves a motion in the format that the path's extension names: `.gif .mp4 .png .html .bvh .json`.
 *
 * @returns the format and the file's size.
 * @throws {RangeError} before any work for an unknown extension; {WriteError} where the file can't be written, and as
 * {@linkcode encodeParts} does. Nothing unfinished is left.
 */
export async function save(motions: Motions, path: string, options: MediaOptions = {}): Promise<Saved> {
  const format = formatOf(path);
  let bytes = 0;
  const counted = async function* () {
    for await (const part of encodeParts(motions, format, options)) {
      bytes += part.length;
      yield part;
    }
  };
  await writeFile(path, counted(), options.signal);
  return { format, bytes };
}
