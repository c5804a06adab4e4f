/** A linear map on embeddings, learned so that texts of one pose are near each other and those of its mirror image far. */

import { normalized } from "../dense.ts";

/** What a vector is moved by, and then multiplied with. */
export interface Adapter {
  /** Numbers in a vector. */
  readonly dimensions: number;
  /** What is taken from a vector first: the mean of those that were trained on. */
  readonly mean: Float32Array;
  /** Row by row: number j of the result is the sum over i of number i times `matrix[i * dimensions + j]`. */
  readonly matrix: Float32Array;
}

/**
 * Maps a vector.
 *
 * @param vector As many numbers as the adapter has dimensions.
 * @returns A new vector of unit length.
 */
export function adapt(vector: ArrayLike<number>, { dimensions, mean, matrix }: Adapter): Float32Array {
  const sums = new Float64Array(dimensions);
  for (let i = 0; i < dimensions; i++) {
    const value = (vector[i] ?? 0) - (mean[i] ?? 0);
    for (let j = 0, at = i * dimensions; j < dimensions; j++, at++) {
      sums[j] = (sums[j] ?? 0) + value * (matrix[at] ?? 0);
    }
  }
  return normalized(sums);
}
