import assert from "node:assert/strict";
import { requantise } from "./requantise.ts";

const Q4_1 = 3;
const Q8_0 = 8;
const F32 = 0;

interface Tensor {
  readonly name: string;
  readonly dimensions: readonly number[];
  readonly type: number;
  readonly data: Uint8Array;
}

/** A GGUF file with the given tensors, one after the other, and every kind of metadata before them. */
function gguf(tensors: readonly Tensor[], alignment: number): Uint8Array {
  const bytes: number[] = [];
  const put = (length: number, write: (view: DataView) => void) => {
    const view = new DataView(new ArrayBuffer(length));
    write(view);
    bytes.push(...new Uint8Array(view.buffer));
  };
  const uint32 = (value: number) => put(4, (view) => view.setUint32(0, value, true));
  const uint64 = (value: number) => put(8, (view) => view.setBigUint64(0, BigInt(value), true));
  const text = (value: string) => {
    const encoded = new TextEncoder().encode(value);
    uint64(encoded.length);
    bytes.push(...encoded);
  };
  const pad = () => bytes.push(...new Uint8Array(Math.ceil(bytes.length / alignment) * alignment - bytes.length));
  const entries: readonly (readonly [string, number, () => void])[] = [
    ["general.architecture", 8, () => text("llama")],
    ["general.alignment", 4, () => uint32(alignment)],
    ["general.file_type", 4, () => uint32(3)],
    ["test.words", 9, () => (uint32(8), uint64(2), text("да"), text(""))],
    ["test.numbers", 9, () => (uint32(6), uint64(3), uint32(1), uint32(2), uint32(3))],
    ["test.nested", 9, () => (uint32(9), uint64(1), uint32(0), uint64(2), bytes.push(1, 2))],
    ["test.yes", 7, () => bytes.push(1)],
    ["test.long", 10, () => uint64(7)],
  ];
  bytes.push(...new TextEncoder().encode("GGUF"));
  uint32(3);
  uint64(tensors.length);
  uint64(entries.length);
  for (const [key, type, value] of entries) {
    text(key);
    uint32(type);
    value();
  }
  let offset = 0;
  for (const { name, dimensions, type, data } of tensors) {
    text(name);
    uint32(dimensions.length);
    dimensions.forEach(uint64);
    uint32(type);
    uint64(offset);
    offset += Math.ceil(data.length / alignment) * alignment;
  }
  pad();
  for (const { data } of tensors) {
    for (const byte of data) bytes.push(byte);
    pad();
  }
  return Uint8Array.from(bytes);
}

/** Q4_1 blocks, and the weights that they stand for. */
function q4Blocks(blocks: readonly { step: number; least: number; nibble: (i: number) => number }[]) {
  const data = new Uint8Array(blocks.length * 20);
  const view = new DataView(data.buffer);
  const weights = blocks.flatMap(({ step, least, nibble }, block) => {
    view.setFloat16(block * 20, step, true);
    view.setFloat16(block * 20 + 2, least, true);
    for (let i = 0; i < 16; i++) data[block * 20 + 4 + i] = nibble(i) | nibble(i + 16) << 4;
    return Array.from({ length: 32 }, (_, i) => Math.f16round(step) * nibble(i) + Math.f16round(least));
  });
  return { data, weights };
}

/** The weights of Q8_0 blocks. */
function q8Weights(data: Uint8Array): number[] {
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  return Array.from({ length: data.length / 34 }, (_, block) =>
    Array.from(
      { length: 32 },
      (_, i) => view.getFloat16(block * 34, true) * view.getInt8(block * 34 + 2 + i),
    )).flat();
}

async function rewritten(content: Uint8Array): Promise<Uint8Array> {
  const path = await Deno.makeTempFile({ suffix: ".gguf" });
  try {
    await Deno.writeFile(path, content);
    const pieces = await Array.fromAsync(requantise(path), (piece) => piece.slice());
    return new Uint8Array(await new Blob(pieces).arrayBuffer());
  } finally {
    await Deno.remove(path);
  }
}

