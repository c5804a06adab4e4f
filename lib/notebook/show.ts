/** Poses, dances and tables, shown inline. */
import type { Dance } from "../agent/mod.ts";
import { drawPose, drawSheet, type Picture, type View } from "../draw/mod.ts";
import { drawAnimation, encode, encodePng } from "../media/mod.ts";
import type { Motion } from "../motion/mod.ts";
import type { Pose } from "../skeleton/mod.ts";
import { display } from "./display.ts";
import { escapeHtml } from "../text/mod.ts";

/** Something with a pose: a pose of the library, a frame of a dance, what a search found. */
export interface Posed {
  /** What is drawn. */
  readonly pose: Pose;
  /** What stands under it. */
  readonly caption?: string;
}

/** How to show. */
export interface ShowOptions {
  /** Pixels of one figure's square; default 240, a GIF's 420. */
  readonly size?: number;
  /** Figures in a row. */
  readonly columns?: number;
  /** What stands under a single figure, or what the picture is of. */
  readonly caption?: string;
  /** A line over each of several motions. */
  readonly labels?: readonly string[];
  /** Where motions are looked at from, for all or for each. */
  readonly view?: View | readonly View[];
}

/** By the first byte of its signature. */
const isPng = (bytes: Uint8Array) => bytes[0] === 0x89;
const isPose = (value: object): value is Pose => "joints" in value;
const isMotion = (value: object): value is Motion => "poseAt" in value;
const isDance = (value: object): value is Dance => "frames" in value;

/**
 * Refuses what a student may hand over instead of what was meant.
 *
 * @throws {TypeError} for a promise and for nothing at all: it says what to write.
 */
function checkThere(what: unknown, task: string): void {
  if (what instanceof Promise) {
    throw new TypeError(`Cannot ${task} a promise: write await before the call that makes it`);
  }
  if (typeof what === "object" && what !== null) return;
  throw new TypeError(`Cannot ${task} ${what}: run the cells above first, and look whether the id or name is right`);
}

async function showPicture(picture: Picture, alt: string): Promise<void> {
  await display({ "image/png": encodePng(picture).toBase64(), "text/plain": alt });
}

/**
 * Shows a pose, several side by side, a dance's key poses as a looped GIF, a motion or several side by side as a smooth
 * one, or the bytes of a picture.
 *
 * @param what a pose, something with a pose, a list of either, a dance, a motion, a list of them, a GIF or a PNG.
 * @throws {TypeError} for a promise or for nothing: it says what to write.
 */
export async function show(
  what: Pose | Posed | readonly (Pose | Posed)[] | Dance | Motion | readonly Motion[] | Uint8Array,
  options: ShowOptions = {},
): Promise<void> {
  checkThere(what, "show");
  if (Array.isArray(what)) { for (const one of what) checkThere(one, "show in a list"); }
  if (what instanceof Uint8Array) {
    const { caption } = options;
    if (isPng(what)) return await display({ "image/png": what.toBase64(), "text/plain": caption ?? "a picture" });
    return await showGif(what, caption ?? "an animation");
  }
  if (Array.isArray(what)) {
    const motions = what.filter(isMotion);
    if (motions.length > 0) return await showMotion(motions, options);
    const items = (what as readonly (Pose | Posed)[]).map((item): Posed => isPose(item) ? { pose: item } : item);
    const captions = items.map(({ caption, pose }) => caption ?? pose.id ?? "");
    const { size = 240, columns } = options;
    const sheet = await drawSheet(items.map(({ pose }) => pose), { size, captions, ...(columns && { columns }) });
    return await showPicture(sheet, captions.join(", "));
  }
  const one = what as Pose | Posed | Dance | Motion;
  if (isMotion(one)) return await showMotion([one], options);
  if (isDance(one)) {
    const keys = one.frames.map(({ pose, seconds, description }) => ({ pose, seconds, caption: description }));
    return await showGif(await drawAnimation(keys, { size: options.size ?? 420 }), one.request);
  }
  const pose = isPose(one) ? one : one.pose;
  const caption = options.caption ?? (isPose(one) ? undefined : one.caption);
  const picture = await drawPose(pose, { width: options.size ?? 240, ...(caption !== undefined && { caption }) });
  await showPicture(picture, caption ?? pose.id ?? "a pose");
}

async function showMotion(
  motions: readonly Motion[],
  { size = 420, caption = "a motion", labels, view }: ShowOptions,
): Promise<void> {
  const gif = await encode(motions, "gif", { size, ...(labels && { labels }), ...(view !== undefined && { view }) });
  await showGif(gif, caption);
}

/**
 * A GIF as an image in HTML: the one form that JupyterLab, VS Code and the HTML export all keep moving. Front ends that
 * show no HTML get its name.
 */
async function showGif(gif: Uint8Array, alt: string): Promise<void> {
  await display({
    "text/html": `<img alt="${escapeHtml(alt)}" src="data:image/gif;base64,${gif.toBase64()}">`,
    "text/plain": alt,
  });
}

/** A cell of a table. */
export type TableCell = string | number | boolean | null | undefined;

const cellText = (value: TableCell) =>
  typeof value === "number" && !Number.isInteger(value) ? value.toFixed(3) : `${value ?? ""}`;

/**
 * Shows rows as a table; the columns are the first row's keys.
 *
 * @throws {RangeError} without a row; {TypeError} for a promise or for nothing.
 */
export async function table(rows: readonly Readonly<Record<string, TableCell>>[]): Promise<void> {
  checkThere(rows, "make a table of");
  const [first] = rows;
  if (!first) throw new RangeError("Cannot show a table: it has no row");
  const columns = Object.keys(first);
  const html = (tag: string, cells: readonly string[]) =>
    `<tr>${cells.map((cell) => `<${tag} style="text-align:left">${escapeHtml(cell)}</${tag}>`).join("")}</tr>`;
  const lines = rows.map((row) => columns.map((column) => cellText(row[column])));
  await display({
    "text/html": `<table>${html("th", columns)}${lines.map((line) => html("td", line)).join("")}</table>`,
    "text/plain": [columns, ...lines].map((line) => line.join(" | ")).join("\n"),
  });
}
