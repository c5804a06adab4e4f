import { createRequire } from "node:module";
import { join } from "node:path";
import type { TensorFlow } from "./tensors.ts";

/**
 * Loads @tensorflow/tfjs-node.
 *
 * @param folder Where `make native` put it.
 * @throws Whatever the package throws where it is not there or has no library.
 */
export async function openNative(folder: string): Promise<TensorFlow> {
  const require = createRequire(join(folder, "deno.json"));
  // The package asks for this function of Node's, which is no longer there.
  require("node:util").isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  const tf: TensorFlow = require("@tensorflow/tfjs-node");
  await tf.setBackend("tensorflow");
  await tf.ready();
  return tf;
}
