import { mirrorSides } from "../text/mod.ts";
import { dot } from "./dense.ts";
import type { Embedder } from "./e5/mod.ts";

/** A text that names a side, and how near its mirror image is. */
export interface MirrorCosine {
  /** The text as it was given. */
  readonly text: string;
  /** The text with left and right exchanged. */
  readonly mirrored: string;
  /** Cosine of the two: 1 where an embedder can't tell left from right. */
  readonly cosine: number;
}

/**
 * Measures how well an embedder tells left from right: by each text that names a side and its mirror image.
 *
 * @param texts Any texts; those that name no side are left out.
 * @param embedder What embeds them.
 * @param signal Ends the work.
 * @returns Each such text with its cosine, in their order.
 */
export async function mirrorCosines(
  texts: readonly string[],
  embedder: Pick<Embedder, "embed">,
  signal?: AbortSignal,
): Promise<MirrorCosine[]> {
  const pairs = texts.map((text) => ({ text, mirrored: mirrorSides(text) })).filter((pair) =>
    pair.text !== pair.mirrored
  );
  const options = { kind: "query", ...(signal === undefined ? {} : { signal }) } as const;
  const vectors = await embedder.embed(pairs.flatMap(({ text, mirrored }) => [text, mirrored]), options);
  return pairs.map((pair, i) => {
    const [own, mirrored] = [vectors[2 * i], vectors[2 * i + 1]];
    return { ...pair, cosine: own && mirrored ? dot(own, mirrored) : 0 };
  });
}
