/** The network of e5 as an ONNX model over those weights. */
import type { E5File } from "./e5_file.ts";
import { createGraph, type GraphBuilder } from "./onnx_writer.ts";
import { BLOCK_BYTES, BLOCK_WEIGHTS, fromHalf } from "./q4.ts";

/** The names of the graph's input and of its output. */
export const E5_PORTS = {
  /** `[tokens, 384]`: of every token its row of the table, plus that of its place in the text. */
  tokens: "tokens",
  /** `[384]`: the mean over the tokens, of any length. */
  text: "text",
} as const;

/** Operators that ONNX itself has not, but onnxruntime has. */
const MICROSOFT = "com.microsoft";

// Multiply in 8-bit integers, as the wheel's own engine does; level 0, single precision, takes twice as long.
const ACCURACY_LEVEL = 4;

/**
 * Writes the layers of multilingual-e5-small, a BERT encoder (Devlin et al., NAACL 2019), as an ONNX model for one text at
 * a time. (Several at once take as long a text, measured, and their vectors would differ in the fifth digit with the
 * company they are in.)
 *
 * @param file The weights.
 * @returns The bytes of an .onnx file, 13.5 MB; the same on every machine.
 */
export function e5Graph(file: E5File): Uint8Array {
  const { width, layers, heads, inner, epsilon } = file.shape;
  const graph = createGraph("multilingual-e5-small");
  const split = graph.constant("split", [3], BigInt64Array.of(0n, BigInt(heads), BigInt(width / heads)));
  const merge = graph.constant("merge", [2], BigInt64Array.of(0n, BigInt(width)));
  const scale = graph.constant("scale", [], Float32Array.of(Math.sqrt(heads / width)));

  const vector = (name: string, length: number) =>
    graph.constant(name, [length], file.vector(name) as Float32Array<ArrayBuffer>);
  const normalise = (x: string, name: string) =>
    graph.operator("LayerNormalization", [x, vector(`${name}.w`, width), vector(`${name}.b`, width)], {
      axis: -1,
      epsilon: { float: epsilon },
    });
  const add = (a: string, b: string) => graph.operator("Add", [a, b]);
  const linear = (x: string, name: string, rows: number, columns: number) => {
    const product = multiplyQ4(graph, x, name, file.matrix(`${name}.w`, rows, columns), rows, columns);
    return add(product, vector(`${name}.b`, rows));
  };

  let x = normalise(E5_PORTS.tokens, "emb.ln");
  for (let layer = 0; layer < layers; layer++) {
    const name = (part: string) => `l${layer}.${part}`;
    const head = (part: string, perm: readonly number[]) =>
      graph.operator("Transpose", [graph.operator("Reshape", [linear(x, name(part), width, width), split])], { perm });
    const query = head("q", [1, 0, 2]);
    const key = head("k", [1, 2, 0]);
    const value = head("v", [1, 0, 2]);
    const likeness = graph.operator("Mul", [graph.operator("MatMul", [query, key]), scale]);
    const attention = graph.operator("Softmax", [likeness], { axis: -1 });
    const seen = graph.operator("Transpose", [graph.operator("MatMul", [attention, value])], { perm: [1, 0, 2] });
    const gathered = linear(graph.operator("Reshape", [seen, merge]), name("ao"), width, width);
    x = normalise(add(x, gathered), name("aln"));
    const middle = graph.operator("Gelu", [linear(x, name("fi"), inner, width)], {}, { domain: MICROSOFT });
    x = normalise(add(x, linear(middle, name("fo"), width, inner)), name("oln"));
  }
  graph.operator("ReduceMean", [x], { axes: [0], keepdims: 0 }, { output: E5_PORTS.text });
  const sets = { "": 17, [MICROSOFT]: 1 };
  return graph.finish({ [E5_PORTS.tokens]: ["tokens", width] }, { [E5_PORTS.text]: [width] }, sets);
}

/** Multiplies by a matrix of 4-bit weights, without unpacking it: onnxruntime's `MatMulNBits`. */
function multiplyQ4(
  graph: GraphBuilder,
  x: string,
  name: string,
  blocks: Uint8Array,
  rows: number,
  columns: number,
): string {
  const count = blocks.length / BLOCK_BYTES;
  const weights = new Uint8Array(count * BLOCK_WEIGHTS / 2);
  const scales = new Float32Array(count);
  const nibble = (at: number, i: number) => i < 16 ? (blocks[at + i] ?? 0) & 15 : (blocks[at + i - 16] ?? 0) >> 4;
  for (let i = 0; i < count; i++) {
    const at = i * BLOCK_BYTES;
    scales[i] = fromHalf((blocks[at] ?? 0) | (blocks[at + 1] ?? 0) << 8);
    // Neighbours share a byte here; in Q4_0, weights that are 16 apart do.
    for (let j = 0; j < 16; j++) {
      weights[i * 16 + j] = nibble(at + 2, 2 * j) | nibble(at + 2, 2 * j + 1) << 4;
    }
  }
  const inputs = [
    x,
    graph.constant(`${name}.weights`, [rows, columns / BLOCK_WEIGHTS, BLOCK_WEIGHTS / 2], weights),
    graph.constant(`${name}.scales`, [count], scales),
  ];
  const attributes = {
    K: columns,
    N: rows,
    bits: 4,
    block_size: BLOCK_WEIGHTS,
    accuracy_level: ACCURACY_LEVEL,
  };
  return graph.operator("MatMulNBits", inputs, attributes, { domain: MICROSOFT });
}
