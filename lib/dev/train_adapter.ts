/**
 * Trains the adapter of multilingual-e5-small on the library's descriptions, and writes it to `lib/retrieve/adapter`:
 * `deno task train-adapter`. What it is worth on the development queries of `poses/eval` is printed.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { describedPoses, loadLibrary } from "../library/mod.ts";
import {
  createEmbedder,
  createPoseJudge,
  embedPoses,
  openTensors,
  readQueries,
  rightFirst,
  trainAdapter,
  writeAdapter,
} from "../retrieve/mod.ts";

const QUERIES = fileURLToPath(new URL("../../poses/eval", import.meta.url));
/** Chosen on the development queries. */
const TRAINING = { steps: 400, batch: 512, rate: 1e-3, temperature: 0.05, hold: 0.05, seed: 1 };

const library = await loadLibrary();
const documents = describedPoses(library);
const place = new Map(documents.map(({ id }, i) => [id, i]));
await using embedder = await createEmbedder();
const poses = await embedPoses(documents, createPoseJudge(library.poses).mirrorOf, embedder);
const asked = (await readQueries(QUERIES, "dev", new Set(place.keys()))).filter(({ ids }) => ids.length > 0);
const vectors = await embedder.embed(asked.map(({ query }) => query), { kind: "query" });
const queries = asked.flatMap(({ ids }, i) => {
  const vector = vectors[i];
  return vector ? [{ vector, right: new Set(ids.flatMap((id) => place.get(id) ?? [])) }] : [];
});
const percent = (share: number) => `${(100 * share).toFixed(1)} % of ${queries.length} development queries`;

const tensors = await openTensors();
console.log(
  `${poses.length} poses, ${poses.flatMap(({ vectors }) => vectors).length} descriptions, ${tensors.backend}`,
);
console.log(`the right pose first, before: ${percent(rightFirst(queries, poses))}`);
const started = performance.now();
const adapter = await trainAdapter(tensors, poses, {
  ...TRAINING,
  onStep: (step, loss) => step % 50 === 0 ? console.log(`step ${step}: loss ${loss.toFixed(3)}`) : undefined,
});
console.log(`trained in ${((performance.now() - started) / 1000).toFixed(0)} s`);
await writeAdapter(adapter, { ...TRAINING, poses: poses.length });
console.log(`the right pose first, after: ${percent(rightFirst(queries, poses, adapter))}`);
