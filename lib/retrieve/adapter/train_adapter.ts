/** Training of the adapter: InfoNCE with the mirror image among the negatives, its gradient written out, Adam. */
import { seededRandom, shuffled } from "../seeded_random.ts";
import type { Adapter } from "./adapter.ts";
import type { TensorFlow, Tensors } from "./tensors.ts";
import type { Tensor2D } from "@tensorflow/tfjs-core";

/** What is trained on: the embedded descriptions of a pose, and where its mirror image stands in the list. */
export interface AdapterPose {
  /** Unit vectors, one a description. */
  readonly vectors: readonly Float32Array[];
  /** The place of its mirror image; none where it has none, or is its own. */
  readonly mirror?: number;
}

/** How an adapter is trained. */
export interface AdapterTraining {
  /** How many batches it learns from; default 400. */
  readonly steps?: number;
  /** Poses a step, their mirror images among them. */
  readonly batch?: number;
  /** Adam's step size. */
  readonly rate?: number;
  /** What cosines are divided by before the softmax. */
  readonly temperature?: number;
  /** How strongly the matrix is held to the identity. */
  readonly hold?: number;
  /** Of the batches that are drawn; the same seed gives the same adapter. */
  readonly seed?: number;
  /** Hears each step's loss; what it gives is waited for. */
  readonly onStep?: (step: number, loss: number) => void | Promise<void>;
  /** Ends the training between two steps. */
  readonly signal?: AbortSignal;
}

/** Steps between two looks at the loss, which costs a wait for the backend. */
const LOOK = 10;

/**
 * Trains an adapter: of each pose of a batch two descriptions are drawn, and each has to find the other among those of the
 * batch (InfoNCE in both directions: van den Oord et al. 2018, arXiv 1807.03748; CLIP, Radford et al. 2021). A batch holds
 * the mirror images of its poses, the negatives that embeddings can't tell apart.
 *
 * @param tensors What computes. @param poses Poses with two descriptions at least.
 * @returns The adapter; the same for the same poses, options and backend, and nearly the same for another backend.
 * @throws {RangeError} Without a pose that has two descriptions; the signal's reason when aborted.
 */
export async function trainAdapter(
  { tf }: Tensors,
  poses: readonly AdapterPose[],
  options: AdapterTraining = {},
): Promise<Adapter> {
  const { steps = 400, batch = 256, rate = 1e-3, temperature = 0.05, hold = 0.05, seed = 1, onStep, signal } = options;
  const usable = poses.filter(({ vectors }) => vectors.length > 1);
  const dimensions = usable[0]?.vectors[0]?.length;
  if (dimensions === undefined) throw new RangeError("Cannot train an adapter: no pose has two descriptions");
  const random = seededRandom(seed);
  const mean = meanOf(usable.flatMap(({ vectors }) => vectors), dimensions);
  const matrix = tf.variable(tf.eye(dimensions));
  const centre = tf.tensor1d(mean);
  const optimizer = tf.train.adam(rate);
  try {
    for (let step = 1; step <= steps; step++) {
      signal?.throwIfAborted();
      const [first, second] = drawPairs(poses, batch / 2, random);
      const loss = tf.tidy(() => {
        const rows = (list: readonly Float32Array[]) =>
          tf.sub(tf.tensor2d(flat(list, dimensions), [list.length, dimensions]), centre) as Tensor2D;
        const { gradient, loss } = lossOf(tf, rows(first), rows(second), matrix as unknown as Tensor2D, temperature);
        const pull = tf.mul(tf.sub(matrix, tf.eye(dimensions)), hold / dimensions);
        optimizer.applyGradients({ [matrix.name]: tf.add(gradient, pull) });
        return loss;
      });
      if (step % LOOK === 0 || step === 1 || step === steps) await onStep?.(step, (await loss.data())[0] ?? NaN);
      loss.dispose();
    }
    return { dimensions, mean, matrix: Float32Array.from(await matrix.data()) };
  } finally {
    matrix.dispose();
    centre.dispose();
    optimizer.dispose();
  }
}

/** The loss of a batch of pairs, and its gradient by the matrix. */
function lossOf(tf: TensorFlow, a: Tensor2D, b: Tensor2D, matrix: Tensor2D, temperature: number) {
  const [mapped, other] = [tf.matMul(a, matrix), tf.matMul(b, matrix)];
  const [lengthA, lengthB] = [tf.norm(mapped, 2, 1, true), tf.norm(other, 2, 1, true)];
  const [unitA, unitB] = [tf.div<Tensor2D>(mapped, lengthA), tf.div<Tensor2D>(other, lengthB)];
  const cosines = tf.div<Tensor2D>(tf.matMul(unitA, unitB, false, true), temperature);
  // Each finds its pair along the rows and along the columns; the right one is on the diagonal.
  const byRow = tf.softmax(cosines);
  const byColumn = tf.transpose(tf.softmax(tf.transpose(cosines)));
  const right = tf.eye(a.shape[0]);
  const loss = tf.neg(tf.div(
    tf.sum(tf.mul(right, tf.log(tf.add(tf.mul(byRow, byColumn), 1e-30)))),
    2 * a.shape[0],
  ));
  const byCosine = tf.div<Tensor2D>(
    tf.sub(tf.div(tf.add(byRow, byColumn), 2), right),
    a.shape[0] * temperature,
  );
  // Through the division by the length, then through the product.
  const back = (slope: Tensor2D, unit: Tensor2D, length: typeof lengthA) =>
    tf.div<Tensor2D>(tf.sub(slope, tf.mul(unit, tf.sum(tf.mul(slope, unit), 1, true))), length);
  const byA = back(tf.matMul(byCosine, unitB), unitA, lengthA);
  const byB = back(tf.matMul(byCosine, unitA, true), unitB, lengthB);
  return { loss, gradient: tf.add<Tensor2D>(tf.matMul(a, byA, true), tf.matMul(b, byB, true)) };
}

/** Two descriptions each of some poses and of their mirror images, drawn by chance. */
function drawPairs(
  poses: readonly AdapterPose[],
  count: number,
  random: () => number,
): [Float32Array[], Float32Array[]] {
  const drawn = shuffled(poses.map((_, i) => i), random).slice(0, Math.max(1, Math.floor(count)));
  const all = new Set(drawn.flatMap((i) => [i, poses[i]?.mirror ?? i]));
  const pairs = [...all].flatMap((i) => {
    const [a, b] = shuffled(poses[i]?.vectors ?? [], random);
    return a && b ? [[a, b] as const] : [];
  });
  return [pairs.map(([a]) => a), pairs.map(([, b]) => b)];
}

function flat(list: readonly Float32Array[], dimensions: number): Float32Array {
  const all = new Float32Array(list.length * dimensions);
  list.forEach((vector, i) => all.set(vector, i * dimensions));
  return all;
}

function meanOf(list: readonly Float32Array[], dimensions: number): Float32Array {
  const sum = new Float64Array(dimensions);
  for (const vector of list) vector.forEach((value, i) => sum[i] = (sum[i] ?? 0) + value);
  return Float32Array.from(sum, (value) => value / list.length);
}
