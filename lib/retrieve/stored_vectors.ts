/** Embeddings on disk, so that only new texts are embedded. */
import { createHash } from "node:crypto";
import { Buffer } from "node:buffer";
import { dirname, join } from "node:path";
import { crc32 } from "node:zlib";
import { checkoutFolder } from "../assets/mod.ts";
import type { Embedder } from "./e5/mod.ts";

/** What happened to stored vectors. */
export type StoredVectorsEvent =
  /** What was stored can't be used and is made again: another layout, another model's, or cut short or damaged. */
  | { readonly type: "rebuild"; readonly reason: "version" | "model" | "damaged" }
  /** Texts are being embedded, for the first time or again. */
  | { readonly type: "embed"; readonly done: number; readonly total: number }
  /** The vectors could not be stored and will be made again next time. */
  | { readonly type: "unsaved"; readonly reason: string };

/** How vectors are stored. */
export interface StoredVectorsOptions {
  /** The file (default: `.cache/embeddings/descriptions.vectors` in the checkout). */
  readonly file?: string;
  /** Hears of reading, embedding and storing. */
  readonly onEvent?: (event: StoredVectorsEvent) => void;
  /** Ends the embedding; nothing is stored then. */
  readonly signal?: AbortSignal;
}

// The file: magic, layout's version, dimensions, count, CRC-32 of all that follows; the model's key, then a key of 16
// bytes for each text, then their vectors. Little-endian, as every machine is that Deno runs on.
const MAGIC = "VECTORS ";
const VERSION = 1;
const HEAD_BYTES = 24;
const KEY_BYTES = 16;

/** Vectors that are kept at most beside those asked for, so that a file shared by several libraries does not grow on. */
const MOST_KEPT = 10_000;

const keyOf = (text: string) => createHash("sha256").update(text).digest().subarray(0, KEY_BYTES).toString("latin1");

/**
 * Embeds texts as queries, those of them that were not embedded before: vectors are kept by their texts in one file, so
 * that a changed description costs one run of the model. A file that can't be used is no error.
 *
 * @param texts Any texts.
 * @param embedder What embeds them.
 * @param options Where they are stored, and who hears of it.
 * @returns Their vectors, in their order.
 * @throws Whatever the embedder throws.
 */
export async function embedStored(
  texts: readonly string[],
  embedder: Pick<Embedder, "embed" | "dimensions" | "model">,
  options: StoredVectorsOptions = {},
): Promise<Float32Array[]> {
  const { file = join(checkoutFolder(), ".cache", "embeddings", "descriptions.vectors"), signal } = options;
  const onEvent = options.onEvent ?? (() => {});
  const stored = await readVectors(file, embedder);
  if (typeof stored === "string") onEvent({ type: "rebuild", reason: stored });
  const known = new Map(typeof stored === "string" ? [] : stored);
  const wanted = new Map(texts.map((text) => [keyOf(text), text]));
  const missing = [...wanted].filter(([key]) => !known.has(key));
  if (missing.length > 0) {
    const report = (done: number) => onEvent({ type: "embed", done, total: missing.length });
    report(0);
    const made = await embedder.embed(missing.map(([, text]) => text), {
      kind: "query",
      onDone: report,
      ...(signal === undefined ? {} : { signal }),
    });
    missing.forEach(([key], i) => {
      const vector = made[i];
      if (vector !== undefined) known.set(key, vector);
    });
    try {
      await writeVectors(file, embedder, known, wanted);
    } catch (error) {
      onEvent({ type: "unsaved", reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return texts.map((text) => known.get(keyOf(text)) ?? new Float32Array(embedder.dimensions));
}

type Model = Pick<Embedder, "dimensions" | "model">;

/** The file's vectors by the keys of their texts, none where there is no file, or why they can't be used. */
async function readVectors(
  file: string,
  { dimensions, model }: Model,
): Promise<Map<string, Float32Array> | "version" | "model" | "damaged"> {
  // What can't be read is as good as not there; whether it can be written is seen later.
  const bytes = await Deno.readFile(file).catch(() => undefined);
  if (bytes === undefined) return new Map();
  const view = new DataView(bytes.buffer);
  const content = Buffer.from(bytes.buffer);
  if (bytes.length < HEAD_BYTES || content.toString("latin1", 0, 8) !== MAGIC) return "damaged";
  if (view.getUint32(8, true) !== VERSION) return "version";
  const count = view.getUint32(16, true);
  const vectors = HEAD_BYTES + KEY_BYTES * (count + 1);
  if (bytes.length !== vectors + count * dimensions * 4) {
    return view.getUint32(12, true) === dimensions ? "damaged" : "model";
  }
  if (view.getUint32(20, true) !== crc32(bytes.subarray(HEAD_BYTES))) return "damaged";
  const key = (i: number) => content.toString("latin1", HEAD_BYTES + KEY_BYTES * i, HEAD_BYTES + KEY_BYTES * (i + 1));
  if (key(0) !== keyOf(model)) return "model";
  return new Map(Array.from({ length: count }, (_, i) => [
    key(i + 1),
    new Float32Array(bytes.buffer, vectors + i * dimensions * 4, dimensions),
  ]));
}

/** Writes the vectors that are wanted, and others that were there, under a name of their own first. */
async function writeVectors(
  file: string,
  { dimensions, model }: Model,
  known: ReadonlyMap<string, Float32Array>,
  wanted: ReadonlyMap<string, string>,
): Promise<void> {
  const others = [...known.keys()].filter((key) => !wanted.has(key)).slice(0, Math.max(0, MOST_KEPT - wanted.size));
  const keys = [...wanted.keys(), ...others];
  const vectors = HEAD_BYTES + KEY_BYTES * (keys.length + 1);
  const content = Buffer.alloc(vectors + keys.length * dimensions * 4);
  content.write(MAGIC, "latin1");
  content.writeUint32LE(VERSION, 8);
  content.writeUint32LE(dimensions, 12);
  content.writeUint32LE(keys.length, 16);
  [keyOf(model), ...keys].forEach((key, i) => content.write(key, HEAD_BYTES + KEY_BYTES * i, "latin1"));
  const numbers = new Float32Array(content.buffer, content.byteOffset + vectors, keys.length * dimensions);
  keys.forEach((key, i) => numbers.set(known.get(key) ?? [], i * dimensions));
  content.writeUint32LE(crc32(content.subarray(HEAD_BYTES)), 20);
  await Deno.mkdir(dirname(file), { recursive: true });
  const fresh = await Deno.makeTempFile({ dir: dirname(file), prefix: ".new-" });
  try {
    await Deno.writeFile(fresh, content);
    await Deno.rename(fresh, file);
  } catch (error) {
    await Deno.remove(fresh).catch(() => {});
    throw error;
  }
}
