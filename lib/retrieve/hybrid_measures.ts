/** All that `hybrid` knows of how a query fits a pose, as named numbers that weights are fitted for. */
import { parse } from "../notation/mod.ts";
import type { Pose } from "../skeleton/mod.ts";
import { words } from "../text/mod.ts";
import type { Described } from "./retriever.ts";
import { createSlotIndex } from "./slot_index.ts";
import { bestOf, createTextIndex } from "./text_index.ts";

/** How much of a query the parser understands: each of these has weights of its own. */
export const STATES = ["complete", "mostly", "partly", "none"] as const;

/** One of {@linkcode STATES}. */
export type QueryState = (typeof STATES)[number];

/** Measures whose weights depend on how much of the query is understood. */
export const MEASURES = [
  "held",
  "wrong",
  "anyWrong",
  "near",
  "off",
  "offRoot",
  "posture",
  "arm",
  "arms",
  "legs",
  "trunk",
  "head",
  "palms",
  "offFeet",
  "tiptoe",
  "said",
  "letters",
  "words",
  "all",
  "found",
  "sided",
  "meaning",
] as const;

/** Measures of how near the best of all poses a pose is, whatever the query. */
export const RELATIVE = [
  "letters",
  "all",
  "said",
  "found",
  "meaning",
  "meaningMost",
  "same",
] as const;

/** Texts as near as this, by letters and by words, are the same but for a slip. */
const SAME = 0.95;

/** Cosines of texts that have nothing in common, and of the same text: the embeddings' scale is made 0 to 1 by them. */
const EMBEDDING_FLOOR = 0.8;

/** How a query fits every pose. */
export interface Measured {
  readonly state: QueryState;
  /** The share of the query's words that the parser knows. */
  readonly known: number;
  /** How many slots it has. */
  readonly slots: number;
  /** A row of {@linkcode MEASURES} a pose, in their order. */
  readonly own: readonly Float64Array[];
  /** A row of {@linkcode RELATIVE} a pose. */
  readonly relative: readonly Float64Array[];
  /** How near each description is by letters, in the order of the poses. */
  readonly byLetters: Float64Array;
}

/** Measures queries against poses. */
export interface HybridMeasures {
  /**
   * @param query Any text.
   * @param cosines The embeddings' cosine of every description with it, where they are there.
   */
  measure(query: string, cosines?: ArrayLike<number>): Measured;
}

function stateOf({ slots, unknown, understood }: ReturnType<typeof parse>): QueryState {
  if (slots.length === 0) return "none";
  return !understood ? "partly" : unknown.length === 0 ? "complete" : "mostly";
}

const greatest = (values: Float64Array, least: number): number => values.reduce((a, b) => Math.max(a, b), least);

/**
 * Gets ready to measure queries against poses.
 *
 * @param documents The poses' descriptions. @param poses The poses, in the same order.
 */
export function createHybridMeasures(documents: readonly Described[], poses: readonly Pose[]): HybridMeasures {
  const slots = createSlotIndex(poses);
  const text = createTextIndex(documents);
  return {
    measure(query, cosines) {
      const parsed = parse(query);
      const fits = slots.fits(parsed.slots);
      const found = text.measure(query);
      const meaning = bestOf(documents, cosines ?? []).map((cosine) =>
        Math.max(0, (cosine - EMBEDDING_FLOOR) / (1 - EMBEDDING_FLOOR))
      );
      // A best that is next to nothing is no measure.
      const most = {
        letters: greatest(found.letters, 0.05),
        all: greatest(found.all, 0.05),
        said: greatest(found.said, 0.05),
        found: greatest(found.found, 0.05),
        meaning: greatest(meaning, 0.05),
      };
      const value = (values: Float64Array, i: number) => values[i] ?? 0;
      const told = parsed.slots.length > 0;
      // In the order of MEASURES.
      const own = fits.map((fit, i) =>
        Float64Array.of(
          fit.held,
          fit.wrong,
          told && fit.wrong > 0.01 ? 1 : 0,
          fit.near,
          fit.off,
          Math.sqrt(Math.max(0, fit.off)),
          fit.posture,
          fit.arm,
          fit.arms,
          fit.legs,
          fit.trunk,
          fit.head,
          fit.palms,
          fit.offFeet,
          fit.tiptoe,
          value(found.said, i),
          value(found.letters, i),
          value(found.words, i),
          value(found.all, i),
          value(found.found, i),
          value(found.sided, i),
          value(meaning, i),
        )
      );
      const relative = fits.map((_, i) => {
        const near = value(meaning, i) / most.meaning;
        return Float64Array.of(
          value(found.letters, i) / most.letters,
          value(found.all, i) / most.all,
          value(found.said, i) / most.said,
          value(found.found, i) / most.found,
          near,
          near ** 8,
          Math.min(value(found.letters, i), value(found.words, i)) > SAME ? 1 : 0,
        );
      });
      return {
        state: stateOf(parsed),
        known: 1 - Math.min(1, parsed.unknown.length / Math.max(1, words(query).length)),
        slots: parsed.slots.length,
        own,
        relative,
        byLetters: found.byLetters,
      };
    },
  };
}
