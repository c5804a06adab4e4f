import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { AssetError } from "../../assets/mod.ts";
import { readE5File } from "./e5_file.ts";
import { isOnnxRuntimeInstalled, openOnnxRuntime } from "./onnx_runtime.ts";
import { createGraph } from "./onnx_writer.ts";
import { addQ4, fromHalf } from "./q4.ts";

Deno.test("fromHalf() reads half-precision numbers exactly", () => {
  const expected = [[0x0000, 0], [0x3c00, 1], [0xc000, -2], [0x7bff, 65504], [0x0001, 2 ** -24], [
    0x3555,
    0.333251953125,
  ]];
  for (const [bits = 0, value] of expected) assert.equal(fromHalf(bits), value);
  assert.ok(Object.is(fromHalf(0x8000), -0));
  assert.equal(fromHalf(0x7c00), Infinity);
  assert.ok(Number.isNaN(fromHalf(0x7e00)));
});

Deno.test("addQ4() adds a block's weights: low halves first, 8 for zero, times the scale", () => {
  const block = Uint8Array.from([0x00, 0x38, ...Array.from({ length: 16 }, (_, j) => j | (15 - j) << 4)]);
  const target = new Float32Array(32).fill(1);
  addQ4(block, target);
  assert.deepEqual([...target.slice(0, 3)], [1 - 4, 1 - 3.5, 1 - 3]);
  assert.deepEqual([...target.slice(16, 19)], [1 + 3.5, 1 + 3, 1 + 2.5]);
});

Deno.test("createGraph() writes ONNX's fields in Protocol Buffers' wire format", () => {
  const graph = createGraph("g");
  graph.constant("c", [2], Float32Array.of(1, -2));
  graph.operator("Add", ["x", "c"], { axis: -1, epsilon: { float: 0.5 }, perm: [1, 300] }, { output: "y" });
  const bytes = graph.finish({ x: ["n", 2] }, { y: ["n", 2] }, { "": 17 });
  const node = "0a0178" + "0a0163" + "120179" + "1a0179" + "2203416464" +
    "2a14" + "0a0461786973" + "18ffffffffffffffffff01" + "a00102" +
    "2a11" + "0a07657073696c6f6e" + "150000003f" + "a00101" +
    "2a0e" + "0a047065726d" + "4001" + "40ac02" + "a00107";
  const constant = "0802" + "1001" + "420163" + "4a08" + "0000803f" + "000000c0";
  const port = (name: string) =>
    `0a01${name}` + "120f" + "0a0d" + "0801" + "1209" + "0a03" + "12016e" + "0a02" + "0802";
  const field = (tag: string, hex: string) => tag + (hex.length / 2).toString(16).padStart(2, "0") + hex;
  const inner = field("0a", node) + "120167" + field("2a", constant) + field("5a", port("78")) +
    field("62", port("79"));
  const length = inner.length / 2;
  const varint = Buffer.from([length & 127 | 128, length >> 7]).toString("hex");
  assert.equal(
    Buffer.from(bytes).toString("hex"),
    "0808" + "120167" + "3a" + varint + inner + field("42", "0a00" + "1011"),
  );
});

Deno.test("readE5File() refuses what is no file of e5", () => {
  assert.throws(() => readE5File(new TextEncoder().encode("GGUF and some more bytes")), SyntaxError);
  const zeros = new Uint8Array(100);
  zeros.set(new TextEncoder().encode("E5S1"));
  assert.throws(() => readE5File(zeros), SyntaxError);
});

Deno.test("openOnnxRuntime() says what to do where the runtime is not installed", async () => {
  const folder = await Deno.makeTempDir();
  try {
    assert.equal(await isOnnxRuntimeInstalled(folder), false);
    assert.throws(() => openOnnxRuntime(folder), (error) => {
      assert.ok(error instanceof AssetError && error.code === "platform");
      assert.match(error.message, /Cannot load onnxruntime-node .* use another retriever/);
      return true;
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
