/** All that `hybrid` knows of how a query fits a pose, as named numbers that weights are fitted for. */
import { parse, type Parsed } from "../notation/mod.ts";
import type { Pose } from "../skeleton/mod.ts";
import { mirrorSides, spellSides } from "../text/mod.ts";
import { contradicts } from "./contradicts.ts";
import { mapped } from "./dense.ts";
import { bestOf, meansOf, type Scores, startsOfLists } from "./description_scores.ts";
import type { Meant } from "./meaning.ts";
import type { Described } from "./retriever.ts";
import { createSlotIndex, FIT, type SlotFits } from "./slot_index.ts";
import { createTextIndex, type TextMeasures } from "./text_index.ts";
import { toldAlike, twinsOf } from "./twins.ts";

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

/** What tells which of a pose and its mirror image a query means. */
export const LEADS = [
  "held",
  "near",
  "off",
  // Of the best description that both have but for left and right.
  "said",
  "letters",
  "words",
  "meaning",
  // The mean of all of them.
  "lettersMean",
  "meaningMean",
] as const;

/** Texts as near as this, by letters and by words, are the same but for a slip. */
const SAME = 0.95;

/** A best that is next to nothing is no measure. */
const LEAST = 0.05;

/** A number a pose, in their order, of each measure. */
export type Columns<Name extends string> = Readonly<Record<Name, Float64Array>>;

/** How a query fits every pose. */
export interface Measured {
  /** How much of the query is understood. */
  readonly state: QueryState;
  /** Whether it asks one limb for opposite ways. */
  readonly contradicts: boolean;
  /** Each of {@linkcode MEASURES}, as it is. */
  readonly own: Columns<(typeof MEASURES)[number]>;
  /** Each of {@linkcode RELATIVE}, as a share of the best pose's. */
  readonly relative: Columns<(typeof RELATIVE)[number]>;
  /** The place of each pose's mirror image; −1 where it has none. */
  readonly twins: Int32Array;
  /** By how much each pose leads its mirror image; nothing where the query names no side. */
  readonly leads: Columns<(typeof LEADS)[number]> | undefined;
  /** 1 where a pose is what the query denies: too few queries do to fit a weight. */
  readonly denied: Float64Array;
  /** How near each description is by letters, in the order of the poses: until the next query is measured. */
  readonly byLetters: Float64Array;
}

/** Measures queries against poses. */
export interface HybridMeasures {
  /**
   * Measures how a query fits every pose.
   *
   * @param query Any text.
   * @param meant How near the descriptions are by meaning, where embeddings are there.
   */
  measure(query: string, meant?: Meant): Measured;
}

function stateOf({ slots, unknown, understood }: Parsed): QueryState {
  if (slots.length === 0) return "none";
  return !understood ? "partly" : unknown.length === 0 ? "complete" : "mostly";
}

function shareOfBest(values: Float64Array): Float64Array {
  let best = LEAST;
  for (const value of values) if (value > best) best = value;
  return mapped(values, (value) => value / best);
}

/** Compares poses with their mirror images, by what is told of both in the same words but for left and right. */
function createLeads(documents: readonly Described[], twins: Int32Array) {
  const alike = toldAlike(documents, twins);
  const starts = startsOfLists(alike);
  const places = Uint32Array.from(alike.flat());
  const told = (each: Scores) => {
    const scores = new Float64Array(places.length);
    for (let i = 0; i < places.length; i++) scores[i] = each[places[i] ?? 0] ?? 0;
    return scores;
  };
  const leadOf = (values: Float64Array) => mapped(values, (value, i) => value - (values[twins[i] ?? -1] ?? value));
  const nothing = new Float64Array(places.length);
  return (fits: Pick<SlotFits, "held" | "near" | "off">, each: TextMeasures["each"], meaning?: Scores) => {
    const letters = told(each.letters), meant = meaning ? told(meaning) : nothing;
    return {
      held: leadOf(fits.held),
      near: leadOf(fits.near),
      off: leadOf(fits.off),
      said: leadOf(bestOf(starts, told(each.said))),
      letters: leadOf(bestOf(starts, letters)),
      words: leadOf(bestOf(starts, told(each.words))),
      meaning: leadOf(bestOf(starts, meant)),
      lettersMean: leadOf(meansOf(starts, letters)),
      meaningMean: leadOf(meansOf(starts, meant)),
    };
  };
}

/**
 * Gets ready to measure queries against poses.
 *
 * @param documents The poses' descriptions. @param poses The poses, in the same order.
 */
export function createHybridMeasures(documents: readonly Described[], poses: readonly Pose[]): HybridMeasures {
  const slots = createSlotIndex(poses);
  const text = createTextIndex(documents);
  const nothing = new Float64Array(documents.length);
  const twins = twinsOf(poses);
  const leads = createLeads(documents, twins);
  return {
    measure(written, meant) {
      const query = spellSides(written);
      const parsed = parse(query);
      const { denied, ...fits } = slots.fits(parsed.slots);
      const { each, ...found } = text.measure(query, parsed);
      const own = { ...fits, ...found, meaning: meant?.best ?? nothing, meaningAll: meant?.all ?? nothing };
      const relative = Object.fromEntries(SHARED.map((name) => [name, shareOfBest(own[name])])) as Columns<
        (typeof SHARED)[number]
      >;
      return {
        state: stateOf(parsed),
        contradicts: contradicts(parsed.slots),
        own: {
          ...own,
          anyWrong: mapped(fits.wrong, (wrong) => wrong > 0.01 ? 1 : 0),
          offRoot: mapped(fits.off, (off) => Math.sqrt(Math.max(0, off))),
        },
        relative: {
          ...relative,
          meaningMost: mapped(relative.meaningAll, (share) => Math.max(0, share) ** 4),
          same: mapped(found.letters, (near, i) => Math.min(near, found.words[i] ?? 0) > SAME ? 1 : 0),
        },
        twins,
        leads: mirrorSides(query) === query ? undefined : leads(fits, each, meant?.each),
        denied,
        byLetters: each.letters,
      };
    },
  };
}
