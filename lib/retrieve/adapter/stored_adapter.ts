/** The adapter that comes with the checkout, beside what tells how it was trained. */
import { createHash } from "node:crypto";
import { AssetError } from "../../assets/mod.ts";
import type { Adapter } from "./adapter.ts";
import TOLD from "./e5_small.json" with { type: "json" };

/** How the adapter of multilingual-e5-small was trained (`deno task train-adapter`), and the checksum of its file. */
export const E5_ADAPTER: {
  readonly sha256: string;
  readonly dimensions: number;
  readonly trained: Readonly<Record<string, string | number>>;
} = TOLD;

const FILE = new URL("e5_small.f16", import.meta.url);
const TELLS = new URL("e5_small.json", import.meta.url);

const sha256Of = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/**
 * Reads the adapter of multilingual-e5-small: numbers of 16 bits, the mean first, then the matrix row by row.
 *
 * @param file Where it is; in the checkout unless given.
 * @throws {AssetError} `checksum` when the file is not the one that the checkout came with.
 */
export async function readAdapter(file: URL = FILE): Promise<Adapter> {
  const bytes = await Deno.readFile(file);
  const { sha256, dimensions } = E5_ADAPTER;
  if (sha256Of(bytes) !== sha256) {
    throw new AssetError(
      "checksum",
      `Cannot use ${file.pathname}: its checksum is wrong. Restore it: git checkout lib`,
    );
  }
  const numbers = Float32Array.from(new Float16Array(bytes.buffer, 0, dimensions * (dimensions + 1)));
  return { dimensions, mean: numbers.subarray(0, dimensions), matrix: numbers.subarray(dimensions) };
}

/**
 * Writes an adapter into the checkout, and what tells of it.
 *
 * @param adapter What was trained. @param trained How.
 */
export async function writeAdapter(adapter: Adapter, trained: Readonly<Record<string, string | number>>) {
  const bytes = new Uint8Array(new Float16Array([...adapter.mean, ...adapter.matrix]).buffer);
  await Deno.writeFile(FILE, bytes);
  const { dimensions } = adapter;
  await Deno.writeTextFile(TELLS, JSON.stringify({ sha256: sha256Of(bytes), dimensions, trained }, null, 2) + "\n");
}
