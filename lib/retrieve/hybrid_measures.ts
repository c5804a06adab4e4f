/** All that `hybrid` knows of how a query fits a pose, as named numbers that weights are fitted for. */
import { parse, type Parsed } from "../notation/mod.ts";
import type { Pose } from "../skeleton/mod.ts";
import { words } from "../text/mod.ts";
import type { Meant } from "./meaning.ts";
import type { Described } from "./retriever.ts";
import { createSlotIndex, FIT } from "./slot_index.ts";
import { createTextIndex } from "./text_index.ts";

/** How much of a query the parser understands: each of these has weights of its own. */
export const STATES = ["complete", "mostly", "partly", "none"] as const;

/** One of {@linkcode STATES}. */
export type QueryState = (typeof STATES)[number];

/** Measures of words and meanings of which a pose's share of the best of all poses is a measure too. */
const SHARED = ["said", "letters", "all", "found", "foundStems", "foundNew", "meaning", "meaningAll"] as const;

/** Measures whose weights depend on how much of the query is understood. */
export const MEASURES = [
  ...FIT,
  "anyWrong",
  "offRoot",
  "words",
  ...SHARED,
] as const;

/** Measures of how near the best of all poses a pose is, whatever the query. */
export const RELATIVE = [...SHARED, "meaningMost", "same"] as const;

/** Texts as near as this, by letters and by words, are the same but for a slip. */
const SAME = 0.95;

/** A best that is next to nothing is no measure. */
const LEAST = 0.05;

/** A number a pose, in their order, of each measure. */
type Columns<Name extends string> = Readonly<Record<Name, Float64Array>>;

/** How a query fits every pose. */
export interface Measured {
  readonly state: QueryState;
  /** The share of the query's words that the parser knows. */
  readonly known: number;
  /** How many slots it has. */
  readonly slots: number;
  readonly own: Columns<(typeof MEASURES)[number]>;
  readonly relative: Columns<(typeof RELATIVE)[number]>;
  /** 1 where a pose is what the query denies: too few queries do to fit a weight. */
  readonly denied: Float64Array;
  /** How near each description is by letters, in the order of the poses. */
  readonly byLetters: Float64Array;
}

/** Measures queries against poses. */
export interface HybridMeasures {
  /**
   * @param query Any text.
   * @param meant How near the descriptions are by meaning, where embeddings are there.
   */
  measure(query: string, meant?: Meant): Measured;
}

function stateOf({ slots, unknown, understood }: Parsed): QueryState {
  if (slots.length === 0) return "none";
  return !understood ? "partly" : unknown.length === 0 ? "complete" : "mostly";
}

const shareOfBest = (values: Float64Array): Float64Array => {
  const best = values.reduce((a, b) => Math.max(a, b), LEAST);
  return values.map((value) => value / best);
};

/**
 * Gets ready to measure queries against poses.
 *
 * @param documents The poses' descriptions. @param poses The poses, in the same order.
 */
export function createHybridMeasures(documents: readonly Described[], poses: readonly Pose[]): HybridMeasures {
  const slots = createSlotIndex(poses);
  const text = createTextIndex(documents);
  const nothing = new Float64Array(documents.length);
  return {
    measure(query, meant) {
      const parsed = parse(query);
      const { denied, ...fits } = slots.fits(parsed.slots);
      const { byLetters, ...found } = text.measure(query, parsed.unknown);
      const shared = { ...found, meaning: meant?.best ?? nothing, meaningAll: meant?.all ?? nothing };
      const relative = Object.fromEntries(SHARED.map((name) => [name, shareOfBest(shared[name])])) as Columns<
        (typeof SHARED)[number]
      >;
      return {
        state: stateOf(parsed),
        known: 1 - Math.min(1, parsed.unknown.length / Math.max(1, words(query).length)),
        slots: parsed.slots.length,
        own: {
          ...fits,
          ...shared,
          anyWrong: fits.wrong.map((wrong) => wrong > 0.01 ? 1 : 0),
          offRoot: fits.off.map((off) => Math.sqrt(Math.max(0, off))),
        },
        relative: {
          ...relative,
          meaningMost: relative.meaningAll.map((share) => Math.max(0, share) ** 4),
          same: found.letters.map((near, i) => Math.min(near, found.words[i] ?? 0) > SAME ? 1 : 0),
        },
        denied,
        byLetters,
      };
    },
  };
}
