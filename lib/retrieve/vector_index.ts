/** A vector that a query found. */
export interface VectorHit {
  /** The vector's number, from 0 in the order of adding. */
  readonly index: number;
  /** Its dot product with the query: the cosine, where both are of unit length. */
  readonly score: number;
}

/** Vectors that can be searched for those nearest to another; every search looks at all of them. */
export interface VectorIndex {
  /** How many vectors it holds. */
  readonly size: number;
  /** Numbers in a vector. */
  readonly dimensions: number;
  /**
   * Adds a vector; its numbers are copied.
   *
   * @param vector As many finite numbers as there are dimensions.
   * @returns The vector's number.
   * @throws {RangeError} When there are more or fewer, or one is not finite.
   */
  add(vector: ArrayLike<number>): number;
  /**
   * Multiplies a vector with all of the index.
   *
   * @param query As many numbers as there are dimensions.
   * @returns The dot products, in the order of adding.
   * @throws {RangeError} When there are more or fewer numbers.
   */
  scores(query: ArrayLike<number>): Float32Array;
  /**
   * Finds the vectors with the highest dot products.
   *
   * @param query As many numbers as there are dimensions.
   * @param k How many at most, 1 or more.
   * @returns The first `k`, or all where there are fewer; best first, equal ones in the order of adding.
   * @throws {RangeError} When there are more or fewer numbers, or `k` is not a whole number, 1 or more.
   */
  search(query: ArrayLike<number>, k: number): VectorHit[];
}

// Vectors a block: 1.5 MB at 384 dimensions. Growing by blocks copies nothing and leaves at most one unfilled.
const BLOCK = 1024;

/**
 * Creates an index of vectors, exact and without any structure: 100,000 of 384 dimensions take 154 MB, and a query reads
 * them all. Larger collections want an approximate index, which is what vector engines are for.
 *
 * @param dimensions Numbers in a vector, 1 or more.
 * @returns The index, empty.
 * @throws {RangeError} When `dimensions` is not a whole number, 1 or more.
 */
export function createVectorIndex(dimensions: number): VectorIndex {
  if (!Number.isInteger(dimensions) || dimensions < 1) {
    throw new RangeError(`Cannot index vectors of ${dimensions} dimensions: give a whole number, 1 or more`);
  }
  const blocks: Float32Array[] = [];
  let size = 0;
  const check = (vector: ArrayLike<number>) => {
    if (vector.length === dimensions) return Float32Array.from(vector);
    throw new RangeError(`Cannot use a vector of ${vector.length} numbers in an index of ${dimensions} dimensions`);
  };
  const scores = (query: ArrayLike<number>) => {
    const checked = check(query);
    const all = new Float32Array(size);
    blocks.forEach((block, i) => multiply(block, checked, all.subarray(i * BLOCK, (i + 1) * BLOCK)));
    return all;
  };
  return {
    get size() {
      return size;
    },
    dimensions,
    add(vector) {
      const checked = check(vector);
      const wrong = checked.findIndex((value) => !Number.isFinite(value));
      if (wrong >= 0) throw new RangeError(`Cannot index a vector whose number ${wrong} is ${vector[wrong]}`);
      let block = blocks[Math.floor(size / BLOCK)];
      if (block === undefined) blocks.push(block = new Float32Array(BLOCK * dimensions));
      block.set(checked, size % BLOCK * dimensions);
      return size++;
    },
    scores,
    search(query, k) {
      if (!Number.isInteger(k) || k < 1) {
        throw new RangeError(`Cannot search for ${k} vectors: k must be a whole number, 1 or more`);
      }
      return highest(scores(query), k);
    },
  };
}

/** Dot products of a vector with the first rows of a block, as many as `sums` takes. */
function multiply(rows: Float32Array, vector: Float32Array, sums: Float32Array): void {
  const { length } = vector;
  const whole = length - length % 4;
  for (let row = 0, at = 0; row < sums.length; row++, at += length) {
    // Four sums, for an addition has to wait for the one before it.
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    let i = 0;
    for (; i < whole; i += 4) {
      a += (rows[at + i] ?? 0) * (vector[i] ?? 0);
      b += (rows[at + i + 1] ?? 0) * (vector[i + 1] ?? 0);
      c += (rows[at + i + 2] ?? 0) * (vector[i + 2] ?? 0);
      d += (rows[at + i + 3] ?? 0) * (vector[i + 3] ?? 0);
    }
    for (; i < length; i++) a += (rows[at + i] ?? 0) * (vector[i] ?? 0);
    sums[row] = a + b + (c + d);
  }
}

/** The highest of scores, in one pass: those found so far stay sorted, and nearly all others fail at the last of them. */
function highest(scores: Float32Array, k: number): VectorHit[] {
  const hits: VectorHit[] = [];
  let least = -Infinity;
  scores.forEach((score, index) => {
    if (hits.length === k && score <= least) return;
    let low = 0;
    let high = hits.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((hits[middle]?.score ?? 0) >= score) low = middle + 1;
      else high = middle;
    }
    hits.splice(low, 0, { index, score });
    if (hits.length > k) hits.pop();
    least = hits.at(-1)?.score ?? least;
  });
  return hits;
}
