/** Lines of text in pictures, Latin and Cyrillic. */
import { FONT, type Pen } from "./canvas.ts";
import { COLOURS } from "./palette.ts";

const fontSize = (width: number) => Math.max(9, Math.min(15, Math.round(width / 18)));

/** The height in pixels of a caption in a picture of a width. */
export const captionHeight = (width: number, lines = 1): number => Math.ceil(fontSize(width) * (1.25 * lines + 0.65));

/** Where a caption goes, pixels. */
export interface CaptionPlace {
  /** The upper edge of its first line. */
  readonly y: number;
  /** The picture's width; the text keeps a margin inside it. */
  readonly width: number;
  /** The most lines it may take; what is longer ends with an ellipsis. */
  readonly lines?: number;
  /** Text at the right end of the last line, such as a frame's number. */
  readonly note?: string;
}

/** Paints a caption, broken at words, its first line centred below `y`. */
export function paintCaption(pen: Pen, text: string, { y, width, lines = 1, note }: CaptionPlace) {
  const size = fontSize(width);
  const margin = Math.round(size * 0.6);
  pen.font = `${size}px "${FONT}"`;
  pen.fillStyle = COLOURS.text;
  const noteWidth = note === undefined ? 0 : pen.measureText(note).width + margin;
  const room = width - 2 * margin - 2 * noteWidth;
  pen.textAlign = "center";
  wrap(pen, text, room, lines).forEach((line, i) => pen.fillText(line, width / 2, y + size * (1.25 * (i + 1))));
  if (note === undefined) return;
  pen.textAlign = "right";
  pen.fillText(note, width - margin, y + size * 1.25 * lines);
}

/** Breaks text into at most `lines` lines of at most `room` pixels: at spaces, and an id too long for a line at its `_`. */
function wrap(pen: Pen, text: string, room: number, lines: number): string[] {
  const fits = (line: string) => pen.measureText(line).width <= room;
  const broken: string[] = [];
  let line = "";
  for (const word of text.trim().split(/\s+/).flatMap((word) => fits(word) ? [word] : word.split(/(?<=_)/))) {
    const longer = line === "" || line.endsWith("_") ? `${line}${word}` : `${line} ${word}`;
    if (line === "" || fits(longer)) line = longer;
    else {
      broken.push(line);
      line = word;
    }
  }
  broken.push(line);
  const kept = broken.slice(0, lines);
  const last = kept.length - 1;
  if (broken.length > lines) kept[last] += "…";
  for (const [i, full] of kept.entries()) {
    let short = full;
    while (!fits(short) && short.length > 1) short = `${[...short.replace(/…$/, "")].slice(0, -1).join("").trimEnd()}…`;
    kept[i] = short;
  }
  return kept;
}
