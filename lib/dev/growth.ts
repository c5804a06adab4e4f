/** What search costs as a library grows: time to build an index and time of a query, by the number of documents. */
import {
  createHybridRetriever,
  createRetriever,
  createVectorIndex,
  type Described,
  quantile,
  type RetrieverEvent,
  seededRandom,
  shuffled,
} from "../retrieve/mod.ts";
import { JOINTS, type Pose, type Vec3 } from "../skeleton/mod.ts";

/** What is measured: retrievers over documents, and the index of vectors. */
export const GROWING = ["tfidf", "char", "slots", "hybrid", "vectors"] as const;

/** One measurement. */
export interface GrowthRow {
  readonly name: typeof GROWING[number];
  /** Documents, or vectors. */
  readonly size: number;
  /** `real`: poses as they are; `repeated`: the same poses again, jittered; `synthetic`: numbers drawn by chance. */
  readonly data: "real" | "repeated" | "synthetic";
  readonly buildMs: number;
  readonly queryMs: number;
  readonly queries: number;
}

/** What is measured with. */
export interface GrowthOptions {
  /** Real documents; larger sizes repeat them. */
  readonly documents: readonly (Described & { readonly pose: Pose })[];
  readonly queries: readonly string[];
  readonly seed: number;
  readonly signal?: AbortSignal;
}

/** How far a repeated pose's joints are moved, metres at most: another pose, and much like it. */
const JITTER = 0.02;

/**
 * As many documents as wanted: a sample of real ones, or all of them and then copies, each with its joints moved a little
 * and a word of each description left out, so that no two are the same.
 *
 * @param documents Real ones; at least one.
 * @param count How many.
 * @param seed Of the sample and of the jitter.
 */
export function grow(
  documents: GrowthOptions["documents"],
  count: number,
  seed: number,
): (Described & { readonly pose: Pose })[] {
  const random = seededRandom(seed);
  const off = () => (2 * random() - 1) * JITTER;
  const moved = ([x, y, z]: Vec3): Vec3 => [x + off(), y + off(), z + off()];
  const original = shuffled(documents, random);
  return Array.from(
    { length: Math.ceil(count / original.length) },
    (_, copy) =>
      copy === 0 ? original : original.map(({ id, descriptions, pose }) => ({
        id: `${id}_${copy}`,
        descriptions: descriptions.map((text) => {
          const words = text.split(" ");
          return words.length < 2 ? text : words.toSpliced(Math.floor(random() * words.length), 1).join(" ");
        }),
        pose: {
          ...pose,
          joints: JOINTS.reduce((joints, joint) => ({ ...joints, [joint]: moved(joints[joint]) }), pose.joints),
        },
      })),
  ).flat().slice(0, count);
}

/** Waits for nothing, so that signals and timers have their turn. */
const turn = () => new Promise((done) => setTimeout(done));

/**
 * Measures a retriever over a number of documents. `hybrid` is measured without embeddings, which this process must not
 * be able to load: a model's time does not grow with the library, and its vectors are measured by `measureVectors`.
 *
 * @param name Which.
 * @param size How many documents.
 * @param options What is searched, and with which queries.
 * @returns The time to build it, and the median of a query's, each asked once after ten that warm up.
 */
export async function measureRetriever(
  name: Exclude<GrowthRow["name"], "vectors">,
  size: number,
  { documents, queries, seed, signal }: GrowthOptions,
): Promise<GrowthRow> {
  const grown = grow(documents, size, seed);
  let without = false;
  const onEvent = ({ type }: RetrieverEvent) => without ||= type === "without";
  const start = performance.now();
  await using retriever = name === "hybrid"
    ? createHybridRetriever(grown, { onEvent })
    : await createRetriever(name, grown);
  const buildMs = performance.now() - start;
  for (const query of queries.slice(0, 10)) await retriever.search(query, 5);
  if (name === "hybrid" && !without) throw new Error("Cannot measure hybrid without embeddings: they were loaded");
  const times: number[] = [];
  for (const query of queries) {
    await turn();
    signal?.throwIfAborted();
    const asked = performance.now();
    await retriever.search(query, 5);
    times.push(performance.now() - asked);
  }
  return {
    name,
    size,
    data: size <= documents.length ? "real" : "repeated",
    buildMs,
    queryMs: quantile(times, 0.5) ?? 0,
    queries: times.length,
  };
}

/** Vectors cut out of this many random numbers, each from another place, so that a million need no time to be drawn. */
const POOL = 1 << 20;

/**
 * Measures the index of vectors over a number of synthetic ones: the time of a query depends on how many they are, and not
 * on what they mean.
 *
 * @param size How many vectors.
 * @param dimensions Numbers in each.
 * @param options The seed, and what ends it.
 */
export async function measureVectors(
  size: number,
  dimensions: number,
  { seed, signal, queries = 11 }: { readonly seed: number; readonly signal?: AbortSignal; readonly queries?: number },
): Promise<GrowthRow> {
  const random = seededRandom(seed);
  const pool = Float32Array.from({ length: POOL + dimensions }, () => random() - 0.5);
  // The step is odd and the pool a power of two: every place is visited before one is visited again.
  const vector = (i: number) => pool.subarray(i * 7919 % POOL, i * 7919 % POOL + dimensions);
  const index = createVectorIndex(dimensions);
  const start = performance.now();
  for (let i = 0; i < size; i++) {
    if (i % 50_000 === 0) {
      await turn();
      signal?.throwIfAborted();
    }
    index.add(vector(i));
  }
  const buildMs = performance.now() - start;
  const times: number[] = [];
  for (let i = 0; i < queries + 2; i++) {
    await turn();
    signal?.throwIfAborted();
    const asked = performance.now();
    index.search(vector(size + i), 10);
    // The first two compile the code.
    if (i >= 2) times.push(performance.now() - asked);
  }
  return { name: "vectors", size, data: "synthetic", buildMs, queryMs: quantile(times, 0.5) ?? 0, queries };
}
