/** What every retriever is and gives, and what becomes of its hits: an answer or a refusal. */
import type { AssetProgress } from "../assets/mod.ts";
import { compose, notationOf, parse } from "../notation/mod.ts";
import type { Pose } from "../skeleton/mod.ts";
import { contradicts } from "./contradicts.ts";
import type { StoredVectorsEvent } from "./stored_vectors.ts";

/** Something with an id that can be told by any of its descriptions: a pose, a choreography. */
export interface Described {
  /** What a hit names it by; no two share one. */
  readonly id: string;
  /** What it may be called; at least one. */
  readonly descriptions: readonly string[];
  /** What it looks like; `slots` and `hybrid` need it. */
  readonly pose?: Pose;
}

/** A document that a query found. */
export interface Hit {
  /** The document's id. */
  readonly id: string;
  /**
   * How near the query is to `description`: 1 the same, 0 nothing in common. (By `embed`, texts that have nothing in
   * common are about 0.8 near; the retriever's `near` says from where on it counts.)
   */
  readonly score: number;
  /** The document's description that is nearest to the query; its first where none shares anything with it. */
  readonly description: string;
}

/** How a description finds documents. */
export type RetrieverName = "hybrid" | "slots" | "tfidf" | "char" | "embed";

/** What happens while a retriever gets ready. */
export type RetrieverEvent =
  /** Something that it needs is fetched, once. */
  | { readonly type: "fetch"; readonly progress: AssetProgress }
  /** Something optional is not there, and it works without. */
  | { readonly type: "without"; readonly part: "embeddings" }
  | StoredVectorsEvent;

/** How a retriever gets ready. */
export interface RetrieverOptions {
  /** Hears of what takes time. */
  readonly onEvent?: (event: RetrieverEvent) => void;
  /** Ends what takes time, searches included. */
  readonly signal?: AbortSignal;
}

/** Finds the documents that a query describes. */
export interface Retriever extends AsyncDisposable {
  /** Its name, as `createRetriever` takes it. */
  readonly name: RetrieverName;
  /** Score below which nothing is near, see `answer`. */
  readonly near: number;
  /**
   * Ranks the documents, each by its best description, best first; equal ones in the order of the documents.
   *
   * @param query Any text.
   * @param k How many hits at most, 1 or more.
   * @returns The first `k` documents, or all where there are fewer; those that share nothing with the query score 0.
   * @throws {RangeError} When `k` is not a whole number, 1 or more.
   */
  search(query: string, k: number): Promise<Hit[]>;
  /** Frees what it holds, such as a loaded model. May be called twice; afterwards there is no searching. */
  close(): Promise<void>;
}

/** What a search gives back, as `POST /poses/search` and `pose search` show it. */
export interface Answer {
  /** What was asked. */
  readonly query: string;
  /** What searched. */
  readonly retriever: RetrieverName;
  /** False where nothing is near: the results are then only the nearest three. */
  readonly answered: boolean;
  /** Best first. */
  readonly results: readonly Hit[];
  /** The body that the query's own words make, where nothing is near and every word of them is understood. */
  readonly composed?: Pose;
}

const NEAREST = 3;

/**
 * Searches, and says whether what was found is near enough to count.
 *
 * @param retriever What searches.
 * @param query Any text.
 * @param k How many results at most, 1 or more.
 * @returns The `k` best where the best of them is near, else the nearest three.
 * @throws {RangeError} When `k` is not a whole number, 1 or more.
 */
export async function answer(retriever: Retriever, query: string, k: number): Promise<Answer> {
  checkCount(k);
  const hits = await retriever.search(query, Math.max(k, NEAREST));
  const answered = (hits[0]?.score ?? 0) >= retriever.near;
  const found = { query, retriever: retriever.name, answered, results: hits.slice(0, answered ? k : NEAREST) };
  const composed = answered ? undefined : composeWords(query);
  return { ...found, ...(composed && { composed }) };
}

/** The body that a wholly understood text describes, if a body can hold it. */
function composeWords(text: string): Pose | undefined {
  const { slots, unknown, understood } = parse(text);
  if (!understood || unknown.length > 0 || contradicts(slots)) return undefined;
  const composed = compose(notationOf(slots));
  return composed.kind === "composed" ? composed.pose : undefined;
}

/**
 * Checks how many hits are asked for.
 *
 * @param k How many.
 * @throws {RangeError} When `k` is not a whole number, 1 or more.
 */
export function checkCount(k: number): void {
  if (!Number.isInteger(k) || k < 1) {
    throw new RangeError(`Cannot search for ${k} results: k must be a whole number, 1 or more`);
  }
}

/**
 * Checks that things can be told apart by their ids.
 *
 * @param entries Things with ids.
 * @throws {RangeError} When two share an id.
 */
export function checkIds(entries: readonly { readonly id: string }[]): void {
  const ids = new Set<string>();
  for (const { id } of entries) {
    if (ids.has(id)) throw new RangeError(`Cannot index "${id}" twice: give one of the two another id`);
    ids.add(id);
  }
}
