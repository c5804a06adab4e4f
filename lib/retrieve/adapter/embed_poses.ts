/** What an adapter is trained on and judged by, as vectors. */
import { dot } from "../dense.ts";
import type { Embedder } from "../e5/mod.ts";
import type { Described } from "../retriever.ts";
import { embedStored } from "../stored_vectors.ts";
import { adapt, type Adapter } from "./adapter.ts";
import type { AdapterPose } from "./train_adapter.ts";

/**
 * Embeds poses for training an adapter.
 *
 * @param documents The poses' descriptions.
 * @param mirrorOf The id of a pose's mirror image, if there is one.
 * @param embedder What embeds; vectors that are stored are taken from there.
 */
export async function embedPoses(
  documents: readonly Described[],
  mirrorOf: (id: string) => string | undefined,
  embedder: Pick<Embedder, "embed" | "dimensions" | "model">,
): Promise<AdapterPose[]> {
  const place = new Map(documents.map(({ id }, i) => [id, i]));
  const vectors = (await embedStored(documents.flatMap(({ descriptions }) => descriptions), embedder)).values();
  return documents.map(({ id, descriptions }) => {
    const mirror = place.get(mirrorOf(id) ?? "");
    return { vectors: [...vectors.take(descriptions.length)], ...(mirror !== undefined && { mirror }) };
  });
}

/** A query as it is embedded, and the places of the poses that answer it. */
export interface EmbeddedQuery {
  /** The query's own, a unit vector. */
  readonly vector: Float32Array;
  /** Which poses of the list answer it. */
  readonly right: ReadonlySet<number>;
}

/**
 * How often the nearest description is one of a right pose.
 *
 * @param queries Queries with an answer. @param poses What they search. @param adapter Maps all vectors first, if given.
 * @returns The share of queries, 0 to 1.
 */
export function rightFirst(
  queries: readonly EmbeddedQuery[],
  poses: readonly AdapterPose[],
  adapter?: Adapter,
): number {
  const map = (vector: Float32Array) => adapter ? adapt(vector, adapter) : vector;
  const all = poses.flatMap(({ vectors }, pose) => vectors.map((vector) => ({ pose, vector: map(vector) })));
  const right = queries.filter(({ vector, right }) => {
    const query = map(vector);
    let best = { pose: -1, near: -Infinity };
    for (const one of all) {
      const near = dot(one.vector, query);
      if (near > best.near) best = { pose: one.pose, near };
    }
    return right.has(best.pose);
  });
  return right.length / queries.length;
}
