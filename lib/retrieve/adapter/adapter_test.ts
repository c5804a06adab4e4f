import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { AssetError } from "../../assets/mod.ts";
import { seededRandom } from "../seeded_random.ts";
import { adapt } from "./adapter.ts";
import { E5_ADAPTER, readAdapter } from "./stored_adapter.ts";
import { openTensors, TENSOR_BACKENDS, type Tensors } from "./tensors.ts";
import { type AdapterPose, trainAdapter } from "./train_adapter.ts";

const SIZE = 12;
const unit = (v: number[]) => v.map((value) => value / Math.hypot(...v));
const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, v, i) => sum + v * (b[i] ?? 0), 0);

/**
 * Texts as embeddings see them: what a pose is about is plain, its side is a small number among noise. Poses come in
 * pairs, a pose and its mirror image.
 */
function posesOf(pairs: number, texts: number, seed: number): AdapterPose[] {
  const random = seededRandom(seed);
  const noise = () => random() - 0.5;
  return Array.from({ length: pairs }, (_, pair) => {
    const about = Array.from({ length: SIZE - 1 }, noise);
    return [-0.15, 0.15].map((side, i) => ({
      mirror: 2 * pair + 1 - i,
      vectors: Array.from(
        { length: texts },
        () => Float32Array.from(unit([...about.map((value) => value + 0.6 * noise()), side + 0.05 * noise()])),
      ),
    }));
  }).flat();
}

/** The share of poses whose first text is nearer to another of its own than to any of its mirror image. */
function toldApart(poses: readonly AdapterPose[], map: (v: Float32Array) => Float32Array): number {
  const right = poses.filter(({ vectors, mirror = 0 }) => {
    const [first, ...own] = vectors.map(map);
    const nearest = (list: readonly Float32Array[]) => Math.max(...list.map((v) => dot(v, first ?? [])));
    return nearest(own) > nearest((poses[mirror]?.vectors ?? []).map(map));
  });
  return right.length / poses.length;
}

const stepBy = async (tensors: Tensors) =>
  (await trainAdapter(tensors, posesOf(8, 3, 1), { steps: 1, batch: 8, rate: 0.01 })).matrix;

Deno.test("trainAdapter() tells mirror images apart that it has not seen, in each backend that there is", async () => {
  const unseen = posesOf(30, 4, 2);
  const before = toldApart(unseen, (v) => v);
  for (const backend of ["wasm", "cpu"] as const) {
    const tensors = await openTensors(backend);
    assert.equal(tensors.backend, backend);
    const losses: number[] = [];
    const adapter = await trainAdapter(tensors, posesOf(30, 4, 1), {
      steps: 60,
      batch: 32,
      rate: 0.02,
      onStep: (_, loss) => void losses.push(loss),
    });
    const after = toldApart(unseen, (v) => adapt(v, adapter));
    assert.ok((losses.at(-1) ?? 9) < (losses[0] ?? 0) / 2, `${backend}: the loss went ${losses.join(", ")}`);
    assert.ok(before < 0.85 && after > 0.95, `${backend}: told apart ${before} before, ${after} after`);
  }
});

Deno.test("one step of training is the same in every backend that there is, to 1e-5", async () => {
  const plain = await stepBy(await openTensors("cpu"));
  for (const backend of TENSOR_BACKENDS) {
    // TensorFlow is there only after `make native`.
    const tensors = await openTensors(backend).catch((error) => {
      if (backend === "tensorflow" && error instanceof TypeError) return undefined;
      throw error;
    });
    if (!tensors) continue;
    const apart = Math.max(...(await stepBy(tensors)).map((value, i) => Math.abs(value - (plain[i] ?? NaN))));
    assert.ok(apart < 1e-5, `${backend} differs by ${apart}`);
  }
});

Deno.test("a step of training goes down the loss's slope, measured by small changes", async () => {
  const { tf } = await openTensors("cpu");
  // A step of gradient descent is the slope itself.
  const plain: Tensors["tf"] = {
    ...tf,
    train: { adam: (rate: number) => tf.train.sgd(rate) },
  } as unknown as Tensors["tf"];
  // A batch of all poses, each with one text twice, is the same each time.
  const poses = posesOf(8, 1, 3).map((pose) => ({ ...pose, vectors: [...pose.vectors, ...pose.vectors] }));
  const losses: number[] = [];
  for (const steps of [1, 2]) {
    await trainAdapter({ tf: plain, backend: "cpu" }, poses, {
      steps,
      batch: 32,
      rate: 1e-3,
      hold: 0,
      onStep: (step, loss) => step === steps ? void losses.push(loss) : undefined,
    });
  }
  const { matrix } = await trainAdapter({ tf: plain, backend: "cpu" }, poses, {
    steps: 1,
    batch: 32,
    rate: 1e-3,
    hold: 0,
  });
  const slope = matrix.map((value, i) => (value - (i % (SIZE + 1) === 0 ? 1 : 0)) / 1e-3);
  // To first order a step of rate r lowers the loss by r times the square of the slope.
  const foretold = 1e-3 * dot(slope, slope);
  const fell = (losses[0] ?? 0) - (losses[1] ?? 0);
  assert.ok(Math.abs(fell / foretold - 1) < 0.05, `the loss fell by ${fell}, the slope foretold ${foretold}`);
});

Deno.test("trainAdapter() refuses poses without two descriptions, and ends when it is told to", async () => {
  const tensors = await openTensors("cpu");
  await assert.rejects(trainAdapter(tensors, [{ vectors: [new Float32Array(3)] }]), /no pose has two descriptions/);
  const stop = new AbortController();
  const training = trainAdapter(tensors, posesOf(4, 2, 1), {
    batch: 8,
    signal: stop.signal,
    onStep: () => stop.abort(),
  });
  await assert.rejects(training, { name: "AbortError" });
});

Deno.test("openTensors() names a backend that is not there", async () => {
  await assert.rejects(openTensors("abacus" as "cpu"), /the backend "abacus" is not to be had here/);
});

Deno.test("the adapter of the checkout is whole, and a damaged one is refused by its checksum", async () => {
  const adapter = await readAdapter();
  assert.equal(adapter.dimensions, E5_ADAPTER.dimensions);
  assert.equal(adapter.matrix.length, adapter.dimensions ** 2);
  const length = Math.hypot(
    ...adapt(Float32Array.from({ length: adapter.dimensions }, (_, i) => Math.sin(i)), adapter),
  );
  assert.ok(Math.abs(length - 1) < 1e-5, String(length));

  await Deno.mkdir(".cache/tmp", { recursive: true });
  const damaged = await Deno.makeTempFile({ dir: ".cache/tmp" });
  await Deno.writeFile(damaged, new Uint8Array(adapter.dimensions * (adapter.dimensions + 1) * 2));
  const refused = await readAdapter(pathToFileURL(damaged)).catch((error) => error);
  assert.ok(refused instanceof AssetError && refused.code === "checksum", String(refused));
  await Deno.remove(damaged);
});
