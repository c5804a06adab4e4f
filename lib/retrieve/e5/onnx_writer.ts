/**
 * Writes ONNX models: as much of the format (onnx.proto, IR version 8) and of its encoding (Protocol Buffers' wire
 * format) as a graph of a few kinds of operators needs.
 *
 * @module
 */
import { joinBytes } from "../../assets/mod.ts";

/** An attribute of an operator: whole numbers, a list of them, or a real number. */
export type Attribute = number | readonly number[] | { readonly float: number };

/** A graph's inputs and outputs: the sizes, where a name stands for one that differs from run to run. */
export type Dimensions = readonly (number | string)[];

/** A graph while it is built. Values are known by their names. */
export interface GraphBuilder {
  /**
   * Adds a tensor of fixed content.
   *
   * @param name Its name.
   * @param dimensions Its sizes; none for a single number.
   * @param data Its content: float32, uint8 or int64.
   * @returns The name.
   */
  constant(
    name: string,
    dimensions: readonly number[],
    data: Float32Array<ArrayBuffer> | Uint8Array<ArrayBuffer> | BigInt64Array<ArrayBuffer>,
  ): string;
  /**
   * Adds an operator with one output.
   *
   * @param type Which one, such as `MatMul`.
   * @param inputs Names of its inputs.
   * @param attributes Its attributes.
   * @param options `domain`, the set of operators that it belongs to, unless it is ONNX's own; `output`, a name for the
   *   output.
   * @returns Name of its output.
   */
  operator(
    type: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, Attribute>>,
    options?: { readonly domain?: string; readonly output?: string },
  ): string;
  /**
   * Writes the model.
   *
   * @param inputs The graph's inputs, float32, with their sizes.
   * @param outputs The graph's outputs, likewise.
   * @param sets Versions of the sets of operators, ONNX's own under `""`.
   * @returns The bytes of an .onnx file.
   */
  finish(
    inputs: Readonly<Record<string, Dimensions>>,
    outputs: Readonly<Record<string, Dimensions>>,
    sets: Readonly<Record<string, number>>,
  ): Uint8Array;
}

// TensorProto.DataType and AttributeProto.AttributeType.
const FLOAT = 1;
const UINT8 = 2;
const INT64 = 7;
const ATTRIBUTE_FLOAT = 1;
const ATTRIBUTE_INT = 2;
const ATTRIBUTE_INTS = 7;

const IR_VERSION = 8;

/**
 * Starts a graph.
 *
 * @param name Its name, and that of the model's producer.
 * @returns A builder, empty.
 */
export function createGraph(name: string): GraphBuilder {
  const nodes: Message[] = [];
  const constants: Message[] = [];
  return {
    constant(name, dimensions, data) {
      const type = data instanceof Float32Array ? FLOAT : data instanceof Uint8Array ? UINT8 : INT64;
      const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      constants.push([...dimensions.map((size) => integer(1, size)), integer(2, type), text(8, name), block(9, [raw])]);
      return name;
    },
    operator(type, inputs, attributes = {}, { domain, output = `${type.toLowerCase()}_${nodes.length}` } = {}) {
      nodes.push([
        ...inputs.map((input) => text(1, input)),
        text(2, output),
        text(3, output),
        text(4, type),
        ...Object.entries(attributes).map(([key, value]) => block(5, attribute(key, value))),
        ...(domain === undefined ? [] : [text(7, domain)]),
      ]);
      return output;
    },
    finish(inputs, outputs, sets) {
      const graph = [
        ...nodes.map((node) => block(1, node)),
        text(2, name),
        ...constants.map((constant) => block(5, constant)),
        ...Object.entries(inputs).map(([name, dimensions]) => block(11, valueInfo(name, dimensions))),
        ...Object.entries(outputs).map(([name, dimensions]) => block(12, valueInfo(name, dimensions))),
      ];
      return joinBytes([
        integer(1, IR_VERSION),
        text(2, name),
        block(7, graph),
        ...Object.entries(sets).map(([domain, version]) => block(8, [text(1, domain), integer(2, version)])),
      ]);
    },
  };
}

/** A message of Protocol Buffers: its fields, encoded. */
type Message = Uint8Array[];

function attribute(name: string, value: Attribute): Message {
  if (typeof value === "number") return [text(1, name), integer(3, value), integer(20, ATTRIBUTE_INT)];
  if ("float" in value) return [text(1, name), float(2, value.float), integer(20, ATTRIBUTE_FLOAT)];
  return [text(1, name), ...value.map((one) => integer(8, one)), integer(20, ATTRIBUTE_INTS)];
}

function valueInfo(name: string, dimensions: Dimensions): Message {
  const shape = dimensions.map((size) => block(1, [typeof size === "number" ? integer(1, size) : text(2, size)]));
  return [text(1, name), block(2, [block(1, [integer(1, FLOAT), block(2, shape)])])];
}

// The wire types of a field: a varint, four bytes, or a length with as many bytes.
const VARINT = 0;
const BYTES = 2;
const FOUR_BYTES = 5;

function varint(value: number): number[] {
  // Negative ones as 64 bits in two's complement; no attribute here is larger than 32 bits.
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  return [...bytes, Number(rest)];
}

const tag = (field: number, type: number) => varint(field << 3 | type);

const integer = (field: number, value: number) => Uint8Array.from([...tag(field, VARINT), ...varint(value)]);

const text = (field: number, value: string) => block(field, [new TextEncoder().encode(value)]);

function float(field: number, value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return Uint8Array.from([...tag(field, FOUR_BYTES), ...bytes]);
}

function block(field: number, content: Message): Uint8Array {
  const length = content.reduce((sum, { length }) => sum + length, 0);
  return joinBytes([Uint8Array.from([...tag(field, BYTES), ...varint(length)]), ...content]);
}
