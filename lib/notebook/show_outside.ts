/** What a model drew, with what is wrong with it. */
import { drawOutsideSheet, type Outsider } from "../draw/mod.ts";
import { encodePng } from "../media/mod.ts";
import { validate } from "../skeleton/mod.ts";
import { display } from "./display.ts";
import type { ShowOptions } from "./show.ts";

/** A figure from a model, from a client or from the library. */
export interface Drawn {
  /** Absent where there was to be one and none came. */
  readonly pose?: Outsider | undefined;
  /** What stands under it, before what geometry says of it. */
  readonly caption: string;
}

/** What geometry says of a figure. */
function verdict(pose: Outsider | undefined): string {
  if (!pose || Object.keys(pose.joints).length === 0) return "no figure";
  const { length } = validate(pose, { airborne: pose.airborne ?? false }).faults;
  return length === 0 ? "valid" : `${length} fault${length === 1 ? "" : "s"}`;
}

/**
 * Shows figures side by side, whatever they are: a possible body as any pose, any other with its faults marked; the verdict
 * stands under each.
 *
 * @throws {RangeError} without a figure.
 */
export async function showOutside(figures: readonly Drawn[], options: Omit<ShowOptions, "caption"> = {}) {
  const { size = 240, columns } = options;
  const captions = figures.map(({ pose, caption }) => `${caption}: ${verdict(pose)}`);
  const poses = figures.map(({ pose = { joints: {} } }) => pose);
  const sheet = await drawOutsideSheet(poses, { size, captions, ...(columns && { columns }) });
  await display({
    "image/png": encodePng(sheet).toBase64(),
    "text/plain": captions.join(", "),
  });
}
