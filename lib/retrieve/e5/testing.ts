/** Tests with the real weights share one embedder, loaded by the first of them in a file. */
import { createEmbedder, type Embedder, isEmbedderCached } from "./mod.ts";

const cached = await isEmbedderCached();
let shared: Promise<Embedder> | undefined;

/**
 * A test with the real weights and runtime; where they haven't been fetched it is reported as ignored, with the reason.
 *
 * @param name What holds.
 * @param test Checks it; it must not close the embedder.
 */
export function embedTest(name: string, test: (embedder: Embedder) => Promise<void>): void {
  Deno.test({
    name: cached ? name : `${name} (ignored: no embeddings; make embeddings fetches them)`,
    ignore: !cached,
    // The first of these tests loads the runtime and the last one's end frees it.
    sanitizeOps: false,
    sanitizeResources: false,
    fn: async () => await test(await (shared ??= createEmbedder())),
  });
}

/** Frees the shared embedder; for `Deno.test.afterAll`. */
export async function closeSharedEmbedder(): Promise<void> {
  await (await shared)?.close();
  shared = undefined;
}

/** The dot product of two vectors: their cosine, where both are of unit length. */
export function dot(a: ArrayLike<number> = [], b: ArrayLike<number> = []): number {
  return Array.from(a).reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}
