/** The GGUF version that is understood; all that is written today has it. */
const VERSION = 3;
const MAGIC = "GGUF";
const Q4_1 = 3;
const Q8_0 = 8;
/** What `general.file_type` calls a file that is mostly Q8_0. */
const MOSTLY_Q8_0 = 7;
/** Weights in a block of either form. */
const BLOCK = 32;
/** Two fp16 and 32 nibbles. */
const Q4_1_BYTES = 20;
/** One fp16 and 32 int8. */
const Q8_0_BYTES = 34;
/** Blocks that are rewritten at a time: about a megabyte. */
const BLOCKS_AT_A_TIME = 1 << 15;
const COPIED_AT_A_TIME = 1 << 20;
const UINT32 = 4;
const STRING = 8;
const ARRAY = 9;
/** Bytes of a metadata value by its type; a string (8) and an array (9) have their length before them. */
const VALUE_BYTES: readonly number[] = [1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8];

/**
 * A model's weights, a GGUF file, with its Q4_1 tensors in Q8_0: llama.cpp has matrix kernels for Q8_0 on a CPU that it
 * lacks for Q4_1, so that a prompt is read twice as fast. A weight changes by less than half a percent of the largest of
 * its block; for SmolLM2 the result was equal, bit for bit, to what PyPI's `gguf` (0.19.0) makes of it. All other tensors and
 * the metadata are copied. Needs a few megabytes of memory, however large the file.
 *
 * @see {@link https://github.com/ggml-org/ggml/blob/master/docs/gguf.md} for the file's form, and `quantize_row_q8_0_ref`
 *   in ggml-quants.c for the arithmetic.
 *
 * @param path The file.
 * @returns The new file piece by piece; a piece is valid until the next one is asked for.
 * @throws {SyntaxError} When the file is no GGUF, or is damaged.
 */
export async function* requantise(path: string): AsyncGenerator<Uint8Array, void, void> {
  using file = await Deno.open(path);
  const { size } = await file.stat();
  const { bytes, alignment, tensors, dataAt, fileTypeAt } = await readHeader(file, path, size);
  const view = new DataView(bytes.buffer);
  if (fileTypeAt !== undefined) view.setUint32(fileTypeAt, MOSTLY_Q8_0, true);
  const aligned = (length: number) => Math.ceil(length / alignment) * alignment;

  let written = 0;
  const plan = tensors.map((tensor, i) => {
    const { type, weights, offset, typeAt } = tensor;
    // Up to the next one, padding and all: so no table of the sizes of all types is needed.
    const extent = (tensors[i + 1]?.offset ?? size - dataAt) - offset;
    const blocks = type === Q4_1 ? weights / BLOCK : 0;
    if (blocks * Q4_1_BYTES > extent || !Number.isInteger(blocks) || extent < 0) {
      throw new SyntaxError(`Cannot rewrite ${path}: it is damaged, ${tensor.name} has no room for its weights.`);
    }
    const padding = blocks > 0 ? aligned(blocks * Q8_0_BYTES) - blocks * Q8_0_BYTES : 0;
    if (blocks > 0) view.setUint32(typeAt, Q8_0, true);
    // The offset stands behind the type.
    view.setBigUint64(typeAt + 4, BigInt(written), true);
    written += blocks > 0 ? blocks * Q8_0_BYTES + padding : extent;
    return { from: dataAt + offset, extent, blocks, padding };
  });

  yield bytes;
  const source = new Uint8Array(Math.max(COPIED_AT_A_TIME, BLOCKS_AT_A_TIME * Q4_1_BYTES));
  const target = new Uint8Array(BLOCKS_AT_A_TIME * Q8_0_BYTES);
  for (const { from, extent, blocks, padding } of plan) {
    await file.seek(from, Deno.SeekMode.Start);
    for (let done = 0; blocks === 0 && done < extent;) {
      const piece = source.subarray(0, Math.min(COPIED_AT_A_TIME, extent - done));
      await readAll(file, piece, path);
      yield piece;
      done += piece.length;
    }
    for (let done = 0; done < blocks;) {
      const count = Math.min(BLOCKS_AT_A_TIME, blocks - done);
      const piece = source.subarray(0, count * Q4_1_BYTES);
      await readAll(file, piece, path);
      q8FromQ4(piece, target);
      yield target.subarray(0, count * Q8_0_BYTES);
      done += count;
    }
    if (padding > 0) yield new Uint8Array(padding);
  }
}

/** Where a tensor's description and its data are. */
interface Tensor {
  readonly name: string;
  readonly weights: number;
  readonly type: number;
  /** Where its type stands in the header; its offset follows. */
  readonly typeAt: number;
  /** Where its data begin, counted from that of all data. */
  readonly offset: number;
}

interface Header {
  /** All that stands before the data of the tensors. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly alignment: number;
  /** In the order of their data. */
  readonly tensors: readonly Tensor[];
  readonly dataAt: number;
  /** Where the value of `general.file_type` stands. */
  readonly fileTypeAt: number | undefined;
}

