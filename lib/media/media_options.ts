/** What every writer of motions is told. */
import type { Backend, View } from "../draw/mod.ts";
import type { Language } from "../text/mod.ts";

/** A video encoder that was used, and those that were not, with the reason. */
export interface EncoderEvent {
  /** The only kind there is. */
  readonly type: "encoder";
  /** The encoder that served. */
  readonly name: string;
  /** Those that were tried before it, with what each said. */
  readonly failed: readonly { readonly name: string; readonly reason: string }[];
}

/** Frames a second unless said. A GIF's last 50 ms: whole centiseconds, and each the same. */
export const USUAL_FPS = { gif: 20, mp4: 30 } as const;

/** How to write a motion; what a format has no use for is passed over. */
export interface MediaOptions {
  /** Frames a second, 1–60, a GIF's at most 50. Default: 20 in a GIF, 25 in a player and JSON, 30 in MP4 and BVH. */
  readonly fps?: number;
  /** Pixels of a figure's square; default 480, a filmstrip's 200. Captions and labels come outside it. */
  readonly size?: number;
  /** Where from, for all motions or for each of several; default: as most of the keys ask for. */
  readonly view?: View | readonly View[];
  /** Whether the moves' captions stand under the figure; default: where there are any. */
  readonly captions?: boolean;
  /** A line over each figure, for motions side by side. A player shows them as well. */
  readonly labels?: readonly string[];
  /** How often a GIF plays; 0 is for ever. Default: for ever if the motion loops, else once. */
  readonly loop?: number;
  /** A PNG's moments: a whole number, evenly spread. Default: the keys, at most 24. */
  readonly moments?: number;
  /** A PNG's kind: moments side by side, or laid over each other, older ones fainter; default a filmstrip. */
  readonly still?: "filmstrip" | "onion";
  /** What JSON holds beside the motion: a dance. */
  readonly sidecar?: object;
  /** What a player is called. */
  readonly title?: string;
  /** A player's language; default: its reader's. */
  readonly language?: Language;
  /** The canvas to draw with; default: the one that `openBackend` finds. */
  readonly backend?: Backend;
  /** Ends the writing; no file is left half written. */
  readonly signal?: AbortSignal;
  /** Frames done, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Hears which encoder served. */
  readonly onEvent?: (event: EncoderEvent) => void;
}
