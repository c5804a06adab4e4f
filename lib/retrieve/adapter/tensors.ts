/** TensorFlow.js with the fastest backend that this machine has. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { checkoutFolder, readTextIfAny } from "../../assets/mod.ts";
import { openNative } from "./open_native.ts";

/** TensorFlow.js's functions, whichever backend computes. */
export type TensorFlow = typeof import("@tensorflow/tfjs-core");

/** What can compute: TensorFlow's own library, its kernels in WebAssembly, plain JavaScript. Fastest first. */
export const TENSOR_BACKENDS = ["tensorflow", "wasm", "cpu"] as const;

/** One of {@linkcode TENSOR_BACKENDS}. */
export type TensorBackend = (typeof TENSOR_BACKENDS)[number];

/** Functions on tensors and what computes them. */
export interface Tensors {
  /** TensorFlow.js. */
  readonly tf: TensorFlow;
  /** What computes. */
  readonly backend: TensorBackend;
}

/**
 * Opens TensorFlow.js. TensorFlow itself is there after `make native`.
 *
 * @param backend The one to take; the fastest that there is unless given.
 * @throws {TypeError} When that backend can't be had here.
 */
export async function openTensors(backend?: TensorBackend): Promise<Tensors> {
  for (const name of backend === undefined ? TENSOR_BACKENDS : [backend]) {
    const tf = await OPEN[name]?.();
    if (tf?.getBackend() === name) return { tf, backend: name };
  }
  throw new TypeError(
    `Cannot compute with tensors: the backend "${backend}" is not to be had here` +
      (backend === "tensorflow" ? "; `make native` installs it" : ""),
  );
}

const OPEN: Record<TensorBackend, () => Promise<TensorFlow | undefined>> = {
  async tensorflow() {
    const folder = join(checkoutFolder(), ".cache", "tensorflow");
    return await readTextIfAny(join(folder, ".installed")) === undefined ? undefined : await openNative(folder);
  },
  async wasm() {
    const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
    const here = createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm/package.json");
    setWasmPaths(`${dirname(here)}/dist/`);
    return await choose("wasm");
  },
  async cpu() {
    await import("@tensorflow/tfjs-backend-cpu");
    const tf = await choose("cpu");
    // Else its first use tells what to install, on the console.
    Reflect.set(tf.backend(), "firstUse", false);
    return tf;
  },
};

async function choose(name: string): Promise<TensorFlow> {
  const tf = await import("@tensorflow/tfjs-core");
  await tf.setBackend(name).catch(() => false);
  await tf.ready();
  return tf;
}
