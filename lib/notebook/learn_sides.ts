/** How an embedder learns left from right: measured here, or read from a run that was kept. */
import { z } from "zod";
import { describedPoses, type Library } from "../library/mod.ts";
import {
  adapt,
  type AdapterTraining,
  createPoseJudge,
  type Embedder,
  embedPoses,
  mirrorCosines,
  openTensors,
  QUERIES_FOLDER,
  readQueries,
  rightFirst,
  trainAdapter,
} from "../retrieve/mod.ts";

/** Texts that name a side, in two languages and of two limbs. */
export const SIDED_TEXTS: readonly string[] = [
  "правая рука вперёд",
  "put your right hand on your hip and your left one behind your head",
  "левую ладонь на правое плечо",
  "kneel on your right knee",
];

/** Every how many development queries one is asked: enough to see a difference, and few seconds. */
const EVERY = 4;

const learnedSchema = z.object({
  /** Cosines of texts and their mirror images, before the adapter and after it. */
  mirrors: z.array(z.object({ text: z.string(), mirrored: z.string(), before: z.number(), after: z.number() })),
  /** The loss of the training, at each step that was looked at. */
  losses: z.array(z.object({ step: z.int(), loss: z.number() })),
  /** Shares of so many queries whose right pose comes first. */
  rightFirst: z.object({ queries: z.int(), before: z.number(), after: z.number() }),
});

/** What an adapter learned. */
export type LearnedSides = z.infer<typeof learnedSchema>;

const keptSchema = learnedSchema.extend({
  machine: z.object({ cpu: z.string(), cores: z.int(), backend: z.string() }),
});

/**
 * Trains an adapter on a library's descriptions, and measures the embedder without it and with it.
 *
 * @param options the training's; `texts`: which mirror images are measured.
 * @throws what training, embedding and reading the queries of `poses/eval` throw.
 */
export async function learnSides(
  library: Library,
  embedder: Pick<Embedder, "embed" | "model" | "dimensions">,
  { texts = SIDED_TEXTS, ...training }: AdapterTraining & { readonly texts?: readonly string[] } = {},
): Promise<LearnedSides> {
  const documents = describedPoses(library);
  const poses = await embedPoses(documents, createPoseJudge(library.poses).mirrorOf, embedder);
  const losses: LearnedSides["losses"] = [];
  const adapter = await trainAdapter(await openTensors(), poses, {
    ...training,
    onStep: async (step, loss) => {
      losses.push({ step, loss });
      await training.onStep?.(step, loss);
    },
  });

  const adapted: Pick<Embedder, "embed"> = {
    embed: async (...of) => (await embedder.embed(...of)).map((vector) => adapt(vector, adapter)),
  };
  const after = await mirrorCosines(texts, adapted);
  const mirrors = (await mirrorCosines(texts, embedder)).map(({ text, mirrored, cosine }, i) => ({
    text,
    mirrored,
    before: cosine,
    after: after[i]?.cosine ?? NaN,
  }));

  const place = new Map(documents.map(({ id }, i) => [id, i]));
  const dev = await readQueries(QUERIES_FOLDER, "dev", new Set(place.keys()));
  const asked = dev.filter(({ ids }) => ids.length > 0).filter((_, i) => i % EVERY === 0);
  const vectors = await embedder.embed(asked.map(({ query }) => query), { kind: "query" });
  const queries = vectors.map((vector, i) => ({
    vector,
    right: new Set((asked[i]?.ids ?? []).flatMap((id) => place.get(id) ?? [])),
  }));
  return {
    mirrors,
    losses,
    rightFirst: {
      queries: queries.length,
      before: rightFirst(queries, poses),
      after: rightFirst(queries, poses, adapter),
    },
  };
}

/** Where `make eval` keeps what it measured. */
export const LEARNED_SIDES = new URL("../../outputs/showcase/sides.json", import.meta.url);

/** Reads what {@linkcode learnSides} measured on another machine, and on which. */
export async function readLearnedSides(): Promise<z.infer<typeof keptSchema>> {
  return keptSchema.parse(JSON.parse(await Deno.readTextFile(LEARNED_SIDES)));
}