/** Reads as much of the beginning as it turns out to take: the header does not say how long it is. */
async function readHeader(file: Deno.FsFile, path: string, size: number): Promise<Header> {
  for (let length = 1 << 20;; length *= 4) {
    const bytes = new Uint8Array(Math.min(length, size));
    await file.seek(0, Deno.SeekMode.Start);
    await readAll(file, bytes, path);
    try {
      return parseHeader(bytes, path);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      if (length < size) continue;
      throw new SyntaxError(`Cannot rewrite ${path}: it is damaged, it ends within its header.`, { cause: error });
    }
  }
}

/** @throws {RangeError} When there is more of the header than these bytes. */
function parseHeader(bytes: Uint8Array<ArrayBuffer>, path: string): Header {
  const view = new DataView(bytes.buffer);
  let at = 0;
  const skip = (length: number) => (at += length) - length;
  const uint32 = () => view.getUint32(skip(4), true);
  const uint64 = () => Number(view.getBigUint64(skip(8), true));
  const text = () => {
    const length = uint64();
    const from = skip(length);
    if (at > bytes.length) throw new RangeError("more to come");
    return new TextDecoder().decode(bytes.subarray(from, at));
  };
  const skipValue = (type: number): void => {
    if (type === STRING) skip(uint64());
    else if (type !== ARRAY) skip(valueBytes(type, path));
    else {
      const of = uint32();
      const count = uint64();
      if (of !== STRING && of !== ARRAY) skip(count * valueBytes(of, path));
      else for (let i = 0; i < count; i++) skipValue(of);
    }
  };

  if (new TextDecoder().decode(bytes.subarray(skip(4), at)) !== MAGIC) {
    throw new SyntaxError(`Cannot rewrite ${path}: it is no GGUF file.`);
  }
  const version = uint32();
  if (version !== VERSION) {
    throw new SyntaxError(`Cannot rewrite ${path}: it is a GGUF file of version ${version}, and only 3 is known.`);
  }
  const tensorCount = uint64();
  const valueCount = uint64();
  let alignment = 32;
  let fileTypeAt: number | undefined;
  for (let i = 0; i < valueCount; i++) {
    const key = text();
    const type = uint32();
    if (key === "general.alignment" && type === UINT32) alignment = view.getUint32(at, true);
    if (key === "general.file_type" && type === UINT32) fileTypeAt = at;
    skipValue(type);
  }
  const tensors: Tensor[] = [];
  for (let i = 0; i < tensorCount; i++) {
    const name = text();
    const dimensions = Array.from({ length: uint32() }, uint64);
    const weights = dimensions.reduce((product, dimension) => product * dimension, 1);
    const typeAt = at;
    tensors.push({ name, weights, type: uint32(), typeAt, offset: uint64() });
  }
  const dataAt = Math.ceil(at / alignment) * alignment;
  if (dataAt > bytes.length) throw new RangeError("more to come");
  const inOrder = tensors.toSorted((a, b) => a.offset - b.offset);
  return { bytes: bytes.slice(0, dataAt), alignment, tensors: inOrder, dataAt, fileTypeAt };
}

function valueBytes(type: number, path: string): number {
  const length = VALUE_BYTES[type];
  if (length !== undefined) return length;
  throw new SyntaxError(`Cannot rewrite ${path}: it is damaged, a value in its header has the unknown type ${type}.`);
}

async function readAll(file: Deno.FsFile, target: Uint8Array, path: string): Promise<void> {
  for (let done = 0; done < target.length;) {
    const read = await file.read(target.subarray(done));
    if (read === null) throw new SyntaxError(`Cannot rewrite ${path}: it is damaged, it ends too early.`);
    done += read;
  }
}

/**
 * Rewrites blocks. A Q4_1 weight is `d·q + m` with q from 0 to 15, a Q8_0 weight `d·q` with q from -127 to 127: a block has
 * sixteen values at most, so each is computed once. In single precision, as ggml does.
 */
function q8FromQ4(source: Uint8Array, target: Uint8Array): void {
  const from = new DataView(source.buffer, source.byteOffset, source.length);
  const to = new DataView(target.buffer, target.byteOffset, target.length);
  const values = new Int8Array(16);
  for (let read = 0, write = 0; read < source.length; read += Q4_1_BYTES, write += Q8_0_BYTES) {
    const step = from.getFloat16(read, true);
    const least = from.getFloat16(read + 2, true);
    const value = (q: number) => Math.fround(Math.fround(step * q) + least);
    let used = 0;
    for (let i = read + 4; i < read + Q4_1_BYTES; i++) {
      const two = source[i] ?? 0;
      used |= 1 << (two & 15) | 1 << (two >> 4);
    }
    // A line is farthest from 0 at one of its ends.
    const lowest = 31 - Math.clz32(used & -used);
    const highest = 31 - Math.clz32(used);
    const scale = Math.fround(Math.max(Math.abs(value(lowest)), Math.abs(value(highest))) / 127);
    const inverse = scale === 0 ? 0 : Math.fround(1 / scale);
    for (let q = lowest; q <= highest; q++) {
      const scaled = Math.fround(value(q) * inverse);
      values[q] = Math.sign(scaled) * Math.floor(Math.abs(scaled) + 0.5);
    }
    to.setFloat16(write, scale, true);
    for (let i = 0; i < 16; i++) {
      const two = source[read + 4 + i] ?? 0;
      target[write + 2 + i] = values[two & 15] ?? 0;
      target[write + 18 + i] = values[two >> 4] ?? 0;
    }
  }
}
