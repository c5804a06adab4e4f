/** A vector of which only the entries that are not zero are kept. */
export interface SparseVector {
  /** Dimensions of the entries, rising. */
  readonly indices: Uint32Array;
  /** Values of the entries, in the order of `indices`. */
  readonly values: Float64Array;
}

/**
 * Cosine similarity of two sparse vectors.
 *
 * @param a One vector.
 * @param b Another of the same space.
 * @returns The cosine, 0 where either vector is zero.
 */
export function cosine(a: SparseVector, b: SparseVector): number {
  const lengths = Math.sqrt(dot(a, a) * dot(b, b));
  return lengths === 0 ? 0 : dot(a, b) / lengths;
}

function dot(a: SparseVector, b: SparseVector): number {
  let sum = 0;
  let j = 0;
  a.indices.forEach((index, i) => {
    while ((b.indices[j] ?? Infinity) < index) j++;
    if (b.indices[j] === index) sum += (a.values[i] ?? 0) * (b.values[j] ?? 0);
  });
  return sum;
}

/** Sparse vectors of one space, kept by dimension so that a query meets only the vectors that share one with it. */
export interface SparseIndex {
  /**
   * Multiplies a vector with all of the index.
   *
   * @param query Vector of the same space.
   * @param into Where to write; a new array unless given.
   * @returns The dot product of the query with every vector, in their order: cosines where all are of unit length.
   */
  scores(query: SparseVector, into?: Float64Array): Float64Array;
}

/**
 * Indexes sparse vectors by dimension.
 *
 * @param vectors Vectors of one space.
 * @param dimensions Dimensions of the space; every index of the vectors is below it.
 * @returns The index.
 */
export function createSparseIndex(vectors: readonly SparseVector[], dimensions: number): SparseIndex {
  const starts = new Uint32Array(dimensions + 1);
  for (const { indices } of vectors) {
    for (const index of indices) starts[index + 1] = (starts[index + 1] ?? 0) + 1;
  }
  for (let i = 0; i < dimensions; i++) starts[i + 1] = (starts[i + 1] ?? 0) + (starts[i] ?? 0);

  const next = starts.slice();
  const owners = new Uint32Array(starts[dimensions] ?? 0);
  const values = new Float64Array(owners.length);
  vectors.forEach((vector, owner) => {
    vector.indices.forEach((index, i) => {
      const slot = next[index] ?? 0;
      next[index] = slot + 1;
      owners[slot] = owner;
      values[slot] = vector.values[i] ?? 0;
    });
  });

  return {
    scores(query, into) {
      const sums = into?.fill(0) ?? new Float64Array(vectors.length);
      query.indices.forEach((index, i) => {
        const weight = query.values[i] ?? 0;
        const end = starts[index + 1] ?? 0;
        for (let slot = starts[index] ?? 0; slot < end; slot++) {
          const owner = owners[slot] ?? 0;
          sums[owner] = (sums[owner] ?? 0) + weight * (values[slot] ?? 0);
        }
      });
      return sums;
    },
  };
}