/** More blocks than are rewritten at a time. */
const MANY = 40_000;
const many = q4Blocks(Array.from({ length: MANY }, (_, block) => ({
  step: 0.001 + block % 7 / 100,
  least: -0.05 * (block % 5),
  nibble: (i) => (i * 7 + block) % 16,
})));
const special = q4Blocks([
  { step: 0, least: 0, nibble: () => 0 },
  { step: 0, least: -2, nibble: () => 5 },
  { step: -0.5, least: 3, nibble: (i) => i % 16 },
  { step: 1e-6, least: -5e-6, nibble: (i) => i % 11 },
]);
const norm = new Uint8Array(new Float32Array([1, 2.5, -3]).buffer);
const kept = Uint8Array.from({ length: 34 * 2 }, (_, i) => i);
const tensors = (data: { many: Uint8Array; special: Uint8Array; type: number }): Tensor[] => [
  { name: "embedding", dimensions: [32, 2], type: Q8_0, data: kept },
  { name: "many", dimensions: [32 * 8, MANY / 8], type: data.type, data: data.many },
  { name: "norm", dimensions: [3], type: F32, data: norm },
  { name: "special", dimensions: [128], type: data.type, data: data.special },
];

for (const alignment of [32, 64]) {
  Deno.test(`requantise() rewrites Q4_1 tensors as Q8_0 and copies all else (alignment ${alignment})`, async () => {
    const output = await rewritten(gguf(tensors({ many: many.data, special: special.data, type: Q4_1 }), alignment));
    // What differs from a file written with Q8_0 in the first place is what the weights are, and what it calls itself.
    const size = { many: new Uint8Array(MANY * 34), special: new Uint8Array(4 * 34), type: Q8_0 };
    const frame = gguf(tensors(size), alignment);
    assert.equal(output.length, frame.length);
    const text = (bytes: Uint8Array) => new TextDecoder("latin1").decode(bytes);
    const fileType = text(frame).indexOf("general.file_type") + "general.file_type".length + 4;
    assert.equal(frame[fileType], 3);
    assert.equal(output[fileType], 7);
    const manyAt = text(output).indexOf(text(kept)) + Math.ceil(kept.length / alignment) * alignment;
    const normAt = text(output).indexOf(text(norm), manyAt + size.many.length);
    const specialAt = normAt + alignment;
    const rest = output.slice();
    rest[fileType] = 3;
    rest.fill(0, manyAt, manyAt + size.many.length);
    rest.fill(0, specialAt, specialAt + size.special.length);
    assert.ok(Buffer.from(rest).equals(frame));

    for (const [{ weights }, at, length] of [[many, manyAt, size.many.length], [special, specialAt, 136]] as const) {
      const now = q8Weights(output.subarray(at, at + length));
      assert.equal(now.length, weights.length);
      for (let block = 0; block < weights.length; block += 32) {
        const largest = Math.max(...weights.slice(block, block + 32).map(Math.abs));
        for (let i = block; i < block + 32; i++) {
          // Half a step, the scale's rounding to 16 bits, and for the smallest numbers that they have no more digits.
          const allowed = largest / 230 + 127 * 2 ** -25;
          assert.ok(Math.abs((now[i] ?? NaN) - (weights[i] ?? NaN)) <= allowed, `${i}: ${now[i]} for ${weights[i]}`);
        }
      }
    }
  });
}

Deno.test("requantise() says that a file is no GGUF, of an unknown version, or damaged", async () => {
  const whole = gguf(tensors({ many: many.data, special: special.data, type: Q4_1 }), 32);
  const cut = (length: number) => rewritten(whole.slice(0, length));
  await assert.rejects(rewritten(new Uint8Array(100)), {
    name: "SyntaxError",
    message: /Cannot rewrite .*no GGUF file/,
  });
  await assert.rejects(cut(0), { name: "SyntaxError", message: /damaged|no GGUF/ });
  await assert.rejects(cut(200), { name: "SyntaxError", message: /ends within its header/ });
  await assert.rejects(cut(100_000), { name: "SyntaxError", message: /damaged/ });
  await assert.rejects(cut(whole.length - 60), { name: "SyntaxError", message: /damaged/ });
  const old = whole.slice();
  old[4] = 2;
  await assert.rejects(rewritten(old), { name: "SyntaxError", message: /version 2, and only 3 is known/ });
});
